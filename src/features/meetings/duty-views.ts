/* What somebody owes to meetings, where it waits for them: a heading for each meeting, and a line for each thing. */
import type { Actor, Audience, Read } from '../../core/context.js';
import { daysAfter } from '../../core/days.js';
import type { Waiting } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { shorten } from '../../core/sentences.js';
import type { Button, ListItem, ListView, Span, Subject, Text } from '../../core/view.js';
import { workdayFrom } from '../../core/workdays.js';
import { headingOf, questionBelow } from './agenda-draft-rules.js';
import type { Item } from './agenda-rules.js';
import type { Duty, DutyKind } from './duty-rules.js';
import { listOwed, type Owed } from './owing-store.js';
import { positionButtons } from './position-views.js';
import { dutyWords, shortTitle, timeWords } from './reminder-rules.js';
import { itemSubject, subjectOf } from './views.js';

/** Of one meeting, in a message: what is more is told in one line, and listed when somebody wants to see it. */
const MOST_LINES = 8;
/** Of all meetings together: a message on Teams has room for so many, with four buttons each. */
const MOST_IN_ALL = 10;
const TITLE_MAX = 150;
const QUESTION_MAX = 300;

const notMine = (subject: Subject): Button => ({
  ...{ id: 'meetings.ask-hand-over', label: 'Not mine', subject, opensWindow: true },
});

const answerButtons = (subject: Subject): readonly Button[] => [
  { id: 'meetings.coming', label: 'Coming', subject },
  { id: 'meetings.not-coming', label: 'Not coming', subject },
  { id: 'meetings.alternate', label: 'Alternate comes', subject },
];

const agendaButtons = (subject: Subject): readonly Button[] => [
  { id: 'meetings.propose', label: 'Propose an item', subject, opensWindow: true },
  { id: 'meetings.agenda', label: 'Agenda', subject, opensWindow: true },
  { id: 'meetings.ask-cancel', label: 'Cancel the meeting', subject, opensWindow: true },
];

const acceptButtons = (subject: Subject): readonly Button[] => [
  { id: 'meetings.accept-item', label: 'Accept', subject, style: 'primary' },
  { id: 'meetings.ask-decline-item', label: 'Decline', subject, opensWindow: true },
];

/** As its heading calls it: 'Paper: The revised protocol'. */
const titled = (word: string, item: Item): string => shorten(`${word}: ${headingOf(item)}`, TITLE_MAX);

const due = (dueOn: Day): readonly Span[] => ['Due ', { day: dueOn }, '.'];

interface Whose {
  readonly partnerName: string;
}

const ofItem = (duty: Duty, item: Item, { partnerName }: Whose): ListItem | undefined => {
  const subject = itemSubject(item.id);
  if (duty.kind === 'paper') {
    const add: Button = { id: 'meetings.ask-paper', label: 'Add the paper', subject, opensWindow: true };
    return { title: titled('Paper', item), text: due(duty.dueOn), buttons: [add, notMine(subject)] };
  }
  if (duty.kind === 'question') {
    const write: Button = { id: 'meetings.edit-item', label: 'Write the question', subject, opensWindow: true };
    return { title: titled('Question to decide', item), text: due(duty.dueOn), buttons: [write, notMine(subject)] };
  }
  if (duty.kind === 'accept')
    return { title: titled('Proposed', item), text: due(duty.dueOn), buttons: acceptButtons(subject) };
  if (duty.kind !== 'position') return undefined;
  const below = questionBelow(item);
  const question = below === undefined ? '' : `${shorten(below, QUESTION_MAX)} `;
  return {
    title: titled('Your position', item),
    text: [question, ...due(duty.dueOn), ` Only ${partnerName} sees what you answer.`],
    buttons: positionButtons(item),
  };
};

const emptyAgendaItem = ({ dueOn }: Duty, subject: Subject): ListItem => ({
  title: 'The agenda is empty',
  text: ['Propose an item, or cancel the meeting if it does not need to happen. ', ...due(dueOn)],
  buttons: agendaButtons(subject),
});

const answerItem = ({ dueOn }: Duty, subject: Subject): ListItem => ({
  title: 'Do you come?',
  text: due(dueOn),
  buttons: answerButtons(subject),
});

/** A line for each thing, with the buttons to do it there. */
export const dutyItems = ({ meeting, duties }: Pick<Owed, 'meeting' | 'duties'>, whose: Whose): readonly ListItem[] => {
  const subject = subjectOf(meeting.id);
  const of = (kind: DutyKind) => duties.filter((duty) => duty.kind === kind);
  const lines = (...kinds: readonly DutyKind[]) =>
    kinds.flatMap(of).flatMap((duty) => {
      const item = duty.item && ofItem(duty, duty.item, whose);
      return item ? [item] : [];
    });
  return [
    ...lines('paper', 'question', 'position'),
    ...of('answer').map((duty) => answerItem(duty, subject)),
    ...lines('accept'),
    ...of('agenda').map((duty) => emptyAgendaItem(duty, subject)),
  ];
};

