import type { Audience, Committee, Partner, Read } from '../../core/context.js';
import type { PersonId, Zone } from '../../core/ids.js';
import { originLabel } from '../../core/origins.js';
import { concerned, cut, nameIn, seenLine } from '../../core/sentences.js';
import type { Button, Fact, NoticeView, RecordView, Span, Subject, Text } from '../../core/view.js';
import { type Action, isLive, labelOf, partnerNamed, statusWords } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'actions', id });

const TITLE_MAX = 120;

/** On one line of a title, at most so many characters. */
export const shorten = (text: string, max = TITLE_MAX): string => {
  const line = text.replace(/\s+/gu, ' ');
  return [...line].length <= max ? line : `${cut(line, max - 1)}…`;
};

/** 'A-27 Send the revised protocol' */
export const titleOf = (action: Action): string => `${labelOf(action)} ${shorten(action.text)}`;

/** What an action's card needs besides the action. */
export interface Around {
  readonly committee: Committee;
  /** Those who read it. */
  readonly readers: readonly Partner[];
  readonly partners: readonly Partner[];
  readonly names: ReadonlyMap<PersonId, string>;
  readonly zone: Zone;
  /** What it was made from: 'M-9 item 2'. */
  readonly origin?: string;
}

export const aroundOf = async (action: Action, read: Read, audience: Audience): Promise<Around | undefined> => {
  const committee = await read.directory.committee(action.committee);
  if (!committee) return undefined;
  const partners = await read.directory.partners(audience.alliance);
  const { owner, givenBy, recordedBy, dueBy, changedBy } = action;
  const people = [owner, givenBy, recordedBy, ...(dueBy ? [dueBy] : []), ...(changedBy ? [changedBy] : [])];
  const origin = await originLabel(read.db, subjectOf(action.id));
  return {
    ...(origin !== undefined && { origin }),
    committee,
    partners,
    readers: concerned(action.visibility, partners),
    names: await read.directory.names(people),
    zone: await read.directory.zone(audience.alliance),
  };
};

/** 'Ben Ito, Nova Pharma' */
export const ownerText = ({ owner, ownerFor }: Action, { names, partners }: Around): string =>
  `${nameIn(names, owner)}, ${partnerNamed(partners, ownerFor)}`;

const dueText = ({ dueOn, dueWas, dueBy }: Action, { names }: Around): readonly Span[] => {
  const by = dueBy === undefined ? '' : `, changed by ${nameIn(names, dueBy)}`;
  return [{ day: dueOn }, ...(dueWas === undefined ? [] : [' (was ', { day: dueWas }, `${by})`])];
};

const statusText = (action: Action, around: Around): Text => {
  const { status, reason, changedBy, changedAt } = action;
  const why = reason === undefined ? '' : `: ${reason}`;
  const by = changedBy === undefined ? '' : ` by ${nameIn(around.names, changedBy)}`;
  const when: readonly Span[] = changedAt === undefined ? [] : [', ', { moment: changedAt, zone: around.zone }];
  switch (status) {
    case 'proposed':
      return `Proposed: ${nameIn(around.names, action.owner)} has not accepted it yet`;
    case 'open':
      return 'Open';
    case 'blocked':
      return `Blocked${why}`;
    case 'declined':
      return `Declined${by}${why}`;
    case 'done':
      return [`Done${by}`, ...when];
    case 'dropped':
      return [`Dropped${by}`, ...when, why];
    default:
      return status satisfies never;
  }
};

const factsOf = (action: Action, around: Around): readonly Fact[] => {
  const { text, recordedBy, recordedFor, recordedAt, link, saidAt, committee: _id } = action;
  const { committee, names, partners, zone, origin } = around;
  const from = [origin, link].filter((one) => one !== undefined).join(' · ');
  const recorded: Text = [
    `${nameIn(names, recordedBy)}, ${partnerNamed(partners, recordedFor)}, `,
    { moment: recordedAt, zone },
  ];
  return [
    ...([...text].length > TITLE_MAX || text.includes('\n') ? [{ label: 'Action', text }] : []),
    { label: 'Owner', text: ownerText(action, around) },
    { label: 'Due', text: dueText(action, around) },
    { label: 'Committee', text: `${committee.key}, ${committee.name}` },
    { label: 'Recorded by', text: recorded },
    ...(saidAt === undefined ? [] : [{ label: 'Said', text: [{ moment: saidAt, zone }] }]),
    ...(from === '' ? [] : [{ label: 'From', text: from }]),
    { label: 'Status', text: statusText(action, around) },
  ];
};

type Pressed =
  | 'accept'
  | 'ask-date'
  | 'ask-decline'
  | 'done'
  | 'ask-block'
  | 'unblock'
  | 'ask-drop'
  | 'ask-hand-over'
  | 'history';

const labels: Readonly<Record<Pressed, string>> = {
  accept: 'Accept',
  'ask-date': 'Another date',
  'ask-decline': 'Decline',
  done: 'Done',
  'ask-block': 'Blocked because',
  unblock: 'Not blocked any more',
  'ask-drop': 'Drop because',
  'ask-hand-over': 'Hand over',
  history: 'History',
};

const buttonFor = (verb: Pressed, { id, dueOn }: Action): Button => ({
  id: `actions.${verb}`,
  label: labels[verb],
  subject: subjectOf(id),
  // Whoever accepts accepts the day that they saw.
  ...(verb === 'accept' && { carry: { due: dueOn } }),
  ...((verb === 'accept' || verb === 'done') && { style: 'primary' }),
  ...((verb.startsWith('ask-') || verb === 'history') && { opensWindow: true }),
});

const ownersOf: Readonly<Record<Action['status'], readonly Pressed[]>> = {
  proposed: ['accept', 'ask-date', 'ask-decline'],
  open: ['done', 'ask-block', 'ask-date'],
  blocked: ['done', 'unblock', 'ask-date'],
  ...{ declined: [], done: [], dropped: [] },
};

/** What its owner does next. */
export const ownersButtons = (action: Action): readonly Button[] =>
  ownersOf[action.status].map((verb) => buttonFor(verb, action));

/** What whoever gave it, or runs the alliance, does when its owner does not. */
export const giversButtons = (action: Action): readonly Button[] =>
  (['ask-hand-over', 'ask-drop'] as const).map((verb) => buttonFor(verb, action));

export const handOverButton = (action: Action): Button => buttonFor('ask-hand-over', action);

/** The action's card. */
export const actionCard = (action: Action, around: Around): RecordView => {
  const { status, owner, visibility } = action;
  const waits = status === 'proposed' ? [`${nameIn(around.names, owner)} accepts it, or proposes another date.`] : [];
  return {
    kind: 'record',
    subject: subjectOf(action.id),
    label: labelOf(action),
    title: shorten(action.text),
    status: statusWords[status],
    summary: `${titleOf(action)}. ${ownerText(action, around)}. ${statusWords[status]}.`,
    facts: factsOf(action, around),
    footer: [...waits, seenLine(visibility, around.partners)],
    buttons: [...ownersButtons(action), ...(isLive(status) ? giversButtons(action) : []), buttonFor('history', action)],
  };
};

export type Undoable = 'record' | 'accept' | 'done' | 'drop';

/** The private answer to whoever did something. */
export const doneNotice = (text: Text, undo?: { readonly verb: Undoable; readonly id: string }): NoticeView => ({
  kind: 'notice',
  text,
  buttons: undo ? [{ id: `actions.undo-${undo.verb}`, label: 'Undo', subject: subjectOf(undo.id) }] : [],
});
