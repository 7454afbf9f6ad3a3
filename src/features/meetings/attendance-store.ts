/* Who comes, and who was there. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { remembered } from '../../core/db/remembered.js';
import type { Db, Tx } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import type { Answer, Attendance } from './attendance-rules.js';
import { meetingTables } from './tables.js';

const toAttendance = (row: ReturnType<typeof meetingTables>['attendance']['$inferSelect']): Attendance => ({
  person: row.personId as PersonId,
  partner: row.partnerId as PartnerId,
  ...(row.answer !== null && { answer: row.answer as Answer }),
  ...(row.answeredAt !== null && { answeredAt: row.answeredAt }),
  ...(row.present !== null && { present: row.present }),
});

/** Of several meetings. */
export const listAttendanceIn = remembered(
  async (db: Db, meetings: readonly string[]): Promise<ReadonlyMap<string, readonly Attendance[]>> => {
    const { attendance } = meetingTables(db);
    const rows = await db
      .select()
      .from(attendance)
      .where(inArray(attendance.meetingId, [...meetings]))
      .orderBy(asc(attendance.personId));
    return new Map([...groupedBy(rows, ({ meetingId }) => meetingId)].map(([id, all]) => [id, all.map(toAttendance)]));
  },
);

export const listAttendance = async (db: Db, meeting: string): Promise<readonly Attendance[]> =>
  (await listAttendanceIn(db, [meeting])).get(meeting) ?? [];

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

/** What somebody said of meetings that are to come is forgotten; gives all meetings that they are known at. */
export const forgetAnswersOf = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<readonly string[]> => {
  const { attendance, meetings } = meetingTables(tx);
  const rows = await tx
    .select({ id: meetings.id, status: meetings.status })
    .from(attendance)
    .innerJoin(meetings, eq(meetings.id, attendance.meetingId))
    .where(and(eq(attendance.personId, person), eq(meetings.allianceId, alliance)));
  const ahead = rows.filter(({ status }) => status === 'planned').map(({ id }) => id);
  if (ahead.length > 0)
    await tx.delete(attendance).where(and(eq(attendance.personId, person), inArray(attendance.meetingId, ahead)));
  return rows.map(({ id }) => id);
};

/** What was said under either name is one person's; where both said something, what was said under the kept one holds. */
export const mergeAttendance = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { attendance } = meetingTables(tx);
  const own = await tx.select().from(attendance).where(eq(attendance.personId, kept));
  const both = own.map(({ meetingId }) => meetingId);
  if (both.length > 0)
    await tx.delete(attendance).where(and(eq(attendance.personId, gone), inArray(attendance.meetingId, both)));
  await tx.update(attendance).set({ personId: kept }).where(eq(attendance.personId, gone));
};
