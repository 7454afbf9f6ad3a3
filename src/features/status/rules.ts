import type { Audience, Partner, Somebody } from '../../core/context.js';
import type { Channel } from '../../core/directory/channels.js';
import { Refusal } from '../../core/errors.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import type { Undelivered } from '../../core/undelivered.js';

/** Who reads a channel that is bound. 'exposed' is a company's own lane that others can read by now. */
export type Reading = 'own' | 'internal' | 'shared' | 'exposed';

export const readingOf = ({ internal, shared }: Pick<Channel, 'internal' | 'shared'>): Reading => {
  if (internal) return shared ? 'exposed' : 'internal';
  return shared ? 'shared' : 'own';
};

export interface Member extends Somebody {
  readonly professional: boolean;
  /** Has an account in a workspace of their company that has joined. */
  readonly reachable: boolean;
}

/**
 * Names of a company's channels and people are for that company, so others must not read where they are told.
 * @throws Refusal
 */
export const checkAlone = ({ own }: Audience, { id, name }: Partner): void => {
  if (own === id) return;
  throw new Refusal(
    'not-alone',
    `This shows what only ${name} may see, and others read here. Say it to Entente directly.`,
  );
};

/** Those who sit on no committee, now or soon. Whoever runs the alliance needs no seat. */
export const withoutSeat = (members: readonly Member[], seated: ReadonlySet<PersonId>): readonly Member[] =>
  members.filter((member) => !member.professional && !seated.has(member.id));

export const unreachable = (members: readonly Member[]): readonly Member[] =>
  members.filter((member) => !member.reachable);

/** What is behind on another side, without anything that would tell where. */
export interface Missing {
  readonly partner: PartnerId;
  readonly cards: number;
  readonly parked: number;
  readonly since: number;
}

export const missingElsewhere = (behind: readonly Undelivered[], own: PartnerId): readonly Missing[] => {
  const sides = new Map<PartnerId, Missing>();
  for (const { partner, cards, parked, since, kind, internal } of behind) {
    // Who is written to directly over there, what is kept in a lane, and about what, is that company's own affair.
    if (partner === own || kind === 'person' || internal) continue;
    const before = sides.get(partner) ?? { partner, cards: 0, parked: 0, since };
    sides.set(partner, {
      partner,
      cards: before.cards + cards,
      parked: before.parked + parked,
      since: Math.min(before.since, since),
    });
  }
  return [...sides.values()];
};
