import type { Committee, Partner, Seat } from '../../core/context.js';
import { dayText } from '../../core/days.js';
import type { Day, PersonId } from '../../core/ids.js';
import { audienceLine } from '../../core/sentences.js';
import type { Field, FormView } from '../../core/view.js';
import type { Visibility } from '../../core/visibility.js';
import { type Action, labelOf, partnerNamed, textLimits } from './rules.js';
import { subjectOf } from './views.js';

/** What the form *Record an action* begins with. */
export interface Draft {
  readonly text?: string;
  /** That the text is not all of the message. */
  readonly hint?: string;
  readonly owner?: PersonId;
  readonly dueOn?: Day;
  /** What was meant as a day and could not be read as one. */
  readonly unread?: string;
}

/** Questions, and who will read the answers. */
export interface Asked {
  readonly draft: Draft;
  readonly committees: readonly Committee[];
  /** Those who may own it. */
  readonly seats: readonly Seat[];
  readonly partners: readonly Partner[];
  readonly visibility: Visibility;
  readonly carry: Readonly<Record<string, string>>;
}

/** As many as one choice holds on both platforms. */
const CHOICES = 100;

const ownerField = (seats: readonly Seat[], partners: readonly Partner[], value: PersonId | undefined): Field => {
  const people = [...new Map(seats.map((seat) => [seat.person, seat])).values()];
  // Whoever is meant can be chosen, however many there are before them.
  const first = people.filter(({ person }) => person === value);
  const shown = [...first, ...people.filter(({ person }) => person !== value)].slice(0, CHOICES);
  const options = shown.map(({ person, personName, partner }) => ({
    value: person,
    label: `${personName}, ${partnerNamed(partners, partner)}`,
  }));
  return {
    ...{ kind: 'choice', name: 'owner', label: 'Owner', hint: 'One person, with a seat on the committee' },
    required: true,
    options,
    ...(first.length > 0 && { value }),
  };
};

const DAY_HINT = 'by Friday, 12 Apr, in two weeks';

const dueField = (dueOn: Day | undefined, unread?: string): Field => ({
  ...{ kind: 'text', lines: 'one', name: 'due', label: 'Due', max: textLimits.due, required: true },
  hint: unread === undefined ? DAY_HINT : `One day for this action; '${unread}' is not one: ${DAY_HINT}`,
  ...(dueOn !== undefined && { value: dayText(dueOn) }),
});

const committeeField = (committees: readonly Committee[]): Field => ({
  ...{ kind: 'choice', name: 'committee', label: 'Committee', required: true },
  options: committees.map(({ id, key, name }) => ({ value: id, label: `${key}, ${name}` })),
});

export const recordForm = ({ draft, committees, seats, partners, visibility, carry }: Asked): FormView => {
  const [only, ...others] = committees;
  const committee: Record<string, string> = only && others.length === 0 ? { committee: only.id } : {};
  return {
    ...{ kind: 'form', id: 'actions.record', title: 'Record an action', submit: 'Record' },
    audience: audienceLine(visibility, partners),
    carry: { ...carry, ...committee, seenBy: visibility },
    fields: [
      {
        ...{ kind: 'text', lines: 'many', name: 'text', label: 'What', max: textLimits.text, required: true },
        hint: draft.hint ?? 'With a verb and a result: Send the revised protocol to Nova',
        ...(draft.text && { value: draft.text }),
      },
      ownerField(seats, partners, draft.owner),
      dueField(draft.dueOn, draft.unread),
      ...(others.length > 0 ? [committeeField(committees)] : []),
    ],
  };
};

interface Read {
  readonly partners: readonly Partner[];
}

const about = (action: Action, { partners }: Read) =>
  ({
    kind: 'form',
    audience: `${labelOf(action)}. ${audienceLine(action.visibility, partners)}`,
    subject: subjectOf(action.id),
  }) as const;

export const dateForm = (action: Action, read: Read): FormView => ({
  ...{ ...about(action, read), id: 'actions.date', title: 'Another date', submit: 'Change' },
  fields: [dueField(action.dueOn)],
});

export type Reasoned = 'decline' | 'block' | 'drop';

const asked: Readonly<Record<Reasoned, { readonly title: string; readonly submit: string; readonly label: string }>> = {
  decline: { title: 'Decline an action', submit: 'Decline', label: 'Decline because' },
  block: { title: 'Blocked because', submit: 'Save', label: 'Blocked because' },
  drop: { title: 'Drop an action', submit: 'Drop', label: 'Drop because' },
};

export const reasonForm = (verb: Reasoned, action: Action, read: Read): FormView => {
  const { label, ...words } = asked[verb];
  return {
    ...{ ...about(action, read), ...words, id: `actions.${verb}` },
    fields: [{ kind: 'text', lines: 'many', name: 'reason', label, max: textLimits.reason, required: true }],
  };
};

export const handOverForm = (action: Action, seats: readonly Seat[], read: Read): FormView => ({
  ...{ ...about(action, read), id: 'actions.hand-over', title: 'Hand over', submit: 'Hand over' },
  fields: [
    ownerField(
      seats.filter(({ person }) => person !== action.owner || action.status === 'declined'),
      read.partners,
      undefined,
    ),
  ],
});
