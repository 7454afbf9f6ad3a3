/* Who is invited to single items. All companies share it. */
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { remembered } from '../../core/db/remembered.js';
import type { Db, Tx } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import { type Guest, namesPerson } from './guest-rules.js';
import { meetingTables } from './tables.js';

const loadGuests = async (db: Db, items: readonly string[]): Promise<ReadonlyMap<string, readonly Guest[]>> => {
  if (items.length === 0) return new Map();
  const { guests } = meetingTables(db);
  const rows = await db
    .select()
    .from(guests)
    .where(inArray(guests.itemId, [...items]))
    .orderBy(asc(guests.id));
  const found = rows.map(
    (row): Guest => ({
      id: row.id,
      item: row.itemId,
      ...(row.personId !== null && { person: row.personId as PersonId }),
      ...(row.name !== null && { name: row.name }),
      invitedBy: row.invitedBy as PersonId,
      invitedFor: row.invitedFor as PartnerId,
    }),
  );
  return groupedBy(found, ({ item }) => item);
};

/** By the item that they are invited to, in the order in which they were. */
export const listGuests = remembered(loadGuests);

export const insertGuest = async (tx: Tx, guest: Guest): Promise<void> => {
  const { id, item, person, name, invitedBy, invitedFor } = guest;
  await tx
    .insert(meetingTables(tx).guests)
    .values({ id, itemId: item, personId: person ?? null, name: name ?? null, invitedBy, invitedFor });
};

export const deleteGuest = async (tx: Tx, id: string): Promise<void> => {
  const { guests } = meetingTables(tx);
  await tx.delete(guests).where(eq(guests.id, id));
};

/** Invited under either name is invited once. */
export const mergeGuests = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { guests } = meetingTables(tx);
  const own = await tx.select({ item: guests.itemId }).from(guests).where(eq(guests.personId, kept));
  const both = own.map(({ item }) => item);
  if (both.length > 0) await tx.delete(guests).where(and(eq(guests.personId, gone), inArray(guests.itemId, both)));
  await tx.update(guests).set({ personId: kept }).where(eq(guests.personId, gone));
};

/** Whoever is forgotten may have been invited by a name that somebody typed: it is their id from then on. Gives the meetings. */
export const clearGuestNames = async (
  tx: Tx,
  alliance: AllianceId,
  {
    person,
    name,
    companies,
  }: { readonly person: PersonId; readonly name: string; readonly companies: readonly string[] },
): Promise<readonly string[]> => {
  const { guests, items } = meetingTables(tx);
  const rows = await tx
    .select({ id: guests.id, name: guests.name, meeting: items.meetingId })
    .from(guests)
    .innerJoin(items, eq(items.id, guests.itemId))
    .where(and(eq(items.allianceId, alliance), isNotNull(guests.name)));
  const theirs = rows.filter((row) => namesPerson(row.name ?? '', name, companies));
  for (const { id } of theirs) await tx.update(guests).set({ personId: person, name: null }).where(eq(guests.id, id));
  return theirs.map(({ meeting }) => meeting);
};
