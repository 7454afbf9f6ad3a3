import { existsSync } from 'node:fs';
import { pathOf } from './open.js';
import { openReads } from './postgres.js';
import { sqliteSnapshots } from './sqlite-snapshots.js';
import type { Store } from './store.js';

/** A database that is only read, while Entente may serve from it: nothing is migrated, locked or changed. */
export interface Reading extends Pick<Store, 'dialect' | 'snapshot'> {
  close(): Promise<void>;
}

/** @throws Error for a file that is not there */
export const openReading = async (databaseUrl: string): Promise<Reading> => {
  if (!databaseUrl.startsWith('file:')) return openReads(databaseUrl);
  const path = pathOf(databaseUrl);
  if (!existsSync(path)) throw new Error(`There is no database at ${path}. Check DATABASE_URL.`);
  const { take, close } = sqliteSnapshots(path);
  return { dialect: 'sqlite', snapshot: take, close };
};
