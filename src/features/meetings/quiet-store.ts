/* Until when somebody wants to hear nothing of a meeting, and who was reminded of it, as people merge and are forgotten. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../core/db/store.js';
import type { AllianceId, PersonId } from '../../core/ids.js';
import { meetingTables } from './tables.js';

/** What is said under the kept name holds; whoever was reminded under either was. */
export const mergeQuiet = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { snoozes, nudges } = meetingTables(tx);
  for (const row of await tx.select().from(snoozes).where(eq(snoozes.personId, gone)))
    await tx
      .insert(snoozes)
      .values({ ...row, personId: kept })
      .onConflictDoNothing();
  await tx.delete(snoozes).where(eq(snoozes.personId, gone));
  for (const row of await tx.select().from(nudges).where(eq(nudges.personId, gone)))
    await tx
      .insert(nudges)
      .values({ ...row, personId: kept })
      .onConflictDoNothing();
  await tx.delete(nudges).where(eq(nudges.personId, gone));
};

export const deleteQuiet = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<void> => {
  const { snoozes, nudges, meetings } = meetingTables(tx);
  const here = tx.select({ id: meetings.id }).from(meetings).where(eq(meetings.allianceId, alliance));
  await tx.delete(snoozes).where(and(eq(snoozes.personId, person), inArray(snoozes.meetingId, here)));
  await tx.delete(nudges).where(and(eq(nudges.personId, person), inArray(nudges.meetingId, here)));
};
