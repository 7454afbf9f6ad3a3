import { drizzle } from 'drizzle-orm/node-postgres';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import type { Log } from '../log.js';
import { faceOf, type RunRows } from './face.js';
import { DatabaseError } from './failure.js';
import { type Db, PLANNED_AFRESH } from './store.js';

export type Client = pg.PoolClient;

const { INT8, NUMERIC } = pg.types.builtins;
/** Counts and sums arrive as numbers, as SQLite gives them; drizzle's own choice is text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Statement texts that each connection keeps prepared. Lists of varying length make new texts, so it must end. */
const keptStatements = 500;
const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  if (text.startsWith(PLANNED_AFRESH)) return undefined;
  const known = names.get(text);
  if (known || names.size >= keptStatements) return known;
  const name = `q${names.size}`;
  names.set(text, name);
  return name;
};

export const attempt = async <T>(statement: string, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    // Its message and detail may quote values.
    const { code = 'unknown', constraint, table, routine } = error;
    throw new DatabaseError(code, constraint ?? table ?? routine ?? '', statement);
  }
};

/** Queries over a pool or one of its clients. `around` runs each, and may refuse. */
export const queriesOver = (over: Pick<Client, 'query'>, around: <T>(run: () => Promise<T>) => Promise<T>): Db => {
  const query = ({ text, rowMode }: { text: string; rowMode?: 'array' }, values: unknown[]) => {
    const config = { name: nameOf(text), text, values, rowMode, types };
    return around(() => attempt(text, () => over.query(config as pg.QueryConfig)));
  };
  const rows: RunRows = async (text, params) => (await query({ text }, params)).rows;
  const db = drizzle({ client: { query } as unknown as pg.Pool });
  return faceOf(db as unknown as BaseSQLiteDatabase<'async', unknown>, 'postgres', rows);
};

/** Most connections of one pool; a replica has two and one that listens. */
const poolSize = 10;
const connectLimitMs = 10_000;

/** `setup` is sent once on each new connection. */
export const openPool = (url: string, setup: string | undefined, log: Log | undefined): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectLimitMs,
    application_name: 'entente',
    ...(setup !== undefined && { onConnect: (client) => client.query(setup) as unknown as undefined }),
  });
  // A server that goes away fails the query that runs, if one does; unheard, the event would end the process.
  pool.on('error', (error) => log?.warn({ err: error }, 'a database connection was lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
