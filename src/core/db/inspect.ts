/*
 * Looks at a database without opening it as Entente does: nothing is migrated, changed or locked, so it may be looked
 * at while Entente serves from it.
 */
import { constants, existsSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { Instant } from '../ids.js';
import type { Dialect } from './kit.js';
import { pathOf } from './open.js';

/** Tokens as they are stored: sealed. */
export interface SealedRow {
  readonly platform: string;
  readonly workspace: string;
  readonly name: string | null;
  readonly sealed: string;
  readonly keyId: string;
  readonly expiresAt: Instant | null;
}

export interface Inspection {
  readonly dialect: Dialect;
  /** 'SQLite 3.50.4', 'PostgreSQL 18.0'. */
  readonly engine: string;
  /** False for a SQLite file that the first start will make. */
  readonly exists: boolean;
  /** A code that says what keeps it from being written; none when nothing does. */
  readonly readOnly?: string;
  /** What its clock says; SQLite has the process's own. */
  readonly now?: Instant;
  /** PostgreSQL's; Entente needs UTF8. */
  readonly encoding?: string;
  /** Hashes of the migrations applied, in order. */
  readonly migrations: readonly string[];
  readonly sealed: readonly SealedRow[];
}

const MIGRATIONS = 'SELECT hash FROM migrations ORDER BY seq';
const SEALED =
  'SELECT platform, workspace, name, sealed, key_id AS "keyId", expires_at AS "expiresAt" FROM installations ' +
  'WHERE sealed IS NOT NULL AND key_id IS NOT NULL ORDER BY platform, workspace';

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';

const sqliteVersion = (raw: Sqlite.Database): string =>
  `SQLite ${raw.prepare<[], string>('SELECT sqlite_version()').pluck().get()}`;

const hasTable = (raw: Sqlite.Database, name: string): boolean =>
  raw.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;

const WAIT_MS = 2_000;

/** Taking the write lock and giving it back changes nothing, and fails where a write would. */
const writeProblem = (path: string): string | undefined => {
  const raw = new Sqlite(path, { fileMustExist: true, timeout: WAIT_MS });
  try {
    raw.exec('BEGIN IMMEDIATE');
    raw.exec('ROLLBACK');
    return undefined;
  } catch (error) {
    // Busy is somebody writing, so it can be written.
    return codeOf(error).startsWith('SQLITE_BUSY') ? undefined : codeOf(error);
  } finally {
    raw.close();
  }
};

/** The folder in which the first start will make the file, or the nearest that there is. */
const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

const folderProblem = async (path: string): Promise<string | undefined> => {
  const folder = nearestFolder(dirname(path));
  if (!statSync(folder).isDirectory()) return 'ENOTDIR';
  return access(folder, constants.W_OK).then(() => undefined, codeOf);
};

const inspectNothing = async (path: string): Promise<Inspection> => {
  const raw = new Sqlite(':memory:');
  const engine = sqliteVersion(raw);
  raw.close();
  const readOnly = await folderProblem(path);
  return { dialect: 'sqlite', engine, exists: false, readOnly, migrations: [], sealed: [] };
};

const inspectSqlite = async (path: string): Promise<Inspection> => {
  if (!existsSync(path)) return inspectNothing(path);
  const raw = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: WAIT_MS });
  try {
    return {
      dialect: 'sqlite',
      engine: sqliteVersion(raw),
      exists: true,
      readOnly: writeProblem(path),
      migrations: hasTable(raw, 'migrations') ? raw.prepare<[], string>(MIGRATIONS).pluck().all() : [],
      sealed: hasTable(raw, 'installations') ? raw.prepare<[], SealedRow>(SEALED).all() : [],
    };
  } finally {
    raw.close();
  }
};

const hasRelation = async (client: pg.Client, name: string): Promise<boolean> =>
  (await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name])).rows[0]?.found ??
  false;

const SERVER = `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
  current_setting('transaction_read_only') = 'on' AS "readOnly", has_schema_privilege(current_schema(), 'CREATE') AS creates,
  floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;

interface Server {
  readonly version: string;
  readonly encoding: string;
  readonly readOnly: boolean;
  readonly creates: boolean | null;
  readonly now: number;
}

const inspectServer = async (client: pg.Client): Promise<Inspection> => {
  const { rows } = await client.query<Server>(SERVER);
  const [server] = rows;
  if (!server) throw new Error('PostgreSQL told nothing about itself.');
  const migrations = (await hasRelation(client, 'migrations'))
    ? (await client.query<{ hash: string }>(MIGRATIONS)).rows.map(({ hash }) => hash)
    : [];
  const sealed = (await hasRelation(client, 'installations')) ? (await client.query<SealedRow>(SEALED)).rows : [];
  return {
    dialect: 'postgres',
    engine: `PostgreSQL ${server.version.split(' ', 1)[0]}`,
    exists: true,
    ...(server.readOnly
      ? { readOnly: 'a read-only server' }
      : server.creates
        ? {}
        : { readOnly: 'no right to create' }),
    now: Math.round(server.now),
    encoding: server.encoding,
    migrations,
    sealed: sealed.map((row) => ({ ...row, expiresAt: row.expiresAt === null ? null : Number(row.expiresAt) })),
  };
};

const inspectPostgres = async (url: string): Promise<Inspection> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'entente doctor',
    connectionTimeoutMillis: WAIT_MS * 2,
    statement_timeout: WAIT_MS * 2,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await inspectServer(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** @throws Error with a code when it cannot be reached or read */
export const inspectDatabase = (databaseUrl: string): Promise<Inspection> =>
  databaseUrl.startsWith('file:') ? inspectSqlite(pathOf(databaseUrl)) : inspectPostgres(databaseUrl);
