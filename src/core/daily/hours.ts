/* When the daily message comes. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Day, Instant, Zone } from '../ids.js';
import { workdayFrom } from '../workdays.js';

/** Comes at this hour, where the person is. */
const COMES_AT = 9;
/** From this hour on it is too late, and the next one brings what this one would have. */
const TOO_LATE_AT = 18;

const noHolidays: ReadonlyMap<Day, string> = new Map();

const inZone = (at: Instant, zone: Zone) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/**
 * The next nine o'clock after a moment that is not on a weekend. Holidays, absences and mutes may change until then, so
 * they are looked at when it has come.
 */
export const nextMorning = (after: Instant, zone: Zone): Instant => {
  const { hour } = inZone(after, zone);
  const today = inZone(after, zone).toPlainDate();
  const first = hour < COMES_AT ? today : today.add({ days: 1 });
  const day = workdayFrom(first.toString(), noHolidays);
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: { hour: COMES_AT } })
    .epochMilliseconds;
};

/** True in the hours of a day in which its message may still come. */
export const isTimely = (on: Day, now: Instant, zone: Zone): boolean => {
  const here = inZone(now, zone);
  return here.toPlainDate().toString() === on && COMES_AT <= here.hour && here.hour < TOO_LATE_AT;
};
