import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createNotes, insertNote, noteIds, noteTables } from '../../../test/notes.js';
import { eachEngine } from '../../../test/stores.js';
import { DatabaseError } from './failure.js';
import type { Store } from './store.js';

eachEngine('reading', (openStore) => {
  const open = async (): Promise<Store> => {
    const store = await openStore();
    await createNotes(store);
    return store;
  };

  it('cannot write', async () => {
    const store = await open();
    await expect(insertNote(store.read, 'a')).rejects.toThrow(DatabaseError);
    await expect(store.snapshot((db) => insertNote(db, 'a'))).rejects.toThrow(DatabaseError);
    expect(await noteIds(store.read)).toEqual([]);
  });

  it('sees one moment throughout a snapshot, and the present beside it', async () => {
    const store = await open();
    await store.write((tx) => insertNote(tx, 'a'));
    await store.snapshot(async (db) => {
      expect(await noteIds(db)).toEqual(['a']);
      await store.write((tx) => insertNote(tx, 'b'));
      expect(await noteIds(db)).toEqual(['a']);
      expect(await noteIds(store.read)).toEqual(['a', 'b']);
    });
    expect(await store.snapshot(noteIds)).toEqual(['a', 'b']);
  });

  it('takes several snapshots at once, and one that fails leaves the others', async () => {
    const store = await open();
    await store.write((tx) => insertNote(tx, 'a'));
    const taken = await Promise.allSettled([
      store.snapshot(noteIds),
      store.snapshot(async () => {
        throw new Error('no');
      }),
      store.snapshot(noteIds),
      store.snapshot(noteIds),
    ]);
    expect(taken.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await store.snapshot(noteIds)).toEqual(['a']);
  });

  it("gives the database's clock in milliseconds", async () => {
    const store = await open();
    const before = Date.now();
    const [row] = await store.read.select({ now: store.now }).from(sql`(select 1) one`);
    expect(row!.now).toBeGreaterThan(before - 1_000);
    expect(row!.now).toBeLessThan(before + 60_000);
    expect(Number.isInteger(row!.now)).toBe(true);
  });

  it('compares a column with the clock', async () => {
    const store = await open();
    const { notes } = noteTables(store);
    await store.write((tx) =>
      tx.insert(notes).values([
        { id: 'past', at: 5 },
        { id: 'future', at: 9e12 },
      ]),
    );
    const due = await store.read.select({ id: notes.id }).from(notes).where(sql`${notes.at} <= ${store.now}`);
    expect(due).toEqual([{ id: 'past' }]);
    await store.write((tx) =>
      tx
        .update(notes)
        .set({ at: sql`${store.now} + ${1000}` })
        .where(eq(notes.id, 'past')),
    );
    const [row] = await store.read.select().from(notes).where(eq(notes.id, 'past'));
    expect(row!.at! - Date.now()).toBeGreaterThan(0);
  });
});
