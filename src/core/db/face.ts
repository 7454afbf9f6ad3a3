import type { SQL } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Dialect } from './kit.js';
import { type Renderer, renderFast } from './render.js';
import type { Db } from './store.js';

type Drizzle = BaseSQLiteDatabase<'async', unknown>;
type Run = (statement: string, parameters: unknown[], run: () => Promise<unknown>) => Promise<unknown>;

/** What both engines' drivers have in common where drizzle hides it; drizzle-orm is pinned exactly for this. */
interface Session {
  prepareQuery(...how: unknown[]): { queryWithCache: Run };
}

const doors = ['select', 'selectDistinct', 'insert', 'update', 'delete', 'with', '$with', '$count'] as const;

/** Runs a statement and gives its rows as objects. */
export type RunRows = (statement: string, parameters: unknown[]) => Promise<object[]>;

/**
 * The part of a drizzle database that both engines share. Drizzle wraps every failed query in an error that quotes its
 * parameters, which are what people wrote; its cache hook, where it does so, is taken out.
 */
export const faceOf = (db: Drizzle, dialect: Dialect, run: RunRows): Db => {
  const inner = db as unknown as { session: Session; dialect: Renderer };
  const prepareQuery = inner.session.prepareQuery.bind(inner.session);
  inner.session.prepareQuery = (...how) =>
    Object.assign(prepareQuery(...how), { queryWithCache: ((_, __, query) => query()) satisfies Run });
  renderFast(inner.dialect);
  const rows = async (query: SQL): Promise<object[]> => {
    const { sql, params } = inner.dialect.sqlToQuery(query);
    return run(sql, params);
  };
  const face = Object.fromEntries(doors.map((door) => [door, (db[door] as (...given: unknown[]) => unknown).bind(db)]));
  return { ...face, dialect, rows } as unknown as Db;
};
