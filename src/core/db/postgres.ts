import { sql } from 'drizzle-orm';
import type pg from 'pg';
import type { Log } from '../log.js';
import { hearing } from './hearing.js';
import { outsideWrite } from './job.js';
import { migratePostgres } from './migrate-postgres.js';
import { notifyChannel, postgresBell } from './postgres-bell.js';
import { type Client, openPool, queriesOver } from './postgres-connection.js';
import { postgresWriter } from './postgres-writer.js';
import type { Db, Store } from './store.js';
import { fewAtOnce } from './turns.js';

/** Reading takes no longer than this; what does is cancelled by the server. */
const readLimitMs = 30_000;
const readOnly = `SET default_transaction_read_only = on; SET statement_timeout = ${readLimitMs}`;

/** So many snapshots for which nobody waits: the other connections are for people. */
const PATIENT_AT_ONCE = 4;

/** The engine for several replicas. */
export const openPostgres = async (url: string, log?: Log): Promise<Store> => {
  await migratePostgres(url);
  const ears = hearing();
  const bell = await postgresBell(url, ears, log);
  const reads = openPool(url, readOnly, log);
  const writes = openPool(url, undefined, log);
  const owner = {};
  const writer = postgresWriter(writes, owner, log);
  const snapshots = snapshotsOver(reads);
  const patientReads = fewAtOnce(PATIENT_AT_ONCE);
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    await writer.close();
    await bell.close();
    await Promise.all([reads.end(), writes.end()]);
  };
  return {
    dialect: 'postgres',
    read: queriesOver(reads, async (run) => {
      outsideWrite(owner);
      return run();
    }),
    write: async (work, options = {}) => {
      outsideWrite(owner);
      if (closing) throw new Error('The database is closing.');
      return writer.write(work, options);
    },
    snapshot: async (work, { patient } = {}) => {
      outsideWrite(owner);
      return patient ? patientReads(() => snapshots(work)) : snapshots(work);
    },
    now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`.mapWith(Number),
    skipLocked,
    notify: async (topic) => {
      outsideWrite(owner);
      await writes.query('SELECT pg_notify($1, $2)', [notifyChannel, topic]);
    },
    listen: ears.listen,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};

/** Reads alone: what is open here changes nothing and holds no lock. */
export const openReads = (url: string): Pick<Store, 'dialect' | 'snapshot' | 'close'> => {
  const reads = openPool(url, readOnly, undefined);
  return { dialect: 'postgres', snapshot: snapshotsOver(reads), close: () => reads.end() };
};

/** SQLite's builders, which are the face of these, know no locks. */
const skipLocked = <Q>(query: Q): Q => {
  const locking = query as { for(strength: 'update', how: { skipLocked: true }): Q };
  return locking.for('update', { skipLocked: true });
};

const snapshotsOver = (reads: pg.Pool) => {
  const faces = new WeakMap<Client, Db>();
  const faceOn = (client: Client): Db => {
    const face = faces.get(client) ?? queriesOver(client, (run) => run());
    faces.set(client, face);
    return face;
  };
  return async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const client = await reads.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await work(faceOn(client));
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
};
