/*
 * An action as people say it: '@Ben Ito Send the revised protocol by Friday', in any order.
 */
import { daysAfter, dayText } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { FindDays, FoundDay } from '../../core/found-days.js';
import type { Day } from '../../core/ids.js';
import { cut } from '../../core/sentences.js';
import { DAY_EXAMPLES } from './rules.js';

/** Stands for whoever was named, while the words around them are read. */
export const NAMED = '\uE000';

export interface SpokenDue {
  readonly dueOn?: Day;
  /** What is left when the day is taken out. */
  readonly rest: string;
  /** What could not be read as one day, to be told where the day is asked for. */
  readonly unread?: string;
}

const word = (words: string): string => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`;

/** A day after one of these is the one it is due on, wherever it stands. */
const DUE =
  "by|before|no later than|not later than|at the latest|latest|due(?: on| by)?|deadline|bis|bis zum|spätestens(?: am)?|d['’]ici|avant|au plus tard|antes del?|para|hasta|até|uiterlijk(?: op)?|voor|vóór|entro|per|senast|före|до";
/** These stand before a day that is due as well as before others: it counts at the end of what was said only. */
const PLAIN = 'on|for|at|am|le|el|il|op|den';
const ARTICLE = "(?:the|le|l['’]|el|la|il|o|a|am|zum|op|den)?";

const DUE_BEFORE = new RegExp(`(?:${word(DUE)}|(?:^|\\s)d['’]ici)\\s*:?\\s*${ARTICLE}\\s*$`, 'iu');
const PLAIN_BEFORE = new RegExp(`${word(PLAIN)}\\s*${ARTICLE}\\s*$`, 'iu');
/** A day after one of these belongs to what will be done: 'the minutes of 12 March', 'extend it until 31 May'. */
const ABOUT_BEFORE = new RegExp(
  `${word('of|from|since|dated|after|until|till|through|to|and|between|vom|seit|von|nach|du|depuis|après|del|de|desde|después de|dal|da|dopo|van|sinds|na')}\\s*${ARTICLE}\\s*$`,
  'iu',
);
const DUE_AFTER = /^\s*(?:までに|まで|at the latest|latest)/u;

const isStart = (text: string): boolean => /^[\s\p{P}\uE000]*$/u.test(text);
const isEnd = isStart;
/** At the beginning a day is due where more than a blank sets it apart: 'Friday: send it', but 'Friday meeting'. */
const isApart = (text: string): boolean => /^\s*(?:[:,;–—-]|\uE000)/u.test(text);

type Strength = 'due' | 'plain' | undefined;

const strengthOf = (text: string, { index, text: said, relative }: FoundDay): Strength => {
  const [head, tail] = [text.slice(0, index), text.slice(index + said.length)];
  if (DUE_BEFORE.test(head) || DUE_AFTER.test(tail)) return 'due';
  if (ABOUT_BEFORE.test(head)) return undefined;
  if (isEnd(tail)) return 'plain';
  const first = isStart(head.replace(PLAIN_BEFORE, ''));
  return first && (relative || isApart(tail)) ? 'plain' : undefined;
};

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const UNITS = 'week|weekend|fortnight|month|quarter|year|sprint|meeting';
/** What means a day, or a time, without being one that can be read. */
const TIMELIKE = new RegExp(
  `^(?:the\\s+)?(?:yesterday|tomorrow|(?:next|this|last|coming|following)\\s+(?:${UNITS}|mon|tue|wed|thu|fri|sat|sun)\\p{L}*|(?:end|middle|mid|beginning|start|early|late)(?:[\\s-]of)?[\\s-](?:the\\s+|next\\s+|this\\s+)?(?:${UNITS}|q[1-4]|${MONTHS}|\\d)[\\p{L}\\d]*|q[1-4]|eo[dwmqy]|(?:a|an|one|two|three|four|\\d+)?\\s*fortnights?|noon|midnight|soon|christmas|easter|(?:${MONTHS})\\p{L}*\\.?(?:\\s+\\d+)?|\\d{1,2}(?:st|nd|rd|th)|\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?(?:${MONTHS})\\p{L}*(?:\\s+\\d+)?|\\d{1,4}[./-]\\d{1,2}(?:[./-]\\d{0,4})?|20\\d\\d)$`,
  'iu',
);
const DATELIKE = new RegExp(
  `(?:^|\\s)(\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?(?:${MONTHS})\\p{L}*(?:\\s+\\d{4})?|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4})[\\s\\p{P}]*$`,
  'iu',
);
/** 'Send it next fortnight'; not 'Agree the budget for next year'. */
const VAGUE_END =
  /(?:^|(?<!\b(?:for|of|from|until|to))\s)((?:in\s+)?(?:the\s+)?(?:next|this|a|two)\s+(?:week|fortnight|month|quarter)s?)[\s\p{P}]*$/iu;
/** Ends where a sentence or a name does; the last one counts. */
const BY_SOMETHING =
  /(?<![\p{L}\p{N}])(?:by|before|no later than|due(?: on| by)?)\s+([^\uE000;!?]{1,60}?)[\s\p{P}]*(?=$|\uE000)/giu;

const unreadable = (said: string): Refusal =>
  new Refusal('no-day', `Entente cannot read '${cut(said, 40)}' as a day. ${DAY_EXAMPLES}`, 'due');

const ambiguous = (said: string): Refusal =>
  new Refusal('two-days', `'${cut(said, 40)}' could be two days. Write the month in letters, such as 5 April.`, 'due');

/** What follows the last 'by' and is no day, if it was meant as one. @throws Refusal */
const checkUnread = (text: string, days: readonly FoundDay[]): void => {
  const flat = text.replace(/[.]+\s*$/u, '');
  for (const found of flat.matchAll(BY_SOMETHING)) {
    const said = (found[1] ?? '').replace(/^.*\b(?:by|before|due)\s+/iu, '').trim();
    const end = found.index + found[0].length;
    const read = days.some(({ index, text: day }) => index < end && index + day.length > found.index);
    if (!read && TIMELIKE.test(said)) throw unreadable(said);
  }
  if (days.length > 0) return;
  const [, said] = DATELIKE.exec(flat) ?? VAGUE_END.exec(flat) ?? [];
  if (said) throw unreadable(said);
};

const without = (text: string, { index, text: said }: FoundDay): string => {
  const head = text.slice(0, index).replace(DUE_BEFORE, ' ').replace(PLAIN_BEFORE, ' ');
  const tail = text.slice(index + said.length).replace(DUE_AFTER, '');
  return `${head} ${tail.replace(/^\s*,(?!\s*\p{L})/u, '')}`;
};

const HINT_MAX = 40;

/** Takes the day it is due on out of what was said. @throws Refusal for what is meant as a day and is none, or two */
export const readDue = (text: string, find: FindDays, today: Day): SpokenDue => {
  const days = find(text);
  const marked = days.map((day) => ({ day, strength: strengthOf(text, day) }));
  const due = marked.filter(({ strength }) => strength === 'due');
  if (due.length === 0) checkUnread(text, days);
  const chosen = due.length > 0 ? due : marked.filter(({ strength }) => strength === 'plain').slice(-1);
  const [only, ...others] = chosen;
  if (!only) return { rest: text };
  if (others.some(({ day }) => day.on !== only.day.on))
    return { rest: text, unread: cut(chosen.map(({ day }) => day.text).join("' and '"), HINT_MAX) };
  if (only.day.ambiguous) throw ambiguous(only.day.text);
  checkSpoken(only.day, today);
  return { dueOn: only.day.on, rest: without(text, only.day) };
};

/** The day that a message speaks of as the one something is due on, if it is one and no other could be meant. */
export const guessDue = (text: string, find: FindDays): Day | undefined => {
  const [only, ...others] = find(text).filter((day) => strengthOf(text, day) === 'due');
  return only && others.length === 0 && !only.ambiguous ? only.on : undefined;
};

/** @throws Refusal for a day that is over, in the words it was said in */
const checkSpoken = ({ on, text }: FoundDay, today: Day): void => {
  if (on >= today) return;
  throw new Refusal(
    'past',
    `'${cut(text, 40)}' is over: it was ${dayText(on)}. Choose a day from today on, such as 'by Friday' or 'by ${dayText(daysAfter(today, 14))}'.`,
    'due',
  );
};

/** A day in a field of its own, with 'by' or without. @throws Refusal unless it is one, and nothing else */
export const readDay = (said: string, find: FindDays, today: Day): Day => {
  const text = said.trim();
  const [found, ...others] = find(text);
  if (!found || others.length > 0) throw unreadable(text);
  if (found.ambiguous) throw ambiguous(found.text);
  if (!isStart(without(text, found))) throw unreadable(text);
  checkSpoken(found, today);
  return found.on;
};
