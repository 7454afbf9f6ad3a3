import type { HistoryEntry } from '../../core/context.js';
import { daysBetween } from '../../core/days.js';
import type { Waiting } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import type { ListItem, ListView, Span, Text } from '../../core/view.js';
import { reminders, type Workdays } from './reminder-rules.js';
import { type Action, labelOf, statusWords } from './rules.js';
import {
  type Around,
  giversButtons,
  handOverButton,
  ownersButtons,
  ownerText,
  shorten,
  subjectOf,
  titleOf,
} from './views.js';

const inDays = (today: Day, dueOn: Day): string => {
  const days = daysBetween(today, dueOn);
  if (days === 0) return ', today';
  if (days === 1) return ', tomorrow';
  if (days > 0) return `, in ${days} days`;
  return days === -1 ? ', one day over' : `, ${-days} days over`;
};

const dueSpans = ({ dueOn }: Action, today: Day): readonly Span[] => ['Due ', { day: dueOn }, inDays(today, dueOn)];

/** Ends as one, whatever people wrote. */
const asSentence = (text: string): string => `${shorten(text).replace(/[.…]+$/u, '')}.`;

/** Who looks at what waits, and when. */
export interface Looking extends Workdays {
  readonly today: Day;
}

/** For its owner. */
export const ownItem = (action: Action, around: Around, looking: Looking): Waiting => {
  const { status, reason, givenBy, dueOn, id } = action;
  const proposed = status === 'proposed';
  const from = proposed ? `${nameIn(around.names, givenBy)} asks you. ` : '';
  const blocked = status === 'blocked' ? ` Blocked: ${asSentence(reason ?? '')}` : '';
  return {
    ...{ subject: subjectOf(id), dueOn, title: titleOf(action) },
    text: [from, ...dueSpans(action, looking.today), `. For the ${around.committee.key}.${blocked}`],
    remind: proposed ? { from: looking.today } : { on: reminders(action, looking) },
    buttons: ownersButtons(action),
  };
};

/** For whoever gave it to somebody who declined. */
export const declinedItem = (action: Action, around: Around, looking: Looking): Waiting => ({
  ...{ subject: subjectOf(action.id), dueOn: action.dueOn, title: titleOf(action) },
  text: [
    `Declined by ${nameIn(around.names, action.owner)}: ${asSentence(action.reason ?? '')} `,
    ...dueSpans(action, looking.today),
    `. For the ${around.committee.key}.`,
  ],
  remind: { from: looking.today },
  buttons: giversButtons(action),
});

/** For those who run the alliance for the owner's company, once it is two weeks over. */
export const overdueItem = (
  action: Action,
  around: Around,
  looking: Looking & { readonly on: readonly Day[] },
): Waiting => ({
  ...{ subject: subjectOf(action.id), dueOn: action.dueOn, title: titleOf(action) },
  text: [
    `${labelOf(action)} of ${nameIn(around.names, action.owner)} is overdue since `,
    { day: action.dueOn },
    `${inDays(looking.today, action.dueOn)}. For the ${around.committee.key}.`,
  ],
  remind: { on: looking.on },
  buttons: giversButtons(action),
});

/** What keeps its committee from being closed. */
export const openItem = (action: Action, around: Around): ListItem => ({
  title: titleOf(action),
  text: [`${statusWords[action.status]}. ${ownerText(action, around)}, due `, { day: action.dueOn }, '.'],
});

/** What somebody leaves behind. */
export const leftItem = (action: Action): ListItem => ({
  title: titleOf(action),
  text: [`${statusWords[action.status]}, due `, { day: action.dueOn }, '.'],
  buttons: [handOverButton(action)],
});

export const verbWords: Readonly<Record<string, string>> = {
  recorded: 'Recorded',
  accept: 'Accepted',
  decline: 'Declined',
  date: 'Day changed',
  done: 'Done',
  block: 'Blocked',
  unblock: 'Not blocked any more',
  drop: 'Dropped',
  'hand-over': 'Handed over',
  'undo-record': 'Recording undone',
  'undo-accept': 'Acceptance taken back',
  'undo-done': 'Done taken back',
  'undo-drop': 'Dropping taken back',
  imported: 'Imported from a copy',
};

const QUOTE_MAX = 300;

/** What came of it, so that whoever reads the history must not guess. */
const quoted = ({ verb, detail }: HistoryEntry, names: Around['names']): readonly Span[] => {
  const { text, owner, dueOn, dueWas, reason } = detail;
  const who = typeof owner === 'string' ? nameIn(names, owner as never) : '';
  return [
    ...(typeof text === 'string' ? [`: "${shorten(text, QUOTE_MAX)}"`] : []),
    ...(who === '' ? [] : [verb === 'recorded' ? ` for ${who}` : ` to ${who}`]),
    ...(typeof dueOn === 'string' ? [', due ', { day: dueOn }] : []),
    ...(typeof dueWas === 'string' ? [' instead of ', { day: dueWas }] : []),
    ...(typeof reason === 'string' ? [`: ${shorten(reason, QUOTE_MAX)}`] : []),
  ];
};

/** Every change, oldest first, privately. */
export const historyView = (action: Action, entries: readonly HistoryEntry[], around: Around): ListView => ({
  kind: 'list',
  title: `History of ${labelOf(action)}`,
  items: entries.map((entry): { title: string; text: Text } => ({
    title: `${verbWords[entry.verb] ?? entry.verb}${entry.person ? ` by ${nameIn(around.names, entry.person)}` : ''}`,
    text: [{ moment: entry.at, zone: around.zone }, ...quoted(entry, around.names)],
  })),
  empty: 'Nothing has happened yet.',
});
