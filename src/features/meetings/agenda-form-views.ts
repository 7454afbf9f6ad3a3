/* What is asked about an item, before it is done. */
import { agendaKinds } from '../../core/agenda.js';
import type { Committee, Partner, Seat } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import { audienceLine } from '../../core/sentences.js';
import type { Field, FormView } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { type ItemDraft, itemLimits, ownersAmong } from './agenda-draft-rules.js';
import { type Item, isReadBefore, kindWords } from './agenda-rules.js';
import { guestLimits } from './guest-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { itemSubject, subjectOf, titleOf } from './views.js';

/** As many as one choice holds on both platforms. */
const CHOICES = 100;

const peopleField = (
  field: { readonly name: string; readonly label: string; readonly hint?: string; readonly required?: boolean },
  seats: readonly Seat[],
  partners: readonly Partner[],
  value?: PersonId,
): Field => {
  const people = [...new Map(seats.map((seat) => [seat.person, seat])).values()];
  // Whoever is meant can be chosen, however many there are before them.
  const first = people.filter(({ person }) => person === value);
  const shown = [...first, ...people.filter(({ person }) => person !== value)].slice(0, CHOICES);
  const companyOf = (seat: Seat) => partners.find(({ id }) => id === seat.partner)?.name ?? 'a former partner';
  return {
    ...{ kind: 'choice', ...field },
    options: shown.map((seat) => ({ value: seat.person, label: `${seat.personName}, ${companyOf(seat)}` })),
    ...(first.length > 0 && { value }),
  };
};

const kindField = (value: ItemDraft['kind']): Field => ({
  ...{ kind: 'choice', name: 'kind', label: 'What for', required: true },
  options: agendaKinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
  ...(value && { value }),
});

const textField = (name: 'title' | 'question', label: string, hint: string, value: string | undefined): Field => ({
  ...{ kind: 'text', lines: 'one', name, label, hint, max: itemLimits[name] },
  ...(value && { value }),
});

const numberField = (name: 'minutes' | 'pages', label: string, hint: string, value: number | undefined): Field => ({
  ...{ kind: 'text', lines: 'one', name, label, hint, max: itemLimits.number },
  ...(value && { value: String(value) }),
});

const linkField = (value: string | undefined, required = false): Field => ({
  ...{ kind: 'text', lines: 'one', name: 'link', label: 'Paper', max: itemLimits.link, required },
  hint: 'A link that both companies can open',
  ...(value && { value }),
});

const roomField = (inRoom: boolean | undefined): Field => ({
  ...{ kind: 'choice', name: 'room', label: 'Information is', value: inRoom ? 'room' : 'before' },
  options: [
    { value: 'before', label: 'Read beforehand' },
    { value: 'room', label: 'Told in the room' },
  ],
});

const itemFields = (
  draft: ItemDraft & { readonly hint?: string },
  seats: readonly Seat[],
  partners: readonly Partner[],
): { readonly about: readonly Field[]; readonly room: Field } => ({
  about: [
    kindField(draft.kind),
    textField('title', 'What it is about', draft.hint ?? 'In a few words: The revised protocol', draft.title),
    textField('question', 'Question to decide', 'For a decision: Do we approve the revised protocol?', draft.question),
    peopleField(
      { name: 'owner', label: 'Owner', hint: 'Who speaks to it', required: true },
      ownersAmong(seats),
      partners,
      draft.owner,
    ),
    numberField('minutes', 'Minutes', 'Usually 20 to decide, 15 to discuss, 10 to inform', draft.minutes),
  ],
  room: roomField(draft.inRoom),
});

/** A meeting that may be meant. */
export interface Choice {
  readonly meeting: Meeting;
  readonly committee: Committee;
}

export interface Adding {
  readonly draft: ItemDraft & { readonly hint?: string };
  /** The only one is meant; of several one is chosen. */
  readonly choices: readonly Choice[];
  readonly seats: readonly Seat[];
  readonly partners: readonly Partner[];
  /** The message that it is taken from. */
  readonly link?: string;
  /** As what it was taken before, in words. */
  readonly taken?: string;
}

const audienceOf = (partners: readonly Partner[], about?: string): string =>
  `${about === undefined ? '' : `${about}. `}${audienceLine(SHARED, partners)}`;

/** The form *Add to the agenda*. */
export const addForm = ({ draft, choices, seats, partners, link, taken }: Adding): FormView => {
  const [only, ...others] = choices;
  const meeting = others.length === 0 ? only?.meeting : undefined;
  const { about, room } = itemFields(draft, seats, partners);
  const options = choices.map((one) => ({ value: one.meeting.id, label: titleOf(one.meeting, one.committee) }));
  return {
    ...{ kind: 'form', id: 'meetings.add-item', title: 'Add to the agenda', submit: 'Add' },
    audience: audienceOf(partners, taken ?? (meeting && labelOf(meeting))),
    ...(meeting && { subject: subjectOf(meeting.id) }),
    ...(link !== undefined && { carry: { source: link } }),
    fields: [
      ...(meeting ? [] : [{ kind: 'choice', name: 'meeting', label: 'Meeting', required: true, options } as const]),
      ...about,
      linkField(draft.link),
      numberField('pages', 'Pages', 'Of the paper', draft.pages),
      room,
    ],
  };
};

export const editForm = (item: Item, seats: readonly Seat[], partners: readonly Partner[]): FormView => {
  const minutes = isReadBefore(item) ? undefined : item.minutes;
  const { about, room } = itemFields({ ...item, minutes, inRoom: !isReadBefore(item) }, seats, partners);
  return {
    ...{ kind: 'form', id: 'meetings.change-item', title: 'Edit an item', submit: 'Save' },
    ...{ audience: audienceOf(partners), subject: itemSubject(item.id), fields: [...about, room] },
  };
};

export const paperForm = (item: Item, partners: readonly Partner[]): FormView => ({
  ...{ kind: 'form', id: 'meetings.add-paper', title: 'Paper of an item', submit: 'Save' },
  audience: audienceOf(partners, item.title),
  subject: itemSubject(item.id),
  fields: [
    { ...linkField(item.paper?.link, true), label: item.paper ? `Paper, version ${item.paper.version + 1}` : 'Paper' },
    numberField('pages', 'Pages', 'Of this version', item.paper?.pages),
  ],
});

export const declineForm = (item: Item, partners: readonly Partner[]): FormView => ({
  ...{ kind: 'form', id: 'meetings.decline-item', title: 'Decline an item', submit: 'Decline' },
  audience: audienceOf(partners, item.title),
  subject: itemSubject(item.id),
  fields: [
    {
      ...{ kind: 'text', lines: 'many', name: 'reason', label: 'Why', max: itemLimits.reason },
      hint: 'Whoever proposed it reads this; it may stay empty',
    },
  ],
});

/** `others` are those of the alliance who do not sit on the committee. */
export const guestForm = (item: Item, others: readonly Seat[], partners: readonly Partner[]): FormView => ({
  ...{ kind: 'form', id: 'meetings.invite-guest', title: 'Invite a guest', submit: 'Invite' },
  audience: audienceOf(partners, item.title),
  subject: itemSubject(item.id),
  fields: [
    ...(others.length === 0 ? [] : [peopleField({ name: 'person', label: 'One of our people' }, others, partners)]),
    {
      ...{ kind: 'text', lines: 'one', name: 'name', label: others.length === 0 ? 'Name' : 'Or a name' },
      max: guestLimits.name,
      hint: 'Dr Kim',
    },
    { kind: 'text', lines: 'one', name: 'company', label: 'Company', max: guestLimits.company },
  ],
});
