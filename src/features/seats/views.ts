import { type Committee, type Partner, roles, type Seat, type Somebody } from '../../core/context.js';
import type { CommitteeId, Day, PersonId } from '../../core/ids.js';
import { audienceLine, listNames, nameIn, seenLine, whoOf } from '../../core/sentences.js';
import type { Button, FormView, ListItem, ListView, NoticeView, Span, Subject } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { type Asked, aRole, byRole, type Change, type ChangeKind, counterpartsOf, type Planned } from './rules.js';

export const subjectOf = (id: string): Subject => ({ feature: 'seats', id });

/** What the line about a change needs besides the change. */
export interface Around {
  /** None where the change is of no committee. */
  readonly key?: string;
  readonly names: ReadonlyMap<PersonId, string>;
  readonly partner: string;
  /** The day it was, where the alliance is. */
  readonly on: Day;
}

const untilSpans = (untilOn: Day | undefined): readonly Span[] =>
  untilOn === undefined ? [] : [', until ', { day: untilOn }];

type Became = (change: Change, around: Around) => readonly Span[];

const sitsSpans: Became = (change, { key, names, on }) => {
  const begins: Day | undefined = change.fromOn !== undefined && change.fromOn > on ? change.fromOn : undefined;
  const from: readonly Span[] = begins === undefined ? [] : [', from ', { day: begins }];
  const stands = change.standsFor === undefined ? '' : `, standing in for ${nameIn(names, change.standsFor)}`;
  return [
    ` is ${begins === undefined ? 'now ' : ''}${aRole[change.role]} the ${key}${stands}`,
    ...from,
    ...untilSpans(change.untilOn),
  ];
};

const leavesSpans: Became = ({ untilOn }, { key }) =>
  untilOn === undefined ? [` no longer sits on the ${key}`] : [` sits on the ${key} until `, { day: untilOn }];

const whatBecame: Readonly<Record<ChangeKind, Became>> = {
  seated: sitsSpans,
  changed: sitsSpans,
  planned: sitsSpans,
  unseated: leavesSpans,
  professional: (_change, { partner }) => [` is now an alliance professional of ${partner}`],
  'not-professional': (_change, { partner }) => [` is no longer an alliance professional of ${partner}`],
  undone: (_change, { key }) => [`: a change of their seat on the ${key} was undone`],
};

/** 'Mei Sato (Nova Pharma) is a member of the JSC, from 1 Jan 2027.' */
const sentenceOf = (change: Change, around: Around): readonly Span[] => [
  whoOf(nameIn(around.names, change.person), around.partner),
  ...whatBecame[change.kind](change, around),
  '.',
];

/** The one line that a committee's channels get about a change. */
export const changeCard = (change: Change, around: Around): NoticeView => ({
  kind: 'notice',
  text: [...sentenceOf(change, around), ` Changed by ${nameIn(around.names, change.changedBy)}.`],
});

/** The private answer to whoever changed it; with what is left open by somebody who leaves, to be handed over. */
export const doneView = (
  change: Change,
  around: Around,
  partners: readonly Partner[],
  more: { readonly left?: readonly ListItem[]; readonly note?: string } = {},
): NoticeView | ListView => {
  const { left = [], note } = more;
  const undo: Button = { id: 'seats.undo', label: 'Undo', subject: subjectOf(change.id) };
  const buttons = change.committee === undefined ? [] : [undo];
  const text = [...sentenceOf(change, around), ` ${seenLine(SHARED, partners)}.`, ...(note ? [` ${note}`] : [])];
  if (left.length === 0) return { kind: 'notice', text, buttons };
  const name = nameIn(around.names, change.person);
  return {
    kind: 'list',
    title: `${name} leaves ${left.length} open`,
    intro: [...text, ` Hand over what ${name} leaves open on the ${around.key}:`],
    items: left,
    empty: '',
    buttons,
  };
};

export interface Roster {
  readonly committee: Committee;
  readonly partners: readonly Partner[];
  readonly seats: readonly Seat[];
  /** Those that begin later. */
  readonly later: readonly Seat[];
  readonly planned: readonly Planned[];
  readonly professionals: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<PersonId, string>;
  /** Who asks. */
  readonly person: PersonId;
  readonly maySeat: boolean;
}

const whoSits = (seat: Seat, names: Roster['names']): string =>
  seat.role === 'alternate'
    ? `${seat.personName} for ${seat.standsFor ? nameIn(names, seat.standsFor) : 'nobody yet'}, alternate`
    : `${seat.personName}, ${seat.role}`;

const seatLine = (seat: Seat, { names, seats, planned }: Roster): readonly Span[] => {
  const next = planned.find((one) => one.seat.person === seat.person)?.seat;
  const opposite = counterpartsOf(seat, seats).map((one) => one.personName);
  return [
    whoSits(seat, names),
    ...(seat.fromOn === undefined ? [] : [', since ', { day: seat.fromOn }]),
    ...untilSpans(seat.untilOn),
    ...(opposite.length === 0 ? [] : [`, opposite ${listNames(opposite)}`]),
    ...(next ? [`; ${next.role} from `, { day: next.fromOn }] : []),
    '\n',
  ];
};

