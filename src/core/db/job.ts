import { AsyncLocalStorage } from 'node:async_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Log } from '../log.js';
import { DatabaseError, WriteTimeout } from './failure.js';

/** One callback of `write`, from its first statement to its commit or rollback. */
export interface Job {
  /** The store it belongs to: two stores in one process do not stand in each other's way. */
  readonly owner: object;
  /** The connection it may use. */
  readonly on: object;
  readonly hooks: (() => void)[];
  /** Open savepoints. */
  depth: number;
  /** False once it returned, failed or ran out of time: a callback that still runs can no longer reach the database. */
  open: boolean;
  /** A statement failed outside a savepoint. PostgreSQL saves nothing then, so neither does SQLite. */
  broken: boolean;
}

const jobs = new AsyncLocalStorage<Job>();

export const newJob = (owner: object, on: object): Job => ({
  owner,
  on,
  hooks: [],
  depth: 0,
  open: true,
  broken: false,
});

/** @throws inside a write of this store: there, only its `tx` sees what it has done and cannot wait for itself. */
export const outsideWrite = (owner: object): undefined => {
  const job = jobs.getStore();
  if (job?.owner === owner && job.open) throw new Error('Inside a write only its own transaction may be used.');
};

/** The job whose callback is running on this connection. @throws when there is none, or it is over. */
export const currentJob = (on: object): Job => {
  const job = jobs.getStore();
  if (job?.on !== on) throw new Error('A transaction was used outside its write.');
  if (!job.open) throw new Error('A transaction was used after its write was over.');
  return job;
};

/** Runs `work` as `job`, which is closed afterwards in any case. @throws WriteTimeout */
export const runJob = async <T>(job: Job, work: () => Promise<T>, limitMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      job.open = false;
      reject(new WriteTimeout(limitMs));
    }, limitMs);
  });
  try {
    // Awaited inside: a query that the callback returns is sent only when somebody awaits it.
    const value = await Promise.race([jobs.run(job, async () => await work()), late]);
    if (job.broken) throw new DatabaseError('25P02', 'a failed statement was ignored', 'COMMIT');
    return value;
  } finally {
    clearTimeout(timer);
    job.open = false;
  }
};

/** Runs `work` between a savepoint and its release, on either engine; `exec` sends a statement of ours. */
export const runSavepoint = async <T>(job: Job, work: () => Promise<T>, exec: (sql: string) => unknown): Promise<T> => {
  const name = `s${++job.depth}`;
  const depth = job.depth;
  const hooks = job.hooks.length;
  await exec(`SAVEPOINT ${name}`);
  try {
    const result = await work();
    if (job.depth !== depth) throw new Error('Savepoints of one transaction overlap: run them one after the other.');
    await exec(`RELEASE ${name}`);
    return result;
  } catch (error) {
    job.hooks.length = hooks;
    await exec(`ROLLBACK TO ${name}`);
    await exec(`RELEASE ${name}`);
    job.broken = false;
    throw error;
  } finally {
    job.depth = depth - 1;
  }
};

export const runHooks = (job: Job, log: Log | undefined): void => {
  for (const hook of job.hooks) {
    try {
      hook();
    } catch (error) {
      log?.error({ err: error }, 'a hook after a commit threw');
    }
  }
};
