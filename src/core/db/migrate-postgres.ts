import pg from 'pg';
import { migrationsTable, pendingMigrations } from './migrate.js';

/** Any number that nothing else locks. Scopes' keys are hashes: meeting this one would cost a wait, not an error. */
const migrationLock = 718_281_828;

/** Brings the database up to date in one transaction. Replicas that start together take turns. */
export const migratePostgres = async (url: string): Promise<void> => {
  const client = await connect(url);
  try {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await client.query(`SELECT pg_advisory_xact_lock(${migrationLock})`);
    await applyPending(client);
    await client.query('COMMIT');
  } finally {
    // Ends an open transaction, too.
    await client.end();
  }
};

/** The first connection of all: what is wrong with the address shows here. */
const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: 'entente migration' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'no answer';
    throw new Error(`PostgreSQL cannot be reached (${code}). Check DATABASE_URL, and that the server is running.`, {
      cause: error,
    });
  }
  return client;
};

const applyPending = async (client: pg.Client): Promise<void> => {
  const { rows: encodings } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  if (encodings[0]?.server_encoding !== 'UTF8') {
    throw new Error('The PostgreSQL database cannot hold every text: create one with the encoding UTF8.');
  }
  await client.query(migrationsTable);
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM migrations ORDER BY seq');
  const pending = pendingMigrations(
    'postgres',
    rows.map((row) => row.hash),
  );
  for (const { seq, hash, statements } of pending) {
    for (const statement of statements) await client.query(statement);
    await client.query('INSERT INTO migrations (seq, hash) VALUES ($1, $2)', [seq, hash]);
  }
};
