import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { eachEngine } from '../../../test/stores.js';
import { declareTables } from './kit.js';
import type { Store } from './store.js';

const tables = declareTables((kit) => ({
  notes: kit.table('test_notes', { id: kit.text('id').primaryKey(), n: kit.integer('n').notNull() }),
}));
const create = (store: Store) =>
  store.write((tx) => tx.rows(sql`create table test_notes (id text primary key, n bigint not null)`));

eachEngine('a store', (open) => {
  it('keeps what was written', async () => {
    const store = await open();
    await create(store);
    const { notes } = tables(store);
    await store.write(async (tx) => {
      await tx.insert(notes).values({ id: 'a', n: 1 });
      await tx.insert(notes).values({ id: 'b', n: 2 });
    });
    expect(await store.read.select().from(notes).where(eq(notes.id, 'b'))).toEqual([{ id: 'b', n: 2 }]);
  });
});
