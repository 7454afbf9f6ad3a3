/* When a decision is looked at again: days as people write them. */
import type { Ctx } from '../../core/context.js';
import { todayOf } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Day } from '../../core/ids.js';
import { dayReader, type ReadDays } from '../../core/spoken-days.js';
import { splitReview } from './wording-rules.js';

export const today = (ctx: Ctx): Promise<Day> => todayOf(ctx, ctx.alliance);

const MS_A_DAY = 24 * 60 * 60 * 1_000;

/** How many days a review lies ahead: the next one is set so far ahead again. */
export const reviewDaysTo = (reviewOn: Day, from: Day): number =>
  Math.round((Date.parse(reviewOn) - Date.parse(from)) / MS_A_DAY);

const whole = (read: ReadDays, text: string): Day | undefined => {
  const days = read(text, 'coming');
  return days?.text === text && days.untilOn === undefined ? days.on : undefined;
};

const checkAhead = async (day: Day, ctx: Ctx): Promise<Day> => {
  if (day <= (await today(ctx)))
    throw new Refusal('past-day', 'A review lies ahead. Give a day after today, such as 1 June 2027.', 'review');
  return day;
};

const LONGEST = 60;

const unreadable = (): Refusal =>
  new Refusal('no-day', 'Entente cannot read this day. Write it like 1 June 2027.', 'review');

/** Meant as a day, though it may be none, such as 31 Feb, or one of two, such as 4/5. */
const LIKE_A_DAY = /\d.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,4}[./-]\d{1,2}/iu;

/** A day in a field of its own. @throws Refusal unless it is one that lies ahead, and nothing else */
export const readReviewDay = async (said: string | undefined, ctx: Ctx): Promise<Day | undefined> => {
  const text = (said ?? '').trim().replace(/^on\s+/iu, '');
  if (text === '') return undefined;
  // It may come from elsewhere than from the form, and thousands of days take long to be read.
  const day = text.length <= LONGEST ? whole(await dayReader(ctx), text) : undefined;
  if (day === undefined) throw unreadable();
  return checkAhead(day, ctx);
};

/** Takes '... review on 1 June 2027' off what was said. @throws Refusal for a day that has passed, or is none */
export const takeReview = async (
  said: string,
  ctx: Ctx,
): Promise<{ readonly said: string; readonly reviewOn?: Day }> => {
  const found = splitReview(said);
  const day = found && whole(await dayReader(ctx), found.review);
  if (found && !day && LIKE_A_DAY.test(found.review)) throw unreadable();
  return found && day ? { said: found.said, reviewOn: await checkAhead(day, ctx) } : { said };
};
