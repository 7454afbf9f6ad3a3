/*
 * When, where and how long something is, in the order in which people say it: '11 Dec 14:00 Zurich 90 min every quarter
 * at https://...'. What is taken out leaves a gap; what nobody can read is refused, so that nothing is guessed.
 */
import { Refusal } from './errors.js';
import type { FindDays } from './found-days.js';
import type { Day, Zone } from './ids.js';
import { isOneLine } from './naming.js';
import { listNames } from './sentences.js';
import { GAP, type SpokenRule, takeRule } from './spoken-rules.js';
import { findZone, isZoneAbbreviation, zonePlace } from './zones.js';

/** 'HH:MM' */
export type ClockTime = string;

/** What was said; what was not is missing. */
export interface SpokenTimes {
  readonly day?: Day;
  /** 'from 11 Dec': then or the first time after that a rule allows. */
  readonly onOrAfter?: true;
  readonly time?: ClockTime;
  readonly zone?: Zone;
  readonly minutes?: number;
  readonly rule?: SpokenRule;
  readonly place?: string;
}

export interface Hearing {
  readonly today: Day;
  readonly findDays: FindDays;
  /** Where whoever speaks is: 'CET' is theirs where they have it. */
  readonly near: Zone;
}

const HOUR = 60;

const badTime = (said: string): Refusal =>
  new Refusal('no-time', `${said} is no time of day. Say it like 14:00 or 2 pm.`, 'time');

const CLOCK = "(\\d{1,2})(?::(\\d{2}))?(?:\\s*(a\\.?m|p\\.?m)\\b\\.?|\\s*(?:uhr|o’clock|o'clock)\\b)?";
const ONE = new RegExp(`^${CLOCK}$`, 'iu');
const isClock = (said: string): boolean => /:|[ap]\.?m|uhr|clock|^noon$/iu.test(said);

/** 'HH:MM' of '14:00', '2 pm', '14 Uhr' or 'noon'. @throws Refusal */
export const readTime = (text: string): ClockTime => {
  const said = text.trim();
  if (/^noon$/iu.test(said)) return '12:00';
  const [whole, hours = '', minutes = '00', half] = ONE.exec(said) ?? [];
  if (whole === undefined || !isClock(said)) throw badTime(said === '' ? 'That' : `'${said.slice(0, 40)}'`);
  const hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) throw badTime(said);
  const of24 = half === undefined ? hour : (hour % 12) + (/^p/iu.test(half) ? 12 : 0);
  if (of24 > 23 || Number(minutes) > 59) throw badTime(said);
  return `${String(of24).padStart(2, '0')}:${minutes}`;
};

export const SHORTEST_MINUTES = 5;
export const LONGEST_MINUTES = 10 * HOUR;

/** @throws Refusal for nothing, for days, and for what nobody sits through */
export const checkMinutes = (minutes: number): number => {
  if (Number.isInteger(minutes) && minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES) return minutes;
  throw new Refusal('length', 'A meeting takes 5 minutes to 10 hours. Say it like 90 min or 2 hours.', 'length');
};

const spelled: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, 'half an': 0.5, 'half a': 0.5 },
};
const COUNT = '(\\d+(?:[.,]\\d+)?|half an?|an?|one|two|three|four)';
const LENGTH = new RegExp(
  `(?<!\\bin\\s)(?<!\\bwithin\\s)(?<![\\p{L}\\p{N}:.-])(?:for\\s+)?(?:(\\d{1,2})\\s*h\\s*(\\d{1,2})|${COUNT}[\\s-]*(minutes?|mins?|m|hours?|hrs?|h|days?|weeks?)(?:\\s*(?:and\\s+)?(?:(a half)|(\\d{1,2})\\s*(?:minutes?|mins?|m)?(?![\\p{L}\\p{N}:])(?=\\s*(?:min|m\\b|$))))?)(?![\\p{L}\\p{N}:])`,
  'iu',
);

