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

/** The roles that vote by themselves. */
export const mayVote = (role: Role): boolean => role === 'co-chair' || role === 'member';

/** True of a seat whose holder votes today: an alternate does while the member they stand in for is out. */
export const hasVote = ({ role, standsIn }: Pick<Seat, 'role' | 'standsIn'>): boolean =>
  mayVote(role) || standsIn === true;

export const seatOn = (actor: Actor, committee: Pick<Committee, 'id'>): Seat | undefined =>
  actor.seats.find((seat) => seat.committee === committee.id);

/**
 * From another company's workspace nobody does what takes a role: its administrators can act in its guests' names.
 * @throws Refusal
 */
export const checkPermission = (permission: Permission | undefined, asking: Asking): void => {
  const takesRole = permission && permission !== anybody && permission !== everyone;
  if (takesRole && !asking.actor.home)
    throw new Refusal(
      'from-home',
      'You are a guest in this workspace, whose administrators could act in your name. Do this from your own company’s workspace.',
    );
  if (permission && !permission.allows(asking)) throw new Refusal('not-permitted', permission.refusal(asking));
};

const standing = (role: Role | undefined, committee: Committee): string =>
  role === undefined ? `You have no seat on the ${committee.key}.` : `You sit as ${role}.`;

/** The role on the committee in question; none without one. */
const roleIn = ({ actor, committee }: Asking): Role | undefined => committee && seatOn(actor, committee)?.role;

/** Anybody who can write to Entente at all: setting up and joining begin here. */
export const anybody: Permission = { who: 'anybody', allows: () => true, refusal: () => '' };

/** Everybody of a company in the alliance, with a seat or without. */
export const everyone: Permission = { who: 'everybody in the alliance', allows: () => true, refusal: () => '' };

/** The same, but from their own company's workspace: whoever runs another one could act in its guests' names. */
export const inPerson: Permission = { ...everyone, who: 'everybody in the alliance, from their own workspace' };

/** Those who sit on the committee, its guests excepted; an alliance professional stands in for their company's people. */
export const seated: Permission = {
  who: 'people with a seat that is not a guest’s, and alliance professionals',
  allows: ({ actor, committee }) => {
    if (actor.professional) return true;
    if (!committee) return actor.seats.some((seat) => seat.role !== 'guest');
    const seat = seatOn(actor, committee);
    return seat !== undefined && seat.role !== 'guest';
  },
  refusal: (asking) => {
    const { actor, committee } = asking;
    if (!committee)
      return actor.seats.length > 0
        ? 'You are only a guest so far. Ask the alliance professional of your company for a seat.'
        : 'You have no seat on a committee yet. Ask the alliance professional of your company for one.';
    const role = roleIn(asking);
    return `${role === 'guest' ? `You are a guest of the ${committee.key}.` : standing(role, committee)} Ask one of its members to do this.`;
  },
};

/** Co-chairs and members of the committee, and an alternate while the member they stand in for is out. */
export const voters: Permission = {
  who: 'co-chairs and members, and alternates while their member is out',
  allows: ({ actor, committee }) => {
    if (!committee) return actor.seats.some(hasVote);
    const seat = seatOn(actor, committee);
    return seat !== undefined && hasVote(seat);
  },
  refusal: (asking) => {
    const { committee } = asking;
    if (!committee) return 'Only members of a committee decide this. You have no vote on one.';
    const role = roleIn(asking);
    const rule = `Only ${committee.key} members decide this.`;
    if (role === undefined)
      return `${rule} You have no seat on the ${committee.key}; ask a member of your company to confirm.`;
    if (role === 'alternate')
      return `${rule} You sit as alternate and vote while the member you stand in for is out: they say 'out until [day]', or your alliance professional does.`;
    return `${rule} You sit as ${role}; your comment is welcome.`;
  },
};

/** Those who answer for the committee, one or more of each company. */
export const chairs: Permission = {
  who: 'co-chairs',
  allows: (asking) => {
    const { actor, committee } = asking;
    return committee ? roleIn(asking) === 'co-chair' : actor.seats.some((seat) => seat.role === 'co-chair');
  },
  refusal: ({ committee }) =>
    `Only ${committee ? `co-chairs of the ${committee.key}` : 'co-chairs'} do this. Ask one of them.`,
};

/** Those who run the alliance for their company. */
export const professionals: Permission = {
  who: 'alliance professionals',
  allows: ({ actor }) => actor.professional,
  refusal: ({ actor }) => `Only the alliance professional of ${actor.partner.name} does this. Ask them.`,
};

/** Those who may give a committee its channels; without one in question, who may do so for some committee. */
export const stewards: Permission = {
  who: 'alliance professionals and co-chairs',
  allows: (asking) => {
    const { actor, committee } = asking;
    if (actor.professional) return true;
    return committee ? roleIn(asking) === 'co-chair' : actor.seats.some((seat) => seat.role === 'co-chair');
  },
  refusal: ({ actor, committee }) =>
    `Only the alliance professional of ${actor.partner.name} and ${committee ? `co-chairs of the ${committee.key}` : 'co-chairs'} do this. Ask them.`,
};

/** Those who run the committee: alliance professionals, also those who sit on it as such and run no more than that. */
export const organisers: Permission = {
  who: 'alliance professionals, of the alliance or of the committee',
  allows: (asking) => asking.actor.professional || roleIn(asking) === 'alliance professional',
  refusal: professionals.refusal,
};

/** Whoever made what is pressed on. */
export const author: Permission = {
  who: 'its author',
  allows: ({ actor, about }) => about?.author !== undefined && about.author === actor.person,
  refusal: () => 'Only who made this can do that. Ask them.',
};

/** Whoever owes what is pressed on, or covers for them; `does` is what only they do: 'accept this'. */
export const owner = (does: string): Permission => ({
  who: 'its owner, and whoever covers for them while they are out',
  allows: ({ actor, about }) => about?.owner !== undefined && [about.owner.id, about.cover].includes(actor.person),
  refusal: ({ about }) => `Only ${about?.owner?.name ?? 'its owner'} can ${does}.`,
});

/** Whom any of them allows; the first one's sentence refuses the others. */
export const anyOf = (first: Permission, ...others: readonly Permission[]): Permission => ({
  who: [first, ...others].map(({ who }) => who).join('; '),
  allows: (asking) => [first, ...others].some((one) => one.allows(asking)),
  refusal: first.refusal,
});

/** The author of what is pressed on, and those who may besides. */
export const authorOr = (other: Permission): Permission => anyOf(other, author);

/** The same for what belongs to one's own company; a subject that belongs to nobody in particular is everybody's. */
export const ofOwnCompany = (other: Permission): Permission => ({
  who: `${other.who}; for their own company`,
  allows: (asking) => isOwn(asking) && other.allows(asking),
  refusal: (asking) =>
    isOwn(asking)
      ? other.refusal(asking)
      : `This belongs to the other company. Only its own people change it; ask its alliance professional.`,
});

const isOwn = ({ actor, about }: Asking): boolean => about?.partner === undefined || about.partner === actor.partner.id;

/** The same with a sentence of its own. */
export const saying = (permission: Permission, sentence: string): Permission => ({
  ...permission,
  refusal: () => sentence,
});
