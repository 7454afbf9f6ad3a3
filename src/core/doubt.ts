import { setTimeout as sleep } from 'node:timers/promises';
import { CommitUnknown } from './db/failure.js';
import { Refusal } from './errors.js';

const againMs = 200;
/** Within the 15 seconds that Teams waits. */
const doubtMs = 8_000;

const inDoubt =
  'The database was lost while this was being saved, and Entente cannot tell whether it was. Look at the channel before you try again.';

/**
 * Writes again when the connection broke in the middle of the commit; only for writes that find out themselves whether
 * they were saved the first time, as calls do by their receipts. @throws Refusal when the database stays away
 */
export const writeSurely = async <T>(write: () => Promise<T>, forMs = doubtMs): Promise<T> => {
  let doubted = false;
  for (let waited = 0; ; waited += againMs) {
    try {
      return await write();
    } catch (error) {
      doubted ||= error instanceof CommitUnknown;
      if (!doubted || error instanceof Refusal) throw error;
      if (waited >= forMs) throw new Refusal('in-doubt', inDoubt);
    }
    await sleep(againMs);
  }
};
