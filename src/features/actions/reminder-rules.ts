/* When the daily message speaks of an action. */
import { dayOf, daysAfter } from '../../core/days.js';
import type { Day, Zone } from '../../core/ids.js';
import { type Holidays, workdayFrom, workdaysAfter, workdayUntil } from '../../core/workdays.js';
import type { Action } from './rules.js';

/** The calendar of whoever is reminded. */
export interface Workdays {
  readonly today: Day;
  readonly zone: Zone;
  readonly holidays: Holidays;
}

const WORKDAYS_BEFORE = 3;
const WEEK = 7;
/** After this many days over, those who run the alliance for the owner's company are told too. */
export const LONG_OVERDUE_DAYS = 2 * WEEK;

/** Each week from a day on, up to the one that comes next. */
const weekly = (from: Day, { today, holidays }: Workdays): readonly Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= daysAfter(today, WEEK); day = daysAfter(day, WEEK)) days.push(workdayFrom(day, holidays));
  return days;
};

/**
 * Its owner: the day after somebody else gave it to them, three working days before it is due, on the day or the last
 * working day before it, and weekly from then on.
 */
export const reminders = (
  { dueOn, owner, givenBy, givenAt }: Pick<Action, 'dueOn' | 'owner' | 'givenBy' | 'givenAt'>,
  workdays: Workdays,
): readonly Day[] => {
  const { holidays, zone } = workdays;
  const given = dayOf(givenAt, zone);
  const told = givenBy === owner ? [] : [workdayFrom(daysAfter(given, 1), holidays)];
  const ahead = [workdaysAfter(dueOn, -WORKDAYS_BEFORE, holidays), workdayUntil(dueOn, holidays)];
  // What is given shortly before it is due is told once, not also for days that were over.
  return [
    ...new Set([...told, ...ahead.filter((day) => day > given), ...weekly(daysAfter(dueOn, WEEK), workdays)]),
  ].sort();
};

/** Those who run the alliance for the owner's company: weekly, once it is two weeks over. */
export const escalations = (dueOn: Day, workdays: Workdays): readonly Day[] =>
  weekly(daysAfter(dueOn, LONG_OVERDUE_DAYS), workdays);
