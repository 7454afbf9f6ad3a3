/*
 * What a card says about the other side having it, and what the alliance professional is told when it cannot.
 */
import { and, eq, inArray, isNotNull, isNull, min } from 'drizzle-orm';
import type { Audience, Read } from './context.js';
import { prepared } from './db/prepared.js';
import type { Db } from './db/store.js';
import type { Feature } from './feature.js';
import type { AllianceId, Instant, PartnerId, Zone } from './ids.js';
import { cardTables } from './tables.js';
import type { Subject, Text, View } from './view.js';

/** Subjects of this name are refused deliveries; their id is the card's. */
export const REFUSED = 'delivery';

interface Sibling {
  readonly partner: string | null;
  readonly posted: boolean;
  readonly failingSince: Instant | null;
  readonly parked: boolean;
}

const selectSiblings = prepared((db, { feature, id }: Subject) => {
  const { cards } = cardTables(db);
  return db
    .select({
      lane: cards.laneId,
      partner: cards.partnerId,
      channel: cards.channelId,
      ref: cards.ref,
      failingSince: cards.failingSince,
      parked: cards.parkedReason,
    })
    .from(cards)
    .where(and(eq(cards.feature, feature), eq(cards.subjectId, id)));
});

const listSiblings = async (db: Db, { feature, id }: Subject): Promise<Sibling[]> => {
  const rows = await selectSiblings(db, { feature, id });
  const standing = rows.filter((row) => row.channel !== null);
  const queued = standing.filter((row) => row.ref === null && row.failingSince === null && row.parked === null);
  const held = await heldSince(
    db,
    queued.map((row) => row.lane),
  );
  return standing.map((row) => ({
    partner: row.partner,
    posted: row.ref !== null,
    failingSince: row.failingSince ?? (queued.includes(row) ? (held.get(row.lane) ?? null) : null),
    parked: row.parked !== null,
  }));
};

/** Since when conversations are held up by a card that fails: what waits behind it has not failed itself. */
const heldSince = async (db: Db, lanes: readonly string[]): Promise<ReadonlyMap<string, Instant>> => {
  if (lanes.length === 0) return new Map();
  const { cards } = cardTables(db);
  const rows = await db
    .select({ lane: cards.laneId, since: min(cards.failingSince) })
    .from(cards)
    .where(and(inArray(cards.laneId, [...lanes]), isNotNull(cards.failingSince), isNull(cards.parkedReason)))
    .groupBy(cards.laneId);
  return new Map(rows.flatMap(({ lane, since }) => (since === null ? [] : [[lane, Number(since)] as const])));
};

const lineFor = (name: string, cards: readonly Sibling[], zone: Zone): Text | undefined => {
  if (cards.length === 0) return undefined;
  if (cards.some((card) => card.parked))
    return `Could not be delivered to ${name}; its alliance professional has been told`;
  const since = cards.flatMap((card) => card.failingSince ?? []).sort((a, b) => a - b)[0];
  if (since !== undefined) return [`Not yet delivered to ${name}, retrying since `, { moment: since, zone }];
  return cards.every((card) => card.posted) ? `Delivered to ${name}` : `Not yet delivered to ${name}`;
};

/** One line per other partner: 'Delivered to Nova', or since when it has been tried. */
export const deliveryLines = async (read: Read, subject: Subject, audience: Audience): Promise<readonly Text[]> => {
  const others = (await read.directory.partners(audience.alliance)).filter(
    (partner) => !audience.partners.includes(partner.id),
  );
  if (others.length === 0) return [];
  const siblings = await listSiblings(read.db, subject);
  const zone = await read.directory.zone(audience.alliance);
  return others.flatMap((partner) => {
    const line = lineFor(
      partner.name,
      siblings.filter((card) => card.partner === partner.id),
      zone,
    );
    return line === undefined ? [] : [line];
  });
};

/** Draws a subject's card for an audience, with what is known of its delivery to the others. */
export const presentCard = async (
  features: ReadonlyMap<string, Feature>,
  subject: Subject,
  read: Read,
  audience: Audience,
): Promise<View | undefined> => {
  const view = await features.get(subject.feature)?.present?.(subject.id, read, audience);
  if (view?.kind !== 'record') return view;
  return { ...view, footer: [...view.footer, ...(await deliveryLines(read, subject, audience))] };
};

/** The core's own card: a delivery that was refused for good, told to the professionals of the side that misses it. */
export const refusedDeliveries: Feature = {
  name: REFUSED,
  async present(id, read, audience) {
    const { cards, lanes } = cardTables(read.db);
    const [row] = await read.db
      .select({ card: cards, lane: lanes })
      .from(cards)
      .innerJoin(lanes, eq(lanes.id, cards.laneId))
      .where(eq(cards.id, id));
    if (!row || (row.card.allianceId as AllianceId) !== audience.alliance) return undefined;
    if (row.card.partnerId !== null && !audience.partners.includes(row.card.partnerId as PartnerId)) return undefined;
    const { parkedReason, parkedAdvice } = row.card;
    if (parkedReason === null)
      return {
        kind: 'notice',
        title: 'A card is sent again',
        text: `Entente has tried the conversation ${row.lane.conversation} again. If it fails, this message says so.`,
      };
    const advice = parkedAdvice ?? 'Ask whoever runs Entente to look at its log.';
    return {
      kind: 'notice',
      title: 'A card could not be delivered',
      text: `Entente cannot post to the conversation ${row.lane.conversation} (${parkedReason}). ${advice} Then say 'entente status' and press Retry.`,
    };
  },
};
