/* What is kept of minutes. All companies of the alliance share it. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { roles } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Addendum, Kept, Present, Proposal, Reading } from './minutes-rules.js';
import { meetingTables } from './tables.js';

const roomSchema = z.array(
  z.object({
    person: z.custom<PersonId>(),
    partner: z.custom<PartnerId>(),
    role: z.enum(roles),
    votes: z.boolean(),
    here: z.boolean(),
    excused: z.literal(true).optional(),
    standsFor: z.custom<PersonId>().optional(),
  }),
);

const toPresent = ({ excused, standsFor, ...one }: z.output<typeof roomSchema>[number]): Present => ({
  ...one,
  ...(excused && { excused }),
  ...(standsFor !== undefined && { standsFor }),
});

/** None while the meeting has no minutes: before it is closed, and once that was undone. */
export const findKept = async (db: Db, meeting: string): Promise<Kept | undefined> => {
  const { minutes } = meetingTables(db);
  const [row] = await db.select().from(minutes).where(eq(minutes.meetingId, meeting));
  if (!row) return undefined;
  const { draftedAt, dueAt, changedAt, quorum, note } = row;
  return {
    ...{ meeting, draftedAt, dueAt, changedAt, quorum },
    room: roomSchema.parse(row.room).map(toPresent),
    ...(note !== null && { note }),
  };
};

/** In the place of what was kept before. */
export const saveKept = async (tx: Tx, kept: Kept): Promise<void> => {
  const { minutes } = meetingTables(tx);
  const { meeting, draftedAt, dueAt, changedAt, quorum, room } = kept;
  const set = { draftedAt, dueAt, changedAt, quorum, room, note: kept.note ?? null };
  await tx
    .insert(minutes)
    .values({ meetingId: meeting, ...set })
    .onConflictDoUpdate({ target: minutes.meetingId, set });
};

/** Takes the draft with what was said of it; what was proposed stays, and waits for nobody any more. */
export const deleteKept = async (tx: Tx, meeting: string, now: Instant): Promise<void> => {
  const { minutes, readings, proposals } = meetingTables(tx);
  await tx.delete(minutes).where(eq(minutes.meetingId, meeting));
  await tx.delete(readings).where(eq(readings.meetingId, meeting));
  await tx
    .update(proposals)
    .set({ status: 'declined', settledAt: now })
    .where(and(eq(proposals.meetingId, meeting), eq(proposals.status, 'open')));
};

export const listReadings = async (db: Db, meeting: string): Promise<readonly Reading[]> => {
  const { readings } = meetingTables(db);
  const rows = await db
    .select()
    .from(readings)
    .where(eq(readings.meetingId, meeting))
    .orderBy(asc(readings.at), asc(readings.personId));
  return rows.map(({ personId, partnerId, at }) => ({
    ...{ person: personId as PersonId, partner: partnerId as PartnerId, at },
  }));
};

export const saveReading = async (tx: Tx, meeting: string, { person, partner, at }: Reading): Promise<void> => {
  const { readings } = meetingTables(tx);
  await tx
    .insert(readings)
    .values({ meetingId: meeting, personId: person, partnerId: partner, at })
    .onConflictDoUpdate({ target: [readings.meetingId, readings.personId], set: { at } });
};

export const deleteReading = async (tx: Tx, meeting: string, person: PersonId): Promise<void> => {
  const { readings } = meetingTables(tx);
  await tx.delete(readings).where(and(eq(readings.meetingId, meeting), eq(readings.personId, person)));
};

type ProposalRow = ReturnType<typeof meetingTables>['proposals']['$inferSelect'];

const toProposal = (row: ProposalRow): Proposal => ({
  ...{ id: row.id, meeting: row.meetingId, text: row.text, at: row.at },
  ...(row.itemId !== null && { item: row.itemId }),
  person: row.personId as PersonId,
  partner: row.partnerId as PartnerId,
  status: row.status as Proposal['status'],
  ...(row.settledBy !== null && { settledBy: row.settledBy as PersonId }),
  ...(row.settledAt !== null && { settledAt: row.settledAt }),
  ...(row.reason !== null && { reason: row.reason }),
});

export const listProposals = async (db: Db, meeting: string): Promise<readonly Proposal[]> => {
  const { proposals } = meetingTables(db);
  const own = eq(proposals.meetingId, meeting);
  const rows = await db.select().from(proposals).where(own).orderBy(asc(proposals.at), asc(proposals.id));
  return rows.map(toProposal);
};

