/* What somebody owes to meetings, where it waits for them: a heading for each meeting, and a line for each thing. */
import type { Actor, Audience, Read } from '../../core/context.js';
import { daysAfter } from '../../core/days.js';
import type { Waiting } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { cut } from '../../core/sentences.js';
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
/** Of all meetings together: a message has room for so many. */
const MOST_IN_ALL = 16;
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
const titled = (word: string, item: Item): string => cut(`${word}: ${headingOf(item)}`, TITLE_MAX);

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
  const question = below === undefined ? '' : `${cut(below, QUESTION_MAX)} `;
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

/** `for` tells whose reminders they are: what waits for somebody who is out stands in their cover's message. */
const headingItem = (owed: Owed, { actor, again, folded }: Heading): ListItem => {
  const subject = subjectOf(owed.meeting.id);
  const carry = { for: actor.person };
  const later: Button =
    owed.snoozedUntil === undefined
      ? { id: 'meetings.ask-snooze', label: 'Remind me later', subject, carry, opensWindow: true }
      : { id: 'meetings.unsnooze', label: 'Remind me again', subject, carry };
  const all: Button = { id: 'meetings.duties', label: 'Show all', subject, carry, opensWindow: true };
  const open: Button = { id: 'meetings.card', label: 'Open', subject, opensWindow: true };
  return {
    title: owedTitle(owed, actor),
    text: whenText(owed, again),
    buttons: [...(folded ? [all] : []), later, open],
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

/** All of it, in a window or in a message of its own. */
export const owedList = (owed: Owed | undefined, actor: Actor, subject?: Subject): ListView => ({
  kind: 'list',
  ...(subject && { subject }),
  title: owed ? owedTitle(owed, actor) : 'Nothing waits for you before this meeting',
  ...(owed && { intro: whenText(owed, undefined) }),
  items: owed ? dutyItems(owed, { partnerName: actor.partner.name }) : [],
  empty: 'You owe this meeting nothing more.',
});
