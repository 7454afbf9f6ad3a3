/* Working days: neither a weekend nor a holiday of one's company. Pure: rules.ts may use it. */
import { Temporal } from 'temporal-polyfill';
import { daysAfter } from './days.js';
import type { Day } from './ids.js';

/** One company's holidays, by day. */
export type Holidays = ReadonlyMap<Day, string>;

const SATURDAY = 6;

export const isWorkday = (day: Day, holidays: Holidays): boolean =>
  Temporal.PlainDate.from(day).dayOfWeek < SATURDAY && !holidays.has(day);

/** A company that never works would keep the search for its next working day going for ever. */
const LONGEST = 366;

const walk = (day: Day, step: 1 | -1, holidays: Holidays): Day => {
  let at = day;
  for (let tried = 0; tried < LONGEST && !isWorkday(at, holidays); tried += 1) at = daysAfter(at, step);
  return at;
};

/** The day itself, or the next one on which the company works. */
export const workdayFrom = (day: Day, holidays: Holidays): Day => walk(day, 1, holidays);

/** The day itself, or the last one before it on which the company works. */
export const workdayUntil = (day: Day, holidays: Holidays): Day => walk(day, -1, holidays);

/** So many working days after a day, which itself need not be one; before it when negative. */
export const workdaysAfter = (day: Day, days: number, holidays: Holidays): Day => {
  const step = days < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.abs(days); left > 0; left -= 1) at = walk(daysAfter(at, step), step, holidays);
  return at;
};
