/* Minutes: who was in the room, who reads them, and when they are agreed. Pure. */
import type { Partner, Role, Seat } from '../../core/context.js';
import { dayOf, momentOf } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';
import { hasVote } from '../../core/permission.js';
import { type Holidays, workdaysAfter } from '../../core/workdays.js';
import type { Attendance } from './attendance-rules.js';
import { labelOf, type Meeting } from './rules.js';

/** Somebody who was there, or might have been; kept when the minutes are drafted, since seats change. */
export interface Present {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly role: Role;
  /** Had a vote in this meeting. */
  readonly votes: boolean;
  readonly here: boolean;
  /** Had said that they would not come. */
  readonly excused?: true;
  /** Whom an alternate stood in for. */
  readonly standsFor?: PersonId;
}

/** What is kept of the minutes besides what they are drawn from. */
export interface Kept {
  readonly meeting: string;
  readonly draftedAt: Instant;
  readonly dueAt: Instant;
  readonly changedAt: Instant;
  /** So many of each company's votes had to be there. */
  readonly quorum: number;
  readonly room: readonly Present[];
  readonly note?: string;
}

/** Somebody said that the minutes are fine. */
export interface Reading {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly at: Instant;
}

/** What somebody wants the minutes to say of an item, or of the whole meeting. */
export interface Proposal {
  readonly id: string;
  readonly meeting: string;
  readonly item?: string;
  readonly text: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly at: Instant;
  readonly status: 'open' | 'taken' | 'declined';
  readonly settledBy?: PersonId;
  readonly settledAt?: Instant;
  readonly reason?: string;
}

export interface Addendum {
  readonly id: string;
  readonly text: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly at: Instant;
}

export const minutesLimits = { text: 1_000, reason: 300 } as const;

const READING_DAYS = 5;
const EVENING = '18:00';

/** The evening of the fifth day on which both companies work, after the day on which the meeting was closed. */
export const lockAt = (closedAt: Instant, { zone }: Pick<Meeting, 'zone'>, holidays: Holidays): Instant =>
  momentOf(`${workdaysAfter(dayOf(closedAt, zone), READING_DAYS, holidays)}T${EVENING}`, zone);

/** Those who have a seat, and those who came without one: as alliance professionals, or else as guests. */
export const roomOf = (
  seats: readonly Seat[],
  attendance: readonly Attendance[],
  professionals: ReadonlySet<PersonId>,
): readonly Present[] => {
  const answers = new Map(attendance.map((one) => [one.person, one]));
  const isHere = (person: PersonId): boolean => answers.get(person)?.present === true;
  const seated = seats.map((seat): Present => {
    const { person, partner, role, standsFor } = seat;
    const here = isHere(person);
    const answer = answers.get(person)?.answer;
    const instead = role === 'alternate' && here && standsFor !== undefined && !isHere(standsFor);
    return {
      ...{ person, partner, role, here, votes: hasVote(seat) || instead },
      ...(!here && (answer === 'not-coming' || answer === 'alternate') && { excused: true }),
      ...(instead && { standsFor }),
    };
  });
  const known = new Set(seats.map(({ person }) => person));
  const others = attendance
    .filter(({ person, present }) => present === true && !known.has(person))
    .map(({ person, partner }): Present => {
      const role: Role = professionals.has(person) ? 'alliance professional' : 'guest';
      return { person, partner, role, votes: false, here: true };
    });
  return [...seated, ...others];
};

export interface Quorum {
  readonly needed: number;
  readonly met: boolean;
  readonly votes: readonly { readonly partner: Partner; readonly here: number }[];
}

export const quorumIn = ({ room, quorum }: Pick<Kept, 'room' | 'quorum'>, partners: readonly Partner[]): Quorum => {
  const votes = partners.map((partner) => ({
    partner,
    here: room.filter((one) => one.here && one.votes && one.partner === partner.id).length,
  }));
  return { needed: quorum, met: votes.every(({ here }) => here >= quorum), votes };
};

/** Those who say whether the minutes are fine: who was there and is no guest. */
export const attendeesOf = ({ room }: Pick<Kept, 'room'>): readonly Present[] =>
  room.filter(({ here, role }) => here && role !== 'guest');

export const fineOf = (kept: Kept, readings: readonly Reading[]): readonly Present[] => {
  const fine = new Set(readings.map(({ person }) => person));
  return attendeesOf(kept).filter(({ person }) => fine.has(person));
};

/** True once the minutes are agreed: nothing is open, and all have said so or their time is over. */
export const isAgreed = (
  kept: Kept,
  { readings, proposals }: { readonly readings: readonly Reading[]; readonly proposals: readonly Proposal[] },
  now: Instant,
): boolean => {
  if (proposals.some(({ status }) => status === 'open')) return false;
  const asked = attendeesOf(kept).length;
  return now >= kept.dueAt || (asked > 0 && fineOf(kept, readings).length === asked);
};

/** @throws Refusal before there are minutes, and once they are agreed */
export const checkDrafted = (meeting: Meeting): void => {
  const label = labelOf(meeting);
  if (meeting.status === 'agreed')
    throw new Refusal(
      'locked',
      `The minutes of ${label} are agreed and stay as they are. Add a correction: meeting correct ${label} ...`,
    );
  if (meeting.status !== 'held')
    throw new Refusal('no-minutes', `${label} has no minutes now. They are drafted when the meeting is closed.`);
};

/** @throws Refusal while the minutes can still be changed */
export const checkLocked = (meeting: Meeting): void => {
  if (meeting.status === 'agreed') return;
  if (meeting.status === 'held')
    throw new Refusal(
      'not-locked',
      `The minutes of ${labelOf(meeting)} are still a draft. Press Propose a change on their card instead.`,
    );
  checkDrafted(meeting);
};

/** @throws Refusal for somebody who was not there */
export const checkAttendee = (kept: Kept, person: PersonId, meeting: Meeting): void => {
  if (attendeesOf(kept).some((one) => one.person === person)) return;
  throw new Refusal(
    'not-there',
    `Those who were at ${labelOf(meeting)} say whether its minutes are fine, and you are not among them. If you were there, press Propose a change and say so.`,
  );
};
