/* What one person owes to all meetings that are to come, as far as it is asked for by now. */
import type { Actor, Audience, Committee, Read } from '../../core/context.js';
import { dayOf, daysBetween } from '../../core/days.js';
import { readingOnce } from '../../core/directory/reads.js';
import type { Day } from '../../core/ids.js';
import { askedBy, type Duty, dutiesOf } from './duty-rules.js';
import { aroundMeetings, committeesOf, listNudges, listSnoozes, surroundingsOf } from './duty-store.js';
import { untoldDays } from './missing-store.js';
import { daySteps } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { type Calendar, groupDays } from './reminder-rules.js';
import type { Meeting } from './rules.js';
import { listMeetings } from './store.js';

/** What somebody owes to one meeting, and when they are reminded of it. */
export interface Owed {
  readonly meeting: Meeting;
  readonly committee: Committee;
  readonly duties: readonly Duty[];
  readonly days: readonly Day[];
  readonly snoozedUntil?: Day;
}

/** Days by which something may be asked before its step: for holidays, and since papers are asked for some days ahead. */
const AHEAD_DAYS = 21;
/** Days before a meeting in which people are asked whether they come, where the plan does not say. */
const USUAL_DAYS = 10;

/** Whoever reads nothing of a meeting that is far away costs nothing. */
const isNear = async (meeting: Meeting, read: Read): Promise<boolean> => {
  const plan = await getPlan(read.db, meeting.committee);
  const first = Math.max(USUAL_DAYS, ...daySteps.filter((step) => step !== 'topics').map((step) => plan[step] ?? 0));
  return daysBetween(dayOf(read.now, meeting.zone), dayOf(meeting.startsAt, meeting.zone)) <= first + AHEAD_DAYS;
};

/** Only they themselves say where they stand and whether they come: while they are out nobody is asked for it. */
const isPersonal = ({ kind }: Duty): boolean => kind === 'position' || kind === 'answer';

interface Looking {
  readonly actor: Actor;
  readonly read: Read;
  readonly audience: Audience;
}

/** What somebody is asked for one meeting by now. */
interface Asked {
  readonly meeting: Meeting;
  readonly duties: readonly Duty[];
}

/** Of each meeting that asks something of them. */
const listAsked = async (
  meetings: readonly Meeting[],
  { actor, read, audience }: Looking,
): Promise<readonly Asked[]> => {
  const { person, alliance, zone } = actor;
  const around = await aroundMeetings(meetings, read, audience, await surroundingsOf(alliance, read));
  const all = around.map((one): Asked => {
    const own = dutiesOf(one, zone).filter((duty) => duty.person === person);
    return { meeting: one.meeting, duties: askedBy(own, one.meeting, read.now, zone) };
  });
  const asked = all.filter(({ duties }) => duties.length > 0);
  if (asked.length === 0 || !(await read.directory.absence(alliance, person, dayOf(read.now, zone)))) return asked;
  return asked
    .map(({ meeting, duties }) => ({ meeting, duties: duties.filter((duty) => !isPersonal(duty)) }))
    .filter(({ duties }) => duties.length > 0);
};

/** What they owe to each of these by now; nothing of those to which they owe nothing. */
const owedTo = async (
  meetings: readonly Meeting[],
  actor: Actor,
  given: Read,
  audience: Audience,
): Promise<readonly Owed[]> => {
  if (meetings.length === 0) return [];
  const read = readingOnce(given);
  const { person, zone, partner } = actor;
  const asked = await listAsked(meetings, { actor, read, audience });
  if (asked.length === 0) return [];
  const calendar: Calendar = { zone, holidays: await read.directory.holidays(partner.id) };
  const ids = asked.map(({ meeting }) => meeting.id);
  const snoozes = await listSnoozes(read.db, ids, person);
  const nudges = await listNudges(read.db, ids, person);
  const found: Owed[] = [];
  for (const { meeting, duties } of asked) {
    const committee = await read.directory.committee(meeting.committee);
    if (!committee) continue;
    const snoozedUntil = snoozes.get(meeting.id);
    const nudgedOn = await untoldDays(meeting.id, person, nudges.get(meeting.id) ?? [], read);
    const wishes = { nudgedOn, ...(snoozedUntil !== undefined && { snoozedUntil }) };
    const days = groupDays(duties, meeting.startsAt, calendar, wishes);
    const silent = snoozedUntil !== undefined && snoozedUntil >= dayOf(read.now, zone);
    found.push({ meeting, committee, duties, days, ...(silent && { snoozedUntil }) });
  }
  return found;
};

/** Of each meeting to which they owe something, the next first. */
export const listOwed = async (actor: Actor, read: Read, audience: Audience): Promise<readonly Owed[]> => {
  const meetings = await listMeetings(read.db, await committeesOf(actor, read), ['planned']);
  const near: Meeting[] = [];
  for (const meeting of meetings) if (read.now < meeting.startsAt && (await isNear(meeting, read))) near.push(meeting);
  return owedTo(near, actor, read, audience);
};

/** The same of one meeting. */
export const findOwed = async (
  meeting: Meeting,
  actor: Actor,
  read: Read,
  audience: Audience,
): Promise<Owed | undefined> => (await owedTo([meeting], actor, read, audience))[0];
