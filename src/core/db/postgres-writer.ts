import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../log.js';
import { CommitUnknown, DatabaseError, WriteTimeout } from './failure.js';
import { newJob, runHooks, runJob } from './job.js';
import type { Client } from './postgres-connection.js';
import { type Transaction, transactionOn } from './postgres-transaction.js';
import { type Tx, type WriteOptions, writeLimitMs } from './store.js';

export interface PostgresWriter {
  write<T>(work: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T>;
  /** Resolves when everything that waits is written. */
  close(): Promise<void>;
}

/** A replica that froze in the middle of a write holds its scope this much longer than the write may take. */
const frozenMs = 5_000;

/**
 * Read committed, and one advisory lock per scope taken first: code that reads, decides and writes then behaves as it
 * does on SQLite, across replicas. Within the process the writes of a scope wait in a queue, not on connections.
 */
export const postgresWriter = (pool: pg.Pool, owner: object, log: Log | undefined): PostgresWriter => {
  const inTurn = queuePerScope();
  const writing = new Set<Promise<unknown>>();
  return {
    write: (work, options) => {
      const written = inTurn(options.scope, () => writeUnlocked(pool, owner, work, options, log)).finally(() =>
        writing.delete(written),
      );
      writing.add(written);
      return written;
    },
    close: async () => {
      while (writing.size > 0) await Promise.allSettled(writing);
    },
  };
};

const queuePerScope = () => {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(scope: string | undefined, run: () => Promise<T>): Promise<T> => {
    if (scope === undefined) return run();
    const turn = (tails.get(scope) ?? Promise.resolve()).then(run, run);
    tails.set(scope, turn);
    const leave = (): void => {
      if (tails.get(scope) === turn) tails.delete(scope);
    };
    turn.then(leave, leave);
    return turn;
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
