/* How a committee prepares: what is due how long before a meeting. Pure. */
import { dayOf, daysAfter } from '../../core/days.js';
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

/**
 * 21 days before: call for topics. 10: papers and questions are due, and those with a vote are asked where they stand.
 * 5: each company prepares by itself. 1: the final brief. An hour: link and agenda.
 */
export const usualPlan: Plan = { topics: 21, papers: 10, positions: 10, internal: 5, brief: 1, hour: 60 };

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
