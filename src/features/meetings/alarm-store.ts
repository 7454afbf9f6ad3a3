/* What the alarms of a meeting do when they ring. Each looks at the meeting as it is by then. */
import type { Read, Work } from '../../core/context.js';
import { dayOf, dayText } from '../../core/days.js';
import { listChannelsOf } from '../../core/directory/channels.js';
import type { PersonId } from '../../core/ids.js';
import type { Step } from './countdown-rules.js';
import { alarmKey, getCountdown, stepAt, stepVerbs } from './countdown-store.js';
import { remindOf } from './hour-store.js';
import { type DayStep, daySteps } from './plan-rules.js';
import type { Meeting } from './rules.js';
import { findMeeting } from './store.js';
import { internalSubject, subjectOf, unclosedSubject } from './views.js';

type Do = (meeting: Meeting, work: Work) => Promise<void>;

/** The one card of the meeting, which says where its preparation is; where it stands already it is drawn anew. */
const showCard: Do = (meeting, work) => work.announce(subjectOf(meeting.id), meeting.committee);

/** Each company in its own lane; where it has none, those who run the alliance for it are told directly. */
const tellCompanies: Do = async (meeting, work) => {
  await showCard(meeting, work);
  const channels = await listChannelsOf(work.db, meeting.committee);
  for (const { id } of await work.directory.partners(work.alliance)) {
    const subject = internalSubject(id, meeting.id);
    // A lane that others can read by now is none.
    if (channels.some(({ partner, internal, shared }) => partner === id && internal && !shared))
      await work.announce(subject, meeting.committee, id);
    else for (const one of await work.directory.professionals(id)) await work.tell(one.id, subject);
  }
};

/** Whoever opened it, else its co-chairs. */
const chairsOf = async ({ openedBy, committee }: Meeting, work: Work): Promise<readonly PersonId[]> => {
  if (openedBy !== undefined && (await work.directory.partnerOf(work.alliance, openedBy))) return [openedBy];
  const seats = await work.directory.seats(committee);
  return seats.filter(({ role }) => role === 'co-chair').map(({ person }) => person);
};

const askChair: Do = async (meeting, work) => {
  const { id, startsAt } = meeting;
  await work.record(subjectOf(`unclosed:${id}`), 'asked', { startsAt });
  for (const person of await chairsOf(meeting, work)) await work.tell(person, unclosedSubject(id, startsAt));
};

const doDayStep =
  (step: DayStep, act: Do): Do =>
  async (meeting, work) => {
    await act(meeting, work);
    await work.record(subjectOf(meeting.id), stepVerbs[step], { on: dayOf(work.now, meeting.zone) });
  };

interface Alarm {
  ring(meeting: string, work: Work): Promise<void>;
  tell(meeting: string, read: Read): Promise<string | undefined>;
}

/** An alarm that rings before its time, as for a meeting that was moved or on a new holiday, is set again. */
const ringing =
  (step: Step, act: Do): Alarm['ring'] =>
  async (id, work) => {
    const meeting = await findMeeting(work.db, id);
    const when = meeting && (await stepAt(step, meeting, await getCountdown(meeting, work), { work }));
    if (!meeting || !when) return;
    if (when.ringsAt <= work.now) await act(meeting, work);
    else await work.wakeAt(alarmKey(step, id), when.ringsAt, { until: when.until });
  };

const telling =
  (word: string): Alarm['tell'] =>
  async (id, read) => {
    const meeting = await findMeeting(read.db, id);
    const committee = meeting && (await read.directory.committee(meeting.committee));
    return committee && `${committee.key} ${dayText(dayOf(meeting.startsAt, meeting.zone))}, ${word}`;
  };

const alarmOf = (step: Step, word: string, act: Do): Alarm => ({ ring: ringing(step, act), tell: telling(word) });

const dayWords: Readonly<Record<DayStep, string>> = {
  topics: 'the call for topics',
  papers: 'that papers and questions are due',
  positions: 'that positions are due',
  internal: 'the call to each company to prepare',
  brief: 'the final brief',
};

const dayAlarms = daySteps.map((step) => {
  const act = doDayStep(step, step === 'internal' ? tellCompanies : showCard);
  return [step, alarmOf(step, dayWords[step], act)] as const;
});

/** By the word before the meeting's id. */
export const countdownAlarms: Readonly<Record<string, Alarm>> = {
  ...Object.fromEntries(dayAlarms),
  hour: alarmOf('hour', 'the reminder just before it', remindOf),
  end: alarmOf('end', 'the question whether it is over', askChair),
};
