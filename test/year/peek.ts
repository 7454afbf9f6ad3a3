import Database from 'better-sqlite3';
import pg from 'pg';

/** What is still to be done, as a database tells whoever looks into it from outside. */
export interface Waiting {
  /** When the next alarm is due, epoch ms by the simulated clock. */
  readonly dueAt: number;
  /** Cards that are not as they should be. */
  readonly behind: number;
}

export interface Peek {
  look(): Promise<Waiting>;
  close(): Promise<void>;
}

const ALARM = 'select min(due_at) as due from wakes';
const BEHIND = 'select count(*) as behind from cards where wanted > shown and parked_reason is null';

const waitingIn = (due: unknown, behind: unknown): Waiting => ({
  dueAt: due === null ? Number.POSITIVE_INFINITY : Number(due),
  behind: Number(behind),
});

const peekSqlite = (url: string): Peek => {
  const database = new Database(url.replace(/^file:/, ''), { readonly: true });
  const [alarm, behind] = [database.prepare(ALARM), database.prepare(BEHIND)];
  return {
    look: async () => waitingIn((alarm.get() as { due: unknown }).due, (behind.get() as { behind: unknown }).behind),
    close: async () => void database.close(),
  };
};

const peekPostgres = async (url: string): Promise<Peek> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    look: async () => {
      const { rows: alarms } = await client.query(ALARM);
      const { rows: cards } = await client.query(BEHIND);
      return waitingIn(alarms[0].due, cards[0].behind);
    },
    close: () => client.end(),
  };
};

/** Looks in without taking part. The tables must be there. */
export const openPeek = async (url: string): Promise<Peek> =>
  url.startsWith('file:') ? peekSqlite(url) : peekPostgres(url);
