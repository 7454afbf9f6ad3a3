import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Audience, Read } from './context.js';
import { prepared } from './db/prepared.js';
import type { Db, Store } from './db/store.js';
import { presentCard } from './delivery.js';
import { ownAudience, sharedAudience } from './directory/audience.js';
import { isAccount } from './directory/places.js';
import { directoryOf, readingOnce } from './directory/reads.js';
import { directoryTables } from './directory/tables.js';
import type { Feature } from './feature.js';
import type { AllianceId, CardId, Instant, PartnerId } from './ids.js';
import type { Lane } from './lanes.js';
import type { Detail, MessageRef } from './platform.js';
import { cardTables } from './tables.js';
import type { Subject, View } from './view.js';

/** A wish as it stood when its card was drawn. */
export interface CardRow {
  readonly id: CardId;
  readonly alliance: AllianceId;
  readonly partner: PartnerId | null;
  readonly subject: Subject;
  readonly wanted: number;
  readonly ref: MessageRef | null;
  readonly failingSince: Instant | null;
  /** None where it stands in somebody's direct messages. */
  readonly channelId: string | null;
}

export interface Drawing {
  readonly card: CardRow;
  readonly view?: View;
  readonly detail: Detail;
}

/** In place of a card that may not be shown any more where it stands. */
const withdrawnView: View = { kind: 'notice', text: 'What stood here is no longer kept here.' };

const selectVersion = prepared((db, { id }: { id: string }) => {
  const { lanes } = cardTables(db);
  return db.select({ version: lanes.version }).from(lanes).where(eq(lanes.id, id));
});

const selectBehind = prepared((db, { lane }: { lane: string }) => {
  const { cards } = cardTables(db);
  return db
    .select({ id: cards.id, ref: cards.ref })
    .from(cards)
    .where(and(eq(cards.laneId, lane), gt(cards.wanted, cards.shown), isNull(cards.parkedReason)))
    .orderBy(asc(cards.seq), asc(cards.id))
    .limit(10);
});

/** Nobody waits for a card as they do for an answer. */
const PATIENT = { patient: true } as const;

/** The lane's unmet wishes in order, and the version that tells whether more came since. */
export const listBehind = async (store: Store, lane: Lane) =>
  store.snapshot(async (db) => {
    const [row] = await selectVersion(db, { id: lane.id });
    const rows = await selectBehind(db, { lane: lane.id });
    return { version: row?.version ?? 0, behind: rows.map(({ id, ref }) => ({ id, posted: ref !== null })) };
  }, PATIENT);

/** Where a card stands: how to reach it, and who reads it there. */
interface Standing {
  readonly detail: Detail;
  readonly audience?: Audience;
}

const selectChannel = prepared((db, { id }: { id: string }) => {
  const { channels, committees } = directoryTables(db);
  return db
    .select({ channel: channels, alliance: committees.allianceId })
    .from(channels)
    .innerJoin(committees, eq(committees.id, channels.committeeId))
    .where(eq(channels.id, id));
});

/**
 * As the channel is bound today: it may have been opened to the other company since the card was posted. Who reads one
 * that is bound no more, or to another alliance, nobody knows.
 */
const standingInChannel = async (db: Db, card: CardRow, channelId: string): Promise<Standing> => {
  const [row] = await selectChannel(db, { id: channelId });
  if (!row) return { detail: {} };
  const { detail, shared, partnerId } = row.channel;
  if (row.alliance !== card.alliance) return { detail };
  const own = () => ownAudience(card.alliance, partnerId as PartnerId);
  return { detail, audience: shared ? await sharedAudience(db, card.alliance) : own() };
};

/** As long as it is the account of one of the company's people, in a workspace of the company. */
const standingWithPerson = async (db: Db, card: CardRow, lane: Lane): Promise<Standing> => {
  const { identities, members, workspaces } = directoryTables(db);
  const partner = card.partner ?? '';
  const [row] = await db
    .select({ detail: identities.detail, member: members.partnerId, home: workspaces.partnerId })
    .from(identities)
    .leftJoin(members, and(eq(members.personId, identities.personId), eq(members.partnerId, partner)))
    .leftJoin(
      workspaces,
      and(
        eq(workspaces.platform, identities.platform),
        eq(workspaces.workspace, identities.workspace),
        eq(workspaces.partnerId, partner),
      ),
    )
    .where(isAccount(db, { ...lane, user: lane.conversation }));
  const reads = card.partner !== null && row?.member && row.home;
  return { detail: row?.detail ?? {}, audience: reads ? ownAudience(card.alliance, card.partner) : undefined };
};

const selectCard = prepared((db, { id }: { id: string }) => {
  const { cards } = cardTables(db);
  return db.select().from(cards).where(eq(cards.id, id));
});

const findCard = async (db: Db, id: string): Promise<CardRow | undefined> => {
  const [row] = await selectCard(db, { id });
  if (!row || row.wanted <= row.shown || row.parkedReason !== null) return undefined;
  return {
    id: row.id as CardId,
    alliance: row.allianceId as AllianceId,
    partner: row.partnerId as PartnerId | null,
    subject: { feature: row.feature, id: row.subjectId },
    channelId: row.channelId,
    wanted: row.wanted,
    ref: row.ref,
    failingSince: row.failingSince,
  };
};

/** The wish as it stands, without a picture: for when drawing one fails. */
export const findWish = (store: Store, id: string): Promise<CardRow | undefined> => findCard(store.read, id);

/** The card as it is at one moment: what was wished up to now, and the picture of it. */
export const drawCard = (
  parts: {
    readonly store: Store;
    readonly features: ReadonlyMap<string, Feature>;
    readonly now: () => Instant;
    readonly publicUrl?: string;
  },
  lane: Lane,
  id: string,
): Promise<Drawing | undefined> =>
  parts.store.snapshot(async (db) => {
    const card = await findCard(db, id);
    if (!card) return undefined;
    const now = parts.now();
    const read: Read = readingOnce({ db, now, directory: directoryOf(db, now), publicUrl: parts.publicUrl });
    const { detail, audience } =
      card.channelId === null
        ? await standingWithPerson(db, card, lane)
        : await standingInChannel(db, card, card.channelId);
    const view = audience && (await presentCard(parts.features, card.subject, read, audience));
    return { card, view: view ?? (card.ref === null ? undefined : withdrawnView), detail };
  }, PATIENT);
