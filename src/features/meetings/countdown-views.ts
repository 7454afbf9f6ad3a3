/* Where a meeting's preparation is, on its card. */

import { dayOf } from '../../core/days.js';
import type { Day, Instant, Zone } from '../../core/ids.js';
import { listNames } from '../../core/sentences.js';
import type { Span, Text } from '../../core/view.js';
import { type Item, isOnAgenda } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { type Due, reached, type Step } from './countdown-rules.js';
import { getCountdown } from './countdown-store.js';
import { type DayStep, daySteps } from './plan-rules.js';
import type { DrawPart } from './views.js';

interface Seen {
  readonly due: ReadonlyMap<Step, Due>;
  readonly zone: Zone;
  readonly now: Instant;
  /** The day of the meeting. */
  readonly on: Day;
}

const dayFor = (step: DayStep, { due, zone }: Seen): Day | undefined => {
  const when = due.get(step);
  return when && dayOf(when.at, zone);
};

/** The day of the first of these that the plan has, else that of the meeting. */
const untilDay = (steps: readonly DayStep[], seen: Seen): Span => ({
  day: steps.flatMap((step) => dayFor(step, seen) ?? [])[0] ?? seen.on,
});

/** Papers and positions may be asked for on one day, and are due on two. */
const dueText = (step: 'papers' | 'positions', seen: Seen): Text => {
  const papersOn = dayFor('papers', seen);
  const papers: Text =
    papersOn !== undefined && (step === 'papers' || papersOn === dayFor('positions', seen))
      ? ['Papers and questions due ', { day: papersOn }]
      : [];
  if (step === 'papers') return papers;
  const start = papers.length > 0 ? ', positions due ' : 'Positions due ';
  return [...papers, start, untilDay(['internal', 'brief'], seen)];
};

const kindWords = {
  decision: 'for decision',
  discussion: 'for discussion',
  information: 'to read beforehand',
} as const;

/** '3 for decision and 1 to read beforehand, 70 of 90 minutes' */
const agendaText = (items: readonly Item[], minutes: number): string => {
  const counts = (['decision', 'discussion', 'information'] as const).flatMap((kind) => {
    const count = items.filter((item) => item.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kindWords[kind]}`];
  });
  if (counts.length === 0) return 'nothing on the agenda yet';
  const sum = items.reduce((all, item) => all + item.minutes, 0);
  return `${listNames(counts)}, ${sum} of ${minutes} minutes`;
};

const stageText = (step: DayStep, seen: Seen, agenda: string): Text => {
  switch (step) {
    case 'topics':
      return ['Call for topics until ', untilDay(['papers', 'positions', 'internal', 'brief'], seen)];
    case 'papers':
    case 'positions':
      return dueText(step, seen);
    case 'internal':
      return ['Each company prepares by itself until ', untilDay(['brief'], seen)];
    case 'brief':
      return `Final brief: ${agenda}`;
    default:
      return step satisfies never;
  }
};

/** What is done just now, or will be first. */
export const preparationText = (seen: Seen, agenda: string): Text | undefined => {
  const at = reached(seen.due, seen.now).at(-1);
  if (at !== undefined) return stageText(at, seen, agenda);
  const first = daySteps.find((step) => seen.due.has(step));
  return first && ['Begins ', untilDay([first], seen)];
};

export const countdownPart: DrawPart = async (meeting, { read, audience }) => {
  const { due } = await getCountdown(meeting, read);
  const { zone, startsAt, minutes } = meeting;
  const items = (await listItems(read.db, meeting.id, audience)).filter(isOnAgenda);
  const seen = { due, zone, now: read.now, on: dayOf(startsAt, zone) };
  const text = preparationText(seen, agendaText(items, minutes));
  return text === undefined ? {} : { facts: [{ label: 'Preparation', text }] };
};
