import { currentJob, runSavepoint } from './job.js';
import { type Client, queriesOver } from './postgres-connection.js';
import type { Tx } from './store.js';

export interface Transaction {
  readonly tx: Tx;
  /** Resolves when no statement is under way any more. */
  settled(): Promise<void>;
}

const transactions = new WeakMap<Client, Transaction>();

/** The transaction face of a connection. It is kept with it, since building drizzle's parts costs more than a query. */
export const transactionOn = (client: Client): Transaction => {
  const known = transactions.get(client);
  if (known) return known;
  const made = makeTransaction(client);
  transactions.set(client, made);
  return made;
};

const makeTransaction = (client: Client): Transaction => {
  let last: Promise<unknown> = Promise.resolve();
  // One statement after the other, also under Promise.all: a connection has no queue of its own for long.
  const inOrder = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const job = currentJob(client);
      return run().catch((error: unknown) => {
        job.broken = true;
        throw error;
      });
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const tx: Tx = {
    ...queriesOver(client, inOrder),
    savepoint: (work) =>
      runSavepoint(
        currentJob(client),
        () => work(tx),
        (sql) => inOrder(() => client.query(sql)),
      ),
    afterCommit: (hook) => void currentJob(client).hooks.push(hook),
  };
  return { tx, settled: async () => void (await last) };
};
