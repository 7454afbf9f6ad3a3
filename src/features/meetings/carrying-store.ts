/*
 * What a meeting does not get done stands on the committee's next one, in a row of its own: the old one says that it was
 * carried. Called where a meeting is closed or cancelled, and where one is made.
 */
import { and, asc, eq, inArray, min } from 'drizzle-orm';
import type { AgendaKind } from '../../core/agenda.js';
import type { Work } from '../../core/context.js';
import type { Tx } from '../../core/db/store.js';
import { type ItemStatus, isUnfinished } from './agenda-rules.js';
import type { Meeting } from './rules.js';
import { findNextMeeting, listMeetings } from './store.js';
import { meetingTables } from './tables.js';
import { subjectOf } from './views.js';

type ItemRow = ReturnType<typeof meetingTables>['items']['$inferSelect'];

const listUnfinished = async (tx: Tx, meetings: readonly string[]): Promise<readonly ItemRow[]> => {
  if (meetings.length === 0) return [];
  const { items } = meetingTables(tx);
  const open: readonly ItemStatus[] = ['proposed', 'accepted', 'parked'];
  const rows = await tx
    .select()
    .from(items)
    .where(and(inArray(items.meetingId, [...meetings]), inArray(items.status, [...open])))
    .orderBy(asc(items.position), asc(items.id));
  return rows.filter(({ kind, status, minutes }) =>
    isUnfinished({ kind: kind as AgendaKind, status: status as ItemStatus, minutes }),
  );
};

/** Before everything that stands there already. */
const firstPosition = async (tx: Tx, meeting: string, count: number): Promise<number> => {
  const { items } = meetingTables(tx);
  const [row] = await tx
    .select({ first: min(items.position) })
    .from(items)
    .where(eq(items.meetingId, meeting));
  return Number(row?.first ?? count + 1) - count;
};

/** With its papers and guests; where each company's people stand is asked anew. */
const copyItem = async (row: ItemRow, meeting: Meeting, position: number, work: Work): Promise<string> => {
  const { items, papers, guests } = meetingTables(work.db);
  const id = work.newId();
  const status: ItemStatus = row.status === 'proposed' ? 'proposed' : 'accepted';
  const moved = { id, meetingId: meeting.id, position, status, minutes: Math.min(row.minutes, meeting.minutes) };
  await work.db.insert(items).values({ ...row, ...moved, carriedFrom: row.id, spentMs: 0, note: null });
  for (const paper of await work.db.select().from(papers).where(eq(papers.itemId, row.id)))
    await work.db.insert(papers).values({ ...paper, itemId: id });
  for (const guest of await work.db.select().from(guests).where(eq(guests.itemId, row.id)).orderBy(asc(guests.id)))
    await work.db.insert(guests).values({ ...guest, id: work.newId(), itemId: id });
  await work.db.update(items).set({ status: 'carried' }).where(eq(items.id, row.id));
  return id;
};

const carry = async (from: readonly Meeting[], to: Meeting, work: Work): Promise<number> => {
  const rows = await listUnfinished(
    work.db,
    from.map(({ id }) => id),
  );
  if (rows.length === 0) return 0;
  const first = await firstPosition(work.db, to.id, rows.length);
  const made: string[] = [];
  for (const [at, row] of rows.entries()) made.push(await copyItem(row, to, first + at, work));
  for (const meeting of from) {
    const own = rows.filter(({ meetingId }) => meetingId === meeting.id);
    if (own.length > 0)
      await work.record(subjectOf(meeting.id), 'items-carried', { to: to.id, items: own.map(({ id }) => id) });
  }
  await work.record(subjectOf(to.id), 'items-taken', { from: from.map(({ id }) => id), items: made });
  return rows.length;
};

/**
 * Moves what a meeting that is closed or cancelled did not get done to the committee's next planned one; where there is
 * none yet, it stays until one is made. Call it once the meeting has its new status. Gives how many were moved.
 */
export const carryOver = async (meeting: Meeting, work: Work): Promise<number> => {
  const planned = await listMeetings(work.db, [meeting.committee], ['planned']);
  const next = planned.find(({ id }) => id !== meeting.id);
  return next ? carry([meeting], next, work) : 0;
};

/** Takes what earlier meetings left open to one that has just been made, or to one that comes before it. */
export const takeUnfinished = async (meeting: Meeting, work: Work): Promise<number> => {
  const over = await listMeetings(work.db, [meeting.committee], ['held', 'agreed', 'cancelled']);
  const next = (await findNextMeeting(work.db, meeting.committee)) ?? meeting;
  return carry(over, next, work);
};

/** Brings back what was carried on from a meeting that takes place after all, as far as it still stands where it went. */
export const bringBack = async (meeting: Meeting, work: Work): Promise<number> => {
  const { items } = meetingTables(work.db);
  const gone = and(eq(items.meetingId, meeting.id), eq(items.status, 'carried'));
  const ids = (await work.db.select({ id: items.id }).from(items).where(gone)).map(({ id }) => id);
  if (ids.length === 0) return 0;
  const planned = (await listMeetings(work.db, [meeting.committee], ['planned'])).map(({ id }) => id);
  const copies = (await work.db.select().from(items).where(inArray(items.carriedFrom, ids))).filter(
    ({ meetingId, status }) => planned.includes(meetingId) && (status === 'accepted' || status === 'proposed'),
  );
  for (const { id, carriedFrom, status } of copies) {
    await work.db.update(items).set({ status: 'removed' }).where(eq(items.id, id));
    await work.db
      .update(items)
      .set({ status })
      .where(eq(items.id, carriedFrom ?? ''));
  }
  for (const id of new Set(copies.map(({ meetingId }) => meetingId)))
    await work.record(subjectOf(id), 'items-returned', { to: meeting.id });
  if (copies.length > 0) await work.record(subjectOf(meeting.id), 'items-brought-back', { items: ids });
  return copies.length;
};
