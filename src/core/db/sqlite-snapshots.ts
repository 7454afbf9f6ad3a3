import { type Connection, connect } from './sqlite-connection.js';
import type { Db } from './store.js';

export interface Snapshots {
  take<T>(work: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Idle connections kept for the next snapshot: opening one and preparing its statements costs more than most of them. */
const kept = 16;

/** Each snapshot has a connection of its own: on a shared one the other reads would be frozen at its moment, too. */
export const sqliteSnapshots = (path: string): Snapshots => {
  const idle: Connection[] = [];
  const taking = new Set<Promise<unknown>>();

  const takeOn = async <T>(connection: Connection, work: (db: Db) => Promise<T>): Promise<T> => {
    connection.exec('BEGIN');
    // BEGIN alone fixes no moment; the first read does.
    connection.raw.pragma('schema_version');
    try {
      return await work(connection.db);
    } finally {
      connection.exec('ROLLBACK');
      if (idle.length < kept) idle.push(connection);
      else connection.close();
    }
  };
  return {
    take: (work) => {
      const taken = takeOn(idle.pop() ?? connect(path, () => undefined, { writes: false }), work);
      taking.add(taken);
      return taken.finally(() => taking.delete(taken));
    },
    close: async () => {
      await Promise.allSettled(taking);
      for (const connection of idle) connection.close();
    },
  };
};
