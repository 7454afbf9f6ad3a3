/*
 * When the steps of a meeting's preparation come, and until when each is of use. Pure.
 *
 * A step comes at nine where the meeting is, on a day on which all companies work. One whose time has passed before
 * anybody planned the meeting, or while Entente was down, comes at the next time that fits, as long as it is of use.
 * After a move the new date counts: a step that is to come by it comes, also one that was done for the old date, and one
 * that is over by it is done only if it never was. Nobody is told twice of one step on one day.
 */
import { dayOf, daysAfter, momentOf } from '../../core/days.js';
import type { Day, Instant, Zone } from '../../core/ids.js';
import { type Holidays, isWorkday, workdayFrom } from '../../core/workdays.js';
import { type DayStep, daySteps, type Plan, stepOn } from './plan-rules.js';
import { endsAt, type Meeting } from './rules.js';

export type Step = DayStep | 'hour' | 'end';

export const steps: readonly Step[] = [...daySteps, 'hour', 'end'];

export const isDayStep = (step: Step): step is DayStep => step !== 'hour' && step !== 'end';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of the chair, before they are asked whether it is over. */
const PATIENCE_MS = 15 * MINUTE_MS;
/** From then on nobody knows any more; until then the record lacks a meeting, so that a week's silence is made up for. */
const FORGOTTEN_MS = 14 * DAY_MS;
const MORNING = '09:00';
const EVENING = '18:00';

/** When a step comes by the plan, whatever time it is now. */
export interface Due {
  readonly at: Instant;
  /** Past it the step is of no use any more. */
  readonly until: Instant;
}

type Timed = Pick<Meeting, 'startsAt' | 'zone' | 'minutes' | 'openedAt'>;

const morningOf = (day: Day, zone: Zone): Instant => momentOf(`${day}T${MORNING}`, zone);

/**
 * Topics are called for until papers are due, and companies prepare by themselves until the final brief; a day at least,
 * where holidays move both to one day. The others serve until the meeting begins.
 */
const enders: Readonly<Record<DayStep, readonly DayStep[]>> = {
  topics: ['papers', 'positions', 'internal', 'brief'],
  papers: [],
  positions: [],
  internal: ['brief'],
  brief: [],
};

export const dueSteps = (plan: Plan, meeting: Timed, holidays: Holidays): ReadonlyMap<Step, Due> => {
  const { startsAt, zone } = meeting;
  const morning = new Map<DayStep, Instant>();
  for (const step of daySteps) {
    const on = stepOn(step, plan, meeting, holidays);
    if (on !== undefined) morning.set(step, morningOf(on, zone));
  }
  const due = new Map<Step, Due>();
  for (const [step, at] of morning) {
    const ends = enders[step].flatMap((one) => morning.get(one) ?? [])[0] ?? startsAt;
    due.set(step, { at, until: Math.min(startsAt, Math.max(ends, at + DAY_MS)) });
  }
  if (plan.hour !== null) due.set('hour', { at: startsAt - plan.hour * MINUTE_MS, until: startsAt });
  // A meeting that was opened late also ends late.
  const ends = Math.max(endsAt(meeting), (meeting.openedAt ?? 0) + meeting.minutes * MINUTE_MS);
  due.set('end', { at: ends + PATIENCE_MS, until: ends + FORGOTTEN_MS });
  return due;
};

/** A card may come into a channel at any hour of a working day; people are written to within its hours. */
const isTimely = (step: DayStep, zone: Zone, holidays: Holidays, now: Instant): boolean => {
  const today = dayOf(now, zone);
  if (!isWorkday(today, holidays)) return false;
  return step !== 'internal' || (now >= morningOf(today, zone) && now < momentOf(`${today}T${EVENING}`, zone));
};

/**
 * When a step is to be done, seen from now: when it is due; if that is past, now; or, where nobody works just now, in the
 * next morning on which they do, if that is not too late.
 */
export const ringsAt = (
  step: Step,
  { at, until }: Due,
  { zone, now, holidays }: { readonly zone: Zone; readonly now: Instant; readonly holidays: Holidays },
): Instant => {
  if (at > now) return at;
  if (!isDayStep(step) || isTimely(step, zone, holidays, now)) return now;
  const today = dayOf(now, zone);
  const from = now < morningOf(today, zone) ? today : daysAfter(today, 1);
  const next = morningOf(workdayFrom(from, holidays), zone);
  return next < until ? next : now;
};

/** True of a step that was done on `doneOn`, for the date that the meeting has or for a later one. */
export const isDone = (doneOn: Day | undefined, { at }: Due, zone: Zone): boolean =>
  doneOn !== undefined && doneOn >= dayOf(at, zone);

/** True of a step that was done, and by the date that a meeting has now is not to come again. */
export const staysDone = (doneOn: Day | undefined, due: Due, zone: Zone, now: Instant): boolean =>
  doneOn !== undefined && (due.at <= now || isDone(doneOn, due, zone));

/** Those whose time has come, in their order. */
export const reached = (due: ReadonlyMap<Step, Due>, now: Instant): readonly DayStep[] =>
  daySteps.filter((step) => (due.get(step)?.at ?? Number.POSITIVE_INFINITY) <= now);
