import { asc, eq, sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import type { Db, Store } from '../../src/core/db/store.js';
import { presentCard, refusedDeliveries } from '../../src/core/delivery.js';
import { ownAudience } from '../../src/core/directory/audience.js';
import { directoryOf } from '../../src/core/directory/reads.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import { exposedChannels } from '../../src/core/exposure.js';
import { forgottenPeople } from '../../src/core/forgetting.js';
import { findBrokenEntry } from '../../src/core/history.js';
import type { AllianceId, PartnerId } from '../../src/core/ids.js';
import type { MessageRef } from '../../src/core/platform.js';
import { cardTables, counterTables } from '../../src/core/tables.js';
import type { View } from '../../src/core/view.js';
import { decisionTables } from '../../src/features/decisions/tables.js';
import { features } from '../../src/features/index.js';
import { readTrespasses } from './admission.js';
import type { Marks } from './ledger.js';
import { type Entry, readHistory, readMarks } from './marks.js';
import { readSeating, type Seating } from './seating.js';

export interface RecordedDecision {
  readonly id: string;
  /** By name. */
  readonly alliance: string;
  /** Its numbers and history: the alliance's, or one company's in it. */
  readonly series: string;
  /** The platform of the company whose alone it is, if any. */
  readonly onlyOn?: string;
  readonly number: number;
  readonly status: string;
  readonly text: string;
}

export interface RecordedCard {
  readonly subject: string;
  readonly platform: string;
  readonly conversation: string;
  /** False when nobody waits for it any more. */
  readonly behind: boolean;
  readonly parked: string | null;
  readonly ref: MessageRef | null;
  /** The card as the record stands now; none for one that was never posted, and may not be any more. */
  readonly view: View | undefined;
}

/** What a database holds. */
export interface Recorded {
  readonly decisions: readonly RecordedDecision[];
  readonly cards: readonly RecordedCard[];
  /** The last number given out to a decision, by whom it is counted for. */
  readonly counters: Readonly<Record<string, number>>;
  readonly entries: number;
  /** Entries of any history that do not follow from the one before. */
  readonly broken: readonly string[];
  readonly leased: number;
  readonly marks: Marks;
  readonly seating: Seating;
  /** What does not hold of codes, requests and workspaces. */
  readonly trespasses: readonly string[];
}

const readDecisions = async (db: Db): Promise<RecordedDecision[]> => {
  const { decisions, wordings } = decisionTables(db);
  const { alliances, workspaces } = directoryTables(db);
  const homes = new Map((await db.select().from(workspaces)).map((row) => [row.partnerId, row.platform]));
  const rows = await db
    .select({ decision: decisions, text: wordings.text, alliance: alliances.name })
    .from(decisions)
    .innerJoin(alliances, eq(alliances.id, decisions.allianceId))
    .innerJoin(wordings, sql`${wordings.decisionId} = ${decisions.id} and ${wordings.revision} = ${decisions.revision}`)
    .orderBy(asc(decisions.number));
  return rows.map(({ decision: { id, allianceId, visibility, number, status }, text, alliance }) => ({
    ...{ id, number, status, text, alliance },
    series: visibility === '' ? allianceId : `${allianceId}/${visibility}`,
    ...(visibility !== '' && { onlyOn: homes.get(visibility) ?? '' }),
  }));
};

const byName = new Map(
  [...features, refusedDeliveries, exposedChannels, forgottenPeople].map((feature) => [feature.name, feature]),
);

/** What stands in a channel that is bound no more. */
const keptNoMore: View = { kind: 'notice', text: 'What stood here is no longer kept here.' };

const readCards = async (db: Db): Promise<RecordedCard[]> => {
  const { cards, lanes } = cardTables(db);
  const bound = new Set((await db.select().from(directoryTables(db).channels)).map(({ id }) => id));
  const rows = await db
    .select({ card: cards, platform: lanes.platform, conversation: lanes.conversation })
    .from(cards)
    .innerJoin(lanes, eq(lanes.id, cards.laneId))
    .orderBy(asc(cards.laneId), asc(cards.seq));
  const now = Date.now();
  const read = { db, now, directory: directoryOf(db, now) };
  const drawn: RecordedCard[] = [];
  for (const { card, platform, conversation } of rows) {
    const audience = ownAudience(card.allianceId as AllianceId, card.partnerId as PartnerId);
    const present = () => presentCard(byName, { feature: card.feature, id: card.subjectId }, read, audience);
    const isKept = card.channelId === null || bound.has(card.channelId);
    const gone = card.ref === null ? undefined : keptNoMore;
    drawn.push({
      ...{ subject: card.subjectId, platform, conversation, ref: card.ref, parked: card.parkedReason },
      behind: card.wanted > card.shown,
      view: isKept ? await present() : gone,
    });
  }
  return drawn;
};

const readBroken = async (db: Db, history: readonly Entry[]): Promise<string[]> => {
  const broken: string[] = [];
  for (const chain of new Set(history.map(({ allianceId }) => allianceId))) {
    const seq = await findBrokenEntry(db, chain as AllianceId);
    if (seq !== undefined) broken.push(`${chain} ${seq}`);
  }
  return broken;
};

export const recordIn = (store: Store): Promise<Recorded> =>
  store.snapshot(async (db) => {
    const { counters } = counterTables(db);
    const { lanes } = cardTables(db);
    const history = await readHistory(db);
    const counted = await db.select().from(counters).where(eq(counters.series, 'D'));
    return {
      decisions: await readDecisions(db),
      cards: await readCards(db),
      counters: Object.fromEntries(counted.map(({ allianceId, value }) => [allianceId, value])),
      entries: history.length,
      broken: await readBroken(db, history),
      leased: await db.$count(lanes, sql`${lanes.leaseToken} is not null`),
      marks: await readMarks(db, history),
      seating: await readSeating(db, history),
      trespasses: await readTrespasses(db),
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
export const settledRecord = (store: Store, timeoutMs = 60_000): Promise<Recorded> =>
  vi.waitFor(
    async () => {
      const recorded = await recordIn(store);
      expect([recorded.cards.filter(({ behind }) => behind).length, recorded.leased]).toEqual([0, 0]);
      return recorded;
    },
    { timeout: timeoutMs, interval: 100 },
  );
