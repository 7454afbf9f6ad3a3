/* Who comes, and who was there. */
import { and, asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../core/db/store.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import type { Answer, Attendance } from './attendance-rules.js';
import { meetingTables } from './tables.js';

export const listAttendance = async (db: Db, meeting: string): Promise<readonly Attendance[]> => {
  const { attendance } = meetingTables(db);
  const rows = await db
    .select()
    .from(attendance)
    .where(eq(attendance.meetingId, meeting))
    .orderBy(asc(attendance.personId));
  return rows.map((row) => ({
    person: row.personId as PersonId,
    partner: row.partnerId as PartnerId,
    ...(row.answer !== null && { answer: row.answer as Answer }),
    ...(row.answeredAt !== null && { answeredAt: row.answeredAt }),
    ...(row.present !== null && { present: row.present }),
  }));
};

/** What somebody says now, or that they are there, in the place of what was known of them. */
export const saveAttendance = async (tx: Tx, meeting: string, one: Attendance): Promise<void> => {
  const { attendance } = meetingTables(tx);
  const { person, partner, answer = null, answeredAt = null, present = null } = one;
  const said = { partnerId: partner, answer, answeredAt, present };
  await tx
    .insert(attendance)
    .values({ meetingId: meeting, personId: person, ...said })
    .onConflictDoUpdate({ target: [attendance.meetingId, attendance.personId], set: said });
};

export const deleteAttendance = async (tx: Tx, meeting: string, person: PersonId): Promise<void> => {
  const { attendance } = meetingTables(tx);
  await tx.delete(attendance).where(and(eq(attendance.meetingId, meeting), eq(attendance.personId, person)));
};