const UNIT_MINUTES: Readonly<Record<string, number>> = { m: 1, h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

const minutesIn = (groups: readonly (string | undefined)[]): number => {
  const [, hours, minutes, count = '', unit = '', half, more] = groups;
  if (hours !== undefined) return Number(hours) * HOUR + Number(minutes);
  const much = spelled[count.toLowerCase()] ?? Number(count.replace(',', '.'));
  const of = UNIT_MINUTES[unit.slice(0, 1).toLowerCase()] ?? 1;
  return Math.round((much + (half === undefined ? 0 : 0.5)) * of + Number(more ?? 0));
};

/** '90 min', '1.5 hours', 'an hour', '1h30', and a number alone for minutes. @throws Refusal */
export const readMinutes = (text: string): number => {
  const said = text.trim();
  if (/^\d{1,5}$/u.test(said)) return checkMinutes(Number(said));
  const found = LENGTH.exec(said);
  if (found?.[0] !== said) return checkMinutes(Number.NaN);
  return checkMinutes(minutesIn([...found]));
};

/** @throws Refusal for a zone that nobody knows, and with choices for one that may be several */
export const readZone = (text: string, near: Zone): Zone => {
  const said = text.trim();
  const found = findZone(said, near);
  if (found && 'zone' in found) return found.zone;
  if (!found)
    throw new Refusal(
      'no-zone',
      `Entente knows no time zone or city '${said.slice(0, 40)}'. Say a large city near you, such as Zurich, or Europe/Zurich.`,
      'zone',
    );
  const [last = '', ...others] = found.choices.map(zonePlace).reverse();
  throw new Refusal(
    'which-zone',
    `'${said}' may be the time of ${others.reverse().join(', ')} or ${last}. Say which city.`,
    'zone',
  );
};

const anyClock =
  "(?:\\d{1,2}:\\d{2}(?:\\s*[ap]\\.?m\\b\\.?)?|\\d{1,2}\\s*(?:[ap]\\.?m\\b\\.?|uhr\\b|o['’]clock\\b)|noon\\b)";
const SPAN = new RegExp(
  `(?<![\\p{L}\\p{N}:])(?:at\\s+|from\\s+)?(${anyClock})(?:\\s*(?:-|–|to|until|till)\\s*(${anyClock}))?(?![\\p{L}\\p{N}:])`,
  'giu',
);

const minuteOf = (time: ClockTime): number => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3));

interface Left<T> {
  readonly found: T;
  readonly rest: string;
}

const takeTime = (text: string): Left<Pick<SpokenTimes, 'time' | 'minutes'>> => {
  const [first, ...others] = [...text.matchAll(SPAN)];
  if (!first) return { found: {}, rest: text };
  if (others.length > 0) throw new Refusal('no-time', `Say one time: ${first[1]} or ${others[0]?.[1] ?? ''}.`, 'time');
  const time = readTime(first[1] ?? '');
  const rest = text.replace(first[0], GAP);
  if (first[2] === undefined) return { found: { time }, rest };
  const minutes = minuteOf(readTime(first[2])) - minuteOf(time);
  return { found: { time, minutes: checkMinutes(minutes < 0 ? minutes + 24 * HOUR : minutes) }, rest };
};

/** Less than no time: a reader of days takes '-5 min' for a moment ago. */
const NEGATIVE = /(?<![\p{L}\p{N}:.])-\d{1,9}(?:[.,]\d{1,3})?\s?(?:minutes?|mins?|m|hours?|hrs?|h)(?![\p{L}\p{N}])/iu;

const takeLength = (text: string): Left<Pick<SpokenTimes, 'minutes'>> => {
  if (NEGATIVE.test(text)) checkMinutes(Number.NaN);
  const found = LENGTH.exec(text);
  if (!found) return { found: {}, rest: text };
  return { found: { minutes: checkMinutes(minutesIn([...found])) }, rest: text.replace(found[0], GAP) };
};

const takeDay = (said: string, { findDays }: Hearing): Left<Pick<SpokenTimes, 'day' | 'onOrAfter'>> => {
  // The reader of days takes 'from 1' for something else.
  const text = said.replace(/(?<!\p{L})(?:from|since)\s+(?:on\s+)?/giu, 'starting ');
  const found = findDays(text);
  const [first, ...others] = found;
  if (!first) return { found: {}, rest: said };
  if (first.ambiguous)
    throw new Refusal('no-day', `'${first.text}' can be two days. Write the month as a word, such as 4 May.`, 'day');
  if (others.some(({ on }) => on !== first.on))
    throw new Refusal('no-day', `Say one day: ${listNames(found.map((one) => one.text))} are several.`, 'day');
  const before = text.slice(0, first.index);
  const after = /(?:starting|beginning|as of)\s+(?:on\s+)?$/iu.exec(before);
  const rest = found.reduce((left, one) => left.replace(one.text, GAP), after ? text.replace(after[0], '') : text);
  return { found: { day: first.on, ...(after && { onOrAfter: true }) }, rest };
};

