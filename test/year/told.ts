/* What a message told of, in the words in which the model reckons. */
import { type Gathering, meetsOn } from './facts.js';
import type { Heard } from './heard.js';

const DAILY = 'What waits for you';

/** '14 Jan' */
const short = (day: string): string =>
  new Date(`${day}T00:00:00Z`)
    .toLocaleDateString('en-US', { timeZone: 'UTC', day: 'numeric', month: 'short' })
    .split(' ')
    .reverse()
    .join(' ');

const labelOn = (year: readonly Gathering[], day: string, month: string): string => {
  const on = `${day} ${month.slice(0, 3)}`;
  const found = year.find((one) => short(one.on) === on || short(meetsOn(one)) === on);
  return found?.label ?? `a meeting of ${on}`;
};

/** Nothing of a line that only says more of one above it. */
const toldIn = (year: readonly Gathering[], line: string): readonly string[] => {
  const [, day = '', month = '', what] = /JSC · \w+ (\d+) (\w+), [\d:]+: (.*), about /u.exec(line) ?? [];
  if (what !== undefined) return [`${labelOn(year, day, month)} ${what}`];
  const [, needed] = /(M-\d+) .*Does this meeting need to happen/u.exec(line) ?? [];
  if (needed !== undefined) return [`${needed} is it needed`];
  const [, minutes] = /(M-\d+) Minutes/u.exec(line) ?? [];
  if (minutes !== undefined) return [`${minutes} minutes`];
  const [, action] = /A-\d+ Send what came of (M-\d+)/u.exec(line) ?? [];
  if (action !== undefined) return [`${action} action`];
  return /New meetings: JSC/u.test(line) ? ['new'] : [];
};

const linesOf = ({ words }: Heard): readonly string[] => words.split('\n').map((line) => line.replaceAll(/[*_]/gu, ''));

export const isDaily = (heard: Heard): boolean => linesOf(heard)[0] === DAILY;

export const isHour = ({ words }: Heard): boolean => /(?<!\p{L})M-\d+ (?:begins|began) /u.test(words);

const isAsked = (heard: Heard): boolean => /M-\d+: is it over\?/u.test(linesOf(heard)[0] ?? '');

/** What somebody was told of unasked; nothing of an answer to what they did. */
export const toldBy = (heard: Heard, year: readonly Gathering[]): readonly string[] => {
  const called = `${heard.on} ${heard.person}: `;
  const [label] = /M-\d+/u.exec(heard.words) ?? [];
  if (isDaily(heard))
    return [...new Set(linesOf(heard).flatMap((line) => toldIn(year, line)))].map((what) => called + what);
  if (isAsked(heard)) return [`${called}${label} is it over`];
  return isHour(heard) ? [`${called}${label} hour`] : [];
};
