/* How often something comes and until when, as people say it, made a rule: see spoken-patterns.ts for what they say. */
import { Temporal } from 'temporal-polyfill';
import { momentOf, yearsAfter } from './days.js';
import type { FindDays } from './found-days.js';
import type { Day, Zone } from './ids.js';
import { endingOn, joinRule, occurrencesAfter, occurrencesBetween, ruleParts, weekdayCodes } from './recurrence.js';
import {
  findPattern,
  MONTH,
  monthOf,
  NUMBER,
  numberOf,
  type Pattern,
  refuseRule,
  SAY_RULE,
  wordPattern,
} from './spoken-patterns.js';

export interface SpokenRule {
  /** As it was said. */
  readonly text: string;
  readonly pattern: Pattern;
  readonly untilOn?: Day;
  readonly count?: number;
}

export interface TakenRule {
  readonly rule?: SpokenRule;
  /** What is left of the text; '|' stands where something was taken out. */
  readonly rest: string;
}

/** What stands where something was taken out, so that words that were apart are read apart. */
export const GAP = ' | ';

const MOST_TIMES = 200;
const LONGEST_YEARS = 10;
const TIMES = wordPattern(`(?:for\\s+)?(${NUMBER})\\s*(?:times|x|occurrences)`);
/** Not '14:00 until 15:30'. */
const UNTIL = /(?<![\p{L}\p{N}])(?:until|till|til|through|ending)\s+(?!\d{1,2}(?::\d|\s*[ap]\.?m))/iu;
/** 'June 2027' or 'June', and not 'June 30'. */
const WHOLE_MONTH = new RegExp(
  `^(?:the\\s+)?(?:end\\s+of\\s+)?(${MONTH})(?![\\p{L}])(?:,?\\s+(\\d{4})(?![\\d:])|(?!\\s*\\d{1,2}(?![:\\d])))`,
  'iu',
);
const END_OF_YEAR = /^(?:the\s+)?end\s+of\s+(\d{4})(?!\d)/iu;

/** The last day of a month; without a year of its next one. */
const endOfMonth = (month: number, year: number | undefined, today: Day): Day => {
  const now = Temporal.PlainDate.from(today);
  const coming = year ?? (month >= now.month ? now.year : now.year + 1);
  return Temporal.PlainYearMonth.from({ year: coming, month }).toPlainDate({ day: 31 }).toString();
};

interface Ends {
  readonly today: Day;
  readonly findDays: FindDays;
}

interface Taken {
  readonly said: string;
  readonly untilOn: Day;
}

const readUntil = (after: string, { today, findDays }: Ends): Taken => {
  const [whole, year] = END_OF_YEAR.exec(after) ?? [];
  if (whole !== undefined) return { said: whole, untilOn: `${year}-12-31` };
  const [said, name = '', in4] = WHOLE_MONTH.exec(after) ?? [];
  if (said !== undefined)
    return { said, untilOn: endOfMonth(monthOf(name), in4 === undefined ? undefined : Number(in4), today) };
  const day = findDays(after).find(({ index, ambiguous }) => index === 0 && !ambiguous);
  if (day) return { said: day.text, untilOn: day.on };
  throw refuseRule(
    "Entente cannot read until when. Say it like 'until June 2027', 'until 30 June 2027' or '10 times'.",
  );
};

const takeUntil = (text: string, ends: Ends): { readonly untilOn?: Day; readonly rest: string } => {
  const found = UNTIL.exec(text);
  if (!found) return { rest: text };
  const begin = found.index + found[0].length;
  const { said, untilOn } = readUntil(text.slice(begin), ends);
  if (untilOn > yearsAfter(ends.today, LONGEST_YEARS))
    throw refuseRule(`Say a last day within ${LONGEST_YEARS} years, or none for a series without an end.`);
  return { untilOn, rest: text.slice(0, found.index) + GAP + text.slice(begin + said.length) };
};

const takeTimes = (text: string): { readonly count?: number; readonly rest: string } => {
  const found = TIMES.exec(text);
  if (!found) return { rest: text };
  const count = numberOf(found[1] ?? '');
  if (!(count >= 1 && count <= MOST_TIMES))
    throw refuseRule(
      `A series has 1 to ${MOST_TIMES} meetings. Say '10 times', or leave it out for one without an end.`,
    );
  return { count, rest: text.replace(found[0], GAP) };
};

/** Takes how often and until when out of what was said. @throws Refusal for what cannot be read, or not kept */
export const takeRule = (text: string, ends: Ends): TakenRule => {
  const found = findPattern(text);
  if (!found) {
    const ended = UNTIL.test(text) || TIMES.test(text);
    if (ended) throw refuseRule(`Say how often as well. ${SAY_RULE}`);
    return { rest: text };
  }
  const { untilOn, rest } = takeUntil(text.replace(found.said, GAP), ends);
  const { count, rest: left } = takeTimes(rest);
  if (count !== undefined && untilOn !== undefined)
    throw refuseRule('Say either how many times or until when, not both.');
  const rule = { text: found.said.trim(), pattern: found.pattern };
  const end = { ...(untilOn !== undefined && { untilOn }), ...(count !== undefined && { count }) };
  return { rule: { ...rule, ...end }, rest: left };
};

