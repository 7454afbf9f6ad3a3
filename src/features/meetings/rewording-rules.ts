/* When an item asks the room something else than it did, so that what was said of it was said of another one. Pure. */
import type { Actor, Committee } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { folded } from '../../core/naming.js';
import { type Item, runs } from './agenda-rules.js';
import type { Meeting } from './rules.js';

type Words = Pick<Item, 'kind' | 'title' | 'question'>;

/** Letters and digits alone: a comma is no other question. */
const plain = (text: string | undefined): string => folded(text ?? '').replace(/[^\p{L}\p{N}]/gu, '');

/** True where those who said where they stand are to be asked again. */
export const asksElse = (before: Words, after: Words): boolean =>
  before.kind !== after.kind || (before.question !== undefined && plain(before.question) !== plain(after.question));

/**
 * The item as it is kept: what somebody accepted is accepted again before it says something else, unless whoever changes
 * it could. @throws Refusal in the middle of the meeting, where it cannot be taken away
 */
export const reworded = (before: Item, after: Item, meeting: Meeting, by: [Actor, Committee]): Item => {
  const same = !asksElse(before, after) && plain(before.title) === plain(after.title);
  if (same || before.status !== 'accepted' || runs(...by)) return after;
  if (meeting.status === 'planned') return { ...after, status: 'proposed' };
  throw new Refusal(
    'under-way',
    'The meeting is under way, and the room has accepted this item as it is. A co-chair or an alliance professional changes what it says.',
  );
};
