/* Who takes no part in deciding an item, and who is invited to one. All companies share it. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import type { Recusal } from './recusal-rules.js';
import { meetingTables } from './tables.js';

export const listRecusals = async (db: Db, items: readonly string[]): Promise<readonly Recusal[]> => {
  if (items.length === 0) return [];
  const { recusals } = meetingTables(db);
  const rows = await db
    .select()
    .from(recusals)
    .where(inArray(recusals.itemId, [...items]))
    .orderBy(asc(recusals.at), asc(recusals.personId));
  return rows.map((row) => ({
    item: row.itemId,
    person: row.personId as PersonId,
    partner: row.partnerId as PartnerId,
    ...(row.reason !== null && { reason: row.reason }),
    at: row.at,
  }));
};

export const saveRecusal = async (tx: Tx, recusal: Recusal): Promise<void> => {
  const { recusals } = meetingTables(tx);
  const { item, person, partner, reason, at } = recusal;
  const said = { partnerId: partner, reason: reason ?? null, at };
  await tx
    .insert(recusals)
    .values({ itemId: item, personId: person, ...said })
    .onConflictDoUpdate({ target: [recusals.itemId, recusals.personId], set: said });
};

/** False where there was none. */
export const deleteRecusal = async (tx: Tx, item: string, person: PersonId): Promise<boolean> => {
  const { recusals } = meetingTables(tx);
  const gone = await tx
    .delete(recusals)
    .where(and(eq(recusals.itemId, item), eq(recusals.personId, person)))
    .returning({ item: recusals.itemId });
  return gone.length > 0;
};

/** Takes the reasons that somebody gave; gives the meetings whose items they are. */
export const clearReasonsOf = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<readonly string[]> => {
  const { recusals, items } = meetingTables(tx);
  const rows = await tx
    .select({ item: items.id, meeting: items.meetingId })
    .from(recusals)
    .innerJoin(items, eq(items.id, recusals.itemId))
    .where(and(eq(recusals.personId, person), eq(items.allianceId, alliance)));
  if (rows.length === 0) return [];
  const own = rows.map(({ item }) => item);
  await tx
    .update(recusals)
    .set({ reason: null })
    .where(and(eq(recusals.personId, person), inArray(recusals.itemId, own)));
  return [...new Set(rows.map(({ meeting }) => meeting))];
};

/** What was said under either name is one person's; where both said something, what was said under the kept one holds. */
export const mergeRecusals = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { recusals } = meetingTables(tx);
  const own = await tx.select().from(recusals).where(eq(recusals.personId, kept));
  const both = own.map(({ itemId }) => itemId);
  if (both.length > 0)
    await tx.delete(recusals).where(and(eq(recusals.personId, gone), inArray(recusals.itemId, both)));
  await tx.update(recusals).set({ personId: kept }).where(eq(recusals.personId, gone));
};
