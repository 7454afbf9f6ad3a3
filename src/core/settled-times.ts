/* What was said of when, made whole: the first time, by which clocks, how long and how often. */
import { Temporal } from 'temporal-polyfill';
import { dayOf, daysAfter, dayText, momentOf, momentText } from './days.js';
import { Refusal } from './errors.js';
import type { Day, Instant, WallTime, Zone } from './ids.js';
import { firstDay, ruleFor, type SpokenRule } from './spoken-rules.js';
import type { ClockTime, SpokenTimes } from './spoken-times.js';

export interface SettledTimes {
  readonly startsAt: WallTime;
  readonly zone: Zone;
  readonly minutes: number;
  readonly place?: string;
  /** Of RFC 5545; none for what comes once. */
  readonly rule?: string;
}

/** What is taken where nothing was said. */
export interface Settling {
  readonly now: Instant;
  readonly zone: Zone;
  readonly minutes: number;
}

/** Two years and a day. */
const AHEAD_DAYS = 732;

const resolved = (time: WallTime, zone: Zone, disambiguation: 'earlier' | 'later') =>
  Temporal.PlainDateTime.from(time).toZonedDateTime(zone, { disambiguation });

/** Clocks go back over it and show it again. */
export const comesTwice = (time: WallTime, zone: Zone): boolean =>
  exists(time, zone) &&
  resolved(time, zone, 'earlier').epochMilliseconds !== resolved(time, zone, 'later').epochMilliseconds;

const exists = (time: WallTime, zone: Zone): boolean =>
  resolved(time, zone, 'earlier').toPlainDateTime().equals(Temporal.PlainDateTime.from(time));

/** @throws Refusal for a time that clocks jump over, that is over, or that nobody plans yet */
export const checkMoment = (time: WallTime, zone: Zone, now: Instant): Instant => {
  const [day = '', clock = ''] = time.split('T');
  if (!exists(time, zone)) {
    const later = resolved(time, zone, 'later').toPlainTime().toString({ smallestUnit: 'minute' });
    throw new Refusal(
      'no-such-time',
      `Clocks in ${zone} go forward on ${dayText(day)}, and there is no ${clock}. Say ${later}, or another time.`,
      'time',
    );
  }
  const at = momentOf(time, zone);
  if (at <= now) throw new Refusal('over', `${momentText(at, zone)} is over. Say a time that is still to come.`, 'day');
  if (day > daysAfter(dayOf(now, zone), AHEAD_DAYS))
    throw new Refusal('too-far', `${dayText(day)} is more than two years away. Say it nearer to that day.`, 'day');
  return at;
};

const noDay = (): Refusal => new Refusal('no-day', 'Say on which day: 11 Dec, or Friday.', 'day');

/** The first day from one on that a rule allows, and that is not over by then. */
const firstAhead = (rule: SpokenRule, from: Day, time: ClockTime, zone: Zone, now: Instant): Day | undefined => {
  const first = firstDay(rule, from);
  const over = first !== undefined && momentOf(`${first}T${time}`, zone) <= now;
  return over ? firstDay(rule, daysAfter(first, 1)) : first;
};

const checkFits = (rule: SpokenRule, day: Day): void => {
  const fits = firstDay(rule, day);
  if (fits === day) return;
  const next = fits === undefined ? '' : `, or ${dayText(fits)}`;
  throw new Refusal(
    'no-fit',
    `${dayText(day)} is not among the days of '${rule.text}'. Say 'from ${dayText(day)}' for the first one after it${next}.`,
    'day',
  );
};

const dayFor = ({ day, onOrAfter, rule }: SpokenTimes, time: ClockTime, zone: Zone, now: Instant): Day => {
  if (rule && (day === undefined || onOrAfter)) {
    const fixed = rule.pattern.byDay !== undefined || rule.pattern.byMonthDay !== undefined;
    const found = day !== undefined || fixed ? firstAhead(rule, day ?? dayOf(now, zone), time, zone, now) : undefined;
    if (found === undefined) throw noDay();
    return found;
  }
  if (day === undefined) throw noDay();
  if (rule) checkFits(rule, day);
  return day;
};

/** @throws Refusal for what is missing, over, too far or never */
export const settleTimes = (said: SpokenTimes, { now, ...usual }: Settling): SettledTimes => {
  const { time, rule, place, zone = usual.zone, minutes = usual.minutes } = said;
  if (time === undefined) {
    if (said.day === undefined && !rule) throw noDay();
    throw new Refusal('no-time', 'Say at what time it begins: 14:00, or 2 pm.', 'time');
  }
  const day = dayFor(said, time, zone, now);
  const startsAt = `${day}T${time}`;
  checkMoment(startsAt, zone, now);
  if (rule?.untilOn !== undefined && rule.untilOn < day)
    throw new Refusal(
      'no-rule',
      `${dayText(rule.untilOn)} is before the first meeting. Say a later last day.`,
      'repeats',
    );
  return {
    ...{ startsAt, zone, minutes },
    ...(place !== undefined && place !== '' && { place }),
    ...(rule && { rule: ruleFor(rule, day, zone) }),
  };
};
