/* Who is invited to single items. All companies share it. */
import { asc, eq, inArray } from 'drizzle-orm';
import { remembered } from '../../core/db/remembered.js';
import type { Db, Tx } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import type { Guest } from './guest-rules.js';
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