const WEEK = 7;
const LAST = 4;
const SHORTEST_MONTH = 28;

/** '2FR' of the 11th, a Friday; the fifth one is the last, since many months have no fifth. */
export const positionOf = (day: Day): string => {
  const date = Temporal.PlainDate.from(day);
  const position = Math.ceil(date.day / WEEK);
  return `${position > LAST ? -1 : position}${weekdayCodes[date.dayOfWeek - 1]}`;
};

/** True of months as far from each other as the interval: calendars know 'every third month' better than a list. */
const cycleOf = (months: readonly number[]): number | undefined => {
  const interval = 12 / months.length;
  const [first = 1] = months;
  const even = months.every((month, at) => month === first + at * interval);
  return even && Number.isInteger(interval) && months.length > 1 ? interval : undefined;
};

const daysOf = ({ byDay, bySetPos, byMonthDay, freq }: Pattern, first: Day): ReadonlyMap<string, string> => {
  if (byMonthDay !== undefined) return new Map([['BYMONTHDAY', String(byMonthDay)]]);
  if (byDay !== undefined)
    return new Map([['BYDAY', byDay], ...(bySetPos === undefined ? [] : [['BYSETPOS', String(bySetPos)] as const])]);
  // Committees meet on a weekday: 'every month' from Friday the 11th is every second Friday, or it came on Sundays too.
  const position = positionOf(first);
  return new Map([['BYDAY', freq === 'WEEKLY' ? position.slice(-2) : position]]);
};

/** The rule of RFC 5545 of what begins on a day. */
export const ruleFor = ({ pattern, untilOn, count }: SpokenRule, first: Day, zone: Zone): string => {
  const cycle = pattern.byMonth && cycleOf(pattern.byMonth);
  const freq = cycle === undefined ? pattern.freq : 'MONTHLY';
  const interval = cycle ?? pattern.interval;
  const months =
    cycle !== undefined
      ? undefined
      : (pattern.byMonth ?? (freq === 'YEARLY' ? [Number(first.slice(5, 7))] : undefined));
  const rule = joinRule(
    new Map([
      ['FREQ', freq],
      ...(interval > 1 ? [['INTERVAL', String(interval)] as const] : []),
      ...(months ? [['BYMONTH', months.join(',')] as const] : []),
      ...daysOf(pattern, first),
      ...(count === undefined ? [] : [['COUNT', String(count)] as const]),
    ]),
  );
  return untilOn === undefined ? rule : endingOn(rule, untilOn, zone);
};

const NOON = 'T12:00';

/** The first day from one on that fits what was said, which says nothing of the day itself where any fits. */
export const firstDay = ({ pattern }: SpokenRule, from: Day): Day | undefined => {
  const fixed = pattern.byDay !== undefined || pattern.byMonthDay !== undefined;
  if (!fixed) return from;
  const { byMonth } = pattern;
  const freq = byMonth && pattern.freq === 'MONTHLY' ? 'YEARLY' : pattern.freq;
  // Weeks and months are counted from the first one, so it is looked for in each.
  const each: Pattern = { ...pattern, freq: freq === 'YEARLY' && !byMonth ? 'MONTHLY' : freq, interval: 1 };
  const parts = new Map([['FREQ', each.freq], ...(byMonth ? [['BYMONTH', byMonth.join(',')] as const] : [])]);
  const series = { startsAt: from + NOON, zone: 'UTC', rule: joinRule(new Map([...parts, ...daysOf(each, from)])) };
  const start = momentOf(series.startsAt, 'UTC');
  const [today] = occurrencesBetween(series, start, start);
  return (today ?? occurrencesAfter(series, start, 1)[0])?.slice(0, from.length);
};

/**
 * The same rule for what begins on another day: 'second Friday' becomes 'third Thursday'. None where the day fits no such
 * rule: in a month that it does not have, or on a 30th.
 */
export const movedRule = (rule: string, to: Day): string | undefined => {
  const parts = new Map(ruleParts(rule));
  const date = Temporal.PlainDate.from(to);
  const months = parts.get('BYMONTH')?.split(',').map(Number);
  if (months?.length === 1) parts.set('BYMONTH', String(date.month));
  else if (months && !months.includes(date.month)) return undefined;
  if (parts.has('BYMONTHDAY')) {
    const last = date.day === date.daysInMonth;
    if (!last && date.day > SHORTEST_MONTH) return undefined;
    parts.set('BYMONTHDAY', String(last ? -1 : date.day));
    return joinRule(parts);
  }
  parts.delete('BYSETPOS');
  parts.set('BYDAY', parts.get('FREQ') === 'WEEKLY' ? positionOf(to).slice(-2) : positionOf(to));
  return joinRule(parts);
};
