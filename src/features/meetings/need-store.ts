/* Whether a meeting needs to happen: one that decides nothing is asked about from when its papers are due. */
import type { Audience, Read } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import { chainOf, listHistory } from '../../core/history.js';
import type { Day } from '../../core/ids.js';
import type { Holidays } from '../../core/workdays.js';
import { type Item, lacksDecision } from './agenda-rules.js';
import { jointHolidays } from './countdown-store.js';
import { stepOn, usualPlan } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import type { Meeting } from './rules.js';
import { subjectOf } from './views.js';

export const KEPT = 'kept';

export const holidaysOf = ({ directory }: Read, { alliance }: Audience): Promise<Holidays> =>
  jointHolidays({ directory, alliance });

/** The day on which papers are due; also of a committee that goes without the reminder. */
export const papersOn = async (meeting: Meeting, read: Read, holidays: Holidays): Promise<Day> => {
  const plan = await getPlan(read.db, meeting.committee);
  const papers = plan.papers ?? usualPlan.papers;
  return stepOn('papers', { ...plan, papers }, meeting, holidays) ?? dayOf(read.now, meeting.zone);
};

/** True once somebody who runs the committee has said that it takes place all the same. */
export const isKept = async ({ db }: Pick<Read, 'db'>, { id }: Meeting, { alliance }: Audience): Promise<boolean> =>
  (await listHistory(db, chainOf(alliance), subjectOf(id))).some(({ verb }) => verb === KEPT);

/** The day from which a meeting without a question to decide is asked about; none where it is not, or not any more. */
export const doubtedOn = async (
  meeting: Meeting,
  items: readonly Item[],
  read: Read,
  audience: Audience,
  holidays?: Holidays,
): Promise<Day | undefined> => {
  if (meeting.status !== 'planned' || read.now >= meeting.startsAt || !lacksDecision(items)) return undefined;
  const on = await papersOn(meeting, read, holidays ?? (await holidaysOf(read, audience)));
  if (dayOf(read.now, meeting.zone) < on || (await isKept(read, meeting, audience))) return undefined;
  return on;
};
