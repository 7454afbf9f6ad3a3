import { setTimeout as sleep } from 'node:timers/promises';

const firstMs = 50;
const longestMs = 1_000;

export interface Persistence {
  /** Milliseconds until it is given up. */
  readonly forMs: number;
  readonly stopping: () => boolean;
}

/**
 * Writes down what a platform did, again and again while the database is away: it is done, and a card whose note is
 * missing is posted a second time. @throws the last failure
 */
export const noteSurely = async <T>(write: () => Promise<T>, { forMs, stopping }: Persistence): Promise<T> => {
  let waited = 0;
  for (let wait = firstMs; ; wait = Math.min(longestMs, wait * 2)) {
    try {
      return await write();
    } catch (error) {
      if (stopping() || waited >= forMs) throw error;
    }
    await sleep(wait);
    waited += wait;
  }
};
