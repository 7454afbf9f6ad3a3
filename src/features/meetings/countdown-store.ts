/*
 * The alarms of a meeting: one for each step of the plan, one when it should be over. Setting them again moves them, so
 * whoever moves, reopens or plans a meeting calls `armMeeting`, and whoever cancels or closes one `disarmMeeting`. What
 * was done stands in the meeting's history.
 */
import { wantCards } from '../../core/cards.js';
import type { Read, Work } from '../../core/context.js';
import type { AllianceId, Day, Instant } from '../../core/ids.js';
import type { Holidays } from '../../core/workdays.js';
import { type Due, dueSteps, isDayStep, isDone, ringsAt, type Step, staysDone, steps } from './countdown-rules.js';
import type { DayStep } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import type { Meeting } from './rules.js';
import { hourSubject, subjectOf, unclosedSubject } from './views.js';

export type { Step } from './countdown-rules.js';

/** The alarm of a step: its key begins with the kind, as the table of alarms in index.ts has it. */
export const alarmKey = (step: Step, meeting: string): string => `${step}:${meeting}`;

/** Days on which any of the companies does not work. */
export const jointHolidays = async ({
  directory,
  alliance,
}: Pick<Read, 'directory'> & { readonly alliance: AllianceId }): Promise<Holidays> => {
  const joint = new Map<Day, string>();
  for (const partner of await directory.partners(alliance))
    for (const [day, name] of await directory.holidays(partner.id)) joint.set(day, name);
  return joint;
};

/** Where a meeting's countdown stands. */
export interface Countdown {
  readonly due: ReadonlyMap<Step, Due>;
  readonly holidays: Holidays;
}

export const getCountdown = async (meeting: Meeting, read: Read): Promise<Countdown> => {
  const holidays = await jointHolidays({ directory: read.directory, alliance: meeting.alliance });
  return { holidays, due: dueSteps(await getPlan(read.db, meeting.committee), meeting, holidays) };
};

/** What history keeps of a step that was done. Those that tell people directly stand beside the meeting, not in it. */
export const stepVerbs: Readonly<Record<DayStep, string>> = {
  topics: 'preparation-begun',
  papers: 'papers-due',
  positions: 'positions-asked',
  internal: 'companies-prepare',
  brief: 'briefed',
};

/** The last day on which each step was done. */
const doneDays = async (meeting: Pick<Meeting, 'id'>, work: Work): Promise<ReadonlyMap<DayStep, Day>> => {
  const entries = await work.history(subjectOf(meeting.id));
  const days = new Map<DayStep, Day>();
  for (const [step, verb] of Object.entries(stepVerbs)) {
    const on = entries.findLast((entry) => entry.verb === verb)?.detail.on;
    if (typeof on === 'string') days.set(step as DayStep, on);
  }
  return days;
};

/** For which beginnings of a meeting people were told of it, or asked whether it is over. */
export const toldStarts = async (
  kind: 'hour' | 'unclosed',
  meeting: Pick<Meeting, 'id'>,
  work: Work,
): Promise<readonly Instant[]> =>
  (await work.history(subjectOf(`${kind}:${meeting.id}`))).flatMap(({ detail }) =>
    typeof detail.startsAt === 'number' ? [detail.startsAt] : [],
  );

/** True of a step that is not done for this date of the meeting any more: it was, or it is too late. */
const isOver = async (step: Step, meeting: Meeting, due: Due, { work, arming }: Asked): Promise<boolean> => {
  if (work.now >= due.until) return true;
  if (!isDayStep(step))
    return (await toldStarts(step === 'hour' ? 'hour' : 'unclosed', meeting, work)).includes(meeting.startsAt);
  const doneOn = (await doneDays(meeting, work)).get(step);
  return arming ? staysDone(doneOn, due, meeting.zone, work.now) : isDone(doneOn, due, meeting.zone);
};

/** What people were told directly follows a meeting that was moved, cancelled or closed. */
export const redrawTold = async (meeting: Pick<Meeting, 'id'>, work: Work): Promise<void> => {
  for (const startsAt of new Set(await toldStarts('hour', meeting, work)))
    await wantCards(work.db, hourSubject(meeting.id, startsAt), work.now);
  for (const startsAt of new Set(await toldStarts('unclosed', meeting, work)))
    await wantCards(work.db, unclosedSubject(meeting.id, startsAt), work.now);
};

const comes = (step: Step, { status }: Meeting): boolean =>
  status === 'planned' || (status === 'open' && step === 'end');

interface Asked {
  readonly work: Work;
  /** Set while alarms are set, by which a step that was done may come again; see countdown-rules.ts. */
  readonly arming?: true;
}

/** When a step is to be done as things stand; none where it is over, or where the plan goes without it. */
export const stepAt = async (
  step: Step,
  meeting: Meeting,
  { due, holidays }: Countdown,
  asked: Asked,
): Promise<(Due & { readonly ringsAt: Instant }) | undefined> => {
  const when = comes(step, meeting) ? due.get(step) : undefined;
  if (!when || (await isOver(step, meeting, when, asked))) return undefined;
  return { ...when, ringsAt: ringsAt(step, when, { zone: meeting.zone, now: asked.work.now, holidays }) };
};

const armStep = async (step: Step, meeting: Meeting, countdown: Countdown, work: Work): Promise<void> => {
  const when = await stepAt(step, meeting, countdown, { work, arming: true });
  if (when) await work.wakeAt(alarmKey(step, meeting.id), when.ringsAt, { until: when.until });
  else await work.cancelWake(alarmKey(step, meeting.id));
};

/** Sets when whoever runs a meeting is asked whether it is over, and nothing else. */
export const armEnd = async (meeting: Meeting, work: Work): Promise<void> => {
  await armStep('end', meeting, await getCountdown(meeting, work), work);
  await redrawTold(meeting, work);
};

/** Sets what is to come of a meeting's alarms, in the place of those that were set; see countdown-rules.ts. */
export const armMeeting = async (meeting: Meeting, work: Work, done: readonly Step[] = []): Promise<void> => {
  const countdown = await getCountdown(meeting, work);
  for (const step of steps)
    if (done.includes(step)) await work.cancelWake(alarmKey(step, meeting.id));
    else await armStep(step, meeting, countdown, work);
  await redrawTold(meeting, work);
};

export const disarmMeeting = async (meeting: Pick<Meeting, 'id'>, work: Work): Promise<void> => {
  for (const step of steps) await work.cancelWake(alarmKey(step, meeting.id));
  await redrawTold(meeting, work);
};
