import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.js';
import type { Hearing } from './hearing.js';

/** All topics share one channel; the topic is its payload. */
export const notifyChannel = 'entente';
const retryMs = 1_000;

/**
 * Passes on what any replica notifies. When the connection was lost and is back, every topic rings once: what was said
 * in between is lost.
 */
export const postgresBell = async (url: string, hearing: Hearing, log: Log | undefined) => {
  const stop = new AbortController();
  let client = await listening(url, hearing);

  const keepListening = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await ended(client);
      const next = await reconnect(url, hearing, stop.signal, log);
      if (next) client = next;
    }
  };
  const kept = keepListening();
  return {
    close: async (): Promise<void> => {
      stop.abort();
      await client.end();
      await kept;
      // It may have been about to reconnect.
      await client.end();
    },
  };
};

const listening = async (url: string, hearing: Hearing): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: 'entente listener', keepAlive: true });
  client.on('notification', ({ payload }) => hearing.ring(payload ?? ''));
  // Followed by 'end', which is what counts; unheard it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`LISTEN ${notifyChannel}`);
  return client;
};

const ended = (client: pg.Client): Promise<void> => new Promise((resolve) => client.once('end', () => resolve()));

const reconnect = async (
  url: string,
  hearing: Hearing,
  stop: AbortSignal,
  log: Log | undefined,
): Promise<pg.Client | undefined> => {
  while (!stop.aborted) {
    try {
      const client = await listening(url, hearing);
      hearing.ringAll();
      return client;
    } catch (error) {
      log?.warn({ err: error }, 'the database cannot be listened to; trying again');
      await sleep(retryMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return undefined;
};
