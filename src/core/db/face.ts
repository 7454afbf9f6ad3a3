import type { SQL } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Dialect } from './kit.js';
import type { Db } from './store.js';

type Drizzle = BaseSQLiteDatabase<'async', unknown>;
type Run = (statement: string, parameters: unknown[], run: () => Promise<unknown>) => Promise<unknown>;

/** What both engines' drivers have in common where drizzle hides it; drizzle-orm is pinned exactly for this. */
interface Session {
  prepareQuery(...how: unknown[]): { queryWithCache: Run };
}

const doors = ['select', 'selectDistinct', 'insert', 'update', 'delete', 'with', '$with', '$count'] as const;

/**
 * The part of a drizzle database that both engines share. Drizzle wraps every failed query in an error that quotes its
 * parameters, which are what people wrote; the sessions' cache hook, where it does so, is taken out.
 */
export const faceOf = (db: Drizzle, dialect: Dialect, rows: (query: SQL) => Promise<object[]>): Db => {
  const session = (db as unknown as { session: Session }).session;
  const prepareQuery = session.prepareQuery.bind(session);
  session.prepareQuery = (...how) =>
    Object.assign(prepareQuery(...how), { queryWithCache: ((_, __, run) => run()) satisfies Run });
  const face = Object.fromEntries(doors.map((door) => [door, (db[door] as (...given: unknown[]) => unknown).bind(db)]));
  return { ...face, dialect, rows } as unknown as Db;
};
