/* What a committee's people still owe from earlier meetings: whatever feature keeps it, and never an item's row. */
import type { Audience, Read } from '../../core/context.js';
import { todayOf } from '../../core/days.js';
import type { Listed } from '../../core/entries/entries.js';
import { findEntries } from '../../core/entries/finding.js';
import type { CommitteeId, Day } from '../../core/ids.js';
import { SHARED } from '../../core/visibility.js';
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

/** More than these no meeting goes through. */
const MOST = 100;
/* What one person owes to all meetings that are to come, as far as it is asked for by now. */

export interface Owed {
  /** What all companies share of it, the longest due first. */
  readonly entries: readonly Listed[];
  readonly today: Day;
}

const NEVER = '9999-12-31';

export const listOwed = async (committee: CommitteeId, read: Read, audience: Audience): Promise<Owed> => {
  const found = await findEntries(read.db, { committee, live: true, owed: true }, audience, { limit: MOST });
  const shared = found.filter(({ visibility }) => visibility === SHARED);
  const due = ({ dueOn = NEVER }: Listed): string => dueOn;
  return {
    entries: [...shared].sort((one, other) => (due(one) < due(other) ? -1 : due(one) > due(other) ? 1 : 0)),
    today: await todayOf(read, audience.alliance),
  };
};

export const isOverdue = ({ dueOn }: Pick<Listed, 'dueOn'>, today: Day): boolean =>
  dueOn !== undefined && dueOn < today;

/** '4 open, 1 overdue' */
export const owedLine = ({ entries, today }: Owed): string => {
  const overdue = entries.filter((entry) => isOverdue(entry, today)).length;
  if (entries.length === 0) return 'none';
  return `${entries.length}${entries.length === MOST ? ' or more' : ''} open${overdue > 0 ? `, ${overdue} overdue` : ''}`;
};
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

/** The same of one meeting. */
export const findOwed = async (
  meeting: Meeting,
  actor: Actor,
  read: Read,
  audience: Audience,
): Promise<Owed | undefined> => owedTo(meeting, await lookingFor(actor, read, audience));
