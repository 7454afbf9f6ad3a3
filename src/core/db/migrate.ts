import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Dialect } from './kit.js';

export interface Migration {
  readonly hash: string;
  readonly statements: readonly string[];
}

/** Where drizzle-kit writes; the same distance from `src/` and from `dist/`. */
export const migrationsFolder = (dialect: Dialect): string =>
  fileURLToPath(new URL(`../../../db/${dialect}`, import.meta.url));

/** Each applied migration's place and hash, in the database itself. */
export const migrationsTable = 'CREATE TABLE IF NOT EXISTS migrations (seq integer PRIMARY KEY, hash text NOT NULL)';

const listMigrations = (dialect: Dialect): Migration[] => {
  const folder = migrationsFolder(dialect);
  if (!existsSync(folder)) return [];
  return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, sql }) => ({ hash, statements: sql }));
};

export interface Pending extends Migration {
  readonly seq: number;
}

/**
 * What is left to apply, given the hashes applied so far, in order. @throws when the database knows migrations that
 * this version does not: it was made by a newer one, or by another draft of the same.
 */
export const pendingMigrations = (dialect: Dialect, applied: readonly string[]): readonly Pending[] => {
  const known = listMigrations(dialect);
  const strange = applied.findIndex((hash, index) => known[index]?.hash !== hash);
  if (strange >= 0) {
    throw new Error(
      `The database is not of this version: its migration ${strange + 1} is unknown here. ` +
        'Start the version of Entente that last used it, or give this one a new database.',
    );
  }
  return known.map((migration, seq) => ({ ...migration, seq })).slice(applied.length);
};
