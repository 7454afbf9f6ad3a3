import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../log.js';
import { CommitUnknown, DatabaseError, WriteTimeout } from './failure.js';
import { newJob, runHooks, runJob } from './job.js';
import type { Client } from './postgres-connection.js';
import { type Transaction, transactionOn } from './postgres-transaction.js';
import { type Tx, type WriteOptions, writeLimitMs } from './store.js';
import { createLine, fewAtOnce, type Line } from './turns.js';

export interface PostgresWriter {
  write<T>(work: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T>;
  /** Resolves when everything that waits is written. */
  close(): Promise<void>;
}

/** A replica that froze in the middle of a write holds its scope this much longer than the write may take. */
const frozenMs = 5_000;

/** So many writes for which nobody waits: the other connections are for people. */
const PATIENT_AT_ONCE = 4;

/**
 * Read committed, and one advisory lock per scope taken first: code that reads, decides and writes then behaves as it
 * does on SQLite, across replicas. Within the process the writes of a scope wait in a queue, not on connections.
 */
export const postgresWriter = (pool: pg.Pool, owner: object, log: Log | undefined): PostgresWriter => {
  const inTurn = queuePerScope();
  const fewPatient = fewAtOnce(PATIENT_AT_ONCE);
  const writing = new Set<Promise<unknown>>();
  return {
    write: (work, options) => {
      const turn = () => inTurn(options, () => writeUnlocked(pool, owner, work, options, log));
      const written = (options.patient ? fewPatient(turn) : turn()).finally(() => writing.delete(written));
      writing.add(written);
      return written;
    },
    close: async () => {
      while (writing.size > 0) await Promise.allSettled(writing);
    },
  };
};

const queuePerScope = () => {
  /** Those in which somebody writes, with who waits for their turn. */
  const busy = new Map<string, Line<() => void>>();
  return async <T>({ scope, patient = false }: WriteOptions, run: () => Promise<T>): Promise<T> => {
    if (scope === undefined) return run();
    const line = busy.get(scope) ?? createLine<() => void>();
    if (busy.has(scope)) await new Promise<void>((go) => line.add(go, patient));
    else busy.set(scope, line);
    try {
      return await run();
    } finally {
      const go = line.next();
      if (go) go();
      else busy.delete(scope);
    }
  };
};

const DEADLOCK = '40P01';
const deadlocksTaken = 3;

/** Of two writes that wait for each other PostgreSQL ends one, and everything it did: it is simply done again. */
const writeUnlocked = async <T>(...given: Parameters<typeof writeOnce<T>>): Promise<T> => {
  for (let deadlocks = 0; ; deadlocks++) {
    try {
      return await writeOnce(...given);
    } catch (error) {
      if (!(error instanceof DatabaseError && error.code === DEADLOCK) || deadlocks >= deadlocksTaken) throw error;
    }
  }
};

const writeOnce = async <T>(
  pool: pg.Pool,
  owner: object,
  work: (tx: Tx) => Promise<T>,
  { scope, timeoutMs = writeLimitMs }: WriteOptions,
  log: Log | undefined,
): Promise<T> => {
  const client = await pool.connect();
  const transaction = transactionOn(client);
  const job = newJob(owner, client);
  try {
    await client.query(beginOf(scope, timeoutMs));
    const value = await runJob(job, () => work(transaction.tx), timeoutMs);
    await transaction.settled();
    await commit(client);
    client.release();
    runHooks(job, log);
    return value;
  } catch (error) {
    client.release(!(await undone(client, transaction, error)));
    throw error;
  }
};

/** One round trip. The lock comes before the limits: waiting for another replica's write is not this one's time. */
const beginOf = (scope: string | undefined, timeoutMs: number): string => {
  const lock = scope === undefined ? '' : `SELECT pg_advisory_xact_lock(${lockKey(scope)});`;
  return `BEGIN ISOLATION LEVEL READ COMMITTED; ${lock}
    SET LOCAL statement_timeout = ${timeoutMs};
    SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs + frozenMs}`;
};

/** Two scopes with one key would only wait for each other. */
const lockKey = (scope: string): bigint => createHash('sha256').update(scope).digest().readBigInt64BE();

const commit = async (client: Client): Promise<void> => {
  const { command } = await client.query('COMMIT').catch((error: unknown) => {
    // An error of the statement itself has rolled back; all else may have come after the commit.
    throw error instanceof pg.DatabaseError && error.severity === 'ERROR' ? error : new CommitUnknown(error);
  });
  // The answer to COMMIT after an error that the callback swallowed: not an error, but nothing was saved.
  if (command !== 'COMMIT') throw new DatabaseError('25P02', 'a failed statement was ignored', 'COMMIT');
};

/** Rolls back; false when the connection cannot be used again. */
const undone = async (client: Client, transaction: Transaction, error: unknown): Promise<boolean> => {
  // A statement may still be running: closing the connection ends it without waiting for it.
  if (error instanceof WriteTimeout) return false;
  try {
    await transaction.settled();
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
};
