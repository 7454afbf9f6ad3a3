import { asc, eq, sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import type { Db, Store } from '../../src/core/db/store.js';
import { presentCard, refusedDeliveries } from '../../src/core/delivery.js';
import { ownAudience } from '../../src/core/directory/audience.js';
import { directoryOf } from '../../src/core/directory/reads.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import { findBrokenEntry } from '../../src/core/history.js';
import type { AllianceId, PartnerId } from '../../src/core/ids.js';
import type { MessageRef } from '../../src/core/platform.js';
import { cardTables, counterTables, historyTables } from '../../src/core/tables.js';
import type { View } from '../../src/core/view.js';
import { decisionTables } from '../../src/features/decisions/tables.js';
import { features } from '../../src/features/index.js';

export interface RecordedDecision {
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly text: string;
  /** Names of the companies that have confirmed the present wording. */
  readonly confirmedBy: readonly string[];
}

export interface RecordedCard {
  readonly subject: string;
  readonly platform: string;
  /** False when nobody waits for it any more. */
  readonly behind: boolean;
  readonly parked: string | null;
  readonly ref: MessageRef | null;
  /** The card as the record stands now. */
  readonly view: View | undefined;
}

/** What a database holds. */
export interface Recorded {
  readonly decisions: readonly RecordedDecision[];
  readonly cards: readonly RecordedCard[];
  readonly lastNumber: number;
  readonly entries: number;
  /** The first entry of the history that does not follow from the one before. */
  readonly broken: number | undefined;
  readonly leased: number;
}

const readDecisions = async (db: Db): Promise<RecordedDecision[]> => {
  const { decisions, wordings, confirmations } = decisionTables(db);
  const { partners } = directoryTables(db);
  const rows = await db
    .select({ decision: decisions, text: wordings.text })
    .from(decisions)
    .innerJoin(wordings, sql`${wordings.decisionId} = ${decisions.id} and ${wordings.revision} = ${decisions.revision}`)
    .orderBy(asc(decisions.number));
  const confirmed = await db
    .select({ id: confirmations.decisionId, revision: confirmations.revision, name: partners.name })
    .from(confirmations)
    .innerJoin(partners, eq(partners.id, confirmations.partnerId));
  return rows.map(({ decision: { id, number, status, revision }, text }) => ({
    id,
    number,
    status,
    text,
    confirmedBy: confirmed.filter((one) => one.id === id && one.revision === revision).map((one) => one.name),
  }));
};

const byName = new Map([...features, refusedDeliveries].map((feature) => [feature.name, feature]));

const readCards = async (db: Db): Promise<RecordedCard[]> => {
  const { cards, lanes } = cardTables(db);
  const rows = await db
    .select({ card: cards, platform: lanes.platform })
    .from(cards)
    .innerJoin(lanes, eq(lanes.id, cards.laneId))
    .orderBy(asc(cards.laneId), asc(cards.seq));
  const now = Date.now();
  const read = { db, now, directory: directoryOf(db, now) };
  const drawn: RecordedCard[] = [];
  for (const { card, platform } of rows) {
    const audience = ownAudience(card.allianceId as AllianceId, card.partnerId as PartnerId);
    drawn.push({
      subject: card.subjectId,
      platform,
      behind: card.wanted > card.shown,
      parked: card.parkedReason,
      ref: card.ref,
      view: await presentCard(byName, { feature: card.feature, id: card.subjectId }, read, audience),
    });
  }
  return drawn;
};

export const recordIn = (store: Store): Promise<Recorded> =>
  store.snapshot(async (db) => {
    const { alliances } = directoryTables(db);
    const [alliance] = await db.select({ id: alliances.id }).from(alliances);
    const { counters } = counterTables(db);
    const { history } = historyTables(db);
    const { lanes } = cardTables(db);
    const [counter] = await db.select({ value: counters.value }).from(counters);
    return {
      decisions: await readDecisions(db),
      cards: await readCards(db),
      lastNumber: counter?.value ?? 0,
      entries: await db.$count(history),
      broken: await findBrokenEntry(db, alliance?.id as AllianceId),
      leased: await db.$count(lanes, sql`${lanes.leaseToken} is not null`),
    };
  });

/** What a database holds that no process of Entente uses any more. */
export const readRecord = async (databaseUrl: string): Promise<Recorded> => {
  const store = await openStore(databaseUrl);
  try {
    return await recordIn(store);
  } finally {
    await store.close();
  }
};

/** Resolves when nothing is on its way any more. */
export const settledRecord = (store: Store, timeoutMs = 30_000): Promise<Recorded> =>
  vi.waitFor(
    async () => {
      const recorded = await recordIn(store);
      expect([recorded.cards.filter(({ behind }) => behind).length, recorded.leased]).toEqual([0, 0]);
      return recorded;
    },
    { timeout: timeoutMs, interval: 100 },
  );
