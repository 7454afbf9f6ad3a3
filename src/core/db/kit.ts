/*
 * One declaration of each table, two dialects. A feature writes `(kit: Kit) => ({ decisions: kit.table(...) })`; the
 * SQLite types are the face that all code sees, PostgreSQL's tables are cast to it here and nowhere else.
 */
import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';

export type Dialect = 'sqlite' | 'postgres';

export const sqliteKit = {
  table: lite.sqliteTable,
  /** Text, compared bytewise on both engines. */
  text: (name: string) => lite.text(name),
  /** A safe integer. */
  integer: (name: string) => lite.integer(name, { mode: 'number' }),
  /** A primary key that the database numbers by itself: for its own use, since numbers of rolled back writes are lost. */
  serial: (name: string) => lite.integer(name, { mode: 'number' }).primaryKey({ autoIncrement: true }),
  /** A moment: epoch milliseconds. */
  instant: (name: string) => lite.integer(name, { mode: 'number' }),
  flag: (name: string) => lite.integer(name, { mode: 'boolean' }),
  /** JSON kept as text, so that key order, and with it a stored hash, survives. */
  json: <T>(name: string) => lite.text(name, { mode: 'json' }).$type<T>(),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
};

export type Kit = typeof sqliteKit;

const bytewise = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' });
const jsonText = pg.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});

export const postgresKit = {
  table: pg.pgTable,
  text: (name: string) => bytewise(name),
  integer: (name: string) => pg.bigint(name, { mode: 'number' }),
  serial: (name: string) => pg.bigserial(name, { mode: 'number' }).primaryKey(),
  instant: (name: string) => pg.bigint(name, { mode: 'number' }),
  flag: (name: string) => pg.boolean(name),
  json: (name: string) => jsonText(name),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
} as unknown as Kit;

/** Declares a group of tables in both dialects and gives the one that `db` speaks. */
export const declareTables = <T>(define: (kit: Kit) => T): ((db: { readonly dialect: Dialect }) => T) => {
  const faces: Record<Dialect, T> = { sqlite: define(sqliteKit), postgres: define(postgresKit) };
  return (db) => faces[db.dialect];
};
