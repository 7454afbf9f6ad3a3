import { and, asc, count, desc, eq, exists, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { alias } from 'drizzle-orm/sqlite-core';
import { drizzle as drizzleSqlite } from 'drizzle-orm/sqlite-proxy';
import { describe, expect, it } from 'vitest';
import { declareTables } from './kit.js';
import { type Renderer, renderFast } from './render.js';
import type { Db } from './store.js';

const tables = declareTables((kit) => ({
  notes: kit.table(
    'notes',
    {
      id: kit.text('id').primaryKey(),
      n: kit.integer('n_th').notNull(),
      seen: kit.flag('seen').default(false),
      detail: kit.json<unknown>('detail'),
    },
    (t) => [kit.index('notes_n').on(t.n)],
  ),
  marks: kit.table('marks', { noteId: kit.text('note_id').notNull(), text: kit.text('text') }),
}));

/** Either engine's own `alias` does the same to the same table. */
const again = (table: typeof n, name: string): typeof n => alias(table, name) as unknown as typeof n;

type Written = { toSQL(): { sql: string; params: unknown[] } };

const { notes: n, marks: m } = tables({ dialect: 'sqlite' });
type Build = (db: Db, t: { notes: typeof n; marks: typeof m }) => unknown;

const row = { id: 'a', n: 1, seen: true, detail: { b: [1, null], a: "it's" } };
const queries: Record<string, Build> = {
  'a whole table': (db, t) => db.select().from(t.notes),
  'chosen columns in a chosen order': (db, t) =>
    db.select({ x: t.notes.n }).from(t.notes).orderBy(desc(t.notes.n), asc(t.notes.id)).limit(3).offset(1),
  conditions: (db, t) =>
    db
      .select()
      .from(t.notes)
      .where(and(eq(t.notes.id, 'a'), or(isNull(t.notes.detail), lt(t.notes.n, 4)), eq(t.notes.seen, true))),
  'a list of values': (db, t) =>
    db
      .select()
      .from(t.notes)
      .where(inArray(t.notes.id, ['a', 'b', 'c'])),
  'an empty list': (db, t) => db.select().from(t.notes).where(inArray(t.notes.id, [])),
  'a join': (db, t) => db.select().from(t.notes).leftJoin(t.marks, eq(t.marks.noteId, t.notes.id)),
  'a join with itself': (db, t) => {
    const other = again(t.notes, 'other');
    return db.select({ id: t.notes.id, n: other.n }).from(t.notes).innerJoin(other, eq(other.n, t.notes.n));
  },
  'a subquery': (db, t) => {
    const sub = db.select({ id: t.marks.noteId }).from(t.marks).where(eq(t.marks.text, 'x')).as('sub');
    return db.select().from(sub).innerJoin(t.notes, eq(sub.id, t.notes.id));
  },
  'a subquery in a condition': (db, t) =>
    db
      .select()
      .from(t.notes)
      .where(exists(db.select().from(t.marks).where(eq(t.marks.noteId, t.notes.id)))),
  'a common table expression': (db, t) => {
    const seen = db.$with('seen').as(db.select().from(t.notes).where(eq(t.notes.seen, true)));
    return db.with(seen).select().from(seen);
  },
  'counts and aliases': (db, t) =>
    db
      .select({ n: count(), m: sql<number>`max(${t.notes.n})`.as('m') })
      .from(t.notes)
      .groupBy(t.notes.seen),
  'one row': (db, t) => db.insert(t.notes).values(row),
  'several rows with defaults and nulls': (db, t) =>
    db
      .insert(t.notes)
      .values([row, { id: 'b', n: 2, detail: null }])
      .returning(),
  'an upsert': (db, t) =>
    db
      .insert(t.notes)
      .values(row)
      .onConflictDoUpdate({ target: t.notes.id, set: { n: sql`${t.notes.n} + 1`, seen: false } })
      .returning({ n: t.notes.n }),
  'an insert that may lose': (db, t) => db.insert(t.notes).values(row).onConflictDoNothing(),
  'a changed row': (db, t) => db.update(t.notes).set({ detail: null, n: 4 }).where(eq(t.notes.id, 'a')).returning(),
  'a deletion': (db, t) => db.delete(t.notes).where(lt(t.notes.n, 3)),
  'text written by hand': (db, t) =>
    db.select({ one: sql`case when ${t.notes.n} in ${[1, 2]} then ${'x'} else ${null} end` }).from(t.notes),
  'values written inline': (db, t) => db.select().from(t.notes).where(sql`${t.notes.id} = ${'a'}`.inlineParams()),
  'a placeholder': (db, t) =>
    db
      .select()
      .from(t.notes)
      .where(eq(t.notes.id, sql.placeholder('id'))),
};

const engines = {
  sqlite: () => drizzleSqlite(async () => ({ rows: [] })),
  postgres: () => drizzlePostgres.mock(),
} as const;

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  const slow = engines[dialect]();
  const fast = engines[dialect]();
  renderFast((fast as unknown as { dialect: Renderer }).dialect);
  it.each(Object.keys(queries))('%s reads as drizzle would write it', (name) => {
    const build = queries[name]!;
    const ours = build(fast as unknown as Db, tables({ dialect })) as Written;
    const theirs = build(slow as unknown as Db, tables({ dialect })) as Written;
    expect(JSON.stringify(ours.toSQL())).toBe(JSON.stringify(theirs.toSQL()));
  });
});
