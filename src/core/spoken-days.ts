/*
 * Days as people write them: 'from 1 Jan until Friday', 'in two weeks', '2027-01-31'.
 */
import * as chrono from 'chrono-node';
import type { Ctx } from './context.js';
import { dayOf, daysAfter, todayOf, yearsAfter } from './days.js';
import type { Day } from './ids.js';

export interface SpokenDays {
  readonly on: Day;
  /** The end of a span: '1 Jan until 31 March'. */
  readonly untilOn?: Day;
  /** How much of the text they are: '1 Jan' of '1 Jan co-chair'. */
  readonly text: string;
}

export interface Reading {
  /** The day it is for whoever speaks. */
  readonly today: Day;
  /** Whether '1 June', said in November, is the coming one or the nearest. */
  readonly meant: 'coming' | 'nearest';
}

const pad = (value: number | null, length: number): string => String(value ?? 0).padStart(length, '0');

export const dayIn = (parts: chrono.ParsedComponents): Day =>
  `${pad(parts.get('year'), 4)}-${pad(parts.get('month'), 2)}-${pad(parts.get('day'), 2)}`;

/** A month or a year alone is no day. */
export const isDay = (parts: chrono.ParsedComponents): boolean => parts.isCertain('day') || parts.isCertain('weekday');

/** Days are written with four digits of the year, and compared so: '5 BC' and 'in 18234 years' would be none. */
export const isInCalendar = ({ start, end }: chrono.ParsedResult): boolean =>
  [start, ...(end ? [end] : [])].every((parts) => {
    const year = parts.get('year');
    return year !== null && year >= 1 && year <= 9999;
  });

/** In '4/5' nobody can tell which of them is the month. */
export const isAmbiguous = (text: string): boolean =>
  [...text.matchAll(/(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})\b(?!-\d)/gu)].some(
    ([, first, second]) => first !== second && Number(first) <= 12 && Number(second) <= 12,
  );

/** Noon, where no clock change can move the day; all in the process's own zone, whatever that is. */
export const noonOf = (day: Day): Date => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
};

/** The days that a text begins with; nothing where it begins with none, or with one that could be another. */
export const readDays = (text: string, { today, meant }: Reading): SpokenDays | undefined => {
  const [found] = chrono.en.GB.parse(text, noonOf(today), { forwardDate: meant === 'coming' });
  if (found?.index !== 0 || isAmbiguous(found.text) || !isInCalendar(found)) return undefined;
  if (!isDay(found.start) || (found.end && !isDay(found.end))) return undefined;
  return { on: dayIn(found.start), ...(found.end && { untilOn: dayIn(found.end) }), text: found.text };
};

/** Without a year a month is the last one, without a week a weekday is. */
const inThePast = (parts: chrono.ParsedComponents, day: Day, today: Day): Day => {
  if (day <= today) return day;
  if (parts.isCertain('weekday') && !parts.isCertain('day')) return daysAfter(day, -7);
  return parts.isCertain('year') ? day : yearsAfter(day, -1);
};

/**
 * The day that a text begins with when it tells since when: 'March', 'last week', '3 June', 'Monday', '2025'. A month or
 * a year alone counts from its first day; what comes counts from its last time.
 */
export const readSince = (text: string, today: Day): Omit<SpokenDays, 'untilOn'> | undefined => {
  const year = /^(?:19|20)\d\d\b(?![-/.]\d)/u.exec(text)?.[0];
  if (year !== undefined) return { on: `${year}-01-01`, text: year };
  const [found] = chrono.en.GB.parse(text, noonOf(today));
  if (found?.index !== 0 || isAmbiguous(found.text) || !isInCalendar(found)) return undefined;
  return { on: inThePast(found.start, dayIn(found.start), today), text: found.text };
};

export type ReadDays = (text: string, meant: Reading['meant']) => SpokenDays | undefined;

/** Reads days in the caller's zone; their 'today' is the alliance's, or what begins in Tokyo today would begin tomorrow. */
export const dayReader = async (ctx: Ctx): Promise<ReadDays> => {
  const today = dayOf(ctx.now, ctx.actor.zone);
  const here = await todayOf(ctx, ctx.alliance);
  return (text, meant) => {
    const days = readDays(text, { today, meant });
    return days && { ...days, on: days.on === today ? here : days.on };
  };
};
