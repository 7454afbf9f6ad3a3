/* A conflict of interest, for which somebody takes no part in deciding an item. Pure. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.js';
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';
import { isOneLine, isSeen } from '../../core/naming.js';
import type { Item } from './agenda-rules.js';
import { labelOf, type Meeting, statusWords } from './rules.js';

export interface Recusal {
  readonly item: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly reason?: string;
  readonly at: Instant;
}

export const REASON_MAX = 300;

/** Why somebody takes no part; it may be left out. */
export const recusalReason = z
  .string()
  .default('')
  .transform((text) => (isSeen(text) ? text.trim().replace(/\s+/gu, ' ') : undefined))
  .refine((text) => text === undefined || isOneLine(text), 'Write the reason as one line of letters, digits and signs.')
  .refine(
    (text) => text === undefined || [...text].length <= REASON_MAX,
    `The reason fits in ${REASON_MAX} characters.`,
  );

/** '2 because I sit on their board': the number of the item, and why. */
export const readRecusal = (
  said: string,
): { readonly number?: number; readonly back: boolean; readonly reason: string } => {
  const [, back, number, rest = ''] =
    /^\s*(not\s+)?(?:from\s+)?(?:item\s+)?(\d{1,3})?[\s,.:;]*([\s\S]*)$/iu.exec(said) ?? [];
  const reason = rest.replace(/^because\s+/iu, '');
  return { ...(number !== undefined && { number: Number(number) }), back: back !== undefined, reason };
};

/** @throws Refusal once nothing of the item can change */
export const checkRecusable = (meeting: Pick<Meeting, 'status' | 'number'>, item: Pick<Item, 'status'>): void => {
  if (meeting.status !== 'planned' && meeting.status !== 'open')
    throw new Refusal(
      'over',
      `${labelOf(meeting)} is ${statusWords[meeting.status].toLowerCase()}. What was decided there stays; write to the co-chairs.`,
    );
  if (item.status !== 'accepted' && item.status !== 'parked')
    throw new Refusal('done', 'This item is done, so nothing has changed. Whoever runs the meeting can go back to it.');
};