export const findProposal = async (db: Db, id: string): Promise<Proposal | undefined> => {
  const { proposals } = meetingTables(db);
  const [row] = await db.select().from(proposals).where(eq(proposals.id, id));
  return row && toProposal(row);
};

/** Those of committees that nobody has settled, the oldest first. */
export const listOpenProposals = async (db: Db, committees: readonly CommitteeId[]): Promise<readonly Proposal[]> => {
  if (committees.length === 0) return [];
  const { proposals, meetings } = meetingTables(db);
  const rows = await db
    .select({ proposal: proposals })
    .from(meetings)
    .innerJoin(proposals, and(eq(proposals.meetingId, meetings.id), eq(proposals.status, 'open')))
    .where(and(inArray(meetings.committeeId, [...committees]), eq(meetings.status, 'held')))
    .orderBy(asc(proposals.at), asc(proposals.id));
  return rows.map(({ proposal }) => toProposal(proposal));
};

/** New, or settled. */
export const saveProposal = async (tx: Tx, proposal: Proposal): Promise<void> => {
  const { proposals } = meetingTables(tx);
  const { id, meeting, item = null, text, person, partner, at, status } = proposal;
  const { settledBy = null, settledAt = null, reason = null } = proposal;
  const settled = { status, settledBy, settledAt, reason };
  await tx
    .insert(proposals)
    .values({ ...{ id, text, at }, meetingId: meeting, itemId: item, personId: person, partnerId: partner, ...settled })
    .onConflictDoUpdate({ target: proposals.id, set: settled });
};

export const listAddenda = async (db: Db, meeting: string): Promise<readonly Addendum[]> => {
  const { addenda } = meetingTables(db);
  const own = eq(addenda.meetingId, meeting);
  const rows = await db.select().from(addenda).where(own).orderBy(asc(addenda.at), asc(addenda.id));
  return rows.map(({ id, text, personId, partnerId, at }) => ({
    ...{ id, text, at, person: personId as PersonId, partner: partnerId as PartnerId },
  }));
};

export const insertAddendum = async (tx: Tx, meeting: string, addendum: Addendum): Promise<void> => {
  const { id, text, person, partner, at } = addendum;
  const by = { personId: person, partnerId: partner };
  await tx.insert(meetingTables(tx).addenda).values({ id, meetingId: meeting, text, at, ...by });
};

/** What one of two people still has a say in is the other's, since they are one; what they wrote stays as it was. */
export const mergeReaders = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { readings, proposals, minutes, meetings } = meetingTables(tx);
  for (const { meetingId, personId: _, ...row } of await tx.select().from(readings).where(eq(readings.personId, gone)))
    await tx
      .insert(readings)
      .values({ ...row, meetingId, personId: kept })
      .onConflictDoNothing();
  await tx.delete(readings).where(eq(readings.personId, gone));
  // Whoever proposed a change can still take it back.
  const open = and(eq(proposals.personId, gone), eq(proposals.status, 'open'));
  await tx.update(proposals).set({ personId: kept }).where(open);
  const drafts = await tx
    .select({ id: minutes.meetingId, room: minutes.room })
    .from(minutes)
    .innerJoin(meetings, and(eq(meetings.id, minutes.meetingId), eq(meetings.status, 'held')));
  for (const { id, room } of drafts) {
    const before = roomSchema.parse(room);
    if (!before.some(({ person, standsFor }) => person === gone || standsFor === gone)) continue;
    const known = before.some(({ person, here }) => person === kept && here);
    const after = before.flatMap((one) =>
      one.person === gone ? (known ? [] : [{ ...one, person: kept }]) : one.person === kept && !known ? [] : [one],
    );
    const moved = after.map((one) => (one.standsFor === gone ? { ...one, standsFor: kept } : one));
    await tx.update(minutes).set({ room: moved }).where(eq(minutes.meetingId, id));
  }
};

/** The meetings whose minutes are a draft and where somebody was. */
export const listUnread = async (db: Db, alliance: AllianceId, person: PersonId): Promise<readonly string[]> => {
  const { attendance, meetings } = meetingTables(db);
  const rows = await db
    .select({ id: meetings.id })
    .from(attendance)
    .innerJoin(meetings, and(eq(meetings.id, attendance.meetingId), eq(meetings.status, 'held')))
    .where(and(eq(attendance.personId, person), eq(attendance.present, true), eq(meetings.allianceId, alliance)))
    .orderBy(asc(meetings.startsAt), asc(meetings.number));
  return rows.map(({ id }) => id);
};
