/* A meeting while it is under way: where the room is, and how long it has been there. Pure. */
import { Refusal } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Item, ItemStatus } from './agenda-rules.js';
import { labelOf, type Meeting } from './rules.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A meeting, its agenda in order, and the item that the room is at. */
export interface Room {
  readonly meeting: Meeting;
  readonly agenda: readonly Item[];
  readonly at?: Item;
}

export const roomOf = (meeting: Meeting, agenda: readonly Item[]): Room => {
  const at = agenda.find(({ id }) => id === meeting.item?.id);
  return { meeting, agenda, ...(at && { at }) };
};

/** From 1, as people call it. */
export const numberIn = ({ agenda }: Pick<Room, 'agenda'>, { id }: Pick<Item, 'id'>): number =>
  agenda.findIndex((one) => one.id === id) + 1;

/** Before the first item, at one, or past the last one. */
export const phaseOf = ({ agenda, at }: Room): 'start' | 'item' | 'end' => {
  if (at) return 'item';
  return agenda.some(({ status }) => status === 'accepted') ? 'start' : 'end';
};

/** The one that the room comes to next: the first after this one that is not finished, else one that was left out. */
export const itemAfter = ({ agenda, at }: Room): Item | undefined => {
  const from = at ? agenda.indexOf(at) + 1 : 0;
  const open = ({ id, status }: Item) => status === 'accepted' && id !== at?.id;
  return agenda.slice(from).find(open) ?? agenda.find(open);
};

/** The one before, or none where the room goes back to its beginning. */
export const itemBefore = ({ agenda, at }: Room): Item | undefined =>
  at ? agenda[agenda.indexOf(at) - 1] : agenda.at(-1);

/** A room that was never closed did not sit for days. */
const stretch = (since: Instant, until: Instant): number => Math.min(Math.max(until - since, 0), DAY_MS);

/** What was spent on an item until now, with the stretch since the room came to it. */
export const spentOn = (
  item: Pick<Item, 'id' | 'spentMs'>,
  { item: at }: Pick<Meeting, 'item'>,
  now: Instant,
): number => item.spentMs + (at?.id === item.id ? stretch(at.since, now) : 0);

/** The item as the room leaves it. */
export const leave = (item: Item, meeting: Meeting, now: Instant, status: ItemStatus = item.status): Item => ({
  ...item,
  status,
  spentMs: spentOn(item, meeting, now),
});

/** The meeting with the room at an item from now on, or at none. */
export const placed = (
  { item: _left, ...meeting }: Meeting,
  to: Pick<Item, 'id'> | undefined,
  now: Instant,
): Meeting => ({
  ...meeting,
  ...(to && { item: { id: to.id, since: now } }),
});

const minutes = (ms: number): number => Math.floor(ms / MINUTE_MS);

/** '12 of 20 min' */
export const timeText = (ms: number, planned: number): string => `${minutes(ms)} of ${planned} min`;

/** Of the whole meeting. */
export const sinceOpened = ({ openedAt }: Pick<Meeting, 'openedAt'>, now: Instant): number =>
  openedAt === undefined ? 0 : Math.max(now - openedAt, 0);

/** Stands for no item among what buttons carry. */
export const NO_ITEM = 'none';

/**
 * Two people may press at once, and a card may be older than the room: what was seen must still be so.
 * @throws Refusal
 */
export const checkSeen = (room: Room, seen: string | undefined): void => {
  if (seen === undefined || seen === (room.at?.id ?? NO_ITEM)) return;
  const where = room.at
    ? `at item ${numberIn(room, room.at)}`
    : phaseOf(room) === 'end'
      ? 'past the last item'
      : 'before the first item';
  throw new Refusal('already', `Somebody has moved on already: the room is ${where}. Nothing has changed.`);
};

/** @throws Refusal unless it is under way */
export const checkOpen = (meeting: Meeting): void => {
  const label = labelOf(meeting);
  if (meeting.status === 'open') return;
  if (meeting.status === 'planned')
    throw new Refusal('not-open', `${label} has not been opened. Say 'meeting open ${label}' to begin it.`);
  if (meeting.status === 'cancelled') throw new Refusal('cancelled', `${label} was cancelled. Nothing has changed.`);
  throw new Refusal('closed', `${label} is closed already. Its minutes say what came of it.`);
};

/** @throws Refusal unless it can begin now; `other` is what the committee is in already */
export const checkOpening = (meeting: Meeting, other: Meeting | undefined, now: Instant): void => {
  const label = labelOf(meeting);
  if (meeting.status === 'open')
    throw new Refusal('open', `${label} is under way already. Say 'meeting show ${label}' for its card.`);
  if (meeting.status === 'cancelled')
    throw new Refusal('cancelled', `${label} was cancelled. Schedule another one: meeting schedule.`);
  if (meeting.status !== 'planned')
    throw new Refusal('closed', `${label} was held already. Say 'meeting' for the next one.`);
  if (other)
    throw new Refusal(
      'two-open',
      `${labelOf(other)} is still under way. Say 'close meeting' first, then open ${label}.`,
    );
  if (meeting.startsAt - now > DAY_MS)
    throw new Refusal(
      'too-early',
      `${label} is more than a day away. If it takes place now, move it first: meeting move ${label}.`,
    );
};

/** The one that somebody means by 'open meeting': the nearest in time. */
export const nearest = (meetings: readonly Meeting[], now: Instant): Meeting | undefined =>
  [...meetings].sort((a, b) => Math.abs(a.startsAt - now) - Math.abs(b.startsAt - now))[0];
