/* How often something comes, as people say it: 'every quarter', 'second Thursday of March and June', 'every last Friday'. */
import { Refusal } from './errors.js';
import { monthNames, nth, WORKDAYS, weekdayCodes } from './recurrence.js';

/** What was said of it; what was not, comes from the first one's day. */
export interface Pattern {
  readonly freq: 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** 'TH', '2TH', '-1FR', or all working days with a position. */
  readonly byDay?: string;
  readonly bySetPos?: number;
  /** -1 is the last one. */
  readonly byMonthDay?: number;
  readonly byMonth?: readonly number[];
}

const positions: Readonly<Record<string, number>> = {
  ...{ first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, last: -1 },
};
const numbers: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12 },
  ...{ other: 2, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, sixth: 6, '6th': 6 },
};

const ORDINAL = '(?:first|1st|second|2nd|third|3rd|fourth|4th|last)';
export const NUMBER = `(?:${Object.keys(numbers).join('|')}|\\d{1,3})`;
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?)';
export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const MONTHS = `${MONTH}(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+|\\s*&\\s*)${MONTH}(?![\\p{L}]))*`;
const EVERY = '(?:every|each)';
const WORKDAY = '(?:working|business|week)[\\s-]*day';

export const wordPattern = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'iu');

const weekdayOf = (word: string): string =>
  weekdayCodes.find((code) => code.toLowerCase() === word.slice(0, 2).toLowerCase()) ?? 'MO';
export const monthOf = (word: string): number =>
  monthNames.findIndex((name) => name.toLowerCase().startsWith(word.slice(0, 3).toLowerCase())) + 1;
export const numberOf = (word: string): number => numbers[word.toLowerCase()] ?? Number(word);

export const refuseRule = (sentence: string): Refusal => new Refusal('no-rule', sentence, 'repeats');

export const SAY_RULE =
  "Say it like 'every two weeks', 'second Thursday of every month' or 'last Friday of March, June, September and December'.";
const tooOften = (): Refusal =>
  refuseRule(`A series of meetings comes once a week at most. ${SAY_RULE} For more, schedule another series.`);

/** @throws Refusal for days that not every month has: those months would be left out */
const monthDay = (day: number): number => {
  if (day >= 1 && day <= 28) return day;
  if (day > 31 || day < 1) throw refuseRule(`No month has a ${nth(day)}. Say a day up to the 28th.`);
  throw refuseRule(
    `Not every month has a ${nth(day)}, and those without one would be left out. Say 'the last day of every month', or a day up to the 28th.`,
  );
};

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @throws Refusal for a day that this month does not have every year */
const dayOfMonth = (day: number, month: number): number => {
  if (day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0)) return day;
  throw refuseRule(
    `There is no ${nth(day)} of ${monthNames[month - 1]} every year, and years without one would be left out. Say 'the last day of ${monthNames[month - 1]} every year', or another day.`,
  );
};

const onDay = (ordinal: string, day: string): Pick<Pattern, 'byDay' | 'byMonthDay' | 'bySetPos'> => {
  const at = positions[ordinal.toLowerCase()] ?? 1;
  if (/^day$/iu.test(day)) return { byMonthDay: at };
  if (/day$/iu.test(day) && new RegExp(`^${WORKDAY}$`, 'iu').test(day)) return { byDay: WORKDAYS, bySetPos: at };
  return { byDay: `${at}${weekdayOf(day)}` };
};

const units: Readonly<Record<string, Pick<Pattern, 'freq' | 'interval'>>> = {
  week: { freq: 'WEEKLY', interval: 1 },
  fortnight: { freq: 'WEEKLY', interval: 2 },
  month: { freq: 'MONTHLY', interval: 1 },
  quarter: { freq: 'MONTHLY', interval: 3 },
  year: { freq: 'YEARLY', interval: 1 },
};

const adverbs: Readonly<Record<string, Pick<Pattern, 'freq' | 'interval'>>> = {
  ...{ weekly: { freq: 'WEEKLY', interval: 1 }, fortnightly: { freq: 'WEEKLY', interval: 2 } },
  ...{ biweekly: { freq: 'WEEKLY', interval: 2 }, 'bi-weekly': { freq: 'WEEKLY', interval: 2 } },
  ...{ monthly: { freq: 'MONTHLY', interval: 1 }, quarterly: { freq: 'MONTHLY', interval: 3 } },
  ...{ yearly: { freq: 'YEARLY', interval: 1 }, annually: { freq: 'YEARLY', interval: 1 } },
};

const LONGEST_INTERVAL = 52;

const times = (unit: Pick<Pattern, 'freq' | 'interval'>, by: string | undefined) => {
  const interval = unit.interval * (by === undefined ? 1 : numberOf(by));
  if (interval < 1 || interval > LONGEST_INTERVAL) throw refuseRule(`Nobody can wait that long. ${SAY_RULE}`);
  return { ...unit, interval };
};

const monthly = { freq: 'MONTHLY', interval: 1 } as const;

type Reader = readonly [RegExp, (groups: readonly string[]) => Pattern | undefined];

