import type { SQL } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Dialect } from './kit.js';

/** Begins a raw query that PostgreSQL shall plan for its values each time, instead of once for all. */
export const PLANNED_AFRESH = '/* planned afresh */ ';

/** Queries, as drizzle builds them. Never `.get/.all/.run/.values/.execute/.transaction`: they differ between engines. */
export type Db = Pick<
  BaseSQLiteDatabase<'async', void>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
> & {
  readonly dialect: Dialect;
  /** Rows of a raw query, for what the builder cannot say; both engines must accept it. */
  rows<T extends object>(query: SQL): Promise<T[]>;
};

/** A database inside the one open transaction of this call. */
export type Tx = Db & {
  /** Runs `work` so that its failure undoes only itself. */
  savepoint<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Called once the commit is durable; must not throw and must not await. */
  afterCommit(hook: () => void): void;
};

/** Milliseconds until a write's callback is given up, unless told. */
export const writeLimitMs = 10_000;

export interface WriteOptions {
  /** Milliseconds until the callback is given up and rolled back; `writeLimitMs` unless told. */
  readonly timeoutMs?: number;
  /** Writes of one scope come one after the other, on all replicas. Usually the alliance. */
  readonly scope?: string;
  /** Nobody waits for it: people's own writes go first. */
  readonly patient?: boolean;
}

export interface Store {
  readonly dialect: Dialect;
  /** Reads outside a transaction; on SQLite a connection that cannot write. Never inside `write`. */
  readonly read: Db;
  /** The one way to write. Resolves after the durable commit. @throws when called inside another write. */
  write<T>(work: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Several reads of one moment; patient ones, for which nobody waits, come few at a time. */
  snapshot<T>(work: (db: Db) => Promise<T>, options?: Pick<WriteOptions, 'patient'>): Promise<T>;
  /** The database's clock, epoch milliseconds: leases are measured by it, since replicas' clocks differ. */
  readonly now: SQL<number>;
  /** Adds FOR UPDATE SKIP LOCKED where the engine has it. */
  skipLocked<Q>(query: Q): Q;
  /** Tells other replicas that there is something to do on `topic`; SQLite has none and calls only this process. */
  notify(topic: string): Promise<void>;
  /** Calls `hear` on every notify of `topic` by any replica; returns how to stop. */
  listen(topic: string, hear: () => void): () => void;
  close(): Promise<void>;
}
