import type { Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, Instant, PersonId } from '../../core/ids.js';

/** Five words are enough for ten minutes: 47 random bits, and few tries. */
export const CODE_WORDS = 5;
export const LINK_MS = 10 * 60 * 1_000;

/** A code with which somebody adds another account of theirs. */
export interface Link {
  readonly person: PersonId;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
}

/** A company that somebody acts for. */
export interface Membership {
  readonly alliance: AllianceId;
  readonly allianceName: string;
  readonly partner: Partner;
}

export const isLive = ({ usedAt, expiresAt }: Link, now: Instant): boolean => usedAt === undefined && now < expiresAt;

/** @throws Refusal when the account is of the person who made the code */
export const checkOther = (maker: PersonId, caller: PersonId | undefined): void => {
  if (maker === caller)
    throw new Refusal('same-person', 'The code is from this account, or from one linked to it. Say it with the other.');
};

/**
 * Nobody acts for two companies of one alliance. A guest account that is nobody's yet acts for none.
 * @throws Refusal
 */
export const checkCompanies = (kept: readonly Membership[], other: readonly Membership[]): void => {
  for (const one of kept) {
    const clash = other.find(({ alliance, partner }) => alliance === one.alliance && partner.id !== one.partner.id);
    if (clash)
      throw new Refusal(
        'two-companies',
        `The accounts belong to ${one.partner.name} and to ${clash.partner.name}, two companies of "${one.allianceName}". Nobody acts for both, so they cannot be linked.`,
      );
  }
};

/** 'Ana Ruiz (Acme Bio)'. */
export const introduce = (name: string, memberships: readonly Membership[]): string => {
  const companies = [...new Set(memberships.map(({ partner }) => partner.name))];
  return companies.length === 0 ? name : `${name} (${companies.join(', ')})`;
};

/** Somebody who is to be forgotten. */
export interface Leaver {
  readonly person: PersonId;
  readonly name: string;
  /** They ask for it themselves. */
  readonly self: boolean;
}

/** True for 'me' and the like: whoever says it means themselves. */
export const meansSelf = (text: string): boolean => /^(me|myself|my\s+(profile|data))[.,]?$/iu.test(text.trim());
