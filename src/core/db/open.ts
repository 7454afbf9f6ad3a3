import { fileURLToPath } from 'node:url';
import type { Log } from '../log.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';

/**
 * Opens the database, brings it up to date and takes hold of it. `file:data/entente.db` (relative to the working
 * directory) or `file:///var/lib/entente.db` is SQLite, `postgres://...` is PostgreSQL.
 */
export const openStore = async (databaseUrl: string, log?: Log): Promise<Store> => {
  if (/^postgres(ql)?:/.test(databaseUrl)) return openPostgres(databaseUrl, log);
  if (databaseUrl.startsWith('file:')) return openFile(databaseUrl, log);
  throw new Error('DATABASE_URL must begin with file: or postgres://');
};

/** What is wrong with the path or the file has a code; what we say ourselves has none. */
const openFile = async (fileUrl: string, log: Log | undefined): Promise<Store> => {
  try {
    return await openSqlite(pathOf(fileUrl), log);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === undefined) throw error;
    throw new Error(
      `The database file cannot be opened (${code}). Check that DATABASE_URL names a file that Entente may read and write.`,
      { cause: error },
    );
  }
};

/** Of `file:data/entente.db` and `file:///var/lib/entente.db`. */
export const pathOf = (fileUrl: string): string =>
  fileUrl.startsWith('file://') ? fileURLToPath(fileUrl) : fileUrl.slice('file:'.length);
