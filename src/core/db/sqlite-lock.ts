import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';

/**
 * Makes this process the only one that serves the file, or throws. Two processes would block each other's event loops
 * and miss each other's wake-ups. The lock is the operating system's, held on a small database beside the file, so it
 * goes with the process however that ends.
 */
export const lockFile = (path: string): { release(): void } => {
  const real = join(realpathSync(dirname(path)), basename(path));
  const lock = new Sqlite(`${real}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    throw new Error(
      `Another Entente is using the database file ${path}. A SQLite file serves one process: stop the other one, ` +
        'or set DATABASE_URL to a postgres:// address to run several.',
    );
  }
  return { release: () => void lock.close() };
};
