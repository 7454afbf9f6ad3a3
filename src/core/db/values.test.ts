import { asc, count, desc, eq, inArray, like, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createNotes, noteTables } from '../../../test/notes.js';
import { eachEngine } from '../../../test/stores.js';
import { prepared } from './prepared.js';
import { storable } from './text.js';

eachEngine('a value', (openStore) => {
  const open = async () => {
    const store = await openStore();
    await createNotes(store);
    return { store, notes: noteTables(store).notes };
  };

  it('comes back as it was given', async () => {
    const { store, notes } = await open();
    const rows = [
      { id: 'it\'s \\ "so" ${x} ? $1', n: Number.MAX_SAFE_INTEGER, at: 1_795_389_871_648, seen: true, detail: 'text' },
      { id: 'א👩‍👩‍👧\u202E', n: -1, at: 0, seen: false, detail: [1, 'x', null, { b: true }] },
      { id: '', n: null, at: null, seen: null, detail: null },
    ];
    await store.write((tx) => tx.insert(notes).values(rows));
    for (const row of rows) expect(await store.read.select().from(notes).where(eq(notes.id, row.id))).toEqual([row]);
  });

  it('keeps the order of the keys in JSON, so that a stored hash still verifies', async () => {
    const { store, notes } = await open();
    const detail = { z: 1, a: { y: 2, b: '5' }, 10: 'ten', 9: 'nine' };
    await store.write((tx) => tx.insert(notes).values({ id: 'a', detail }));
    const [row] = await store.read.select().from(notes);
    expect(JSON.stringify(row!.detail)).toBe(JSON.stringify(detail));
  });

  it('keeps JSON with NUL and half characters in it', async () => {
    const { store, notes } = await open();
    const detail = { text: 'a\0b\uD800' };
    await store.write((tx) => tx.insert(notes).values({ id: 'a', detail }));
    expect((await store.read.select().from(notes))[0]!.detail).toEqual(detail);
  });

  it('is text that both engines take, once it was made storable', async () => {
    const { store, notes } = await open();
    const id = storable('a\0b\uD800c');
    await store.write((tx) => tx.insert(notes).values({ id }));
    expect(await store.read.select({ id: notes.id }).from(notes).where(eq(notes.id, id))).toEqual([{ id }]);
  });

  it('is text in the order of its bytes', async () => {
    const { store, notes } = await open();
    const given = [
      'b',
      'a',
      'B',
      'Z',
      'ä',
      'a ',
      'a-b',
      'aa',
      '_',
      '10',
      '9',
      'é',
      'e\u0301',
      '\u{1F600}',
      '\uFFFD',
      '',
    ];
    await store.write((tx) => tx.insert(notes).values(given.map((id) => ({ id }))));
    const bytewise = given.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const column = { id: notes.id };
    const up = await store.read.select(column).from(notes).orderBy(asc(notes.id));
    const down = await store.read.select(column).from(notes).orderBy(desc(notes.id));
    expect(up.map((row) => row.id)).toEqual(bytewise);
    expect(down.map((row) => row.id)).toEqual(bytewise.toReversed());
    const [range] = await store.read
      .select({ n: count() })
      .from(notes)
      .where(sql`${notes.id} >= ${'a'} and ${notes.id} < ${'b'}`);
    expect(range).toEqual({ n: bytewise.filter((id) => id.startsWith('a')).length });
  });

  it('is a number when counted or added up', async () => {
    const { store, notes } = await open();
    await store.write((tx) =>
      tx.insert(notes).values([
        { id: 'a', n: 2 },
        { id: 'b', n: 3 },
      ]),
    );
    const [row] = await store.read
      .select({ count: count(), sum: sql<number>`sum(${notes.n})`, max: sql<number>`max(${notes.n})` })
      .from(notes);
    expect(row).toEqual({ count: 2, sum: 5, max: 3 });
    expect(await store.read.$count(notes)).toBe(2);
    expect(await store.read.rows(sql`select count(*) as n, sum(n) as m from notes`)).toEqual([{ n: 2, m: 5 }]);
  });

  it('is found in a long list', async () => {
    const { store, notes } = await open();
    const ids = Array.from({ length: 500 }, (_, index) => `n${index}`);
    await store.write((tx) => tx.insert(notes).values(ids.map((id) => ({ id }))));
    expect(await store.read.select().from(notes).where(inArray(notes.id, ids))).toHaveLength(500);
    expect(await store.read.select().from(notes).where(like(notes.id, 'n1%'))).toHaveLength(111);
  });
});

eachEngine('a prepared query', (openStore) => {
  const open = async () => {
    const store = await openStore();
    await createNotes(store);
    return { store, notes: noteTables(store).notes };
  };
  interface Row {
    readonly id: string;
    readonly n: number | null;
    readonly seen: boolean | null;
    readonly detail: unknown;
  }
  const insertNote = prepared((db, { id, n, seen, detail }: Row) =>
    db.insert(noteTables(db).notes).values({ id, n, seen, detail }),
  );
  const findNote = prepared((db, { id }: { id: string }) => {
    const { notes } = noteTables(db);
    return db.select().from(notes).where(eq(notes.id, id));
  });
  const markSeen = prepared((db, { id, seen }: { id: string; seen: boolean }) => {
    const { notes } = noteTables(db);
    return db.update(notes).set({ seen }).where(eq(notes.id, id)).returning({ seen: notes.seen });
  });

  it('runs again and again with other values', async () => {
    const { store } = await open();
    const rows = [
      { id: 'a', n: 1, seen: true, detail: { b: 1, a: [null] } },
      { id: 'b', n: null, seen: null, detail: null },
      { id: 'c', n: 2 ** 40, seen: false, detail: 'text' },
    ];
    await store.write(async (tx) => {
      for (const row of rows) await insertNote(tx, row);
      expect(await findNote(tx, { id: 'a' })).toMatchObject([rows[0]]);
    });
    for (const row of rows) expect(await findNote(store.read, { id: row.id })).toEqual([{ ...row, at: null }]);
    expect(await findNote(store.read, { id: 'none' })).toEqual([]);
    expect(await store.write((tx) => markSeen(tx, { id: 'c', seen: true }))).toEqual([{ seen: true }]);
    expect(await store.snapshot((db) => findNote(db, { id: 'c' }))).toMatchObject([{ seen: true }]);
  });

  it('belongs to the transaction it is run in', async () => {
    const { store } = await open();
    const row = { id: 'a', n: 1, seen: null, detail: null };
    const failed = store.write(async (tx) => {
      await insertNote(tx, row);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await Promise.all([1, 2, 3].map((n) => store.write((tx) => insertNote(tx, { ...row, id: `${n}` }))));
    expect(await store.read.$count(noteTables(store).notes)).toBe(3);
    await expect(insertNote(store.read, row)).rejects.toThrow();
  });
});