/** 'JSC · Fri 11 Dec, 14:00: 1 paper, 1 position, about 15 min' */
export const owedTitle = ({ meeting, committee, duties }: Owed, { zone }: Pick<Actor, 'zone'>): string =>
  `${shortTitle(committee.key, meeting.startsAt, zone)}: ${dutyWords(duties)}, ${timeWords(duties)}`;

const whenText = ({ meeting, snoozedUntil }: Owed, again: Day | undefined): Text => [
  { moment: meeting.startsAt, zone: meeting.zone },
  '.',
  ...(snoozedUntil !== undefined && again !== undefined
    ? [' Your daily message is silent about it until ', { day: again }, '.']
    : []),
];

interface Heading {
  readonly actor: Actor;
  /** The day on which their daily message speaks of it again. */
  readonly again?: Day;
  /** What is owed is listed elsewhere. */
  readonly folded: boolean;
}

const allButton = ({ meeting }: Owed, { person }: Actor, label: string, more?: { readonly page: string }): Button => ({
  ...{ id: 'meetings.duties', label, subject: subjectOf(meeting.id), carry: { for: person, ...more } },
  opensWindow: true,
});

/** `for` tells whose reminders they are: what waits for somebody who is out stands in their cover's message. */
const headingItem = (owed: Owed, { actor, again, folded }: Heading): ListItem => {
  const subject = subjectOf(owed.meeting.id);
  const carry = { for: actor.person };
  const later: Button =
    owed.snoozedUntil === undefined
      ? { id: 'meetings.ask-snooze', label: 'Remind me later', subject, carry, opensWindow: true }
      : { id: 'meetings.unsnooze', label: 'Remind me again', subject, carry };
  const open: Button = { id: 'meetings.card', label: 'Open', subject, opensWindow: true };
  return {
    title: owedTitle(owed, actor),
    text: whenText(owed, again),
    buttons: [...(folded ? [allButton(owed, actor, 'Show all')] : []), later, open],
  };
};

const earliest = (duties: readonly Duty[]): Day | undefined => duties.map(({ dueOn }) => dueOn).sort()[0];

/** Which groups stand in full: those that are small, while there is room for them. */
const foldedOf = (groups: readonly (readonly ListItem[])[]): readonly boolean[] => {
  let told = 0;
  return groups.map(({ length }) => {
    const folded = length > MOST_LINES || told + length > MOST_IN_ALL;
    if (!folded) told += length;
    return folded;
  });
};

/** What waits for somebody before meetings, each meeting's together; nothing for whoever owes nothing. */
export const waitingDuties = async (actor: Actor, read: Read, audience: Audience): Promise<readonly Waiting[]> => {
  const all = await listOwed(actor, read, audience);
  const holidays = all.length === 0 ? new Map() : await read.directory.holidays(actor.partner.id);
  const lines = all.map((owed) => dutyItems(owed, { partnerName: actor.partner.name }));
  const folded = foldedOf(lines);
  return all.flatMap((owed, at) => {
    const dueOn = earliest(owed.duties);
    const again = owed.snoozedUntil && workdayFrom(daysAfter(owed.snoozedUntil, 1), holidays);
    const isFolded = folded[at] ?? false;
    const heading = headingItem(owed, { actor, folded: isFolded, ...(again && { again }) });
    const shared = {
      subject: subjectOf(owed.meeting.id),
      remind: { on: owed.days },
      ...(dueOn !== undefined && { dueOn }),
    };
    return [heading, ...(isFolded ? [] : (lines[at] ?? []))].map((item) => ({ ...item, ...shared }));
  });
};

const headOf = (owed: Owed | undefined, actor: Actor) => ({
  kind: 'list' as const,
  title: owed ? owedTitle(owed, actor) : 'Nothing waits for you before this meeting',
  ...(owed && { intro: whenText(owed, undefined) }),
  empty: 'You owe this meeting nothing more.',
});

const itemsFor = (owed: Owed | undefined, actor: Actor): readonly ListItem[] =>
  owed ? dutyItems(owed, { partnerName: actor.partner.name }) : [];

/** In a message of its own, which follows what is owed. */
export const owedMessage = (owed: Owed | undefined, actor: Actor, subject: Subject): ListView => {
  const items = itemsFor(owed, actor);
  return {
    ...headOf(owed, actor),
    ...{ subject, items: items.slice(0, MOST_LINES) },
    ...(owed && items.length > MOST_LINES && { buttons: [allButton(owed, actor, `Show all ${items.length}`)] }),
  };
};

/** All of it, page by page from 0; one that was turned to takes the place of the last. */
export const owedList = (owed: Owed | undefined, actor: Actor, page?: number): ListView => {
  const items = itemsFor(owed, actor);
  const last = Math.max(0, Math.ceil(items.length / MOST_IN_ALL) - 1);
  const at = Math.min(page ?? 0, last);
  const turn = (label: string, to: number): readonly Button[] =>
    owed && to >= 0 && to <= last ? [allButton(owed, actor, label, { page: String(to) })] : [];
  return {
    ...headOf(owed, actor),
    items: items.slice(at * MOST_IN_ALL, (at + 1) * MOST_IN_ALL),
    buttons: [...turn('Back', at - 1), ...turn('More', at + 1)],
    ...(page !== undefined && { instead: true }),
  };
};
