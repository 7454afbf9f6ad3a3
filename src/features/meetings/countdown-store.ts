/*
 * The alarms of a meeting: one for each step of the plan, one when it should be over. Setting them again moves them, so
 * whoever moves, reopens or plans a meeting calls `armMeeting`, and whoever cancels or closes one `disarmMeeting`.
 */
import type { Work } from '../../core/context.js';
import { momentOf } from '../../core/days.js';
import type { Day, Instant } from '../../core/ids.js';
import type { Holidays } from '../../core/workdays.js';
import { type DayStep, daySteps, stepOn } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { endsAt, type Meeting } from './rules.js';

export type Step = DayStep | 'hour' | 'end';

const steps: readonly Step[] = [...daySteps, 'hour', 'end'];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of the chair, before they are asked whether it is over. */
const PATIENCE_MS = 15 * MINUTE_MS;
/** From then on nobody needs to be asked. */
const FORGOTTEN_MS = 3 * DAY_MS;
const MORNING = '09:00';

/** The alarm of a step: its key begins with the kind, as the table of alarms in index.ts has it. */
export const alarmKey = (step: Step, meeting: string): string => `${step}:${meeting}`;

/** Days on which any of the companies does not work. */
export const jointHolidays = async ({
  directory,
  alliance,
}: Pick<Work, 'directory' | 'alliance'>): Promise<Holidays> => {
  const joint = new Map<Day, string>();
  for (const partner of await directory.partners(alliance))
    for (const [day, name] of await directory.holidays(partner.id)) joint.set(day, name);
  return joint;
};

interface Due {
  readonly at: Instant;
  /** Past it the alarm is of no use any more. */
  readonly until: Instant;
}

const dueOf = async (meeting: Meeting, work: Work): Promise<ReadonlyMap<Step, Due>> => {
  const plan = await getPlan(work.db, meeting.committee);
  const holidays = await jointHolidays(work);
  const { startsAt, zone } = meeting;
  const due = new Map<Step, Due>();
  for (const step of daySteps) {
    const on = stepOn(step, plan, meeting, holidays);
    // What would have been before now is done at once: there is still time until the meeting.
    if (on !== undefined)
      due.set(step, { at: Math.max(momentOf(`${on}T${MORNING}`, zone), work.now), until: startsAt });
  }
  if (plan.hour !== null)
    due.set('hour', { at: Math.max(startsAt - plan.hour * MINUTE_MS, work.now), until: startsAt });
  due.set('end', { at: endsAt(meeting) + PATIENCE_MS, until: endsAt(meeting) + FORGOTTEN_MS });
  return due;
};

/** Sets what is to come of a meeting's alarms, in the place of those that were set; steps that were done are not redone. */
export const armMeeting = async (meeting: Meeting, work: Work, done: readonly Step[] = []): Promise<void> => {
  const due = await dueOf(meeting, work);
  for (const step of steps) {
    const when = done.includes(step) ? undefined : due.get(step);
    const over = when === undefined || (step !== 'end' && work.now >= when.until);
    if (over) await work.cancelWake(alarmKey(step, meeting.id));
    else await work.wakeAt(alarmKey(step, meeting.id), when.at, { until: when.until });
  }
};

export const disarmMeeting = async (meeting: Pick<Meeting, 'id'>, work: Work): Promise<void> => {
  for (const step of steps) await work.cancelWake(alarmKey(step, meeting.id));
};
