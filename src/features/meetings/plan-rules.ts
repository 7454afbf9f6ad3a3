/* How a committee prepares: what is due how long before a meeting. Pure. */
import { dayOf, daysAfter } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Day } from '../../core/ids.js';
import { type Holidays, workdayUntil } from '../../core/workdays.js';
import type { Meeting } from './rules.js';

/** The steps that are days before the meeting, in the order in which they come. */
export const daySteps = ['topics', 'papers', 'positions', 'internal', 'brief'] as const;

export type DayStep = (typeof daySteps)[number];

/** Days before the meeting by step, minutes before it for the last reminder; null for what a committee does without. */
export interface Plan extends Readonly<Record<DayStep, number | null>> {
  readonly hour: number | null;
}

/** What a plan says of: the days, and the last reminder. */
export const planSteps = [...daySteps, 'hour'] as const;

export type PlanStep = (typeof planSteps)[number];

/**
 * 21 days before: call for topics. 10: papers and questions are due, and those with a vote are asked where they stand.
 * 5: each company prepares by itself. 1: the final brief. An hour: link and agenda.
 */
export const usualPlan: Plan = { topics: 21, papers: 10, positions: 10, internal: 5, brief: 1, hour: 60 };

interface StepWords {
  /** In a list after '21 days before:', and in sentences. */
  readonly called: string;
  /** Beside its field. */
  readonly label: string;
  readonly least: number;
  readonly most: number;
}

export const stepWords: Readonly<Record<PlanStep, StepWords>> = {
  topics: { called: 'call for topics', label: 'Call for topics', least: 2, most: 120 },
  papers: { called: 'papers and questions are due', label: 'Papers and questions due', least: 1, most: 90 },
  positions: { called: 'those with a vote say where they stand', label: 'Positions asked', least: 1, most: 90 },
  internal: { called: 'each company prepares by itself', label: 'Internal preparation', least: 1, most: 60 },
  brief: { called: 'the final brief', label: 'Final brief', least: 1, most: 14 },
  hour: { called: 'link and agenda, to those who come', label: 'Link and agenda', least: 5, most: 720 },
};

/** The day of a meeting in its own zone. */
export const meetingOn = ({ startsAt, zone }: Pick<Meeting, 'startsAt' | 'zone'>): Day => dayOf(startsAt, zone);

/**
 * The day on which a step begins, or none where the plan goes without it: a working day of those whose holidays these
 * are, so many days before the meeting or the last one before that.
 */
export const stepOn = (
  step: DayStep,
  plan: Plan,
  meeting: Pick<Meeting, 'startsAt' | 'zone'>,
  holidays: Holidays,
): Day | undefined => {
  const before = plan[step];
  return before === null ? undefined : workdayUntil(daysAfter(meetingOn(meeting), -before), holidays);
};

const NEVER = /^(?:never|none|no|-)?$/iu;
const COUNT = /^(\d{1,4})\s*(?:d|days?|m|min|minutes?)?(?:\s+before)?$/iu;

const unitOf = (step: PlanStep): string => (step === 'hour' ? 'minutes' : 'days');

const readCount = (step: PlanStep, said: string): number | null => {
  const text = said.trim();
  if (NEVER.test(text)) return null;
  const { label, least, most } = stepWords[step];
  const [, digits] = COUNT.exec(text) ?? [];
  const count = Number(digits);
  if (digits !== undefined && count >= least && count <= most) return count;
  throw new Refusal(
    'plan-count',
    `${label}: say a number of ${unitOf(step)} before the meeting from ${least} to ${most}, or 'never'.`,
    step,
  );
};

/** Those that two steps must lie a day apart for: papers can be due on the day on which positions are asked. */
const mayCoincide = new Set<DayStep>(['positions']);

/** @throws Refusal where a step would come before the one that it follows */
export const checkOrder = (plan: Plan): void => {
  let before: DayStep | undefined;
  for (const step of daySteps) {
    const days = plan[step];
    if (days === null) continue;
    const most = before === undefined ? days : (plan[before] ?? days) - (mayCoincide.has(step) ? 0 : 1);
    if (before !== undefined && days > most)
      throw new Refusal(
        'plan-order',
        most < stepWords[step].least
          ? `${stepWords[step].label}: there is no day left after '${stepWords[before].label}'. Set that earlier, or say 'never' here.`
          : `${stepWords[step].label}: this comes after '${stepWords[before].label}', so say ${most} days or fewer, or 'never'.`,
        step,
      );
    before = step;
  }
};

/** A plan as a form brings it: a number for each step, or 'never'. @throws Refusal at the field of the first mistake */
export const readPlan = (values: Readonly<Record<PlanStep, string>>): Plan => {
  const read = Object.fromEntries(planSteps.map((step) => [step, readCount(step, values[step])]));
  const plan: Plan = { ...usualPlan, ...read };
  checkOrder(plan);
  return plan;
};

export const samePlan = (one: Plan, other: Plan): boolean => planSteps.every((step) => one[step] === other[step]);

/** '21 10 10 5 1 60': what somebody saw when they began to change it. */
export const planMark = (plan: Plan): string => planSteps.map((step) => plan[step] ?? '-').join(' ');

/** '21 days before', 'An hour before', 'Never' */
export const beforeWords = (step: PlanStep, count: number | null): string => {
  if (count === null) return 'Never';
  if (step === 'hour') return count === 60 ? 'An hour before' : `${count} minutes before`;
  return count === 1 ? 'The day before' : `${count} days before`;
};
