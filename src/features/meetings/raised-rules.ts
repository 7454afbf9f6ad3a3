/* Since when a meeting and its items are as they are, as the history tells. Pure. */
import type { HistoryEntry } from '../../core/context.js';
import type { Instant } from '../../core/ids.js';
import type { Raised } from './duty-rules.js';

/** What gives a meeting another day, so that days that are over by then count no more. */
const meetingVerbs: ReadonlySet<string> = new Set([
  'scheduled',
  'moved',
  'series-moved',
  'undo-moved',
  'undo-series-moved',
  'undo-cancelled',
]);

/** What makes somebody owe something for an item: its detail has the item's id as `item`. */
const itemVerbs: ReadonlySet<string> = new Set([
  'item-proposed',
  'item-added',
  'item-accepted',
  'item-put-back',
  'items-taken',
]);

export const HANDED_OVER = 'item-handed-over';
export const HANDED_BACK = 'item-handed-back';

/** Detail of other verbs of the history may be anything. */
const itemIn = ({ detail }: HistoryEntry): readonly string[] => {
  const { item, items } = detail;
  if (typeof item === 'string') return [item];
  return Array.isArray(items) ? items.filter((one) => typeof one === 'string') : [];
};

export const raisedBy = (history: readonly HistoryEntry[]): Raised => {
  let meeting: Instant = 0;
  const items = new Map<string, Instant>();
  const handedOver = new Map<string, Instant>();
  const owners = new Map<string, unknown>();
  for (const entry of history) {
    if (meetingVerbs.has(entry.verb)) meeting = entry.at;
    if (itemVerbs.has(entry.verb)) for (const item of itemIn(entry)) items.set(item, entry.at);
    const { owner } = entry.detail;
    for (const item of owner === undefined ? [] : itemIn(entry)) {
      // Whoever had it before has heard of it.
      if (entry.verb === HANDED_BACK) handedOver.delete(item);
      else if (entry.verb === HANDED_OVER || (owners.get(item) ?? owner) !== owner) handedOver.set(item, entry.at);
      owners.set(item, owner);
    }
  }
  return { meeting, items, handedOver };
};
