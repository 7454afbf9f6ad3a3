/*
 * One worker on one lane: it draws each card as it is now, sends it, and notes what the platform said.
 */
import { sourceOf } from './copy/pages.js';
import type { Store } from './db/store.js';
import { type CardRow, type Drawing, drawCard, findWish, listBehind } from './drawing.js';
import { DeliveryError } from './errors.js';
import type { Feature } from './feature.js';
import type { Instant, PlatformId } from './ids.js';
import { delayLane, holdLane, keepLane, type Lane, restLane } from './lanes.js';
import type { Log } from './log.js';
import { noteSurely, type Persistence } from './noting.js';
import { forgetMessage, givingUp, type Patience, parkCard, postponeCard, settleCard } from './outcomes.js';
import type { Address, MessageRef, Platform, ReadyFile } from './platform.js';
import { withFile } from './spool.js';
import type { FileView, View } from './view.js';

export interface ReconcilerParts {
  readonly store: Store;
  readonly features: ReadonlyMap<string, Feature>;
  readonly platforms: ReadonlyMap<PlatformId, Platform>;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Between 0 and 1: spreads retries. */
  readonly random: () => number;
  /** See Read. */
  readonly publicUrl?: string;
  readonly log: Log;
  readonly count: (what: 'delivered' | 'retried' | 'parked', platform: PlatformId) => void;
  readonly patience: Patience;
}

/** One worker's hold on a lane. */
export interface Hold {
  readonly lane: Lane;
  readonly persistence: Persistence;
  /** When the lease was last known to be ours. */
  heldAt: Instant;
}

const send = async (
  platform: Platform,
  lane: Lane,
  drawing: Drawing,
  view: View,
  file?: ReadyFile,
): Promise<MessageRef> => {
  const { ref } = drawing.card;
  if (ref) {
    await platform.update(ref, view, file);
    return ref;
  }
  const address: Address = {
    platform: lane.platform,
    workspace: lane.workspace,
    kind: lane.kind,
    id: lane.conversation,
    detail: drawing.detail,
  };
  return platform.post(address, view, file);
};

/** A file may take longer than a lease lasts, to write and to send: the lane is held meanwhile. */
const sendHolding = async (
  parts: ReconcilerParts,
  hold: Hold,
  view: FileView,
  work: (file: ReadyFile) => Promise<MessageRef>,
): Promise<MessageRef> => {
  const { store, features, now } = parts;
  const { leaseMs } = parts.patience;
  const extend = async (): Promise<void> => {
    const at = now();
    if (await store.write((tx) => holdLane(tx, hold.lane, store.now, leaseMs))) hold.heldAt = at;
  };
  const timer = setInterval(() => {
    extend().catch((error: unknown) => parts.log.warn({ lane: hold.lane.id, err: error }, 'lane not held'));
  }, leaseMs / 3);
  try {
    return await withFile(view.file.bytes(sourceOf(store, features, now)), work);
  } finally {
    clearInterval(timer);
  }
};

const asDeliveryError = (error: unknown): DeliveryError =>
  error instanceof DeliveryError
    ? error
    : new DeliveryError('later', `entente:${error instanceof Error ? error.name : 'error'}`, { cause: error });

const PLATFORM_OFF = 'entente:platform-off';

/** What the lane does next. */
type Outcome = 'next' | 'wait' | 'lost';

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

/** Whoever slept since asks before it sends: another may have the lane, and have sent the same. */
const stillHeld = async (parts: ReconcilerParts, hold: Hold): Promise<boolean> => {
  const { leaseMs } = parts.patience;
  const now = parts.now();
  if (now - hold.heldAt <= leaseMs / 2) return true;
  const kept = await parts.store.write((tx) => keepLane(tx, hold.lane, parts.store.now, leaseMs));
  if (kept) hold.heldAt = now;
  return kept;
};

interface Sent {
  readonly drawing: Drawing;
  readonly ref: MessageRef | null;
}

/** Draws the card as it is now and sends it, unless nobody waits for it any more. @throws whatever kept it back */
const drawAndSend = async (parts: ReconcilerParts, hold: Hold, id: string): Promise<Sent | 'next' | 'lost'> => {
  const { lane } = hold;
  const drawing = await drawCard(parts, lane, id);
  if (!drawing) return 'next';
  const { card, view } = drawing;
  const platform = parts.platforms.get(lane.platform);
  if (!platform) throw new DeliveryError('later', PLATFORM_OFF);
  if (!(await stillHeld(parts, hold))) return 'lost';
  if (!view) return { drawing, ref: card.ref };
  const ref =
    view.kind === 'file'
      ? await sendHolding(parts, hold, view, (file) => send(platform, lane, drawing, view, file))
      : await send(platform, lane, drawing, view);
  return { drawing, ref };
};

const deliver = async (parts: ReconcilerParts, hold: Hold, id: string): Promise<Outcome> => {
  const { lane, persistence } = hold;
  let sent: Sent | 'next' | 'lost';
  try {
    sent = await drawAndSend(parts, hold, id);
  } catch (error) {
    const card = await findWish(parts.store, id);
    return card ? failed(parts, hold, card, asDeliveryError(error)) : 'next';
  }
  if (sent === 'next' || sent === 'lost') return sent;
  const { drawing, ref } = sent;
  const now = parts.now();
  if (!(await noteSurely(() => settleCard(parts, lane, drawing.card, ref), persistence))) return 'lost';
  hold.heldAt = now;
  if (drawing.view) parts.count('delivered', lane.platform);
  return 'next';
};

/** Asked before a card is drawn, since nobody would see the picture. */
const isHeldBack = async (parts: ReconcilerParts, { lane, persistence }: Hold, posted: boolean): Promise<boolean> => {
  const wait = parts.platforms.get(lane.platform)?.wait?.(lane, posted ? 'update' : 'post') ?? 0;
  if (wait <= 0) return false;
  parts.count('retried', lane.platform);
  const until = parts.now() + wait;
  await noteSurely(() => parts.store.write((tx) => delayLane(tx, lane, until, false), { patient: true }), persistence);
  return true;
};

/** Delivers what is behind in the lane, in order, and gives it back. @throws whatever the database throws */
export const runLane = async (parts: ReconcilerParts, hold: Hold): Promise<void> => {
  const { lane, persistence } = hold;
  const { stopping } = persistence;
  for (let sent = 0; sent < parts.patience.cardsPerLease && !stopping(); ) {
    const { version, behind } = await listBehind(parts.store, lane);
    if (behind.length === 0) return restLane(parts.store, lane, version, parts.now());
    for (const { id, posted } of behind) {
      if (await isHeldBack(parts, hold, posted)) return;
      const outcome = await deliver(parts, hold, id);
      if (outcome !== 'next') return;
      sent += 1;
      if (stopping()) break;
    }
  }
  await parts.store.write((tx) => delayLane(tx, lane, parts.now(), false), { patient: true });
};

/** The database failed us in between: others may go on with the lane as soon as it is back. */
export const abandonLane = (parts: ReconcilerParts, { lane, persistence }: Hold): Promise<void> =>
  noteSurely(
    () => parts.store.write((tx) => delayLane(tx, lane, parts.now() + parts.patience.firstRetryMs, true)),
    persistence,
  );
