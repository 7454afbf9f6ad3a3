/* Who owes what to a meeting by now, and how each of them is reached. */
import type { Actor, Audience, Read } from '../../core/context.js';
import { isTimely, nextMorning } from '../../core/daily/hours.js';
import { findLastDaily, followItems, isTold } from '../../core/daily/messages.js';
import { dayOf, momentOf } from '../../core/days.js';
import type { Tx } from '../../core/db/store.js';
import { findMute } from '../../core/directory/absences.js';
import type { Day, PersonId } from '../../core/ids.js';
import type { Subject } from '../../core/view.js';
import { isWorkday, workdayFrom } from '../../core/workdays.js';
import { askedBy, type Duty, dutiesOf } from './duty-rules.js';
import { aroundMeetings, findSnooze, listNudges, surroundingsOf } from './duty-store.js';
import type { Reach } from './missing-rules.js';
import type { Meeting } from './rules.js';
import { itemSubject, subjectOf } from './views.js';

/** What is asked for by now, of everybody; positions only of the audience's own company. */
export const listAsked = async (meeting: Meeting, read: Read, audience: Audience): Promise<readonly Duty[]> => {
  const surroundings = await surroundingsOf(meeting.alliance, read);
  const [around] = await aroundMeetings([meeting], read, audience, surroundings);
  return around ? askedBy(dutiesOf(around, meeting.zone), meeting, read.now, meeting.zone) : [];
};

/** The message in which a nudge comes, for one person and day. */
export const nudgeSubject = (meeting: string, person: PersonId, on: Day): Subject =>
  subjectOf(`duties:${meeting}:${person}:${on}`);

/** Of days with a nudge those on which it comes with the daily message; one that came by itself is not told again. */
export const untoldDays = async (
  meeting: string,
  person: PersonId,
  nudged: readonly Day[],
  { db }: Read,
): Promise<readonly Day[]> => {
  const days: Day[] = [];
  for (const on of nudged) if (!(await isTold(db, nudgeSubject(meeting, person, on), person))) days.push(on);
  return days;
};

const MORNING = '09:00';

export const reachOf = async (
  meeting: Meeting,
  { alliance, person, partner, zone }: Actor,
  read: Read,
): Promise<Reach> => {
  const { db, now, directory } = read;
  const holidays = await directory.holidays(partner.id);
  const today = dayOf(now, zone);
  const next = workdayFrom(dayOf(nextMorning(now, zone), zone), holidays);
  const outOn: Day[] = [];
  for (const day of [today, next]) if (await directory.absence(alliance, person, day)) outOn.push(day);
  const mutedUntil = await findMute(db, alliance, person);
  const snoozedUntil = await findSnooze(db, meeting.id, person);
  return {
    today,
    working: isTimely(today, now, zone) && isWorkday(today, holidays),
    told: (await findLastDaily(db, alliance, person))?.on === today,
    next: { on: next, at: momentOf(`${next}T${MORNING}`, zone) },
    meets: { on: dayOf(meeting.startsAt, zone), at: meeting.startsAt },
    nudgedOn: (await listNudges(db, [meeting.id], person)).get(meeting.id) ?? [],
    outOn,
    ...(mutedUntil !== undefined && { mutedUntil }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
  };
};

/** The message follows what becomes of what it tells of. */
export const followDuties = (tx: Tx, message: Subject, meeting: Meeting, duties: readonly Duty[]): Promise<void> =>
  followItems(tx, message, [
    subjectOf(meeting.id),
    ...new Map(duties.flatMap(({ item }) => (item ? [[item.id, itemSubject(item.id)] as const] : []))).values(),
  ]);
