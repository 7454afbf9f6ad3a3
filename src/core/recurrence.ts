/*
 * What comes again and again, by a rule of RFC 5545. Clocks on the wall keep the time in the zone of the series, so the
 * instant moves with daylight saving; a time that clocks jump over is left out, as calendars do.
 */
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { momentOf, spellDay } from './days.js';
import type { Day, Instant, WallTime, Zone } from './ids.js';
import { listNames } from './sentences.js';

/** Something that comes once, or with a rule again and again. */
export interface Recurring {
  /** Of the first one. */
  readonly startsAt: WallTime;
  readonly zone: Zone;
  /** 'FREQ=MONTHLY;BYDAY=2FR' */
  readonly rule?: string;
}

type Parts = ReadonlyMap<string, string>;

export const ruleParts = (rule: string): Parts =>
  new Map(
    rule.split(';').flatMap((part) => {
      const [key = '', value = ''] = part.split('=');
      return key === '' ? [] : [[key.toUpperCase(), value] as const];
    }),
  );

export const joinRule = (parts: Parts): string => [...parts].map(([key, value]) => `${key}=${value}`).join(';');

/** Nobody lists more at once. */
const MOST = 1_000;

const compile = ({ startsAt, zone, rule = '' }: Recurring): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: rule,
    dtstart: Temporal.PlainDateTime.from(startsAt).toZonedDateTime(zone),
  });

const wallOf = (at: Temporal.ZonedDateTime): WallTime => at.toPlainDateTime().toString({ smallestUnit: 'minute' });

/** One after the other, each looked for when it is asked for: a rule without an end has no last one. */
function* following(series: Recurring, after: Instant): Generator<{ readonly time: WallTime; readonly at: Instant }> {
  const rule = compile(series);
  for (let next = rule.next(new Date(after)); next; next = rule.next(new Date(next.epochMilliseconds)))
    yield { time: wallOf(next), at: next.epochMilliseconds };
}

/** When it comes from a moment on until another one, both included: as clocks in its zone show it, in order. */
export const occurrencesBetween = (series: Recurring, from: Instant, until: Instant): readonly WallTime[] => {
  if (series.rule === undefined) {
    const at = momentOf(series.startsAt, series.zone);
    return at >= from && at <= until ? [series.startsAt] : [];
  }
  const found: WallTime[] = [];
  if (until < from) return found;
  for (const { time, at } of following(series, from - 1)) {
    if (at > until || found.length === MOST) break;
    found.push(time);
  }
  return found;
};

/** The next ones after a moment, so many at most. */
export const occurrencesAfter = (series: Recurring, after: Instant, count: number): readonly WallTime[] => {
  if (series.rule === undefined) return momentOf(series.startsAt, series.zone) > after ? [series.startsAt] : [];
  const found: WallTime[] = [];
  for (const { time } of following(series, after)) if (found.push(time) >= Math.min(count, MOST)) break;
  return found;
};

/** The last second of a day, as UNTIL has it: in UTC. */
const untilOf = (day: Day, zone: Zone): string =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' })
    .toInstant()
    .toString({ smallestUnit: 'second' })
    .replace(/[-:]/gu, '');

/** The same rule until the end of a day and no longer, however often it was to come. */
export const endingOn = (rule: string, day: Day, zone: Zone): string => {
  const parts = new Map(ruleParts(rule));
  parts.delete('COUNT');
  parts.set('UNTIL', untilOf(day, zone));
  return joinRule(parts);
};

/** The last day of a rule that says one. */
const lastDayOf = (parts: Parts, zone: Zone): Day | undefined => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/u.exec(parts.get('UNTIL') ?? '') ?? [];
  if (year === undefined) return undefined;
  if (hour === undefined) return `${year}-${month}-${day}`;
  const at = Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return at.toZonedDateTimeISO(zone).toPlainDate().toString();
};

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

const ordinals: ReadonlyMap<number, string> = new Map([
  ...([
    [1, 'first'],
    [2, 'second'],
    [3, 'third'],
    [4, 'fourth'],
    [-1, 'last'],
  ] as const),
]);

/** '15th' */
export const nth = (day: number): string => {
  const suffix = day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
};

/** Monday to Friday, as BYDAY has them. */
export const WORKDAYS = 'MO,TU,WE,TH,FR';

const dayWords = (parts: Parts): string => {
  const monthDay = Number(parts.get('BYMONTHDAY'));
  if (monthDay === -1) return 'the last day';
  if (parts.has('BYMONTHDAY')) return `the ${nth(monthDay)}`;
  const days = parts.get('BYDAY') ?? '';
  if (days === WORKDAYS) return `the ${ordinals.get(Number(parts.get('BYSETPOS'))) ?? ''} working day`;
  const [, position = '', code = ''] = /^(-?\d)?([A-Z]{2})$/u.exec(days) ?? [];
  const name = weekdayNames[weekdayCodes.indexOf(code as 'MO')] ?? days;
  return position === '' ? name : `the ${ordinals.get(Number(position)) ?? position} ${name}`;
};

const YEAR_MONTHS = 12;
/** Of a list of months, people keep so many in mind. */
const LISTED_MONTHS = 4;

/** 'every month', 'every second month', 'March, June, September and December' */
const monthWords = (parts: Parts, startsAt: WallTime): string => {
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const monthly = parts.get('FREQ') === 'MONTHLY';
  const listed = parts.get('BYMONTH')?.split(',').map(Number);
  const first = Number(startsAt.slice(5, 7));
  const count = YEAR_MONTHS / interval;
  const even = monthly && interval > 1 && Number.isInteger(count) && count <= LISTED_MONTHS;
  const cycle = Array.from({ length: count }, (_, at) => ((first - 1 + at * interval) % YEAR_MONTHS) + 1);
  const months = listed ?? (even ? cycle.sort((a, b) => a - b) : undefined);
  if (months) return listNames(months.map((month) => monthNames[month - 1] ?? ''));
  if (interval === 1) return 'every month';
  return interval === 2 ? 'every second month' : `every ${interval} months`;
};

const howOften = (parts: Parts, startsAt: WallTime): string => {
  const interval = Number(parts.get('INTERVAL') ?? 1);
  if (parts.get('FREQ') === 'WEEKLY')
    return `every ${interval === 1 ? 'week' : interval === 2 ? 'two weeks' : `${interval} weeks`} on ${dayWords(parts)}`;
  const yearly = parts.get('FREQ') === 'YEARLY' && interval > 1 ? ` every ${interval} years` : '';
  return `on ${dayWords(parts)} of ${monthWords(parts, startsAt)}${yearly}`;
};

/** 'on the second Friday of every month, until 30 June 2027'; nothing for what comes once. */
export const describeRule = ({ rule, startsAt, zone }: Recurring): string | undefined => {
  if (rule === undefined) return undefined;
  const parts = ruleParts(rule);
  const last = lastDayOf(parts, zone);
  const count = parts.get('COUNT');
  const end = last !== undefined ? `, until ${spellDay(last)}` : count !== undefined ? `, ${count} times` : '';
  return `${howOften(parts, startsAt)}${end}`;
};
