/* How a committee prepares, in words and as a form. */
import type { Committee, Partner } from '../../core/context.js';
import type { CommitteeId, Day, Instant, Zone } from '../../core/ids.js';
import { audienceLine, namesOf } from '../../core/sentences.js';
import type { Button, Field, FormView, ListItem, ListView, NoticeView, Span } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { beforeWords, type Plan, type PlanStep, planMark, planSteps, stepWords } from './plan-rules.js';
import { planSubject, type SubjectKind } from './views.js';

export interface PlanAround {
  readonly committee: Committee;
  readonly partners: readonly Partner[];
  /** Of the next meeting: its label, and the day of each step. */
  readonly next?: { readonly label: string; readonly days: ReadonlyMap<PlanStep, Day> };
  /** Who changed it last, and when. */
  readonly changed?: { readonly who: string; readonly at: Instant; readonly zone: Zone };
}

const whatComes: Readonly<Record<PlanStep, string>> = {
  topics: 'The preparation card comes into the committee’s channels',
  papers: 'The card says so, and those who owe a paper or a question are reminded',
  positions: 'Those with a vote are asked, and only their own company reads the answers',
  internal: 'Each company is told in its own lane',
  brief: 'The card says what is to be decided, and what is missing',
  hour: 'A direct message to each of those who come or have not answered',
};

const itemOf = (step: PlanStep, plan: Plan, next: PlanAround['next']): ListItem => {
  const count = plan[step];
  const title = `${beforeWords(step, count)}: ${stepWords[step].called}`;
  if (count === null) return { title };
  const day = next?.days.get(step);
  const spans: readonly Span[] = day === undefined ? [] : [`. For ${next?.label}: `, { day }];
  return { title, text: [whatComes[step], ...spans, '.'] };
};

const changeButton = ({ id }: Committee): Button => ({
  id: 'meetings.ask-plan',
  label: 'Change',
  subject: planSubject(id),
  opensWindow: true,
});

const changedText = ({ changed }: PlanAround): readonly Span[] =>
  changed ? [` Changed by ${changed.who}, `, { moment: changed.at, zone: changed.zone }, '.'] : [];

export const planView = (plan: Plan, around: PlanAround): ListView => ({
  kind: 'list',
  title: `How the ${around.committee.key} prepares`,
  intro: [
    'Counted back from each meeting to a day on which all companies work, at 09:00 where the meeting is.',
    ...changedText(around),
  ],
  items: planSteps.map((step) => itemOf(step, plan, around.next)),
  empty: 'Nothing.',
  buttons: [changeButton(around.committee)],
});

const fieldOf = (step: PlanStep, plan: Plan): Field => ({
  ...{ kind: 'text', lines: 'one', max: 20 },
  name: step,
  label: `${stepWords[step].label}, ${step === 'hour' ? 'minutes' : 'days'} before`,
  hint: `From ${stepWords[step].least} to ${stepWords[step].most}, or 'never'`,
  value: `${plan[step] ?? 'never'}`,
});

export const planForm = (plan: Plan, { id }: Committee, partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'meetings.plan',
  title: 'Preparation plan',
  submit: 'Save',
  audience: audienceLine(SHARED, partners),
  subject: planSubject(id),
  carry: { seen: planMark(plan) },
  fields: planSteps.map((step) => fieldOf(step, plan)),
});

const undoButton = ({ id }: Committee): Button => ({
  id: 'meetings.undo-plan',
  label: 'Undo',
  subject: planSubject(id),
});

export const changedNotice = ({ committee, partners }: PlanAround, planned: number): NoticeView => {
  const meetings = planned === 1 ? 'its planned meeting goes' : `its ${planned} planned meetings go`;
  return {
    kind: 'notice',
    text: `The plan of the ${committee.key} is changed for ${namesOf(partners)}${planned > 0 ? `, and ${meetings} by it from now on` : ''}.`,
    buttons: [undoButton(committee)],
  };
};

/** No card; known so that its buttons are about a committee. */
export const planKind: SubjectKind = {
  about: async (id, read, { alliance }) => {
    const committee = await read.directory.committee(id as CommitteeId);
    return committee?.alliance === alliance ? { committee: committee.id } : undefined;
  },
};
