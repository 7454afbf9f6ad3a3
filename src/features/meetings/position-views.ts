/* Asking those with a vote where they stand. What they say is drawn for their own company alone. */
import type { Partner, Read, Seat } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import { listNames, nameIn, namesOf } from '../../core/sentences.js';
import type { Button, Field, FormView, ListItem, ListView, NoticeView } from '../../core/view.js';
import { headingOf, questionBelow } from './agenda-draft-rules.js';
import type { Item } from './agenda-rules.js';
import { itemPages } from './page-views.js';
import {
  type Colour,
  DAY_MAX,
  latestOf,
  MAX,
  type Position,
  type Said,
  stanceWords,
  type Vote,
  votesOf,
} from './position-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { internalSubject, itemSubject } from './views.js';

/** The question to each with a vote, as buttons; pressing them is private. */
export const positionButtons = ({ id }: Pick<Item, 'id'>): readonly Button[] => {
  const subject = itemSubject(id);
  return [
    { id: 'meetings.aligned', label: 'Aligned', subject },
    { id: 'meetings.ask-if', label: 'Aligned if ...', subject, opensWindow: true },
    { id: 'meetings.ask-step', label: 'We need an internal step', subject, opensWindow: true },
    { id: 'meetings.not-yet', label: 'Not yet', subject },
  ];
};

/** 'Only Acme Bio sees this. Nova Pharma sees only green, amber or red.' */
export const ownLine = (own: Partner, partners: readonly Partner[]): string => {
  const others = partners.filter(({ id }) => id !== own.id);
  const shown = `${namesOf(others)} ${others.length > 1 ? 'see' : 'sees'} only green, amber or red for each question.`;
  return `Only ${own.name} sees this.${others.length > 0 ? ` ${shown}` : ''}`;
};

/** The same, said before it is written. */
const formLine = (own: Partner, partners: readonly Partner[]): string => {
  const others = partners.filter(({ id }) => id !== own.id);
  return `Only ${own.name} will see this.${others.length > 0 ? ` ${namesOf(others)} will see only green, amber or red.` : ''}`;
};

/** Who asks, of what. */
export interface Asking {
  readonly item: Item;
  readonly own: Partner;
  readonly partners: readonly Partner[];
  /** What they said before. */
  readonly said?: Said | undefined;
}

const asForm = ({ item, own, partners }: Asking) => ({
  kind: 'form' as const,
  submit: 'Save',
  audience: formLine(own, partners),
  private: true as const,
  subject: itemSubject(item.id),
});

const conditionField = ({ item, said }: Asking): Field => ({
  kind: 'text',
  lines: 'many',
  name: 'condition',
  label: 'Aligned if',
  hint: item.question ?? item.title,
  max: MAX,
  required: true,
  ...(said?.stance === 'if' && said.condition !== undefined && { value: said.condition }),
});

export const conditionForm = (asking: Asking): FormView => ({
  ...asForm(asking),
  id: 'meetings.if',
  title: 'Aligned if ...',
  fields: [conditionField(asking)],
});

export const stepForm = (asking: Asking): FormView => {
  const { item, said } = asking;
  const before = said?.stance === 'step' ? said : undefined;
  return {
    ...asForm(asking),
    id: 'meetings.step',
    title: 'An internal step',
    fields: [
      {
        ...({ kind: 'text', lines: 'many', name: 'step', label: 'Which step', max: MAX, required: true } as const),
        hint: `Such as the portfolio board. ${item.question ?? item.title}`,
        ...(before?.condition !== undefined && { value: before.condition }),
      },
      {
        ...({ kind: 'text', lines: 'one', name: 'day', label: 'On which day', max: DAY_MAX } as const),
        hint: 'If it is known, such as 4 December',
        ...(before?.stepOn !== undefined && { value: before.stepOn }),
      },
    ],
  };
};

/** 'The joint agenda shows amber for Acme Bio.' */
export const shownLine = (colour: Colour | undefined, { name }: Partner): string =>
  `The joint agenda shows ${colour ?? 'no answer'} for ${name}.`;

export const takenNotice = ({ title }: Item, said: Said, own: Partner, colour: Colour | undefined): NoticeView => ({
  kind: 'notice',
  text: `${title}: ${stanceWords(said)}. Only ${own.name} sees this. ${shownLine(colour, own)} You can change it until the meeting is closed.`,
});

export const paperLine = ({ paper }: Pick<Item, 'paper'>, longest: number): string => {
  if (!paper) return 'No paper yet.';
  const pages = paper.pages === undefined ? '' : `, ${paper.pages} ${paper.pages === 1 ? 'page' : 'pages'}`;
  if (paper.link.length > longest) return `Paper: version ${paper.version}${pages}, linked under Positions`;
  return `Paper: ${paper.link} (version ${paper.version}${pages})`;
};