const laterLine = (seat: Seat, names: Roster['names']): readonly Span[] => [
  ...(seat.fromOn === undefined ? [] : ['From ', { day: seat.fromOn }, ': ']),
  whoSits(seat, names),
  ...untilSpans(seat.untilOn),
  '\n',
];

const companyItem = (partner: Partner, roster: Roster): ListItem => {
  const own = roster.seats.filter((seat) => seat.partner === partner.id).sort(byRole);
  const later = roster.later.filter((seat) => seat.partner === partner.id).sort(byRole);
  const vacant = own.every((seat) => seat.role !== 'co-chair');
  const professionals = roster.professionals.get(partner.id) ?? [];
  return {
    title: partner.name,
    text: [
      ...own.flatMap((seat) => seatLine(seat, roster)),
      ...later.flatMap((seat) => laterLine(seat, roster.names)),
      ...(vacant ? ['Vacant: co-chair\n'] : []),
      professionals.length === 0 ? 'Vacant: alliance professional' : `Runs the alliance: ${listNames(professionals)}`,
    ],
  };
};

const standingOf = ({ committee, seats, later, names, person }: Roster): readonly Span[] => {
  const own = seats.find((seat) => seat.person === person);
  if (own) {
    const stands = own.role === 'alternate' && own.standsFor ? `, for ${nameIn(names, own.standsFor)}` : '';
    return [`You sit as ${own.role}${stands}`, ...untilSpans(own.untilOn), '.'];
  }
  const next = later.find((seat) => seat.person === person);
  if (next?.fromOn) return [`You sit as ${next.role} from `, { day: next.fromOn }, '.'];
  return [`You have no seat on the ${committee.key}.`];
};

export const rosterView = (roster: Roster): ListView => {
  const { committee, partners } = roster;
  const closed = committee.closedAt === undefined ? '' : ' This committee is closed.';
  return {
    kind: 'list',
    title: `${committee.key} · ${committee.name}`,
    intro: [...standingOf(roster), `${closed} ${seenLine(SHARED, partners)}.`],
    items: partners.map((partner) => companyItem(partner, roster)),
    empty: 'No company takes part yet.',
    buttons:
      roster.maySeat && !closed
        ? [{ id: 'seats.form', label: 'Seat somebody', carry: { committee: committee.id }, opensWindow: true }]
        : [],
  };
};

/** What the form *Seat somebody* begins with, and may choose from. */
export interface SeatForm extends Asked {
  readonly partners: readonly Partner[];
  readonly own: Partner;
  readonly people: readonly Somebody[];
  readonly committees: readonly Committee[];
  /** Who sits for other companies. */
  readonly others: readonly Somebody[];
  readonly person?: PersonId;
  readonly committee?: CommitteeId;
}

/** Stands for none: a choice needs a value. */
export const NOBODY = 'nobody';

const choiceOf = (
  name: string,
  label: string,
  among: readonly { readonly id: string; readonly name: string }[],
  value?: string,
): FormView['fields'][number] => {
  const options = among.map((one) => ({ value: one.id, label: one.name }));
  return {
    kind: 'choice',
    name,
    label,
    required: true,
    options,
    ...(among.some(({ id }) => id === value) && { value }),
  };
};

const dayField = (name: string, label: string, hint: string, value?: Day) =>
  ({ kind: 'text', name, label, hint, lines: 'one', max: 60, ...(value !== undefined && { value }) }) as const;

export const seatForm = (form: SeatForm): FormView => {
  const nobody = { id: NOBODY, name: 'Nobody' };
  const committees = form.committees.map(({ id, key, name }) => ({ id, name: `${key}, ${name}` }));
  const committee = form.committee ?? (committees.length === 1 ? committees[0]?.id : undefined);
  const known = roles.map((role) => ({ id: role, name: role }));
  return {
    kind: 'form',
    id: 'seats.seat',
    title: 'Seat somebody',
    submit: 'Seat',
    audience: audienceLine(SHARED, form.partners),
    private: true,
    fields: [
      choiceOf('person', `Who, of ${form.own.name}`, form.people, form.person),
      choiceOf('committee', 'Committee', committees, committee),
      choiceOf('role', 'Role', known, form.role),
      choiceOf('standsFor', 'An alternate stands in for', [nobody, ...form.people], form.standsFor ?? NOBODY),
      choiceOf('opposite', 'Counterpart', [nobody, ...form.others], form.counterpart ?? NOBODY),
      dayField('from', 'From', 'Today if empty; 1 January, next Monday', form.fromOn),
      dayField('until', 'Until', 'The last day; without an end if empty', form.untilOn),
    ],
  };
};
