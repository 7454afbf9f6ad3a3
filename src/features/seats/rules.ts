import { type Committee, type Partner, type Role, roles, type Seat, type Somebody } from '../../core/context.js';
import { daysAfter } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, Day, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { mayVote } from '../../core/permission.js';

/** As a sentence says it, before the committee's key. */
export const aRole: Record<Role, string> = {
  'co-chair': 'a co-chair of',
  member: 'a member of',
  alternate: 'an alternate on',
  'alliance professional': 'an alliance professional on',
  observer: 'an observer on',
  guest: 'a guest of',
};

/** A seat as it is asked for; what is not said stays as it is, or with `whole` is no more. */
export interface Asked {
  readonly whole?: true;
  readonly role?: Role;
  readonly fromOn?: Day;
  readonly untilOn?: Day;
  readonly standsFor?: PersonId;
  readonly counterpart?: PersonId;
}

const seatOf = (person: PersonId, seats: readonly Seat[]): Seat | undefined =>
  seats.find((seat) => seat.person === person);

/** Somebody and the committee, for sentences. */
export interface Setting {
  readonly committee: Committee;
  readonly partner: Partner;
  readonly person: Somebody;
  /** In force and to come. */
  readonly seats: readonly Seat[];
  readonly today: Day;
}

/** @throws Refusal for a seat that is over, or ends before it begins */
export const checkSpan = ({ fromOn, untilOn }: Asked, { today }: Pick<Setting, 'today'>): void => {
  if (untilOn !== undefined && untilOn < today)
    throw new Refusal('over', "That day is over. To end a seat at once, say 'unseat'.", 'until');
  if (fromOn !== undefined && untilOn !== undefined && untilOn < fromOn)
    throw new Refusal('ends-first', 'The seat would end before it begins. Choose a later last day.', 'until');
};

const checkStandsFor = (seat: Seat, { committee, partner, seats }: Setting): void => {
  if (seat.role !== 'alternate') return;
  const field = 'standsFor';
  if (seat.standsFor === undefined)
    throw new Refusal('for-whom', `Say whom the alternate stands in for: 'for @member'.`, field);
  const other = seatOf(seat.standsFor, seats);
  const votes = other !== undefined && other.person !== seat.person && mayVote(other.role);
  if (votes && other.partner === partner.id) return;
  throw new Refusal(
    'for-nobody',
    `An alternate stands in for another co-chair or member of ${partner.name} on the ${committee.key}. Name one of them.`,
    field,
  );
};

const checkCounterpart = (seat: Seat, { committee, partner, seats }: Setting): void => {
  if (seat.counterpart === undefined) return;
  const other = seatOf(seat.counterpart, seats);
  if (other && other.partner !== partner.id) return;
  throw new Refusal(
    'no-counterpart',
    `A counterpart sits on the ${committee.key} for another company. Name somebody who does, or leave it out.`,
    'opposite',
  );
};

const same = (a: Seat, b: Seat): boolean =>
  a.role === b.role &&
  a.fromOn === b.fromOn &&
  a.untilOn === b.untilOn &&
  a.standsFor === b.standsFor &&
  a.counterpart === b.counterpart;

/** The last day of the seat that somebody has ends none that begins after it. */
const stillLater = (untilOn: Day | undefined, fromOn: Day | undefined): Day | undefined =>
  untilOn !== undefined && fromOn !== undefined && untilOn < fromOn ? undefined : untilOn;

/** The seat that somebody gets, or how the one they have changes. @throws Refusal */
export const draftSeat = (asked: Asked & { readonly role: Role }, setting: Setting): Seat => {
  const { committee, partner, person, seats, today } = setting;
  const before = seatOf(person.id, seats);
  if (before && before.partner !== partner.id) throw notYours(before, partner);
  if (asked.standsFor !== undefined && asked.role !== 'alternate')
    throw new Refusal('no-alternate', 'Only an alternate stands in for somebody. Choose that role, or leave it out.');
  const stays: Partial<Seat> = asked.whole ? {} : (before ?? {});
  const fromOn = asked.fromOn ?? (before ? before.fromOn : today);
  const untilOn = asked.untilOn ?? stillLater(stays.untilOn, asked.fromOn);
  checkSpan({ fromOn, untilOn }, setting);
  const stands = asked.role === 'alternate' ? (asked.standsFor ?? stays.standsFor) : undefined;
  const opposite = asked.counterpart ?? stays.counterpart;
  const seat: Seat = {
    ...{ committee: committee.id, person: person.id, personName: person.name, partner: partner.id, role: asked.role },
    ...(fromOn !== undefined && { fromOn }),
    ...(untilOn !== undefined && { untilOn }),
    ...(stands !== undefined && { standsFor: stands }),
    ...(opposite !== undefined && { counterpart: opposite }),
  };
  checkStandsFor(seat, setting);
  checkCounterpart(seat, setting);
  if (before && same(before, seat))
    throw new Refusal('unchanged', `${person.name} sits on the ${committee.key} as ${seat.role} already.`);
  return seat;
};

