import { z } from 'zod';
import type { Absence } from '../../core/context.js';
import { daysAfter, spellDay } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Day } from '../../core/ids.js';
import { nameText } from '../../core/naming.js';
import type { ReadDays, SpokenDays } from '../../core/spoken-days.js';
import { isWorkday } from '../../core/workdays.js';

/** A year, and the day on which it is over. */
const AHEAD_DAYS = 366;
/** What is longer is no day, and takes long to be read. */
const LONGEST_TEXT = 120;
const LONGEST_LIST = 2_000;
/** Of one saying. */
const MOST_HOLIDAYS = 100;

export interface Span {
  readonly fromOn: Day;
  readonly untilOn: Day;
}

const UNTIL = /^(?:(?:until|till|to|through)(?:\s+|$)|[-–]\s*)/iu;
const FROM = /^(?:from|on|starting)\s+/iu;

const unreadable = (text: string, field?: string): Refusal =>
  new Refusal(
    'no-day',
    text === '' || text.length > LONGEST_TEXT
      ? 'Say until when: until 3 June.'
      : `Entente cannot read "${text}" as a day. Write it like 3 June, or 1 Jun to 3 Jun.`,
    field,
  );

/** One day and nothing else. @throws Refusal */
export const readDay = (said: string, read: ReadDays, field?: string): Day => {
  const text = said.trim();
  const days = text.length <= LONGEST_TEXT ? read(text, 'coming') : undefined;
  if (days?.text === text && days.untilOn === undefined) return days.on;
  throw unreadable(text, field);
};

/** 'until 3 June', 'for two weeks', '3 June': the last day. @throws Refusal */
export const readUntil = (said: string, read: ReadDays): Day => {
  const text = said.trim();
  if (/^for\s/iu.test(text)) return daysAfter(readDay(text.replace(/^for\s+/iu, 'in '), read), -1);
  return readDay(text.replace(UNTIL, ''), read);
};

const endsFirst = (): Refusal =>
  new Refusal('ends-first', 'That would end before it begins. Say a later last day.', 'until');

/** The parser turns a span round that ends before it begins, and nobody meant that. @throws Refusal */
const spanOf = (days: SpokenDays, read: ReadDays): Span => {
  const [first = ''] = days.text.split(/\s+(?:to|until|till|through)\s+|\s+[-–]\s+/iu);
  const begin = days.untilOn === undefined ? undefined : read(first, 'coming');
  if (begin && begin.on > days.on) throw endsFirst();
  return { fromOn: days.on, untilOn: days.untilOn ?? days.on };
};

/** 'until 3 June', '1 Jun to 3 Jun', 'tomorrow', 'for two weeks'. @throws Refusal */
export const readSpan = (said: string, read: ReadDays, today: Day): Span => {
  const text = said.trim();
  if (text.length > LONGEST_TEXT) throw unreadable(text);
  if (UNTIL.test(text) || /^for\s/iu.test(text)) return { fromOn: today, untilOn: readUntil(text, read) };
  const begin = read(text.replace(FROM, ''), 'coming');
  if (!begin) throw unreadable(text);
  const rest = text.replace(FROM, '').slice(begin.text.length).trim();
  if (rest === '') return spanOf(begin, read);
  if (begin.untilOn !== undefined || !UNTIL.test(rest)) throw unreadable(text);
  return { fromOn: begin.on, untilOn: readUntil(rest, read) };
};

/** Past days and far ones are slips. @throws Refusal */
export const checkAhead = (day: Day, today: Day, field?: string): void => {
  if (day < today) throw new Refusal('over', `${spellDay(day)} is over. Say a day that is still to come.`, field);
  if (day > daysAfter(today, AHEAD_DAYS))
    throw new Refusal('too-far', `${spellDay(day)} is more than a year away. Say it again nearer to that day.`, field);
};

/** @throws Refusal for days that are over, far away, or the wrong way round */
export const checkSpan = ({ fromOn, untilOn }: Span, today: Day): void => {
  checkAhead(untilOn, today, 'until');
  if (untilOn < fromOn) throw endsFirst();
  checkAhead(fromOn, today, 'from');
};

/** '3 June 2027', '1 June 2027 to 3 June 2027'. */
export const spellSpan = ({ fromOn, untilOn }: Span): string =>
  fromOn === untilOn ? spellDay(fromOn) : `${spellDay(fromOn)} to ${spellDay(untilOn)}`;

export interface Replaced {
  readonly before: readonly Absence[];
  readonly after: readonly Absence[];
}

/** What is left of an absence of somebody who is back today; nothing where it had not begun. */
export const endedBy = (absence: Absence, today: Day): Replaced => ({
  before: [absence],
  after: absence.fromOn < today ? [{ ...absence, untilOn: daysAfter(today, -1) }] : [],
});

const sameAbsence = (a: Absence, b: Absence): boolean =>
  a.fromOn === b.fromOn && a.untilOn === b.untilOn && a.cover === b.cover;

/** @throws Refusal when somebody's absences are not what this change made of them any more */
export const checkUnchanged = ({ before, after }: Replaced, now: readonly Absence[]): void => {
  const still = after.every((one) => now.some((other) => sameAbsence(one, other)));
  const free = before.every(
    (one) => !now.some((other) => other.fromOn === one.fromOn && !after.some((own) => sameAbsence(own, other))),
  );
  if (!still || !free)
    throw new Refusal('changed-since', "This was changed again since. Say 'out' to see how it stands.");
};

const holidayName = nameText('The name of a holiday', 80, 'Give the holiday a name, or leave it out.');

const nameOf = (text: string): string => {
  if (text === '') return 'Holiday';
  const result = holidayName.safeParse(text);
  if (result.success) return result.data;
  throw new Refusal('name', result.error.issues[0]?.message ?? 'Give the holiday another name.');
};

/** Weekends are free anyway. */
const daysOf = ({ fromOn, untilOn }: Span): readonly Day[] => {
  const days: Day[] = [];
  for (let day = fromOn; day <= untilOn && days.length <= MOST_HOLIDAYS; day = daysAfter(day, 1))
    if (fromOn === untilOn || isWorkday(day, new Map())) days.push(day);
  return days;
};

/** '25 Dec, 26 Dec 2026, 1 Jan New Year' and '24 Dec to 2 Jan Company closed', by day. @throws Refusal */
export const readHolidays = (said: string, read: ReadDays, today: Day): ReadonlyMap<Day, string> => {
  if (said.length > LONGEST_LIST)
    throw new Refusal('too-long', 'That is too much at once. Say some of these days first.');
  const found = new Map<Day, string>();
  for (const part of said.split(/[,;\n]/u).map((one) => one.trim())) {
    if (part === '') continue;
    const days = part.length <= LONGEST_TEXT ? read(part, 'coming') : undefined;
    if (!days) throw unreadable(part);
    const rest = part.slice(days.text.length).trim();
    // A last day that is none is no name.
    if (days.untilOn === undefined && /^(?:to|until|till|through)\s|^[-–]\s*\d/iu.test(rest)) throw unreadable(part);
    const span = spanOf(days, read);
    checkSpan(span, today);
    const name = nameOf(rest.replace(/^[\s:–-]+/u, ''));
    for (const day of daysOf(span)) found.set(day, name);
  }
  if (found.size > MOST_HOLIDAYS)
    throw new Refusal('too-many', `That is more than ${MOST_HOLIDAYS} days. Say some of them first.`);
  return found;
};

export const daySchema = z.iso.date('Say this again.');
