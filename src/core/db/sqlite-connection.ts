import Sqlite from 'better-sqlite3';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { faceOf, type RunRows } from './face.js';
import { DatabaseError } from './failure.js';
import type { Db } from './store.js';

type Statement = Sqlite.Statement<unknown[]>;

export interface Connection {
  readonly raw: Sqlite.Database;
  readonly db: Db;
  /** Runs a statement of ours that takes and gives nothing, such as SAVEPOINT. */
  exec(sql: string): void;
  close(): void;
}

/** Statements kept prepared; beyond that the oldest goes. Lists of varying length (`in (?, ?, ...)`) make new texts. */
const keptStatements = 500;

const statementCache = (raw: Sqlite.Database, prepare: (statement: Statement) => Statement) => {
  const kept = new Map<string, Statement>();
  return (sql: string): Statement => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = prepare(raw.prepare<unknown[]>(sql));
    const oldest = kept.size >= keptStatements ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(sql, statement);
    return statement;
  };
};

const attempt = <T>(sql: string, user: User | undefined, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (user) user.broken = true;
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    // It quotes what it could not read.
    throw new DatabaseError(error.code, error.message.replace(/".*"/s, '"..."'), sql);
  }
};

/** Whose statement it is; told when one fails. */
interface User {
  broken: boolean;
}

const nothing = { rows: [] };

interface Limiting {
  buildLimit(limit: unknown): SQL | undefined;
}

/** SQLite plans a query with a bound limit again at each run, since the plan depends on it: that doubles its time. */
const writeLimits = (dialect: Limiting): void => {
  const bound = dialect.buildLimit.bind(dialect);
  dialect.buildLimit = (limit) => (Number.isSafeInteger(limit) ? sql.raw(` limit ${limit}`) : bound(limit));
};

/** One connection to the file. `guard` runs before every statement of a callback: it says whose it is, or throws. */
export const connect = (path: string, guard: () => User | undefined, options: { writes: boolean }): Connection => {
  const raw = new Sqlite(path, { timeout: 0 });
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('temp_store = MEMORY');
  if (!options.writes) {
    raw.pragma('query_only = ON');
    // In KiB, of each: there are many, and the system keeps the file in memory besides.
    raw.pragma('cache_size = -512');
  }

  const arrays = statementCache(raw, (statement) => (statement.reader ? statement.raw(true) : statement));
  const objects = statementCache(raw, (statement) => statement);

  const query = async (sql: string, parameters: unknown[], method: 'run' | 'all' | 'values' | 'get') => {
    return attempt(sql, guard(), () => {
      const statement = arrays(sql);
      if (!statement.reader) {
        statement.run(...parameters);
        return nothing;
      }
      const rows = method === 'get' ? statement.get(...parameters) : statement.all(...parameters);
      return { rows: rows as unknown[] };
    });
  };
  const rows: RunRows = async (sql, params) => {
    return attempt(sql, guard(), () => {
      const statement = objects(sql);
      if (statement.reader) return statement.all(...params) as object[];
      statement.run(...params);
      return [];
    });
  };
  const db = drizzle(query);
  writeLimits((db as unknown as { dialect: Limiting }).dialect);
  return {
    raw,
    db: faceOf(db, 'sqlite', rows),
    exec: (sql) => attempt(sql, undefined, () => void arrays(sql).run()),
    close: () => void raw.close(),
  };
};
