import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { count, eq, sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { createNotes, noteTables } from '../../../test/notes.js';
import { DatabaseError } from './failure.js';
import { openStore } from './open.js';
import type { Store } from './store.js';

const inUse = 'Another Entente is using the database file';

const freshFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-sqlite-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
const open = async (path: string): Promise<Store> => {
  const store = await openStore(`file:${path}`);
  onTestFinished(() => store.close());
  return store;
};

it('makes the folders on the way to its file', async () => {
  const path = join(await freshFolder(), 'a', 'b', 'entente.db');
  await open(path);
  expect((await stat(path)).isFile()).toBe(true);
});

it('takes a file URL as well', async () => {
  const path = join(await freshFolder(), 'a b.db');
  await (await openStore(`file://${path.replace(' ', '%20')}`)).close();
  expect((await stat(path)).isFile()).toBe(true);
});

it('keeps what it holds when it is opened again', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const first = await openStore(`file:${path}`);
  await createNotes(first);
  await first.write((tx) => tx.insert(noteTables(tx).notes).values({ id: 'a' }));
  await first.close();
  const again = await open(path);
  expect(await again.read.$count(noteTables(again).notes)).toBe(1);
});

it('says in a sentence that it cannot open what it was given', async () => {
  const folder = await freshFolder();
  const notes = join(folder, 'notes.txt');
  await writeFile(notes, 'milk, bread, and so on, until it is no small file any more '.repeat(100));
  const given = [`file:${folder}`, `file:${notes}/below.db`, `file:${notes}`, 'file://elsewhere/x.db'];
  for (const url of given) {
    const said = openStore(url).catch((error: Error) => `${error.constructor.name}: ${error.message}`);
    expect(await said).toMatch(/^Error: The database file cannot be opened \(\w+\)\. Check that DATABASE_URL/);
  }
});

it('refuses a second store on one file, until the first is closed', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const first = await openStore(`file:${path}`);
  await expect(openStore(`file:${path}`)).rejects.toThrow(inUse);
  await first.close();
  await open(path);
});

it('refuses a file that another process serves, and has all that was answered after that one is killed', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const holder = fileURLToPath(new URL('../../../test/sqlite-holder.ts', import.meta.url));
  const other = spawn(process.execPath, ['--import', 'tsx', holder, `file:${path}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void other.kill('SIGKILL'));
  let said = '';
  other.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  while (said.split('\n').length < 20) await once(other.stdout, 'data');
  await expect(openStore(`file:${path}`)).rejects.toThrow(inUse);
  const gone = once(other, 'exit');
  other.kill('SIGKILL');
  await gone;
  const answered = Number(said.trimEnd().split('\n').at(-1));
  const store = await open(path);
  const { notes } = noteTables(store);
  const [kept] = await store.read.select({ n: count() }).from(notes).where(sql`${notes.n} <= ${answered}`);
  expect(kept).toEqual({ n: answered * 3 });
  expect(await store.read.rows(sql`pragma integrity_check`)).toEqual([{ integrity_check: 'ok' }]);
});

it('gives writers that wait together one commit, and answers none before it', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const store = await open(path);
  await createNotes(store);
  const { notes } = noteTables(store);
  const outside = new Sqlite(path, { readonly: true });
  const visible = outside.prepare('select count(*) from notes').pluck();
  const seen = await Promise.all(
    ['a', 'b', 'c'].map((id) =>
      store
        .write(async (tx) => {
          await tx.insert(notes).values({ id });
          return visible.get();
        })
        .then((during) => [during, visible.get()]),
    ),
  );
  outside.close();
  expect(seen).toEqual([
    [0, 3],
    [0, 3],
    [0, 3],
  ]);
});

it('fails every write of a commit that fails, and none after it', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const store = await open(path);
  await createNotes(store);
  await store.write((tx) =>
    tx.rows(sql`create table replies (id text references notes (id) deferrable initially deferred)`),
  );
  const { notes } = noteTables(store);
  const heard: string[] = [];
  const outcomes = await Promise.allSettled([
    store.write(async (tx) => {
      tx.afterCommit(() => heard.push('a'));
      await tx.insert(notes).values({ id: 'a' });
    }),
    store.write((tx) => tx.rows(sql`insert into replies values ('nobody')`)),
  ]);
  expect(outcomes.map((one) => one.status === 'rejected' && one.reason)).toEqual([
    expect.any(DatabaseError),
    expect.any(DatabaseError),
  ]);
  await store.write((tx) => tx.insert(notes).values({ id: 'b' }));
  expect(await store.read.select({ id: notes.id }).from(notes)).toEqual([{ id: 'b' }]);
  expect(heard).toEqual([]);
});

it('goes on after the disk was full, and what it answered is true', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const store = await open(path);
  await createNotes(store);
  const { notes } = noteTables(store);
  const pages = (limit: number) => store.write((tx) => tx.rows(sql.raw(`pragma max_page_count = ${limit}`)));
  await pages(1);
  const detail = 'x'.repeat(200_000);
  const ids = ['a', 'full', 'b'];
  const outcomes = await Promise.allSettled(
    ids.map((id) => store.write((tx) => tx.insert(notes).values(id === 'full' ? { id, detail } : { id }))),
  );
  const answered = ids.filter((_, index) => outcomes[index]!.status === 'fulfilled');
  expect(answered).not.toContain('full');
  await pages(1_000_000);
  await store.write((tx) => tx.insert(notes).values({ id: 'z' }));
  const kept = await store.read.select({ id: notes.id }).from(notes).orderBy(notes.id);
  expect(kept.map((row) => row.id)).toEqual([...answered, 'z']);
});

it('waits while another program holds the file for a moment', async () => {
  const path = join(await freshFolder(), 'entente.db');
  const store = await open(path);
  await createNotes(store);
  const { notes } = noteTables(store);
  const shell = new Sqlite(path);
  shell.exec('begin immediate');
  const writing = store.write((tx) => tx.insert(notes).values({ id: 'a' }));
  await expect(store.read.select().from(notes).where(eq(notes.id, 'a'))).resolves.toEqual([]);
  shell.exec('commit');
  shell.close();
  await writing;
  expect(await store.read.$count(notes)).toBe(1);
});

it('calls those who listen in this process', async () => {
  const store = await open(join(await freshFolder(), 'entente.db'));
  const heard: string[] = [];
  const stop = store.listen('cards', () => heard.push('cards'));
  store.listen('wakes', () => heard.push('wakes'));
  await store.notify('cards');
  stop();
  await store.notify('cards');
  await store.notify('wakes');
  expect(heard).toEqual(['cards', 'wakes']);
});
