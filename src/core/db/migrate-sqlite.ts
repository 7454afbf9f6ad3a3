import Sqlite from 'better-sqlite3';
import { migrationsTable, pendingMigrations } from './migrate.js';

/**
 * Brings the file up to date in one transaction. Foreign keys are off meanwhile: a table is changed by copying,
 * dropping and renaming it, and the drop would delete its children.
 */
export const migrateSqlite = (path: string): void => {
  const raw = new Sqlite(path);
  try {
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = OFF');
    raw.transaction(() => applyPending(raw)).immediate();
  } finally {
    raw.close();
  }
};

const applyPending = (raw: Sqlite.Database): void => {
  raw.exec(migrationsTable);
  const applied = raw.prepare<[], string>('SELECT hash FROM migrations ORDER BY seq').pluck().all();
  const pending = pendingMigrations('sqlite', applied);
  if (pending.length === 0) return;
  const insert = raw.prepare('INSERT INTO migrations (seq, hash) VALUES (?, ?)');
  for (const { seq, hash, statements } of pending) {
    for (const statement of statements) raw.exec(statement);
    insert.run(seq, hash);
  }
  const orphans = raw.pragma('foreign_key_check') as unknown[];
  if (orphans.length > 0) {
    throw new Error(
      `A migration would leave ${orphans.length} rows without the row they refer to; nothing was changed.`,
    );
  }
};
