/* What people do not see yet and should: for whoever runs the alliance to know of, and to have tried again. */
import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { unparkCards, wantCards } from './cards.js';
import type { Db, Tx } from './db/store.js';
import { REFUSED } from './delivery.js';
import { directoryTables } from './directory/tables.js';
import type { AllianceId, Instant, PartnerId, PlatformId } from './ids.js';
import { cardTables } from './tables.js';

/** The cards of one conversation that are behind. */
export interface Undelivered {
  readonly lane: string;
  /** The side that misses them. */
  readonly partner: PartnerId;
  readonly platform: PlatformId;
  readonly kind: 'channel' | 'person';
  /** A company's own lane, or a channel that is bound no more and may have been one: not even hinted at elsewhere. */
  readonly internal: boolean;
  /** The channel, or the person, as people call them; told to that side only. */
  readonly name: string;
  readonly cards: number;
  /** Those that nothing but somebody's retry brings any further. */
  readonly parked: number;
  /** When the first of them was wished for, or failed. */
  readonly since: Instant;
  /** What an alliance professional can do; none while Entente is still trying. */
  readonly advice?: string;
}

/** A wish that is younger is on its way, and nothing to speak of. */
const PATIENCE_MS = 60_000;

const selectBehind = (db: Db, alliance: AllianceId) => {
  const { cards, lanes } = cardTables(db);
  const { channels, people } = directoryTables(db);
  return db
    .select({
      card: {
        partner: cards.partnerId,
        wantedAt: cards.wantedAt,
        failingSince: cards.failingSince,
        parked: cards.parkedReason,
        advice: cards.parkedAdvice,
      },
      lane: {
        id: lanes.id,
        platform: lanes.platform,
        workspace: lanes.workspace,
        kind: lanes.kind,
        conversation: lanes.conversation,
      },
      channel: channels.name,
      internal: channels.internal,
      person: people.name,
    })
    .from(cards)
    .innerJoin(lanes, eq(lanes.id, cards.laneId))
    .leftJoin(channels, eq(channels.id, cards.channelId))
    .leftJoin(people, eq(people.id, cards.personId))
    .where(and(sql`wanted > shown`, eq(cards.allianceId, alliance)))
    .orderBy(asc(cards.laneId), asc(cards.seq), asc(cards.id));
};

type Behind = Awaited<ReturnType<typeof selectBehind>>[number];

/** Whose workspace a card stands in that all partners read. */
const listHomes = async (db: Db, alliance: AllianceId): Promise<ReadonlyMap<string, string>> => {
  const { workspaces, partners } = directoryTables(db);
  const rows = await db
    .select({ platform: workspaces.platform, workspace: workspaces.workspace, partner: workspaces.partnerId })
    .from(workspaces)
    .innerJoin(partners, and(eq(partners.id, workspaces.partnerId), eq(partners.allianceId, alliance)));
  return new Map(rows.map((row) => [`${row.platform}/${row.workspace}`, row.partner]));
};

const summed = (partner: PartnerId, rows: readonly [Behind, ...Behind[]]): Undelivered => {
  const [{ lane, channel, person }] = rows;
  const advice = rows.find(({ card }) => card.parked !== null)?.card.advice;
  return {
    lane: lane.id,
    partner,
    platform: lane.platform as PlatformId,
    kind: lane.kind as Undelivered['kind'],
    internal: lane.kind === 'channel' && rows.some(({ internal }) => internal !== false),
    name: channel ?? person ?? lane.conversation,
    cards: rows.length,
    parked: rows.filter(({ card }) => card.parked !== null).length,
    since: Math.min(...rows.map(({ card }) => card.failingSince ?? card.wantedAt)),
    ...(advice != null && { advice }),
  };
};

/** By conversation, of all sides; each side may be told the names of its own only. */
export const listUndelivered = async (db: Db, alliance: AllianceId, now: Instant): Promise<readonly Undelivered[]> => {
  const homes = await listHomes(db, alliance);
  const lanes = new Map<string, [Behind, ...Behind[]]>();
  for (const row of await selectBehind(db, alliance)) {
    const known = lanes.get(row.lane.id);
    if (known) known.push(row);
    else lanes.set(row.lane.id, [row]);
  }
  return [...lanes.values()].flatMap((rows) => {
    const [{ card, lane }] = rows;
    const partner = card.partner ?? homes.get(`${lane.platform}/${lane.workspace}`);
    const late = rows.some(
      ({ card: { parked, failingSince, wantedAt } }) =>
        parked !== null || failingSince !== null || wantedAt <= now - PATIENCE_MS,
    );
    return partner !== undefined && late ? [summed(partner as PartnerId, rows)] : [];
  });
};

const AT_ONCE = 500;

/** Has everything that is behind in these conversations tried again, now; whoever was told that it failed sees that. */
export const retryUndelivered = async (
  tx: Tx,
  alliance: AllianceId,
  which: readonly Pick<Undelivered, 'lane'>[],
  now: Instant,
): Promise<void> => {
  const { cards, lanes } = cardTables(tx);
  for (let from = 0; from < which.length; from += AT_ONCE) {
    const ids = which.slice(from, from + AT_ONCE).map(({ lane }) => lane);
    const here = sql`${eq(cards.allianceId, alliance)} and ${inArray(cards.laneId, ids)}`;
    const parked = await tx
      .select({ id: cards.id })
      .from(cards)
      .where(and(here, isNotNull(cards.parkedReason)));
    await unparkCards(tx, here, now);
    for (const { id } of parked) await wantCards(tx, { feature: REFUSED, id }, now);
    await tx
      .update(lanes)
      .set({ version: sql`${lanes.version} + 1`, dueAt: now, attempts: 0 })
      .where(inArray(lanes.id, ids));
  }
};
