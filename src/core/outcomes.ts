/*
 * What becomes of a card after it was sent, each in one transaction.
 */
import { eq, like } from 'drizzle-orm';
import { tellPerson, unparkCards, wantCard, wantCards } from './cards.js';
import { DAILY } from './daily/messages.js';
import type { Store } from './db/store.js';
import { REFUSED } from './delivery.js';
import { directoryOf } from './directory/reads.js';
import type { CardRow } from './drawing.js';
import { DeliveryError } from './errors.js';
import type { Instant } from './ids.js';
import { delayLane, keepLane, type Lane } from './lanes.js';
import type { MessageRef } from './platform.js';
import { cardTables } from './tables.js';

/** How patient deliveries and alarms are; all in milliseconds but the counts. */
export interface Patience {
  readonly lanesAtOnce: number;
  readonly cardsPerLease: number;
  readonly leaseMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** A card refused 'later' for this long is parked, so that it cannot hold its lane for ever. */
  readonly giveUpMs: number;
  /** How often it is looked for alarms that are due. */
  readonly tickMs: number;
  /** How long an alarm of somebody who died waits for another one. */
  readonly wakeLeaseMs: number;
}

export const usualPatience: Patience = {
  lanesAtOnce: 32,
  cardsPerLease: 50,
  leaseMs: 60_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
  giveUpMs: 24 * 60 * 60 * 1_000,
  tickMs: 1_000,
  wakeLeaseMs: 30_000,
};

interface Parts {
  readonly store: Store;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Between 0 and 1: spreads retries. */
  readonly random: () => number;
  readonly patience: Patience;
}

/**
 * The card was taken, or there was nothing to draw. False when the lease was lost meanwhile: then nothing is noted. An
 * update that came so late may have put an older picture over a newer one, so the card is drawn once more.
 */
export const settleCard = (parts: Parts, lane: Lane, card: CardRow, ref: MessageRef | null): Promise<boolean> =>
  parts.store.write(
    async (tx) => {
      const { cards } = cardTables(tx);
      const now = parts.now();
      if (!(await keepLane(tx, lane, parts.store.now, parts.patience.leaseMs))) {
        if (card.ref !== null) await wantCard(tx, card.id, now);
        return false;
      }
      await tx
        .update(cards)
        .set({ shown: card.wanted, ref, failingSince: null, wantedAt: now })
        .where(eq(cards.id, card.id));
      // Cards say whether the other side's channels have them; of people's own messages they say nothing.
      const news = card.channelId !== null && ref !== null && (card.ref === null || card.failingSince !== null);
      if (news) await wantCards(tx, card.subject, now, { card: card.id });
      return true;
    },
    { scope: card.alliance, patient: true },
  );

/** The message is gone: the card will be posted anew. */
export const forgetMessage = (parts: Parts, card: CardRow): Promise<void> =>
  parts.store.write(
    async (tx) => {
      const { cards } = cardTables(tx);
      await tx.update(cards).set({ ref: null }).where(eq(cards.id, card.id));
    },
    { patient: true },
  );

const retryMs = (parts: Parts, lane: Lane, error: DeliveryError): number => {
  if (error.throttled && error.afterMs !== undefined) return error.afterMs;
  const { firstRetryMs, longestRetryMs } = parts.patience;
  const backOff = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(lane.attempts, 20));
  return Math.max(error.afterMs ?? 0, Math.round(backOff * (0.75 + parts.random() / 2)));
};

/** Later: the lane waits. From the first real failure on, the other side's cards say so. */
export const postponeCard = (parts: Parts, lane: Lane, card: CardRow, error: DeliveryError): Promise<void> =>
  parts.store.write(
    async (tx) => {
      const now = parts.now();
      if (!error.throttled && card.failingSince === null) {
        const { cards } = cardTables(tx);
        await tx.update(cards).set({ failingSince: now }).where(eq(cards.id, card.id));
        await wantCards(tx, card.subject, now, { card: card.id });
      }
      await delayLane(tx, lane, now + retryMs(parts, lane, error), !error.throttled);
    },
    { scope: card.alliance, patient: true },
  );

/** Never: the card rests with its reason, and the professionals of the side that misses it are told what to do. */
export const parkCard = (parts: Parts, card: CardRow, error: DeliveryError): Promise<void> =>
  parts.store.write(
    async (tx) => {
      const { cards } = cardTables(tx);
      const now = parts.now();
      await tx
        .update(cards)
        .set({ parkedReason: error.reason, parkedAdvice: error.advice ?? null })
        .where(eq(cards.id, card.id));
      await wantCards(tx, card.subject, now, { card: card.id });
      // A refusal to tell about a refusal would go round in circles; a daily message is tried anew each day.
      if ([REFUSED, DAILY].includes(card.subject.feature) || card.partner === null) return;
      const wish = { alliance: card.alliance, subject: { feature: REFUSED, id: card.id }, now, newId: parts.newId };
      // Whoever was told before and had it tried again reads that it failed again.
      await wantCards(tx, wish.subject, now);
      for (const who of await directoryOf(tx, now).professionals(card.partner)) await tellPerson(tx, wish, who.id);
    },
    { scope: card.alliance, patient: true },
  );

const GAVE_UP = 'gave-up:';

/** After a day of trying, or a bug of ours: whoever starts Entente anew may have ended what kept the card back. */
export const givingUp = ({ reason, cause }: DeliveryError): DeliveryError =>
  new DeliveryError('never', `${GAVE_UP}${reason}`, {
    cause,
    advice: 'Ask whoever runs Entente to look at its log; it tries again when it is started anew.',
  });

/** At the start: cards that were given up have another chance. */
export const retryGivenUp = (parts: Pick<Parts, 'store' | 'now'>): Promise<void> =>
  parts.store.write((tx) => {
    const { cards } = cardTables(tx);
    return unparkCards(tx, like(cards.parkedReason, `${GAVE_UP}%`), parts.now());
  });
