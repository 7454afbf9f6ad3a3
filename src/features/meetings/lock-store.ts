/*
 * The life of minutes: drafted when a meeting is closed, agreed when those who were there have said so or their time is
 * over, and withdrawn when the closing is undone.
 */
import { wantCards } from '../../core/cards.js';
import type { Read, Work } from '../../core/context.js';
import { wantDailies } from '../../core/daily/messages.js';
import type { PersonId } from '../../core/ids.js';
import { listAttendance } from './attendance-store.js';
import { jointHolidays } from './countdown-store.js';
import { attendeesOf, fineOf, isAgreed, lockAt, roomOf } from './minutes-rules.js';
import { deleteKept, findKept, listProposals, listReadings, saveKept } from './minutes-store.js';
import { labelOf, type Meeting } from './rules.js';
import { findMeeting, saveMeeting } from './store.js';
import { minutesSubject, proposalSubject, subjectOf } from './views.js';

export const lockKey = (meeting: string): string => `lock:${meeting}`;

/** The minutes' own card and the daily messages that tell of them follow, and the meeting's with its history. */
export const renewMinutes = async (meeting: string, work: Work): Promise<void> => {
  const proposals = await listProposals(work.db, meeting);
  await wantCards(work.db, minutesSubject(meeting), work.now);
  for (const subject of [minutesSubject(meeting), ...proposals.map(({ id }) => proposalSubject(id))])
    await wantDailies(work.db, subject, work.now);
};

/** What people do with minutes: it stands in the meeting's history, and every picture of it follows. */
export const recordMinutes = async (
  meeting: Pick<Meeting, 'id'>,
  verb: string,
  detail: Readonly<Record<string, unknown>>,
  work: Work,
): Promise<void> => {
  await work.record(subjectOf(meeting.id), verb, detail);
  await renewMinutes(meeting.id, work);
};

const professionalsOf = async ({ directory, alliance }: Work): Promise<ReadonlySet<PersonId>> => {
  const all = new Set<PersonId>();
  for (const partner of await directory.partners(alliance))
    for (const { id } of await directory.professionals(partner.id)) all.add(id);
  return all;
};

/** Of a meeting that is closed: its minutes are announced, and people have five working days for them. */
export const draftMinutes = async (meeting: Meeting, work: Work): Promise<void> => {
  const { db, now, directory } = work;
  const committee = await directory.committee(meeting.committee);
  const attendance = await listAttendance(db, meeting.id);
  const room = roomOf(await directory.seats(meeting.committee), attendance, await professionalsOf(work));
  const dueAt = lockAt(meeting.closedAt ?? now, meeting, await jointHolidays(work));
  const kept = { meeting: meeting.id, draftedAt: now, dueAt, changedAt: now, quorum: committee?.quorum ?? 1, room };
  await saveKept(db, kept);
  await recordMinutes(meeting, 'minutes-drafted', { dueAt }, work);
  await work.announce(minutesSubject(meeting.id), meeting.committee);
  await work.wakeAt(lockKey(meeting.id), dueAt);
};

/** Of a meeting whose closing is undone. */
export const withdrawDraft = async (meeting: Meeting, work: Work): Promise<void> => {
  if (!(await findKept(work.db, meeting.id))) return;
  await deleteKept(work.db, meeting.id, work.now);
  await work.cancelWake(lockKey(meeting.id));
  await recordMinutes(meeting, 'minutes-withdrawn', {}, work);
};

/** Locks them where nothing stands against it any more; true when it did. */
export const lockIfAgreed = async (id: string, work: Work): Promise<boolean> => {
  const { db, now } = work;
  const meeting = await findMeeting(db, id);
  const kept = await findKept(db, id);
  if (meeting?.status !== 'held' || !kept) return false;
  const readings = await listReadings(db, id);
  if (!isAgreed(kept, { readings, proposals: await listProposals(db, id) }, now)) return false;
  await saveMeeting(db, { ...meeting, status: 'agreed', lockedAt: now });
  await work.cancelWake(lockKey(id));
  const fine = fineOf(kept, readings).length;
  await recordMinutes(meeting, 'minutes-agreed', { fine, of: attendeesOf(kept).length }, work);
  return true;
};

export const lockAlarm = {
  /** Where a change is still open, whoever settles the last one locks them. */
  ring: async (id: string, work: Work): Promise<void> => {
    if (!(await lockIfAgreed(id, work))) await renewMinutes(id, work);
  },
  tell: async (id: string, { db }: Read): Promise<string | undefined> => {
    const meeting = await findMeeting(db, id);
    return meeting && `${labelOf(meeting)}: agreeing its minutes`;
  },
};
