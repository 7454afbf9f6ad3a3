/* Minutes drawn from what happened: nothing that was recorded is typed again. Pure. */
import type { Day, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Subject } from '../../core/view.js';
import { type Item, isInRoom, isOnAgenda, isReadBefore } from './agenda-rules.js';
import type { Addendum, Kept, Proposal, Reading } from './minutes-rules.js';
import type { Meeting } from './rules.js';

/** A record that was made in the meeting, as the log has it now. */
export interface Outcome {
  readonly subject: Subject;
  readonly label: string;
  readonly title: string;
  readonly status: string;
  /** Set for commitments. */
  readonly owner?: PersonId;
  readonly dueOn?: Day;
}

export interface Outcomes {
  readonly decided: readonly Outcome[];
  readonly actions: readonly Outcome[];
}

export interface Recused {
  readonly item: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly reason?: string;
}

export interface Guest {
  readonly item: string;
  readonly person?: PersonId;
  readonly name?: string;
  readonly invitedFor: PartnerId;
}

/** What became of an item: 'left' where the room did not get to it. */
export type Fate = 'done' | 'parked' | 'carried' | 'left' | 'read';

export interface ItemMinutes extends Outcomes {
  readonly item: Item;
  readonly number: number;
  readonly fate: Fate;
  readonly recused: readonly Recused[];
  readonly guests: readonly Guest[];
}

export interface Minutes {
  readonly meeting: Meeting;
  readonly kept: Kept;
  readonly items: readonly ItemMinutes[];
  /** What was recorded in the meeting for none of its items. */
  readonly besides: Outcomes;
  /** How long it took, as far as that is known. */
  readonly tookMs?: number;
  readonly readings: readonly Reading[];
  readonly proposals: readonly Proposal[];
  readonly addenda: readonly Addendum[];
}

export interface Happened {
  readonly meeting: Meeting;
  readonly kept: Kept;
  readonly items: readonly Item[];
  /** By what it was made from: an item's id, or the meeting's own. */
  readonly made: readonly { readonly from: string; readonly outcome: Outcome }[];
  readonly recused: readonly Recused[];
  readonly guests: readonly Guest[];
  readonly readings: readonly Reading[];
  readonly proposals: readonly Proposal[];
  readonly addenda: readonly Addendum[];
}

const fateOf = (item: Item): Fate => {
  const { status } = item;
  if (status === 'done' || status === 'parked' || status === 'carried') return status;
  return isReadBefore(item) ? 'read' : 'left';
};

/** By the numbers of the room: what was only read beforehand comes after it. */
const inOrder = (items: readonly Item[]): readonly Item[] => [
  ...items.filter(isInRoom),
  ...items.filter((item) => isOnAgenda(item) && isReadBefore(item)),
];

const outcomesOf = ({ made }: Happened, from: string): Outcomes => {
  const all = made.filter((one) => one.from === from).map(({ outcome }) => outcome);
  return {
    decided: all.filter(({ owner }) => owner === undefined),
    actions: all.filter(({ owner }) => owner !== undefined),
  };
};

const took = ({ openedAt, closedAt }: Meeting): Instant | undefined =>
  openedAt === undefined || closedAt === undefined ? undefined : closedAt - openedAt;

export const draftOf = (happened: Happened): Minutes => {
  const { meeting, kept, items, recused, guests, readings, proposals, addenda } = happened;
  const tookMs = took(meeting);
  return {
    ...{ meeting, kept, readings, proposals, addenda },
    ...(tookMs !== undefined && { tookMs }),
    items: inOrder(items).map((item, at) => ({
      ...{ item, number: at + 1, fate: fateOf(item) },
      ...outcomesOf(happened, item.id),
      recused: recused.filter((one) => one.item === item.id),
      guests: guests.filter((one) => one.item === item.id),
    })),
    besides: outcomesOf(happened, meeting.id),
  };
};

const all = ({ items, besides }: Minutes): readonly Outcomes[] => [...items, besides];

export const decidedIn = (minutes: Minutes): readonly Outcome[] => all(minutes).flatMap(({ decided }) => decided);
export const actionsIn = (minutes: Minutes): readonly Outcome[] => all(minutes).flatMap(({ actions }) => actions);

/** Everybody whose name the minutes need. */
export const namedIn = (minutes: Minutes): readonly PersonId[] => {
  const { kept, items, proposals, addenda, meeting } = minutes;
  return [
    ...kept.room.flatMap(({ person, standsFor }) => [person, ...(standsFor ? [standsFor] : [])]),
    ...items.flatMap(({ item, recused, guests }) => [
      item.owner,
      ...recused.map(({ person }) => person),
      ...guests.flatMap(({ person }) => (person ? [person] : [])),
    ]),
    ...actionsIn(minutes).flatMap(({ owner }) => (owner ? [owner] : [])),
    ...[...proposals, ...addenda].map(({ person }) => person),
    ...proposals.flatMap(({ settledBy }) => (settledBy ? [settledBy] : [])),
    ...(meeting.closedBy ? [meeting.closedBy] : []),
  ];
};
