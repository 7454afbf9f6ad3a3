import { sql } from 'drizzle-orm';
import { declareTables } from '../src/core/db/kit.js';
import type { Db, Store } from '../src/core/db/store.js';

/** Two small tables for tests of the store itself. */
export const noteTables = declareTables((kit) => ({
  notes: kit.table('notes', {
    id: kit.text('id').primaryKey(),
    n: kit.integer('n'),
    at: kit.instant('at'),
    seen: kit.flag('seen'),
    detail: kit.json<unknown>('detail'),
  }),
  tallies: kit.table('tallies', { id: kit.text('id').primaryKey(), value: kit.integer('value').notNull() }),
}));

const statements = {
  sqlite: [
    'create table notes (id text primary key, n integer, at integer, seen integer, detail text)',
    'create table tallies (id text primary key, value integer not null)',
  ],
  postgres: [
    'create table notes (id text collate "C" primary key, n bigint, at bigint, seen boolean, detail text)',
    'create table tallies (id text collate "C" primary key, value bigint not null)',
  ],
};

export const createNotes = (store: Store): Promise<void> =>
  store.write(async (tx) => {
    for (const statement of statements[store.dialect]) await tx.rows(sql.raw(statement));
  });

export const insertNote = (db: Db, id: string) => db.insert(noteTables(db).notes).values({ id });

export const noteIds = async (db: Db): Promise<string[]> => {
  const { notes } = noteTables(db);
  return (await db.select({ id: notes.id }).from(notes).orderBy(notes.id)).map((row) => row.id);
};
