/*
 * A card is a wish; the reconciler grants it. This file makes wishes, inside the transaction that changes the row.
 */
import { and, eq, gt, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import { prepared, preparedRows } from './db/prepared.js';
import type { Db, Tx } from './db/store.js';
import { directoryTables } from './directory/tables.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId, PlatformId } from './ids.js';
import { cardTables } from './tables.js';
import type { Subject } from './view.js';

interface Target {
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly kind: 'channel' | 'person';
  readonly conversation: string;
  readonly partner: PartnerId | null;
  readonly channelId?: string;
  readonly personId?: string;
}

export interface Wish {
  readonly alliance: AllianceId;
  readonly subject: Subject;
  readonly now: Instant;
  readonly newId: () => string;
}

const laneId = (target: Target): string =>
  `${target.platform}/${target.workspace}/${target.kind}/${target.conversation}`;

type Tables = ReturnType<typeof cardTables>;
type NewLane = Omit<Tables['lanes']['$inferInsert'], 'version' | 'attempts'>;
type NewCard = Omit<Tables['cards']['$inferInsert'], 'wanted' | 'shown'>;

const insertLanes = preparedRows((db, rows: NewLane[]) => {
  const { lanes } = cardTables(db);
  return db
    .insert(lanes)
    .values(
      rows.map(({ id, platform, workspace, kind, conversation, dueAt }) => {
        const place = { platform, workspace, kind, conversation };
        return { id, ...place, version: 1, dueAt, attempts: 0 };
      }),
    )
    .onConflictDoUpdate({
      target: lanes.id,
      set: { version: sql`${lanes.version} + 1`, dueAt: sql`coalesce(${lanes.dueAt}, excluded.due_at)` },
    })
    .returning({ id: lanes.id, version: lanes.version });
});

const insertCards = preparedRows((db, rows: NewCard[]) => {
  const { cards } = cardTables(db);
  return (
    db
      .insert(cards)
      .values(
        rows.map(({ id, laneId, seq, allianceId, partnerId, feature, subjectId, channelId, personId, wantedAt }) => {
          const about = { allianceId, partnerId, feature, subjectId, channelId, personId };
          return { id, laneId, seq, ...about, wanted: 1, shown: 0, wantedAt };
        }),
      )
      // A conversation that was bound anew since holds the same card again, in the place of the old one.
      .onConflictDoUpdate({
        target: [cards.feature, cards.subjectId, cards.laneId],
        set: {
          channelId: sql`excluded.channel_id`,
          partnerId: sql`excluded.partner_id`,
          wanted: sql`${cards.wanted} + 1`,
          wantedAt: sql`excluded.wanted_at`,
          parkedReason: null,
          parkedAdvice: null,
          failingSince: null,
        },
        setWhere: sql`coalesce(${cards.channelId}, '') <> coalesce(excluded.channel_id, '')`,
      })
  );
});

const stirLane = prepared((db, { id, now }: { id: string; now: Instant }) => {
  const { lanes } = cardTables(db);
  return db
    .update(lanes)
    .set({ version: sql`${lanes.version} + 1`, dueAt: sql`coalesce(${lanes.dueAt}, ${now})` })
    .where(eq(lanes.id, id));
});

/** Wakes lanes: there is something to draw from `now` on. A lane that is backing off keeps its later time. */
const stirLanes = async (tx: Tx, touched: readonly { readonly lane: string }[], now: Instant): Promise<void> => {
  for (const id of new Set(touched.map((card) => card.lane))) await stirLane(tx, { id, now });
};

const listChannels = prepared((db, { committee }: { committee: CommitteeId }) => {
  const { channels } = directoryTables(db);
  return db.select().from(channels).where(eq(channels.committeeId, committee)).orderBy(channels.id);
});

/** Built for either way of running: with values, or with stand-ins for them. */
const raiseWishes = (db: Db, which: SQL | undefined, now: Instant) => {
  const { cards } = cardTables(db);
  return db
    .update(cards)
    .set({
      wanted: sql`${cards.wanted} + 1`,
      wantedAt: sql`case when ${cards.wanted} > ${cards.shown} then ${cards.wantedAt} else ${now} end`,
    })
    .where(which)
    .returning({ lane: cards.laneId });
};

const raiseCardsOf = prepared((db, { feature, id, now, except }: Subject & { now: Instant; except: string }) => {
  const { cards } = cardTables(db);
  return raiseWishes(db, and(eq(cards.feature, feature), eq(cards.subjectId, id), ne(cards.id, except)), now);
});

const placeCards = async (tx: Tx, wish: Wish, targets: readonly Target[]): Promise<void> => {
  if (targets.length === 0) return;
  const placed = await insertLanes(
    tx,
    targets.map((target) => ({
      id: laneId(target),
      platform: target.platform,
      workspace: target.workspace,
      kind: target.kind,
      conversation: target.conversation,
      dueAt: wish.now,
    })),
  );
  // The version counts up under the lane's row lock, so it also numbers the cards in the order of their transactions.
  const seqs = new Map(placed.map((lane) => [lane.id, lane.version]));
  await insertCards(
    tx,
    targets.map((target) => ({
      id: wish.newId(),
      laneId: laneId(target),
      seq: seqs.get(laneId(target)) ?? 0,
      allianceId: wish.alliance,
      partnerId: target.partner,
      feature: wish.subject.feature,
      subjectId: wish.subject.id,
      channelId: target.channelId ?? null,
      personId: target.personId ?? null,
      wantedAt: wish.now,
    })),
  );
};

/**
 * A card in each channel bound to the committee; with `only`, in that company's internal lanes and nowhere else. A lane
 * that others can read by now gets nothing new.
 */
export const announceCards = async (tx: Tx, wish: Wish, committee: CommitteeId, only?: PartnerId): Promise<void> => {
  const rows = (await listChannels(tx, { committee })).filter((row) =>
    only === undefined ? !row.internal : row.internal && !row.shared && row.partnerId === only,
  );
  const targets = rows.map(
    (row): Target => ({
      platform: row.platform as PlatformId,
      workspace: row.workspace,
      kind: 'channel',
      conversation: row.conversation,
      partner: row.shared ? null : (row.partnerId as PartnerId),
      channelId: row.id,
    }),
  );
  await placeCards(tx, wish, targets);
};

/**
 * A card in the direct messages of each of these people, on the platform of their company in this alliance: never where
 * they are a guest of another one, whose audience the card would have.
 */
export const tellPeople = async (tx: Tx, wish: Wish, people: readonly PersonId[]): Promise<void> => {
  if (people.length === 0) return;
  const { identities, workspaces, partners, members } = directoryTables(tx);
  const rows = await tx
    .select({ identity: identities, partner: partners.id })
    .from(identities)
    .innerJoin(
      workspaces,
      and(eq(workspaces.platform, identities.platform), eq(workspaces.workspace, identities.workspace)),
    )
    .innerJoin(partners, and(eq(partners.id, workspaces.partnerId), eq(partners.allianceId, wish.alliance)))
    .innerJoin(members, and(eq(members.partnerId, partners.id), eq(members.personId, identities.personId)))
    .where(inArray(identities.personId, [...people]))
    .orderBy(identities.platform, identities.workspace);
  const rowOf = new Map([...rows].reverse().map((row) => [row.identity.personId, row]));
  const targets = [...new Set(people)].flatMap((personId): Target[] => {
    const row = rowOf.get(personId);
    if (!row) return [];
    const { platform, workspace, user } = row.identity;
    const place = { platform: platform as PlatformId, workspace, kind: 'person' as const, conversation: user };
    return [{ ...place, partner: row.partner as PartnerId, personId }];
  });
  await placeCards(tx, wish, targets);
};

export const tellPerson = (tx: Tx, wish: Wish, person: PersonId): Promise<void> => tellPeople(tx, wish, [person]);

/** Raises the wish of every card of the subject, but for `except`; parked cards wait for somebody to retry them. */
export const wantCards = async (
  tx: Tx,
  subject: Subject,
  now: Instant,
  except?: { readonly card: string },
): Promise<void> => {
  const { feature, id } = subject;
  await stirLanes(tx, await raiseCardsOf(tx, { feature, id, now, except: except?.card ?? '' }), now);
};

/** Raises the wish of the cards that a condition picks. */
export const wantWhich = async (tx: Tx, which: SQL | undefined, now: Instant): Promise<void> =>
  stirLanes(tx, await raiseWishes(tx, which, now), now);

/** The same for those that only this company reads: a card drawn anew tells the others that something happened. */
export const wantOwnCards = async (tx: Tx, { feature, id }: Subject, own: PartnerId, now: Instant): Promise<void> => {
  const { cards } = cardTables(tx);
  await wantWhich(tx, and(eq(cards.feature, feature), eq(cards.subjectId, id), eq(cards.partnerId, own)), now);
};

/** The cards that the subject has are posted once more, as new messages. */
export const postAnew = async (tx: Tx, subject: Subject, now: Instant): Promise<void> => {
  const { cards } = cardTables(tx);
  const { feature, id } = subject;
  const own = and(eq(cards.feature, feature), eq(cards.subjectId, id));
  await tx.update(cards).set({ ref: null }).where(own);
  await wantCards(tx, subject, now);
};

/** Raises the wish of one card. */
export const wantCard = (tx: Tx, card: string, now: Instant): Promise<void> =>
  wantWhich(tx, eq(cardTables(tx).cards.id, card), now);

/** Gives parked cards another chance and a day of their own; the other side's cards no longer say that they are lost. */
export const unparkCards = async (tx: Tx, which: SQL, now: Instant): Promise<void> => {
  const { cards } = cardTables(tx);
  const revived = await tx
    .update(cards)
    .set({ parkedReason: null, parkedAdvice: null, failingSince: null })
    .where(and(gt(cards.wanted, cards.shown), isNotNull(cards.parkedReason), which))
    .returning({ feature: cards.feature, id: cards.subjectId });
  const subjects = new Map(revived.map((subject) => [`${subject.feature} ${subject.id}`, subject]));
  for (const subject of subjects.values()) await wantCards(tx, subject, now);
};

/** Raises the wish of every card that stands in a channel: others read there from now on. */
export const wantCardsIn = (tx: Tx, channel: string, now: Instant): Promise<void> =>
  wantWhich(tx, eq(cardTables(tx).cards.channelId, channel), now);
