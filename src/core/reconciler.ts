/*
 * Grants wishes: leases lanes, draws each card as it is now, posts or updates it, and keeps the message's address.
 *
 * A wish made while its card is being sent raises `wanted` above what was drawn, so the card is drawn again: a thousand
 * changes during one slow send end in one more update. A crash between the platform's yes and our note of it repeats
 * one post; nothing else can.
 */
import { and, isNull, lte, or } from 'drizzle-orm';
import type { Store } from './db/store.js';
import type { Instant } from './ids.js';
import { abandonLane, type Hold, type ReconcilerParts, runLane } from './lane-run.js';
import { claimLanes, type Lane, releaseDeadLeases } from './lanes.js';
import { retryGivenUp } from './outcomes.js';
import { cardTables } from './tables.js';

export type { ReconcilerParts } from './lane-run.js';

export interface Reconciler {
  /** Something may be due: looks at once. */
  nudge(): void;
  start(): Promise<void>;
  /** Finishes what is being sent and gives every lane back. */
  stop(): Promise<void>;
}

const anyDue = async (store: Store, now: Instant): Promise<boolean> => {
  const { lanes } = cardTables(store.read);
  const due = await store.read
    .select({ id: lanes.id })
    .from(lanes)
    .where(and(lte(lanes.dueAt, now), or(isNull(lanes.leaseUntil), lte(lanes.leaseUntil, store.now))))
    .limit(1);
  return due.length > 0;
};

export const createReconciler = (parts: ReconcilerParts): Reconciler => {
  const running = new Map<string, Promise<void>>();
  let stopping = false;
  let looking: Promise<void> | undefined;
  let again = false;

  const launch = (lane: Lane, heldAt: Instant): void => {
    const hold: Hold = { lane, persistence: { forMs: parts.patience.leaseMs, stopping: () => stopping }, heldAt };
    const run = runLane(parts, hold)
      .catch((error: unknown) => {
        parts.log.error({ lane: lane.id, err: error }, 'lane failed');
        return abandonLane(parts, hold);
      })
      .catch((error: unknown) => parts.log.error({ lane: lane.id, err: error }, 'lane not given back'))
      .finally(() => {
        running.delete(lane.id);
        nudge();
      });
    running.set(lane.id, run);
  };

  const look = async (): Promise<void> => {
    const limit = parts.patience.lanesAtOnce - running.size;
    if (stopping || limit <= 0 || !(await anyDue(parts.store, parts.now()))) return;
    const { leaseMs } = parts.patience;
    // A lease can end while we still deliver: this machine slept, or the database was away.
    const claim = { now: parts.now(), limit, leaseMs, token: parts.newId(), except: [...running.keys()] };
    for (const lane of await claimLanes(parts.store, claim)) launch(lane, claim.now);
  };

  const nudge = (): void => {
    if (stopping) return;
    if (looking) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => parts.log.error({ err: error }, 'looking for due lanes failed'))
      .finally(() => {
        looking = undefined;
        if (!again) return;
        again = false;
        nudge();
      });
  };

  return {
    nudge,
    start: async () => {
      await releaseDeadLeases(parts.store);
      await retryGivenUp(parts);
      nudge();
    },
    stop: async () => {
      stopping = true;
      await looking;
      await Promise.all(running.values());
    },
  };
};