/** Groups that did not take part are ''. The first that is found says it; what is longer therefore stands first. */
const readers: readonly Reader[] = [
  [
    wordPattern(
      `${EVERY}\\s+(?:day|${WORKDAY}|morning|hour)s?|daily|hourly|(?:twice|\\w+ times) (?:a|per) (?:week|day|month)`,
    ),
    () => {
      throw tooOften();
    },
  ],
  [
    wordPattern(
      `(?:on\\s+)?(?:the\\s+|(${EVERY})\\s+)?(${ORDINAL})\\s+(day|${WORKDAY}|${WEEKDAY})\\s+(?:of|in)\\s+(?:the\\s+|${EVERY}\\s+)?(?:(?:(${NUMBER})\\s+)?(month|quarter|year)s?|(${MONTHS})(?:,?\\s+(${EVERY}\\s+year))?)`,
    ),
    ([each = '', ordinal = '', day = '', by = '', unit = '', months = '', yearly = '']) => {
      const on = onDay(ordinal, day);
      if (months === '') return { ...times(units[unit.toLowerCase()] ?? monthly, by || undefined), ...on };
      const list = months.match(new RegExp(MONTH, 'giu')) ?? [];
      // 'Second Thursday of March' may be one day.
      if (list.length === 1 && each === '' && yearly === '') return undefined;
      return { freq: 'YEARLY', interval: 1, ...on, byMonth: [...new Set(list.map(monthOf))].sort((a, b) => a - b) };
    },
  ],
  [
    wordPattern(`${EVERY}\\s+(${ORDINAL})\\s+(day|${WORKDAY}|${WEEKDAY})`),
    ([ordinal = '', day = '']) => {
      if (/^(?:first|1st|last)$/iu.test(ordinal)) return { ...monthly, ...onDay(ordinal, day) };
      throw refuseRule(
        `'${ordinal} ${day}' can be read in two ways. Say 'every ${numberOf(ordinal)} weeks on ${day}', or '${ordinal} ${day} of every month'.`,
      );
    },
  ],
  [
    wordPattern(
      `${EVERY}\\s+(\\d{1,2})(?:st|nd|rd|th)(?:\\s+(?:day\\s+)?of\\s+(?:the|${EVERY})\\s+month)?|(?:on\\s+)?(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)\\s+(?:day\\s+)?of\\s+${EVERY}\\s+month`,
    ),
    ([one = '', other = '']) => ({ ...monthly, byMonthDay: monthDay(Number(one || other)) }),
  ],
  [
    wordPattern(
      `(?:${EVERY}\\s+(?:(${NUMBER})\\s+)?(week|fortnight|month|quarter|year)s?|(${Object.keys(adverbs).join('|')}))(?:\\s*,?\\s+on\\s+(?:the\\s+)?(?:(${ORDINAL})\\s+(day|${WORKDAY}|${WEEKDAY})|(${WEEKDAY})|(\\d{1,2})(?:st|nd|rd|th)))?`,
    ),
    ([by = '', unit = '', adverb = '', ordinal = '', day = '', weekday = '', date = '']) => {
      const every = adverbs[adverb.toLowerCase()] ?? times(units[unit.toLowerCase()] ?? monthly, by || undefined);
      const weekly = every.freq === 'WEEKLY';
      if (weekly ? ordinal !== '' || date !== '' : weekday !== '')
        throw refuseRule(`That goes not together. ${SAY_RULE}`);
      if (ordinal !== '') return { ...every, ...onDay(ordinal, day) };
      if (date !== '') return { ...every, byMonthDay: monthDay(Number(date)) };
      return weekday === '' ? every : { ...every, byDay: weekdayOf(weekday) };
    },
  ],
  [
    wordPattern(`${EVERY}\\s+${WEEKDAY}(?:\\s*(?:,|and|&)\\s*(?:and\\s+)?${WEEKDAY})+`),
    () => {
      throw tooOften();
    },
  ],
  [
    wordPattern(`${EVERY}\\s+(other\\s+)?(${WEEKDAY})`),
    ([other = '', day = '']) => ({ freq: 'WEEKLY', interval: other === '' ? 1 : 2, byDay: weekdayOf(day) }),
  ],
  [
    wordPattern(
      `${EVERY}\\s+(?:(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTH})|(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?)`,
    ),
    ([day = '', month = '', before = '', after = '']) => {
      const byMonth = monthOf(month || before);
      return { freq: 'YEARLY', interval: 1, byMonth: [byMonth], byMonthDay: dayOfMonth(Number(day || after), byMonth) };
    },
  ],
];

/** What the first pattern that a text has says, and where it stands. @throws Refusal for one that cannot be kept */
export const findPattern = (text: string): { readonly pattern: Pattern; readonly said: string } | undefined => {
  for (const [words, read] of readers) {
    const found = words.exec(text);
    const pattern = found && read([...found].slice(1).map((group) => group ?? ''));
    if (pattern) return { pattern, said: found[0] };
  }
  if (wordPattern(EVERY).test(text)) throw refuseRule(`Entente cannot read how often that is. ${SAY_RULE}`);
  return undefined;
};
