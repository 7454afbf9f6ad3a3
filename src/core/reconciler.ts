/*
 * Grants wishes: leases lanes, draws each card as it is now, posts or updates it, and keeps the message's address.
 *
 * A wish made while its card is being sent raises `wanted` above what was drawn, so the card is drawn again: a thousand
 * changes during one slow send end in one more update. A crash between the platform's yes and our note of it repeats
 * one post; nothing else can.
 */
import { and, isNull, lte, or } from 'drizzle-orm';
import type { Store } from './db/store.js';
import { type CardRow, type Drawing, drawCard, findWish, listBehind } from './drawing.js';
import { DeliveryError } from './errors.js';
import type { Feature } from './feature.js';
import type { Instant, PlatformId } from './ids.js';
import { claimLanes, delayLane, type Lane, releaseDeadLeases, restLane } from './lanes.js';
import type { Log } from './log.js';
import { noteSurely, type Persistence } from './noting.js';
import {
  forgetMessage,
  givingUp,
  type Patience,
  parkCard,
  postponeCard,
  retryGivenUp,
  settleCard,
} from './outcomes.js';
import type { Address, MessageRef, Platform } from './platform.js';
import { cardTables } from './tables.js';
import type { View } from './view.js';

export interface ReconcilerParts {
  readonly store: Store;
  readonly features: ReadonlyMap<string, Feature>;
  readonly platforms: ReadonlyMap<PlatformId, Platform>;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Between 0 and 1: spreads retries. */
  readonly random: () => number;
  readonly log: Log;
  readonly count: (what: 'delivered' | 'retried' | 'parked', platform: PlatformId) => void;
  readonly patience: Patience;
}

export interface Reconciler {
  /** Something may be due: looks at once. */
  nudge(): void;
  start(): Promise<void>;
  /** Finishes what is being sent and gives every lane back. */
  stop(): Promise<void>;
}

const send = async (platform: Platform, lane: Lane, drawing: Drawing, view: View): Promise<MessageRef> => {
  const { ref } = drawing.card;
  if (ref) {
    await platform.update(ref, view);
    return ref;
  }
  const address: Address = {
    platform: lane.platform,
    workspace: lane.workspace,
    kind: lane.kind,
    id: lane.conversation,
    detail: drawing.detail,
  };
  return platform.post(address, view);
};

const asDeliveryError = (error: unknown): DeliveryError =>
  error instanceof DeliveryError
    ? error
    : new DeliveryError('later', `entente:${error instanceof Error ? error.name : 'error'}`, { cause: error });

const PLATFORM_OFF = 'entente:platform-off';

/** What the lane does next. */
type Outcome = 'next' | 'wait' | 'lost';

/** One worker's hold on a lane. */
interface Hold {
  readonly lane: Lane;
  readonly persistence: Persistence;
}

const failed = async (
  parts: ReconcilerParts,
  { lane, persistence }: Hold,
  card: CardRow,
  error: DeliveryError,
): Promise<Outcome> => {
  const ids = { card: card.id, lane: lane.id, reason: error.reason };
  // A limit says nothing against the card, and a platform that is switched off may be on again after the next start.
  const hopeful = error.throttled || error.reason === PLATFORM_OFF;
  const tooOld = !hopeful && card.failingSince !== null && parts.now() - card.failingSince > parts.patience.giveUpMs;
  // Our own bug in drawing one card must not hold back the others behind it.
  const ourBug = error.cause !== undefined && error.reason.startsWith('entente:') && lane.attempts >= 8;
  if (error.when === 'never' || (error.when === 'later' && (tooOld || ourBug))) {
    parts.log.warn(ids, 'card parked');
    parts.count('parked', lane.platform);
    const last = error.when === 'never' ? error : givingUp(error);
    await noteSurely(() => parkCard(parts, card, last), persistence);
    return 'next';
  }
  if (error.when === 'gone' && card.ref !== null) {
    parts.log.info(ids, 'message gone, posting anew');
    await noteSurely(() => forgetMessage(parts, card), persistence);
    return 'next';
  }
  if (!error.throttled) parts.log.warn(ids, 'card postponed');
  parts.count('retried', lane.platform);
  await noteSurely(() => postponeCard(parts, lane, card, error), persistence);
  return 'wait';
};

interface Sent {
  readonly drawing: Drawing;
  readonly ref: MessageRef | null;
}

/** Draws the card as it is now and sends it; nothing when nobody waits for it any more. @throws whatever kept it back */
const drawAndSend = async (parts: ReconcilerParts, lane: Lane, id: string): Promise<Sent | undefined> => {
  const drawing = await drawCard(parts, lane, id);
  if (!drawing) return undefined;
  const { card, view } = drawing;
  const platform = parts.platforms.get(lane.platform);
  if (!platform) throw new DeliveryError('later', PLATFORM_OFF);
  return { drawing, ref: view ? await send(platform, lane, drawing, view) : card.ref };
};

const deliver = async (parts: ReconcilerParts, hold: Hold, id: string): Promise<Outcome> => {
  const { lane, persistence } = hold;
  let sent: Sent | undefined;
  try {
    sent = await drawAndSend(parts, lane, id);
  } catch (error) {
    const card = await findWish(parts.store, id);
    return card ? failed(parts, hold, card, asDeliveryError(error)) : 'next';
  }
  if (!sent) return 'next';
  const { drawing, ref } = sent;
  if (!(await noteSurely(() => settleCard(parts, lane, drawing.card, ref), persistence))) return 'lost';
  if (drawing.view) parts.count('delivered', lane.platform);
  return 'next';
};

const runLane = async (parts: ReconcilerParts, hold: Hold): Promise<void> => {
  const { lane, persistence } = hold;
  const { stopping } = persistence;
  for (let sent = 0; sent < parts.patience.cardsPerLease && !stopping(); ) {
    const { version, ids } = await listBehind(parts.store, lane);
    if (ids.length === 0) return restLane(parts.store, lane, version, parts.now());
    for (const id of ids) {
      const outcome = await deliver(parts, hold, id);
      if (outcome !== 'next') return;
      sent += 1;
      if (stopping()) break;
    }
  }
  await parts.store.write((tx) => delayLane(tx, lane, parts.now(), false));
};

/** The database failed us in between: others may go on with the lane as soon as it is back. */
const abandonLane = (parts: ReconcilerParts, { lane, persistence }: Hold): Promise<void> =>
  noteSurely(
    () => parts.store.write((tx) => delayLane(tx, lane, parts.now() + parts.patience.firstRetryMs, true)),
    persistence,
  );

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

  const launch = (lane: Lane): void => {
    const hold: Hold = { lane, persistence: { forMs: parts.patience.leaseMs, stopping: () => stopping } };
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
    for (const lane of await claimLanes(parts.store, claim)) launch(lane);
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