export const PLACE_MAX = 300;
const LINK = /(?:(?:at|on|via|in|link)\s+)?(https?:\/\/\S+)/iu;
const ROOM = /(?:\b(?:in|at)\s+)?(?:the\s+)?((?:meeting\s+)?room\s+[\p{L}\p{N}][\p{L}\p{N}.-]*)/iu;
const QUOTED = /(?:\b(?:in|at)\s+)?["“]([^"”]+)["”]/iu;

const takePlace = (text: string): Left<Pick<SpokenTimes, 'place'>> => {
  const found = LINK.exec(text) ?? QUOTED.exec(text) ?? ROOM.exec(text);
  if (!found) return { found: {}, rest: text };
  return { found: { place: checkPlace(found[1] ?? '') }, rest: text.replace(found[0], GAP) };
};

/** @throws Refusal for what no calendar shows */
export const checkPlace = (text: string): string => {
  const place = text.trim().replace(/\s+/gu, ' ');
  if (!isOneLine(place)) throw new Refusal('place', 'A place is one line of letters, digits and signs.', 'place');
  if ([...place].length <= PLACE_MAX) return place;
  throw new Refusal('place', `A place fits in ${PLACE_MAX} characters. Say the room or the link alone.`, 'place');
};

const takeAbbreviation = (text: string, { near }: Hearing): Left<Pick<SpokenTimes, 'zone'>> => {
  const found = [...text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{2,5}(?![\p{L}\p{N}])/gu)].find(([word]) =>
    isZoneAbbreviation(word),
  );
  if (!found) return { found: {}, rest: text };
  return { found: { zone: readZone(found[0], near) }, rest: text.replace(found[0], GAP) };
};

const FILLERS = /^(?:[\s,;.–-]|(?:on|at|for|from|the|and|time)(?![\p{L}\p{N}]))+|[\s,;.–-]+$/giu;
const PLACED = /^[\s,;]*(?:in|at)\s+(?=\S)/iu;

/** What is left is a zone or, after 'in' or 'at', a place unless it is a city whose clocks were not said otherwise. */
const readLeft = (text: string, said: SpokenTimes, { near }: Hearing): Pick<SpokenTimes, 'zone' | 'place'> => {
  let { zone, place } = said;
  for (const piece of text.split('|')) {
    const words = piece.replace(PLACED, '').replace(FILLERS, '').trim();
    if (words === '') continue;
    const known = zone === undefined ? findZone(words, near) : undefined;
    if (PLACED.test(piece) && !known && place === undefined) place = checkPlace(words);
    else if (!known && /^\d/u.test(words)) throw said.day === undefined ? noSuchDay(words) : unread(words);
    else if (zone === undefined && /\p{L}/u.test(words)) zone = readZone(words, near);
    else throw unread(words);
  }
  return { ...(zone !== undefined && { zone }), ...(place !== undefined && { place }) };
};

/** '31 Feb' */
const noSuchDay = (words: string): Refusal =>
  new Refusal('no-day', `Entente cannot read '${words.slice(0, 60)}' as a day. Write it like 11 Dec.`, 'day');

const unread = (words: string): Refusal =>
  new Refusal(
    'arguments',
    `Entente cannot read '${words.slice(0, 60)}' in that. Say the day, the time, the city, how long and, after 'at' or 'in', the place.`,
  );

const LONGEST = 600;

/** Everything that was said, in whatever order. @throws Refusal for what cannot be read */
export const readTimes = (text: string, hearing: Hearing): SpokenTimes => {
  if (text.length > LONGEST) throw new Refusal('too-long', 'That is too much at once. Say when and where in one line.');
  const placed = takePlace(text.replaceAll('|', ' '));
  const ruled = takeRule(placed.rest, hearing);
  const timed = takeTime(ruled.rest);
  const long = takeLength(timed.rest);
  const zoned = takeAbbreviation(long.rest, hearing);
  const dated = takeDay(zoned.rest, hearing);
  const rule = ruled.rule && { rule: ruled.rule };
  const said = { ...placed.found, ...rule, ...long.found, ...timed.found, ...zoned.found, ...dated.found };
  return { ...said, ...readLeft(dated.rest, said, hearing) };
};
