import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';
import { DatabaseError } from './failure.js';
import { currentJob, type Job, newJob, runHooks, runJob, runSavepoint } from './job.js';
import { type Connection, connect } from './sqlite-connection.js';
import { type Tx, type WriteOptions, writeLimitMs } from './store.js';
import { createLine, type Line } from './turns.js';

interface Waiting {
  readonly job: Job;
  readonly work: () => Promise<unknown>;
  readonly limitMs: number;
  readonly patient: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Most writes one commit takes, and the longest it collects them: the first of them waits for the last. */
const batchSize = 64;
const batchMs = 25;
/** So long a commit that somebody waits for collects what nobody waits for: a sync takes longer. */
const patientMs = 5;
/** Another program may hold the file for a moment: a backup, or somebody's shell. */
const busyRetryMs = 10;
const busyLimitMs = 10_000;

export interface SqliteWriter {
  write<T>(work: (tx: Tx) => Promise<T>, options: WriteOptions): Promise<T>;
  /** Resolves when everything that waits is written. */
  close(): Promise<void>;
}

/**
 * The one writing connection behind a queue. Writers that wait together share one transaction, each in a savepoint of
 * its own: one fsync pays for all of them, and none is answered before it. A job's failure undoes only that job; a
 * failed commit fails every job in it.
 */
export const sqliteWriter = (path: string, owner: object, log: Log | undefined): SqliteWriter => {
  const connection: Connection = connect(path, () => currentJob(connection), { writes: true });
  const tx = transactionOf(connection);
  const waiting = createLine<Waiting>();
  let draining: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    while (!waiting.isEmpty()) {
      // Calls that arrived together reach the queue within one turn of the event loop.
      await setImmediate();
      await writeBatch(connection, waiting, log);
    }
    draining = undefined;
  };

  return {
    write: <T>(work: (tx: Tx) => Promise<T>, { timeoutMs = writeLimitMs, patient = false }: WriteOptions) =>
      new Promise<T>((resolve, reject) => {
        const one: Waiting = {
          job: newJob(owner, connection),
          work: () => work(tx),
          limitMs: timeoutMs,
          patient,
          resolve: resolve as (value: unknown) => void,
          reject,
        };
        waiting.add(one, patient);
        draining ??= drain();
      }),
    close: async () => {
      await draining;
      connection.close();
    },
  };
};

const transactionOf = (connection: Connection): Tx => {
  const tx: Tx = {
    ...connection.db,
    savepoint: (work) =>
      runSavepoint(
        currentJob(connection),
        () => work(tx),
        (sql) => {
          currentJob(connection);
          connection.exec(sql);
        },
      ),
    afterCommit: (hook) => void currentJob(connection).hooks.push(hook),
  };
  return tx;
};

const begin = async (connection: Connection): Promise<void> => {
  const giveUpAt = performance.now() + busyLimitMs;
  for (;;) {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const busy = error instanceof DatabaseError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > giveUpAt) throw error;
      await sleep(busyRetryMs);
    }
  }
};

interface Done {
  readonly waiting: Waiting;
  readonly value: unknown;
}

const writeBatch = async (connection: Connection, waiting: Line<Waiting>, log: Log | undefined): Promise<void> => {
  try {
    await begin(connection);
  } catch (error) {
    // One is told, so that the queue moves; the next may find the file free.
    waiting.next()?.reject(error);
    return;
  }
  const done: Done[] = [];
  try {
    await runBatch(connection, waiting, done);
    connection.exec('COMMIT');
  } catch (error) {
    abandon(connection, log);
    for (const one of done) one.waiting.reject(error);
    return;
  }
  for (const { waiting: one, value } of done) {
    runHooks(one.job, log);
    one.resolve(value);
  }
};

/** Once somebody waits for the commit, what nobody waits for joins it only at its beginning. */
const runBatch = async (connection: Connection, waiting: Line<Waiting>, done: Done[]): Promise<void> => {
  const begun = performance.now();
  let awaited = false;
  for (let taken = 0; taken < batchSize && performance.now() - begun < batchMs; taken++) {
    const late: boolean = awaited && performance.now() - begun > patientMs;
    const next: Waiting | undefined = late ? waiting.nextUrgent() : waiting.next();
    if (!next) return;
    awaited ||= !next.patient;
    try {
      connection.exec('SAVEPOINT job');
      const value = await runJob(next.job, next.work, next.limitMs);
      connection.exec('RELEASE job');
      done.push({ waiting: next, value });
    } catch (error) {
      next.reject(error);
      // A full disk or an I/O error may end the whole transaction, and with it those that were done.
      if (!connection.raw.inTransaction) throw error;
      connection.exec('ROLLBACK TO job');
      connection.exec('RELEASE job');
    }
    // Nothing in here waits for anything, so that nobody would be heard until the end.
    if (next.patient) await setImmediate();
  }
};

const abandon = (connection: Connection, log: Log | undefined): void => {
  try {
    if (connection.raw.inTransaction) connection.exec('ROLLBACK');
  } catch (error) {
    log?.error({ err: error }, 'a failed commit could not be rolled back');
  }
};
