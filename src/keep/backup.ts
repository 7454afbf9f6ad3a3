import { backUpSqlite } from '../core/db/backup.js';
import { pathOf } from '../core/db/open.js';

/** What somebody types instead; the password stays out of it. */
const dumpCommand = (databaseUrl: string, target: string): string => {
  const url = new URL(databaseUrl);
  url.password = '';
  return `pg_dump --format=custom --file='${target.replaceAll("'", "'\\''")}' '${url.href.replaceAll("'", '%27')}'`;
};

/** @throws Error that says what to do */
export const backUp = async (
  databaseUrl: string,
  target: string,
): Promise<{ readonly done: boolean; readonly text: string }> => {
  if (!databaseUrl.startsWith('file:'))
    return {
      done: false,
      text: `PostgreSQL makes its own backups, also while Entente runs:\n\n  ${dumpCommand(databaseUrl, target)}\n\npg_dump asks for the password, or takes it from PGPASSWORD or ~/.pgpass.`,
    };
  const bytes = await backUpSqlite(pathOf(databaseUrl), target);
  return {
    done: true,
    text: `${target} holds the database as it was just now (${bytes.toLocaleString('en')} bytes), and is sound.`,
  };
};
