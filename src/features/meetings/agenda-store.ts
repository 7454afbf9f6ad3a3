/* What stands on agendas. All companies share it, but for the link to the message that an item was taken from. */
import { and, asc, desc, eq, inArray, max, notInArray } from 'drizzle-orm';
import type { AgendaKind } from '../../core/agenda.js';
import type { Audience } from '../../core/context.js';
import { remembered } from '../../core/db/remembered.js';
import type { Db, Tx } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn } from '../../core/visibility.js';
import type { Item, ItemStatus, Paper, Places } from './agenda-rules.js';
import { meetingTables } from './tables.js';

type Tables = ReturnType<typeof meetingTables>;
type ItemRow = Tables['items']['$inferSelect'];
type PaperRow = Tables['papers']['$inferSelect'];

const toPaper = ({ version, link, pages, personId, at }: PaperRow): Paper => ({
  ...{ version, link, at },
  ...(pages !== null && { pages }),
  person: personId as PersonId,
});

const toItem = (row: ItemRow, papers: readonly PaperRow[], owner: string): Item => {
  const [latest] = papers;
  return {
    id: row.id,
    committee: row.committeeId as CommitteeId,
    meeting: row.meetingId,
    position: row.position,
    kind: row.kind as AgendaKind,
    title: row.title,
    ...(row.question !== null && { question: row.question }),
    minutes: row.minutes,
    owner: row.ownerId as PersonId,
    status: row.status as ItemStatus,
    proposedBy: row.proposedBy as PersonId,
    proposedFor: row.proposedFor as PartnerId,
    proposedAt: row.proposedAt,
    ...(row.link !== null && row.proposedFor === owner && { link: row.link }),
    ...(row.aboutFeature !== null && row.aboutId !== null && { about: { feature: row.aboutFeature, id: row.aboutId } }),
    ...(row.carriedFrom !== null && { carriedFrom: row.carriedFrom }),
    spentMs: row.spentMs,
    ...(row.note !== null && { note: row.note }),
    ...(latest && { paper: toPaper(latest) }),
  };
};

const withPapers = async (db: Db, rows: readonly ItemRow[], owner: string): Promise<readonly Item[]> => {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const { papers } = meetingTables(db);
  const found = await db
    .select()
    .from(papers)
    .where(inArray(papers.itemId, ids))
    .orderBy(asc(papers.itemId), desc(papers.version));
  const papersOf = groupedBy(found, ({ itemId }) => itemId);
  return rows.map((row) => toItem(row, papersOf.get(row.id) ?? [], owner));
};

/** The items of several meetings in their order, with those that were declined, carried on and removed. */
export const listItemsIn = remembered(
  async (db: Db, meetings: readonly string[], audience: Audience): Promise<readonly Item[]> => {
    if (meetings.length === 0) return [];
    const { items } = meetingTables(db);
    const rows = await db
      .select()
      .from(items)
      .where(and(inArray(items.meetingId, [...meetings]), eq(items.allianceId, audience.alliance)))
      .orderBy(asc(items.position), asc(items.id));
    return withPapers(db, rows, ownerIn(audience));
  },
);

/** A meeting's items in their order, with those that were declined, carried on and removed. */
export const listItems = (db: Db, meeting: string, audience: Audience): Promise<readonly Item[]> =>
  listItemsIn(db, [meeting], audience);

export const getItem = async (db: Db, id: string, audience: Audience): Promise<Item | undefined> => {
  const { items } = meetingTables(db);
  const rows = await db
    .select()
    .from(items)
    .where(and(eq(items.id, id), eq(items.allianceId, audience.alliance)));
  return (await withPapers(db, rows, ownerIn(audience)))[0];
};

/** What one company took from a message before, and what still stands on the agendas of some meetings. */
export const findTaken = async (
  db: Db,
  { link, partner }: { readonly link: string; readonly partner: PartnerId },
  meetings: readonly string[],
): Promise<Pick<Item, 'title' | 'meeting'> | undefined> => {
  const { items } = meetingTables(db);
  const [row] = await db
    .select({ title: items.title, meeting: items.meetingId })
    .from(items)
    .where(
      and(
        inArray(items.meetingId, [...meetings]),
        eq(items.link, link),
        eq(items.proposedFor, partner),
        notInArray(items.status, ['removed', 'declined']),
      ),
    )
    .limit(1);
  return row;
};

/** The place after the last one. */
export const nextPosition = async (db: Db, meeting: string): Promise<number> => {
  const { items } = meetingTables(db);
  const [row] = await db
    .select({ last: max(items.position) })
    .from(items)
    .where(eq(items.meetingId, meeting));
  return Number(row?.last ?? 0) + 1;
};

/** Gives out places anew. */
export const savePlaces = async (tx: Tx, places: Places): Promise<void> => {
  const { items } = meetingTables(tx);
  for (const { id, position } of places) await tx.update(items).set({ position }).where(eq(items.id, id));
};

const rowOf = (item: Omit<Item, 'paper'>) => {
  const { id, position, kind, title, minutes, status, proposedAt, spentMs, about } = item;
  return {
    ...{ id, position, kind, title, minutes, status, proposedAt, spentMs },
    committeeId: item.committee,
    meetingId: item.meeting,
    question: item.question ?? null,
    ownerId: item.owner,
    proposedBy: item.proposedBy,
    proposedFor: item.proposedFor,
    aboutFeature: about?.feature ?? null,
    aboutId: about?.id ?? null,
    carriedFrom: item.carriedFrom ?? null,
    note: item.note ?? null,
  };
};

export const insertItem = async (tx: Tx, alliance: AllianceId, item: Omit<Item, 'paper'>): Promise<void> => {
  await tx.insert(meetingTables(tx).items).values({ ...rowOf(item), allianceId: alliance, link: item.link ?? null });
};

/** As it is from now on; where it was taken from never changes. */
export const saveItem = async (tx: Tx, item: Item): Promise<void> => {
  const { items } = meetingTables(tx);
  const { id, ...row } = rowOf(item);
  await tx.update(items).set(row).where(eq(items.id, id));
};

export const insertPaper = async (tx: Tx, item: string, paper: Paper): Promise<void> => {
  const { version, link, pages, person, at } = paper;
  await tx
    .insert(meetingTables(tx).papers)
    .values({ itemId: item, version, link, pages: pages ?? null, personId: person, at });
};

/** Every version of an item's paper, the first one first. */
export const listPapers = async (db: Db, item: string): Promise<readonly Paper[]> => {
  const { papers } = meetingTables(db);
  const rows = await db.select().from(papers).where(eq(papers.itemId, item)).orderBy(asc(papers.version));
  return rows.map(toPaper);
};

/** What one of two people is to speak to or is invited to is the other's, since they are one. */
export const mergeItems = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { items, papers } = meetingTables(tx);
  await tx.update(items).set({ ownerId: kept }).where(eq(items.ownerId, gone));
  await tx.update(items).set({ proposedBy: kept }).where(eq(items.proposedBy, gone));
  await tx.update(papers).set({ personId: kept }).where(eq(papers.personId, gone));
};
