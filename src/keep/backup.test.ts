import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { copyFor, fill, openFull } from '../../test/house/copies.js';
import { openStore } from '../core/db/open.js';
import { backUp } from './backup.js';

const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

it('copies a database while Entente serves and writes, and the copy is whole', async () => {
  const folder = await makeFolder();
  const url = `file:${join(folder, 'live.db')}`;
  const store = await openStore(url);
  onTestFinished(() => store.close());
  const house = await openFull(store);
  onTestFinished(() => house.reconciler.stop());
  await fill(house);
  const target = join(folder, 'copy.db');
  const writing = Promise.all(Array.from({ length: 20 }, (_, n) => house.say('ana', `decision Number ${n}`)));
  expect(await backUp(url, target)).toMatchObject({ done: true, text: expect.stringContaining('is sound') });
  await writing;
  expect((await stat(target)).mode & 0o777).toBe(0o600);
  const copy = await openStore(`file:${target}`);
  onTestFinished(() => copy.close());
  const text = (await copyFor({ ...house, store: copy }, 'Acme Bio', 'csv')).toString();
  expect(text).toContain('D-1,decision,1,JSC,all,agreed');
  expect((await house.say('ana', 'decision Still serving')).outcome).toBe('done');
});

it('overwrites nothing, and says what is not there', async () => {
  const folder = await makeFolder();
  const target = join(folder, 'copy.db');
  await expect(backUp(`file:${join(folder, 'none.db')}`, target)).rejects.toThrow('There is no database at');
  const url = `file:${join(folder, 'live.db')}`;
  await (await openStore(url)).close();
  await writeFile(target, 'precious');
  await expect(backUp(url, target)).rejects.toThrow('is there already, and a backup overwrites nothing');
  expect((await stat(target)).size).toBe('precious'.length);
});

it('names the command for PostgreSQL without its password', async () => {
  const { done, text } = await backUp('postgres://entente:geheim@db.example:5432/log', '/backups/log.dump');
  expect(done).toBe(false);
  expect(text).toContain("pg_dump --format=custom --file='/backups/log.dump' 'postgres://entente@db.example:5432/log'");
  expect(text).not.toContain('geheim');
});
