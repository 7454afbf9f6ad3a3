/*
 * Where those with a vote stand before a meeting, which only their own company reads, and the one colour that all may
 * read of it. Pure.
 */
import { z } from 'zod';
import type { Seat } from '../../core/context.js';
import { dayText } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Day, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { isSeen } from '../../core/naming.js';
import { hasVote } from '../../core/permission.js';
import type { Item } from './agenda-rules.js';
import { labelOf, type Meeting } from './rules.js';

export const stances = ['aligned', 'if', 'step', 'not-yet'] as const;

export type Stance = (typeof stances)[number];

/** What somebody says when they are asked. */
export interface Said {
  readonly stance: Stance;
  /** Of 'Aligned if ...'; which internal step. None once whoever said it was forgotten. */
  readonly condition?: string;
  /** The day of that step. */
  readonly stepOn?: Day;
}

export interface Position extends Said {
  readonly item: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly at: Instant;
}

/** All that the other companies ever learn. */
export type Colour = 'green' | 'amber' | 'red';

/** Never by colour alone. */
export const colourWords: Readonly<Record<Colour, string>> = {
  green: 'green, aligned',
  amber: 'amber, on the way',
  red: 'red, not yet',
};

/** Those who speak for one vote: whoever holds it, and their alternate while they are out. */
export type Vote = readonly PersonId[];

const holderOf = ({ person, standsIn, standsFor }: Seat): PersonId => (standsIn ? (standsFor ?? person) : person);

/** The votes of a company on an item; whoever takes no part in deciding it is left out. */
export const votesOf = (
  seats: readonly Seat[],
  partner: PartnerId,
  recused: ReadonlySet<PersonId> = new Set(),
): readonly Vote[] => {
  const voting = seats.filter((seat) => seat.partner === partner && hasVote(seat));
  const holders = [...new Set(voting.map(holderOf))];
  return holders
    .map((holder) => voting.filter((seat) => holderOf(seat) === holder).map(({ person }) => person))
    .map((vote) => vote.filter((person) => !recused.has(person)))
    .filter((vote) => vote.length > 0);
};

type Stand = Pick<Position, 'person' | 'stance' | 'at'>;

/** What was said last for a vote. */
export const latestOf = <S extends Stand>(positions: readonly S[], vote: Vote): S | undefined =>
  positions
    .filter(({ person }) => vote.includes(person))
    .reduce<S | undefined>((last, one) => (last && last.at > one.at ? last : one), undefined);

/** Of one item and one company. None before somebody who has a say in it answered. */
export const colourOf = (positions: readonly Stand[], votes: readonly Vote[]): Colour | undefined => {
  const said = votes.map((vote) => latestOf(positions, vote)?.stance);
  if (said.every((stance) => stance === undefined)) return undefined;
  if (said.includes('not-yet')) return 'red';
  return said.every((stance) => stance === 'aligned') ? 'green' : 'amber';
};

/** True of items on which people are asked where they stand. */
export const isAsked = ({ kind, status }: Pick<Item, 'kind' | 'status'>): boolean =>
  kind === 'decision' && status === 'accepted';

/** True while people may still say where they stand. */
export const isAsking = ({ status }: Pick<Meeting, 'status'>): boolean => status === 'planned' || status === 'open';

/** @throws Refusal where nobody is asked, or not this person */
export const checkAsked = (
  item: Pick<Item, 'kind' | 'status' | 'title'>,
  meeting: Pick<Meeting, 'number' | 'status'>,
  recused: boolean,
): void => {
  if (!isAsking(meeting))
    throw new Refusal(
      'wrong-time',
      `${labelOf(meeting)} is over or cancelled, so positions are not taken any more. Say it in the minutes instead.`,
    );
  if (item.kind !== 'decision')
    throw new Refusal('no-question', 'This item is not for decision, so nobody is asked where they stand on it.');
  if (!isAsked(item))
    throw new Refusal(
      'wrong-time',
      'This item is not on the agenda for decision now. Look at the agenda for where it stands.',
    );
  if (recused)
    throw new Refusal('recused', 'You take no part in deciding this item, so you are not asked where you stand on it.');
};

export const MAX = 300;
export const DAY_MAX = 60;

const words = (missing: string) =>
  z
    .string(missing)
    .refine(isSeen, missing)
    .transform((text) => text.trim().replace(/\s+/gu, ' '))
    .pipe(z.string().max(MAX, `Say it in at most ${MAX} characters.`));

export const conditionSchema = z.object({
  condition: words('Say on which condition you are aligned.').transform((text) => text.replace(/^if\s+(?=\S)/iu, '')),
});

export const stepSchema = z.object({
  step: words('Say which internal step is needed, such as the portfolio board.'),
  day: z.string().trim().max(DAY_MAX, 'Give one day, such as 4 December.').optional(),
});

/** In a company's own words, for its own people. */
export const stanceWords = ({ stance, condition, stepOn }: Said): string => {
  const by = stepOn === undefined ? '' : `, ${dayText(stepOn)}`;
  switch (stance) {
    case 'aligned':
      return 'aligned';
    case 'if':
      return condition === undefined ? 'aligned on a condition' : `aligned if ${condition}`;
    case 'step':
      return condition === undefined ? 'needs an internal step' : `needs an internal step: ${condition}${by}`;
    case 'not-yet':
      return 'not yet';
    default:
      return stance satisfies never;
  }
};