export const notYours = (seat: Seat, own: Partner): Refusal =>
  new Refusal(
    'other-company',
    `${seat.personName} sits for the other company. ${own.name} seats its own people only; ask the other company’s alliance professional.`,
  );

/** The seats after one was given or changed: nobody stands in for somebody who does not vote. */
export const withSeat = (seats: readonly Seat[], seat: Seat): readonly Seat[] => [
  ...seats
    .filter((one) => one.person !== seat.person)
    .map((one) => (mayVote(seat.role) ? one : unlinked(one, seat.person, 'standsFor'))),
  seat,
];

/** The seats after somebody left: nobody stands in for them, or sits opposite. */
export const withoutSeat = (seats: readonly Seat[], person: PersonId): readonly Seat[] =>
  seats
    .filter((one) => one.person !== person)
    .map((one) => unlinked(unlinked(one, person, 'standsFor'), person, 'counterpart'));

const unlinked = (seat: Seat, person: PersonId, link: 'standsFor' | 'counterpart'): Seat => {
  if (seat[link] !== person) return seat;
  const { [link]: _gone, ...rest } = seat;
  return rest;
};

export const byRole = (a: Seat, b: Seat): number =>
  roles.indexOf(a.role) - roles.indexOf(b.role) || a.personName.localeCompare(b.personName, 'en');

/** Opposite numbers in the other companies: those named, else who names this one, else co-chair to co-chair. */
export const counterpartsOf = (seat: Seat, seats: readonly Seat[]): readonly Seat[] => {
  const others = seats.filter((one) => one.partner !== seat.partner);
  const said = others.filter((one) => one.person === seat.counterpart || one.counterpart === seat.person);
  if (said.length > 0 || seat.role !== 'co-chair') return said;
  return others.filter((one) => one.role === 'co-chair' && one.counterpart === undefined);
};

const covers =
  (day: Day, partner: PartnerId) =>
  (seat: Seat): boolean =>
    seat.partner === partner && seat.role === 'co-chair' && (seat.fromOn ?? day) <= day && day <= (seat.untilOn ?? day);

/**
 * The first day from today on which a company that would have had a co-chair has none any more. Between the days on
 * which a seat begins or has ended nothing changes, so those are all that must be looked at.
 */
export const firstUnchaired = (
  before: readonly Seat[],
  after: readonly Seat[],
  partner: PartnerId,
  today: Day,
): Day | undefined => {
  const turns = [...before, ...after].flatMap(({ fromOn, untilOn }) => [
    ...(fromOn === undefined ? [] : [fromOn]),
    ...(untilOn === undefined ? [] : [daysAfter(untilOn, 1)]),
  ]);
  return [today, ...turns]
    .filter((day) => day >= today)
    .sort()
    .find((day) => before.some(covers(day, partner)) && !after.some(covers(day, partner)));
};

/** A seat as it will be from its first day on, of somebody who holds another one until then. */
export interface Planned {
  readonly change: string;
  readonly seat: Seat & { readonly fromOn: Day };
}

/** Every time that somebody sits, each with its role. */
export const tenuresOf = (seats: readonly Seat[], planned: readonly Planned[]): readonly Seat[] => [
  ...seats.map((seat) => {
    const next = planned.find((one) => one.seat.person === seat.person);
    return next ? { ...seat, untilOn: daysAfter(next.seat.fromOn, -1) } : seat;
  }),
  ...planned.map((one) => one.seat),
];

/** Whether a seat waits for its first day while its holder has another role. @throws Refusal for an interrupted seat */
export const isPlan = (before: Seat | undefined, seat: Seat, today: Day): seat is Planned['seat'] => {
  if (!before || (before.fromOn ?? today) > today || seat.fromOn === undefined || seat.fromOn <= today) return false;
  if (before.role !== seat.role) return true;
  throw new Refusal(
    'sits-already',
    `${seat.personName} sits as ${before.role} already, and would have no seat until that day. Leave the day out, or choose another role.`,
    'from',
  );
};

/** @throws Refusal when the company would be left without a co-chair */
export const checkChaired = (
  before: readonly Seat[],
  after: readonly Seat[],
  { committee, partner, today }: Omit<Setting, 'person' | 'seats'>,
): void => {
  if (firstUnchaired(before, after, partner.id, today) !== undefined)
    throw new Refusal(
      'last-co-chair',
      `${partner.name} would be without a co-chair on the ${committee.key}. Name another co-chair first: 'seat @person co-chair ${committee.key}'.`,
    );
};

export type ChangeKind = 'seated' | 'changed' | 'planned' | 'unseated' | 'professional' | 'not-professional' | 'undone';

/** What became of somebody's seat, as the committee's channels are told. */
export interface Change {
  readonly id: string;
  /** None for what holds for the whole company. */
  readonly committee?: CommitteeId;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly kind: ChangeKind;
  readonly role: Role;
  readonly fromOn?: Day;
  readonly untilOn?: Day;
  readonly standsFor?: PersonId;
  readonly changedBy: PersonId;
  readonly at: Instant;
}
