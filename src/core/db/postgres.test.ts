import { asc, count, eq, isNull, sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { createNotes, noteTables } from '../../../test/notes.js';
import { freshPostgres } from '../../../test/stores.js';
import { CommitUnknown } from './failure.js';
import { openStore } from './open.js';
import type { Store, Tx } from './store.js';

const open = async (url: string): Promise<Store> => {
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
};
const twoReplicas = async (): Promise<[Store, Store, string]> => {
  const url = await freshPostgres();
  const [a, b] = await Promise.all([open(url), open(url)]);
  await createNotes(a);
  return [a, b, url];
};
const heard = (store: Store, topic: string) =>
  new Promise<void>((resolve) => {
    store.listen(topic, resolve);
  });

it('is brought up to date by one of several replicas that start at once', async () => {
  const url = await freshPostgres('empty');
  const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
  const [applied] = await stores[0]!.read.rows<{ n: number }>(sql`select count(*) as n from migrations`);
  expect(applied!.n).toBeGreaterThan(0);
  for (const store of stores) await store.read.rows(sql`select * from decisions`);
});

it('says what to do when the database was made by another version', async () => {
  const url = await freshPostgres();
  const store = await openStore(url);
  await store.write((tx) => tx.rows(sql`insert into migrations (seq, hash) values (9999, 'unknown')`));
  await store.close();
  await expect(openStore(url)).rejects.toThrow('Start the version of Entente that last used it');
});

it('says what to check when nobody answers, without repeating the address', async () => {
  const failed = openStore('postgres://somebody:secret@localhost:1/entente');
  await expect(failed).rejects.toThrow('PostgreSQL cannot be reached (ECONNREFUSED). Check DATABASE_URL');
});

it('tells the other replicas, and itself', async () => {
  const [a, b] = await twoReplicas();
  const both = Promise.all([heard(a, 'cards'), heard(b, 'cards')]);
  b.listen('wakes', () => expect.unreachable());
  await a.notify('cards');
  await both;
});

it('stops telling when asked to', async () => {
  const [a, b] = await twoReplicas();
  const stop = b.listen('cards', () => expect.unreachable());
  stop();
  const next = heard(b, 'next');
  await a.notify('cards');
  await a.notify('next');
  await next;
});

it('numbers without gaps across replicas', async () => {
  const [a, b] = await twoReplicas();
  const { notes } = noteTables(a);
  const append = (tx: Tx) =>
    tx
      .select({ head: sql<number>`coalesce(max(${notes.n}), 0)` })
      .from(notes)
      .then(([row]) => tx.insert(notes).values({ id: `${row!.head + 1}`, n: row!.head + 1 }));
  await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? a : b).write((tx) => append(tx), { scope: 'x' })));
  expect(await a.read.select({ n: count(), max: sql<number>`max(${notes.n})` }).from(notes)).toEqual([
    { n: 40, max: 40 },
  ]);
});

it('lets two scopes write at the same time', async () => {
  const [a] = await twoReplicas();
  const met: (() => void)[] = [];
  const meet = () =>
    new Promise<void>((resolve) => {
      met.push(resolve);
      if (met.length === 2) for (const go of met) go();
    });
  await Promise.all([a.write(meet, { scope: 'x' }), a.write(meet, { scope: 'y' })]);
});

it('gives each of two workers rows of its own', async () => {
  const [a, b] = await twoReplicas();
  const { notes } = noteTables(a);
  await a.write((tx) => tx.insert(notes).values(['1', '2', '3', '4'].map((id) => ({ id }))));
  const claim = (store: Store, before: (ids: string[]) => Promise<unknown>) =>
    store.write(async (tx) => {
      const free = tx.select({ id: notes.id }).from(notes).where(isNull(notes.n)).orderBy(asc(notes.id)).limit(2);
      const ids = (await store.skipLocked(free)).map((row) => row.id);
      await before(ids);
      for (const id of ids) await tx.update(notes).set({ n: 1 }).where(eq(notes.id, id));
      return ids;
    });
  const claimed: string[][] = [];
  claimed[0] = await claim(a, async () => {
    claimed[1] = await claim(b, async () => undefined);
  });
  expect(claimed).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
});

it('goes on after it has lost every connection, and rings once for what it may have missed', async () => {
  const [a, b, url] = await twoReplicas();
  const { notes } = noteTables(a);
  const missed = heard(b, 'cards');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const cutAll = () =>
    admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  const cut = a.write(async (tx) => {
    await tx.insert(notes).values({ id: 'cut' });
    await cutAll();
    await tx.insert(notes).values({ id: 'cut too' });
  });
  await expect(cut).rejects.toThrow();
  await admin.end();
  await missed;
  await a.write((tx) => tx.insert(notes).values({ id: 'a' }));
  expect(await b.read.select({ id: notes.id }).from(notes)).toEqual([{ id: 'a' }]);
});

it('says when it cannot tell whether a commit was saved', async () => {
  const [a, b] = await twoReplicas();
  const { notes } = noteTables(a);
  const cut = a.write(async (tx) => {
    await tx.insert(notes).values({ id: 'cut' });
    const [own] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await b.read.rows(sql`select pg_terminate_backend(${own?.pid})`);
  });
  await expect(cut).rejects.toThrow(CommitUnknown);
  await expect(a.write(async () => 'next')).resolves.toBe('next');
});

it('writes again when two writes wait for each other', async () => {
  const [a, b] = await twoReplicas();
  const { notes } = noteTables(a);
  await a.write((tx) => tx.insert(notes).values([{ id: 'x' }, { id: 'y' }]));
  const raise = (tx: Tx, id: string) =>
    tx
      .update(notes)
      .set({ n: sql`coalesce(${notes.n}, 0) + 1` })
      .where(eq(notes.id, id));
  let first = 0;
  let go = () => {};
  const bothHoldOne = new Promise<void>((resolve) => {
    go = resolve;
  });
  const cross = (store: Store, ids: readonly [string, string]) =>
    store.write(async (tx) => {
      await raise(tx, ids[0]);
      first += 1;
      if (first >= 2) go();
      await bothHoldOne;
      await raise(tx, ids[1]);
    });
  await Promise.all([cross(a, ['x', 'y']), cross(b, ['y', 'x'])]);
  expect(await a.read.select({ n: notes.n }).from(notes)).toEqual([{ n: 2 }, { n: 2 }]);
});

it('ends a statement that outlives its write', async () => {
  const [a] = await twoReplicas();
  const sleeping = a.write((tx) => tx.rows(sql`select pg_sleep(60)`), { timeoutMs: 50, scope: 'x' });
  await expect(sleeping).rejects.toThrow();
  await expect(a.write(async () => 'next', { scope: 'x' })).resolves.toBe('next');
});

it('reads on when more ask than it has connections', async () => {
  const [a] = await twoReplicas();
  const { notes } = noteTables(a);
  const counts = await Promise.all(Array.from({ length: 60 }, () => a.read.$count(notes)));
  expect(new Set(counts)).toEqual(new Set([0]));
});
