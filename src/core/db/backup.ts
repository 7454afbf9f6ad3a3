/*
 * A copy of a SQLite file while Entente serves from it. VACUUM INTO reads one moment of it, as any other reader does: it
 * waits for no writer and holds none up. Copying the file itself would miss what stands in the one beside it.
 */
import { existsSync } from 'node:fs';
import { chmod, link, open, rm, stat } from 'node:fs/promises';
import Sqlite from 'better-sqlite3';

const copyInto = (path: string, part: string): void => {
  const raw = new Sqlite(path, { fileMustExist: true, timeout: 5_000 });
  try {
    raw.prepare('VACUUM INTO ?').run(part);
  } finally {
    raw.close();
  }
};

/** @throws Error when SQLite finds anything wrong with it */
const check = (part: string): void => {
  const raw = new Sqlite(part, { readonly: true, fileMustExist: true });
  try {
    const [answer] = raw.pragma('integrity_check', { simple: false }) as { integrity_check: string }[];
    if (answer?.integrity_check !== 'ok')
      throw new Error('The copy is not sound, and was thrown away. Look at the disk.');
    // A file without our tables would be sound too.
    raw.prepare('SELECT count(*) FROM history').get();
  } finally {
    raw.close();
  }
};

const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const taken = (target: string): Error =>
  new Error(`${target} is there already, and a backup overwrites nothing. Give it another name.`);

/** Gives its size in bytes. The file appears whole or not at all, readable by its owner alone. @throws Error */
export const backUpSqlite = async (path: string, target: string): Promise<number> => {
  if (!existsSync(path)) throw new Error(`There is no database at ${path}. Check DATABASE_URL.`);
  if (existsSync(target)) throw taken(target);
  const part = `${target}.part`;
  if (existsSync(part)) throw new Error(`${part} is left of a backup that was broken off. Remove it, then try again.`);
  try {
    copyInto(path, part);
    await chmod(part, 0o600);
    check(part);
    await flush(part);
    // Unlike a rename, a link takes the place of nothing.
    await link(part, target).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? taken(target) : error;
    });
    return (await stat(target)).size;
  } finally {
    await rm(part, { force: true });
  }
};
