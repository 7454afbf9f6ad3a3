import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Log } from '../log.js';
import { hearing } from './hearing.js';
import { outsideWrite } from './job.js';
import { migrateSqlite } from './migrate-sqlite.js';
import { connect } from './sqlite-connection.js';
import { lockFile } from './sqlite-lock.js';
import { sqliteSnapshots } from './sqlite-snapshots.js';
import { sqliteWriter } from './sqlite-writer.js';
import type { Store } from './store.js';
import { fewAtOnce } from './turns.js';

/**
 * The embedded engine: one file, one process. WAL with synchronous=FULL, so that whatever `write` has answered survives
 * a kill and a power cut.
 */
export const openSqlite = async (path: string, log?: Log): Promise<Store> => {
  mkdirSync(dirname(path), { recursive: true });
  const lock = lockFile(path);
  try {
    migrateSqlite(path);
    return storeOf(path, lock, log);
  } catch (error) {
    lock.release();
    throw error;
  }
};

const storeOf = (path: string, lock: { release(): void }, log: Log | undefined): Store => {
  const owner = {};
  const writer = sqliteWriter(path, owner, log);
  const reader = connect(path, () => outsideWrite(owner), { writes: false });
  const snapshots = sqliteSnapshots(path);
  const bell = hearing();
  const oneAtOnce = fewAtOnce(1);
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    await writer.close();
    await snapshots.close();
    reader.close();
    lock.release();
  };
  return {
    dialect: 'sqlite',
    read: reader.db,
    write: async (work, options = {}) => {
      outsideWrite(owner);
      if (closing) throw new Error('The database is closing.');
      return writer.write(work, options);
    },
    snapshot: async (work, { patient } = {}) => {
      outsideWrite(owner);
      return patient ? oneAtOnce(() => snapshots.take(work)) : snapshots.take(work);
    },
    now: sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`.mapWith(Number),
    skipLocked: (query) => query,
    notify: async (topic) => {
      outsideWrite(owner);
      bell.ring(topic);
    },
    listen: bell.listen,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};
