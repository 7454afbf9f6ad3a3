/* What one person owes to all meetings that are to come, as far as it is asked for by now. */
import type { Actor, Audience, Committee, Read } from '../../core/context.js';
import { dayOf, daysBetween } from '../../core/days.js';
import type { Day } from '../../core/ids.js';
import { askedBy, type Duty, dutiesOf } from './duty-rules.js';
import { aroundMeeting, committeesOf, findSnooze, type Surroundings, surroundingsOf } from './duty-store.js';
import { nudgedDays } from './missing-store.js';
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
  readonly calendar: Calendar;
  readonly surroundings: Surroundings;
}

/** What they owe to one meeting by now; nothing where they owe nothing. */
const owedTo = async (meeting: Meeting, looking: Looking): Promise<Owed | undefined> => {
  const { actor, read, audience, calendar, surroundings } = looking;
  const { db, now, directory } = read;
  const { person, alliance, zone } = actor;
  const around = await aroundMeeting(meeting, read, audience, surroundings);
  const own = dutiesOf(around, zone).filter((duty) => duty.person === person);
  const asked = askedBy(own, meeting, now, zone);
  if (asked.length === 0) return undefined;
  const out = await directory.absence(alliance, person, dayOf(now, zone));
  const duties = out ? asked.filter((duty) => !isPersonal(duty)) : asked;
  const committee = await directory.committee(meeting.committee);
  if (duties.length === 0 || !committee) return undefined;
  const snoozedUntil = await findSnooze(db, meeting.id, person);
  const nudgedOn = await nudgedDays(meeting.id, person, read);
  const wishes = { nudgedOn, ...(snoozedUntil !== undefined && { snoozedUntil }) };
  const days = groupDays(duties, meeting.startsAt, calendar, wishes);
  const silent = snoozedUntil !== undefined && snoozedUntil >= dayOf(now, zone);
  return { meeting, committee, duties, days, ...(silent && { snoozedUntil }) };
};

const lookingFor = async (actor: Actor, read: Read, audience: Audience): Promise<Looking> => ({
  ...{ actor, read, audience },
  calendar: { zone: actor.zone, holidays: await read.directory.holidays(actor.partner.id) },
  surroundings: await surroundingsOf(actor.alliance, read),
});

/** Of each meeting to which they owe something, the next first. */
export const listOwed = async (actor: Actor, read: Read, audience: Audience): Promise<readonly Owed[]> => {
  const meetings = await listMeetings(read.db, await committeesOf(actor, read), ['planned']);
  if (meetings.length === 0) return [];
  const looking = await lookingFor(actor, read, audience);
  const found: Owed[] = [];
  for (const meeting of meetings) {
    if (read.now >= meeting.startsAt || !(await isNear(meeting, read))) continue;
    const owed = await owedTo(meeting, looking);
    if (owed) found.push(owed);
  }
  return found;
};

/** The same of one meeting. */
export const findOwed = async (
  meeting: Meeting,
  actor: Actor,
  read: Read,
  audience: Audience,
): Promise<Owed | undefined> => owedTo(meeting, await lookingFor(actor, read, audience));
