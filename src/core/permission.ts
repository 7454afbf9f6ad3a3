/*
 * Who may say and press what, as one table. What a row is about is looked up before its handler runs, so a handler that
 * runs may; what depends on the state of the record besides stays with the feature's rules.
 */
import type { Actor, Committee, Role, Seat } from './context.js';
import { Refusal } from './errors.js';
import type { About } from './feature.js';

export interface Asking {
  readonly actor: Actor;
  /** The committee that the subject is of, else the one of the place; none where neither says. */
  readonly committee?: Committee;
  /** What the feature told about the subject; none without a subject. */
  readonly about?: About;
}

export interface Permission {
  /** As the table reads: 'members', 'alliance professionals'. */
  readonly who: string;
  allows(asking: Asking): boolean;
  /** One sentence for whoever may not, saying who may or what to do. */
  refusal(asking: Asking): string;
}

/** By a command's word or an interaction's id. */
export type Permissions = Readonly<Record<string, Permission>>;

export const mayVote = (role: Role): boolean => role === 'co-chair' || role === 'member';

export const seatOn = (actor: Actor, committee: Pick<Committee, 'id'>): Seat | undefined =>
  actor.seats.find((seat) => seat.committee === committee.id);

/** @throws Refusal */
export const checkPermission = (permission: Permission | undefined, asking: Asking): void => {
  if (permission && !permission.allows(asking)) throw new Refusal('not-permitted', permission.refusal(asking));
};

const standing = (role: Role | undefined, committee: Committee): string =>
  role === undefined ? `You have no seat on the ${committee.key}.` : `You sit as ${role}.`;

/** Anybody who can write to Entente at all: setting up and joining begin here. */
export const anybody: Permission = { who: 'anybody', allows: () => true, refusal: () => '' };

/** Everybody of a company in the alliance, with a seat or without. */
export const everyone: Permission = { who: 'everybody in the alliance', allows: () => true, refusal: () => '' };

/** Those who sit on the committee, its guests excepted; an alliance professional stands in for their company's people. */
export const seated: Permission = {
  who: 'people with a seat that is not a guest’s, and alliance professionals',
  allows: ({ actor, committee }) => {
    if (actor.professional) return true;
    if (!committee) return actor.seats.some((seat) => seat.role !== 'guest');
    const seat = seatOn(actor, committee);
    return seat !== undefined && seat.role !== 'guest';
  },
  refusal: ({ actor, committee }) => {
    if (!committee)
      return 'You have no seat on a committee yet. Ask the alliance professional of your company for one.';
    const role = seatOn(actor, committee)?.role;
    return `${role === 'guest' ? `You are a guest of the ${committee.key}.` : standing(role, committee)} Ask one of its members to do this.`;
  },
};

/** Co-chairs and members of the committee. */
export const voters: Permission = {
  who: 'co-chairs and members',
  allows: ({ actor, committee }) => {
    if (!committee) return actor.seats.some((seat) => mayVote(seat.role));
    const seat = seatOn(actor, committee);
    return seat !== undefined && mayVote(seat.role);
  },
  refusal: ({ actor, committee }) => {
    if (!committee) return 'Only members of a committee decide this. You have no vote on one.';
    const role = seatOn(actor, committee)?.role;
    const rule = `Only ${committee.key} members decide this.`;
    if (role === undefined)
      return `${rule} You have no seat on the ${committee.key}; ask a member of your company to confirm.`;
    if (role === 'alternate') return `${rule} You sit as alternate and vote while the member you stand in for is away.`;
    return `${rule} You sit as ${role}; your comment is welcome.`;
  },
};

/** Those who run the alliance for their company. */
export const professionals: Permission = {
  who: 'alliance professionals',
  allows: ({ actor }) => actor.professional,
  refusal: ({ actor }) => `Only the alliance professional of ${actor.partner.name} does this. Ask them.`,
};
