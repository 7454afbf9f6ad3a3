import { schedule } from 'node-cron';
import { planDaily } from './daily/plan.js';
import type { Store } from './db/store.js';
import { type SurveyParts, surveyDue } from './exposure.js';
import type { Instant } from './ids.js';
import { RECEIPT_KEEP_MS, sweepReceipts } from './receipts.js';
import { runDueWakes, type WakeParts } from './wakes.js';

export interface TickParts extends WakeParts, SurveyParts {
  /** See Patience. */
  readonly tickMs: number;
}

export interface Tick {
  stop(): Promise<void>;
}

/** A busy process misses a tick and makes up for it at the next; node-cron would write that past our log. */
const quiet = { noOverlap: true, suppressMissedWarning: true };

/**
 * What a clock must set off: due wakes and retries each second, newcomers' daily messages, who reads which channel, old
 * receipts. node-cron goes by
 * the wall clock and is silent for as long as that is set back, so what people wait for has a plain interval.
 */
export const startTick = (parts: TickParts): Tick => {
  const failed = (error: unknown) => parts.log.error({ err: error }, 'tick failed');
  const plan = () => planDaily(parts.store, parts.now()).catch(failed);
  let stopping = false;
  let running: Promise<unknown> | undefined;
  const planned = plan();
  const often = setInterval(() => {
    parts.nudge();
    running ??= runDueWakes({ ...parts, stopping: () => stopping })
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  }, parts.tickMs);
  const everyMinute = schedule(
    '30 * * * * *',
    async () => {
      await plan();
      await surveyDue(parts).catch(failed);
    },
    quiet,
  );
  const everyHour = schedule('17 * * * *', () => sweepOld(parts.store, parts.now()).catch(failed), quiet);
  return {
    stop: async () => {
      stopping = true;
      clearInterval(often);
      await everyMinute.destroy();
      await everyHour.destroy();
      await planned;
      await running;
    },
  };
};

/** Forgets the receipts that no platform will ask for any more. */
export const sweepOld = (store: Store, now: Instant): Promise<void> =>
  store.write((tx) => sweepReceipts(tx, now - RECEIPT_KEEP_MS));