/** What is known within one company of the questions of a meeting. */
export interface Known {
  readonly own: Partner;
  readonly partners: readonly Partner[];
  readonly seats: readonly Seat[];
  readonly recused: ReadonlyMap<string, ReadonlySet<PersonId>>;
  readonly positions: readonly Position[];
  readonly names: ReadonlyMap<PersonId, string>;
}

export const namesFor = (
  read: Read,
  seats: readonly Seat[],
  positions: readonly Position[],
): Promise<ReadonlyMap<PersonId, string>> =>
  read.directory.names([...new Set([...seats.map(({ person }) => person), ...positions.map(({ person }) => person)])]);

const votesFor = ({ id }: Pick<Item, 'id'>, { own, seats, recused }: Known): readonly Vote[] =>
  votesOf(seats, own.id, recused.get(id));

const on = ({ id }: Pick<Item, 'id'>, { positions }: Known): readonly Position[] =>
  positions.filter(({ item }) => item === id);

/** 'Ana Ruiz: aligned if it is cheap', for each of the company's people who answered; then who has not. */
export const standLines = (item: Item, known: Known, except?: PersonId): readonly string[] => {
  const said = on(item, known);
  const silent = votesFor(item, known).filter((vote) => latestOf(said, vote) === undefined);
  const missing = silent.flatMap((vote) => vote.slice(0, 1)).filter((person) => person !== except);
  return [
    ...said
      .filter(({ person }) => person !== except)
      .map((one) => `${nameIn(known.names, one.person)}: ${stanceWords(one)}`)
      .sort(),
    ...(missing.length > 0 ? [`No answer yet: ${listNames(missing.map((one) => nameIn(known.names, one)))}`] : []),
  ];
};

/** With their buttons Teams takes so many; Slack about 9,000 letters in a message, and 3,000 in one piece of it. */
const PAGE = { items: 6, letters: 7_000 } as const;
const PIECE = 2_500;

const asked = (item: Item, known: Known, person: PersonId): boolean =>
  votesFor(item, known).some((vote) => vote.includes(person));

/** Lines together as long as they fit into one piece. */
const piecesOf = (lines: readonly string[]): readonly string[] => {
  const pieces: string[] = [];
  for (const line of lines) {
    const before = pieces.at(-1);
    if (before !== undefined && before.length + line.length < PIECE) pieces[pieces.length - 1] = `${before}\n${line}`;
    else pieces.push(line);
  }
  return pieces;
};

/** What many colleagues say stands below it, under the same title. */
const listedItem = (item: Item, known: Known, person: PersonId): readonly ListItem[] => {
  const own = on(item, known).find((one) => one.person === person);
  const mine = own ? `You: ${stanceWords(own)}` : asked(item, known, person) ? 'You have not answered yet.' : undefined;
  const whole = Number.POSITIVE_INFINITY;
  const lines = [questionBelow(item), paperLine(item, whole), mine, ...standLines(item, known, person)];
  const [text = '', ...more] = piecesOf(lines.filter((line) => line !== undefined));
  const title = headingOf(item);
  const first = { title, text, ...(asked(item, known, person) && { buttons: positionButtons(item) }) };
  return [first, ...more.map((piece) => ({ title: `${title} (continued)`, text: piece }))];
};

/** Each question with one's own answer and one's colleagues'; what waits for oneself first, where that is one page. */
export const positionsList = (
  meeting: Meeting,
  items: readonly Item[],
  known: Known,
  { person, page }: { readonly person: PersonId; readonly page?: number },
): ListView => {
  const waits = (item: Item): boolean =>
    asked(item, known, person) && !on(item, known).some((one) => one.person === person);
  const drawn = (order: readonly Item[]) =>
    itemPages(
      order.flatMap((item) => listedItem(item, known, person)),
      PAGE,
    );
  const [first, ...others] = drawn([...items.filter(waits), ...items.filter((item) => !waits(item))]);
  // Of several pages the order stays, or what is answered would move others from one page to another.
  const pages = first && others.length === 0 ? [first] : drawn(items);
  const at = Math.min(page ?? 0, Math.max(0, pages.length - 1));
  const turn = (label: string, to: number): readonly Button[] =>
    pages[to] ? [{ ...positionsButton(meeting, known.own), label, carry: { page: String(to) } }] : [];
  return {
    kind: 'list',
    title: `Positions for ${labelOf(meeting)}`,
    intro: ownLine(known.own, known.partners),
    items: pages[at] ?? [],
    empty: 'Nothing on the agenda is for decision yet.',
    ...(pages.length > 1 && { buttons: [...turn('Back', at - 1), ...turn('More', at + 1)] }),
    ...(page !== undefined && { instead: true }),
  };
};

export const positionsButton = ({ id }: Pick<Meeting, 'id'>, own: Pick<Partner, 'id'>): Button => ({
  ...{ id: 'meetings.positions', label: 'Positions', subject: internalSubject(own.id, id), opensWindow: true },
});
