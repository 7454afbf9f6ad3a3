import { schedule } from 'node-cron';
import type { Store } from './db/store.js';
import { type SurveyParts, surveyDue } from './exposure.js';
import type { Instant } from './ids.js';
import { RECEIPT_KEEP_MS, sweepReceipts } from './receipts.js';
import { runDueWakes, type WakeParts } from './wakes.js';

export interface Tick {
  stop(): Promise<void>;
}

/** A busy process misses a tick and makes up for it at the next; node-cron would write that past our log. */
const quiet = { suppressMissedWarning: true };

/** What a clock must set off: due wakes and retries each second, who reads which channel, old receipts each hour. */
export const startTick = (parts: WakeParts & SurveyParts): Tick => {
  let running: Promise<unknown> = Promise.resolve();
  const failed = (error: unknown) => parts.log.error({ err: error }, 'tick failed');
  const everySecond = schedule(
    '* * * * * *',
    async () => {
      parts.nudge();
      running = runDueWakes(parts).catch(failed);
      await running;
    },
    { noOverlap: true, ...quiet },
  );
  const everyMinute = schedule('30 * * * * *', () => surveyDue(parts).catch(failed), { noOverlap: true, ...quiet });
  const everyHour = schedule('17 * * * *', () => sweepOld(parts.store, parts.now()).catch(failed), quiet);
  return {
    stop: async () => {
      await everySecond.destroy();
      await everyMinute.destroy();
      await everyHour.destroy();
      await running;
    },
  };
};

/** Forgets the receipts that no platform will ask for any more. */
export const sweepOld = (store: Store, now: Instant): Promise<void> =>
  store.write((tx) => sweepReceipts(tx, now - RECEIPT_KEEP_MS));
