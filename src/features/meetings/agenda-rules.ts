/* What stands on an agenda. Pure. */
import type { AgendaKind } from '../../core/agenda.js';
import type { Actor, Committee } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { anyOf, organisers, stewards } from '../../core/permission.js';
import type { Subject } from '../../core/view.js';
import { labelOf, type Meeting, statusWords } from './rules.js';

/**
 * 'done' and 'parked' in the meeting; 'carried' once it stands on a later one's agenda; 'removed' by whoever may, for the
 * five minutes in which that is undone and ever after.
 */
export type ItemStatus = 'proposed' | 'accepted' | 'declined' | 'done' | 'parked' | 'carried' | 'removed';

export interface Paper {
  readonly version: number;
  readonly link: string;
  readonly pages?: number;
  readonly person: PersonId;
  readonly at: Instant;
}

export interface Item {
  readonly id: string;
  readonly committee: CommitteeId;
  readonly meeting: string;
  readonly position: number;
  readonly kind: AgendaKind;
  readonly title: string;
  readonly question?: string;
  /** In the room; 0 for what is read beforehand and takes no time there. */
  readonly minutes: number;
  readonly owner: PersonId;
  readonly status: ItemStatus;
  readonly proposedBy: PersonId;
  readonly proposedFor: PartnerId;
  readonly proposedAt: Instant;
  /** Where the audience can open it. */
  readonly link?: string;
  readonly about?: Subject;
  readonly carriedFrom?: string;
  readonly spentMs: number;
  /** What the minutes say of it; of one that was declined, why. */
  readonly note?: string;
  /** The latest version. */
  readonly paper?: Paper;
}

export const kindWords: Readonly<Record<AgendaKind, string>> = {
  decision: 'For decision',
  discussion: 'For discussion',
  information: 'For information',
};

const offAgenda: readonly ItemStatus[] = ['proposed', 'declined', 'removed'];

/** Those that stand on the agenda, in the order of their positions. */
export const isOnAgenda = ({ status }: Pick<Item, 'status'>): boolean => !offAgenda.includes(status);

/** Read before the meeting, and no part of it. */
export const isReadBefore = ({ kind, minutes }: Pick<Item, 'kind' | 'minutes'>): boolean =>
  kind === 'information' && minutes === 0;

/** Those that the room goes through, in its order; their numbers are their places among these, from 1. */
export const isInRoom = (item: Pick<Item, 'status' | 'kind' | 'minutes'>): boolean =>
  isOnAgenda(item) && !isReadBefore(item);

/** Those that somebody still has to see to before the meeting is over. */
export const isUnfinished = (item: Pick<Item, 'status' | 'kind' | 'minutes'>): boolean =>
  item.status === 'proposed' || ((item.status === 'accepted' || item.status === 'parked') && !isReadBefore(item));

/** Those who run a committee's meetings; what they propose is accepted at once. */
export const chair = anyOf(stewards, organisers);

export const runs = (actor: Actor, committee: Committee): boolean => actor.home && chair.allows({ actor, committee });

/** More items than these no meeting gets through; those that were carried on come on top. */
export const MOST_ITEMS = 30;

const counted: readonly ItemStatus[] = ['proposed', 'accepted', 'parked', 'done'];

/** @throws Refusal on an agenda that is full */
export const checkRoomFor = (items: readonly Item[], meeting: Meeting): void => {
  if (items.filter(({ status }) => counted.includes(status)).length < MOST_ITEMS) return;
  throw new Refusal(
    'full',
    `${labelOf(meeting)} has ${MOST_ITEMS} items, and more than that fit on no agenda. Remove one first, or take this to the next meeting.`,
  );
};

/** @throws Refusal for a meeting that is over or cancelled */
export const checkAgendaOpen = (meeting: Meeting): void => {
  if (meeting.status === 'planned' || meeting.status === 'open') return;
  throw new Refusal(
    'wrong-time',
    `${labelOf(meeting)} is ${statusWords[meeting.status].toLowerCase()}, and its agenda stays as it is. Add it to the next meeting.`,
  );
};

const overWords: Readonly<Partial<Record<ItemStatus, string>>> = {
  declined: 'was declined. Propose it again if it is needed after all',
  done: 'is done. Nothing of it is changed any more',
  parked: 'was parked, and stands on the next meeting’s agenda. Change it there',
  carried: 'was carried to a later meeting. Change it there',
  removed: 'was removed. Add it again if it is needed after all',
};

/** @throws Refusal for an item that is over */
export const checkItemOpen = ({ status, title }: Item): void => {
  const over = overWords[status];
  if (over !== undefined) throw new Refusal('item-over', `'${title}' ${over}.`);
};

/** @throws Refusal unless it still waits for an answer */
export const checkProposed = (item: Item): void => {
  if (item.status === 'accepted') throw new Refusal('accepted', `'${item.title}' stands on the agenda already.`);
  checkItemOpen(item);
};

/** Minutes that the agenda takes in the room. */
export const plannedMinutes = (items: readonly Item[]): number =>
  items.filter(isInRoom).reduce((sum, { minutes }) => sum + minutes, 0);

/** '95 of 90 minutes: 5 too many' */
export const timeLine = (items: readonly Item[], { minutes }: Pick<Meeting, 'minutes'>): string => {
  const planned = plannedMinutes(items);
  const over = planned - minutes;
  return `${planned} of ${minutes} minutes${over > 0 ? `: ${over} too many` : ''}`;
};

/** What an order that is asked for changes: who stands where from now on. */
export type Places = readonly { readonly id: string; readonly position: number }[];

/**
 * The room's items with one of them moved to the place `to`, from 1. Only the places that they have already are given
 * out anew, so that what else stands on the agenda keeps its own.
 */
export const movedTo = (items: readonly Item[], id: string, to: number): Places => {
  const inRoom = items.filter(isInRoom);
  const one = inRoom.find((item) => item.id === id);
  if (!one) return [];
  const others = inRoom.filter((item) => item.id !== id);
  const order = [...others.slice(0, to - 1), one, ...others.slice(to - 1)];
  return order.flatMap((item, at) => {
    const position = inRoom[at]?.position ?? item.position;
    return position === item.position ? [] : [{ id: item.id, position }];
  });
};

/** Its place among those that the room goes through, from 1; 0 for one that is not among them. */
export const placeOf = (items: readonly Item[], id: string): number =>
  items.filter(isInRoom).findIndex((item) => item.id === id) + 1;

/** @throws Refusal for a number that no item has */
export const itemAt = (items: readonly Item[], place: number, meeting: Meeting): Item => {
  const inRoom = items.filter(isInRoom);
  const found = inRoom[place - 1];
  if (found) return found;
  throw new Refusal(
    'no-item',
    inRoom.length === 0
      ? `${labelOf(meeting)} has no item in its running order yet. Say 'meeting agenda' to see what is proposed.`
      : `${labelOf(meeting)} has no item ${place}. Its items are 1 to ${inRoom.length}.`,
  );
};

/** True where the room is asked to decide nothing, not even by what is only proposed. */
export const lacksDecision = (items: readonly Item[]): boolean =>
  !items.some((item) => item.kind === 'decision' && (isInRoom(item) || item.status === 'proposed'));
