/* Who comes, who was there, and whether they are enough to decide. Pure. */
import type { Partner, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';
import { mayVote } from '../../core/permission.js';
import { labelOf, type Meeting, statusWords } from './rules.js';

export const answers = ['coming', 'not-coming', 'alternate'] as const;

export type Answer = (typeof answers)[number];

export interface Attendance {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly answer?: Answer;
  readonly answeredAt?: Instant;
  /** Set once the meeting has begun. */
  readonly present?: boolean;
}

/** A vote in the room: 'Mei for Jun' where an alternate has it. */
export interface Vote {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly standsFor?: PersonId;
}

/** One company's share of a quorum. */
export interface Share {
  readonly partner: Partner;
  readonly needed: number;
  readonly votes: readonly Vote[];
  /** Those with a vote who have not said whether they come; nobody once the meeting is open. */
  readonly unsaid: readonly PersonId[];
  readonly met: boolean;
}

/** Votes of each company that must be in the room, unless the committee says otherwise. */
export const USUAL_QUORUM = 1;

const byPerson = (attendance: readonly Attendance[]): ReadonlyMap<PersonId, Attendance> =>
  new Map(attendance.map((one) => [one.person, one]));

/** The alternates of somebody, those who have not said that they do not come first. */
export const alternatesOf = (member: PersonId, seats: readonly Seat[]): readonly Seat[] =>
  seats.filter(({ role, standsFor }) => role === 'alternate' && standsFor === member);

const expectedVote = (seat: Seat, seats: readonly Seat[], said: ReturnType<typeof byPerson>): Vote | undefined => {
  const { person, partner } = seat;
  const answer = said.get(person)?.answer;
  if (answer === 'coming') return { person, partner };
  const comes = alternatesOf(person, seats).find((one) => {
    const theirs = said.get(one.person)?.answer;
    if (answer === 'alternate') return theirs !== 'not-coming';
    return theirs === 'coming' && (answer === 'not-coming' || one.standsIn === true);
  });
  return comes && { person: comes.person, partner, standsFor: person };
};

const presentVote = (seat: Seat, seats: readonly Seat[], said: ReturnType<typeof byPerson>): Vote | undefined => {
  const { person, partner } = seat;
  if (said.get(person)?.present) return { person, partner };
  const there = alternatesOf(person, seats).find((one) => said.get(one.person)?.present);
  return there && { person: there.person, partner, standsFor: person };
};

/** Votes that will be in the room as far as people have said; once the meeting has begun, that are. */
export const votesOf = (seats: readonly Seat[], attendance: readonly Attendance[], begun: boolean): readonly Vote[] => {
  const said = byPerson(attendance);
  const voteOf = begun ? presentVote : expectedVote;
  return seats.filter(({ role }) => mayVote(role)).flatMap((seat) => voteOf(seat, seats, said) ?? []);
};

interface Room {
  readonly seats: readonly Seat[];
  readonly attendance: readonly Attendance[];
  readonly partners: readonly Partner[];
  readonly quorum?: number;
  readonly begun: boolean;
  /** Those who take no part in deciding an item. */
  readonly recused?: readonly PersonId[];
}

/** Whether enough votes of each company are in the room, or are said to come. */
export const quorumOf = ({ seats, attendance, partners, quorum, begun, recused = [] }: Room): readonly Share[] => {
  const said = byPerson(attendance);
  const votes = votesOf(seats, attendance, begun).filter(({ person }) => !recused.includes(person));
  const needed = quorum ?? USUAL_QUORUM;
  return partners.map((partner) => {
    const own = votes.filter((vote) => vote.partner === partner.id);
    const unsaid = seats.filter(
      ({ role, partner: of, person }) => mayVote(role) && of === partner.id && said.get(person)?.answer === undefined,
    );
    return {
      ...{ partner, needed, votes: own, met: own.length >= needed },
      unsaid: begun ? [] : unsaid.map(({ person }) => person),
    };
  });
};

/** Those who are taken to be there when a meeting opens: who said so, and alternates who come for somebody. */
export const presentAtOpening = (seats: readonly Seat[], attendance: readonly Attendance[]): readonly Attendance[] => {
  const known = byPerson(attendance);
  const coming = attendance.filter(({ answer }) => answer === 'coming');
  const standing = votesOf(seats, attendance, false).filter(({ standsFor }) => standsFor !== undefined);
  const all = new Map<PersonId, Attendance>(coming.map((one) => [one.person, one]));
  for (const { person, partner } of standing) all.set(person, known.get(person) ?? { person, partner });
  return [...all.values()].map((one) => ({ ...one, present: true }));
};

/** @throws Refusal once it has begun, or will not be */
export const checkAnswerable = (meeting: Pick<Meeting, 'status' | 'number'>): void => {
  const label = labelOf(meeting);
  if (meeting.status === 'planned') return;
  if (meeting.status === 'open')
    throw new Refusal('open', `${label} is under way. Whoever runs it says who is here, with 'meeting here'.`);
  throw new Refusal(
    'over',
    `${label} is ${statusWords[meeting.status].toLowerCase()}. Say 'meeting' for the next one.`,
  );
};
