/* When the daily message speaks of what somebody owes a meeting, and in which words. Pure. */
import { dayOf, daysAfter, momentText } from '../../core/days.js';
import type { Day, Instant, Zone } from '../../core/ids.js';
import { type Holidays, workdayFrom, workdayUntil } from '../../core/workdays.js';
import { type Duty, type DutyKind, dutyKinds } from './duty-rules.js';

/** Whoever is reminded: their zone, and the holidays of their company. */
export interface Calendar {
  readonly zone: Zone;
  readonly holidays: Holidays;
}

const unique = (days: readonly Day[]): readonly Day[] => [...new Set(days)].sort();

/**
 * Three times at most: when it is first asked for, on the day it is due, and on the last working day before the meeting.
 * Never before it is asked for, and never after the day of the meeting.
 */
export const reminderDays = (
  { askedOn, dueOn }: Pick<Duty, 'askedOn' | 'dueOn'>,
  startsAt: Instant,
  { zone, holidays }: Calendar,
): readonly Day[] => {
  const meetsOn = dayOf(startsAt, zone);
  const days = [
    workdayFrom(askedOn, holidays),
    workdayUntil(dueOn, holidays),
    workdayUntil(daysAfter(meetsOn, -1), holidays),
  ];
  return unique(days.filter((day) => askedOn <= day && day <= meetsOn));
};

/** What somebody and the chair said of being reminded. */
export interface Wishes {
  /** The last day of silence. */
  readonly snoozedUntil?: Day;
  /** Days on which the chair had them reminded. */
  readonly nudgedOn: readonly Day[];
}

/** One message tells all that is owed to a meeting by then, so all of it shares its days. */
export const groupDays = (
  duties: readonly Duty[],
  startsAt: Instant,
  calendar: Calendar,
  { snoozedUntil, nudgedOn }: Wishes,
): readonly Day[] => {
  const days = [...duties.flatMap((duty) => reminderDays(duty, startsAt, calendar)), ...nudgedOn];
  if (snoozedUntil === undefined) return unique(days);
  const again = workdayFrom(daysAfter(snoozedUntil, 1), calendar.holidays);
  return unique([again, ...days.filter((day) => day > snoozedUntil)]);
};

/** '1 paper', '2 papers' */
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const kindWords: Readonly<Record<DutyKind, (count: number) => string>> = {
  paper: (count) => counted(count, 'paper', 'papers'),
  question: (count) => counted(count, 'question', 'questions'),
  position: (count) => counted(count, 'position', 'positions'),
  answer: () => 'whether you come',
  accept: (count) => counted(count, 'proposed item', 'proposed items'),
  agenda: () => 'the agenda',
};

/** '1 paper, 1 position' */
export const dutyWords = (duties: readonly Pick<Duty, 'kind'>[]): string =>
  dutyKinds
    .map((kind) => ({ kind, count: duties.filter((duty) => duty.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => kindWords[kind](count))
    .join(', ');

const HOUR = 60;
/** Nobody knows it better than this. */
const STEP = 5;

/** 'about 15 min' */
export const timeWords = (duties: readonly Pick<Duty, 'minutes'>[]): string => {
  const exact = duties.reduce((sum, { minutes }) => sum + minutes, 0);
  const sum = exact < STEP ? exact : Math.round(exact / STEP) * STEP;
  const [hours, minutes] = [Math.floor(sum / HOUR), sum % HOUR];
  return `about ${[...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])].join(' ')}`;
};

/** 'JSC · Fri 11 Dec, 14:00', as clocks in the reader's zone have it. */
export const shortTitle = (key: string, startsAt: Instant, zone: Zone): string =>
  `${key} · ${momentText(startsAt, zone)
    .slice(0, -(zone.length + 1))
    .replace(/ \d{4},/u, ',')}`;
