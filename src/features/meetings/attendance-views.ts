/* Who comes, who decides and who listens, on the meeting's card. */
import type { Partner, Read, Seat } from '../../core/context.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { listNames, nameIn } from '../../core/sentences.js';
import type { Button, Fact } from '../../core/view.js';
import { isInRoom } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { type Attendance, quorumOf, type Share, type Vote, votesOf } from './attendance-rules.js';
import { listAttendance } from './attendance-store.js';
import type { Guest } from './guest-rules.js';
import { listGuests } from './guest-store.js';
import { meetingOn } from './plan-rules.js';
import type { Meeting } from './rules.js';
import { type DrawPart, type Looking, subjectOf } from './views.js';

/** As many names as a line holds on a phone. */
const NAMES = 8;

export const shortList = (names: readonly string[]): string =>
  names.length > NAMES ? `${names.slice(0, NAMES).join(', ')} and ${names.length - NAMES} more` : names.join(', ');

/** The seats of a meeting's day: who votes in place of somebody who is out then. */
export const seatsOn = async (meeting: Meeting, { directory }: Pick<Read, 'directory'>): Promise<readonly Seat[]> => {
  if (meeting.status !== 'planned') return directory.seats(meeting.committee);
  const on = meetingOn(meeting);
  const inForce = (await directory.seats(meeting.committee, 'all')).filter(
    ({ fromOn = on, untilOn = on }) => fromOn <= on && on <= untilOn,
  );
  const seats: Seat[] = [];
  for (const { standsIn: _today, ...seat } of inForce) {
    const out = seat.standsFor && (await directory.absence(meeting.alliance, seat.standsFor, on));
    seats.push(out ? { ...seat, standsIn: true } : seat);
  }
  return seats;
};

/** Everybody that a card speaks of, by name. */
export type Naming = (person: PersonId) => string;

export const namingOf = async (
  { directory }: Pick<Read, 'directory'>,
  people: readonly (PersonId | undefined)[],
): Promise<Naming> => {
  const names = await directory.names(people.filter((one) => one !== undefined));
  return (person) => nameIn(names, person);
};

export const voteText = ({ person, standsFor }: Vote, name: Naming): string =>
  standsFor === undefined ? name(person) : `${name(person)} for ${name(standsFor)}`;

interface Named {
  readonly partner: PartnerId;
  readonly text: string;
}

/** 'Acme Bio 2: Ana Ruiz, Bob Brown · Nova Pharma 1: Ben Ito' */
export const byCompany = (people: readonly Named[], partners: readonly Partner[]): string =>
  partners
    .flatMap(({ id, name }) => {
      const own = people.filter(({ partner }) => partner === id).map(({ text }) => text);
      return own.length === 0 ? [] : [`${name} ${own.length}: ${shortList(own)}`];
    })
    .join(' · ');

const shareText = ({ partner, needed, votes, unsaid }: Share, name: Naming): string => {
  const names = unsaid.map(name);
  const who = names.length > NAMES ? shortList(names) : listNames(names);
  const waits = names.length === 0 ? '' : `, ${who} ${names.length > 1 ? 'have' : 'has'} not said`;
  return `${partner.name}: ${votes.length} of ${needed}${waits}`;
};

/** 'Met', or what is missing: 'Missing · Nova Pharma: 1 of 2, Jun Mori has not said'. */
export const quorumText = (shares: readonly Share[], name: Naming): string => {
  const missing = shares.filter(({ met }) => !met);
  if (missing.length > 0) return ['Missing', ...missing.map((share) => shareText(share, name))].join(' · ');
  return ['Met', ...shares.map(({ partner, votes }) => `${partner.name} ${votes.length}`)].join(' · ');
};

/** Who was said to come: with votes first, alternates with whom they stand for. */
const comingOf = (seats: readonly Seat[], attendance: readonly Attendance[], name: Naming): readonly Named[] => {
  const votes = votesOf(seats, attendance, false);
  const others = attendance.filter(
    ({ person, answer }) => answer === 'coming' && !votes.some((vote) => vote.person === person),
  );
  return [
    ...votes.map((vote) => ({ partner: vote.partner, text: voteText(vote, name) })),
    ...others.map(({ person, partner }) => ({ partner, text: name(person) })),
  ];
};

/** Those of whom it matters whether they come. */
const answerButtons = (meeting: Meeting): readonly Button[] => {
  const subject = subjectOf(meeting.id);
  return [
    { id: 'meetings.coming', label: 'Coming', subject },
    { id: 'meetings.not-coming', label: 'Not coming', subject },
    { id: 'meetings.alternate', label: 'Alternate comes', subject },
  ];
};

const factIf = (label: string, text: string): readonly Fact[] => (text === '' ? [] : [{ label, text }]);

/** 'Dr Lee (item 2)'. */
export const guestTexts = (guests: readonly Guest[], items: readonly string[], name: Naming): readonly string[] =>
  guests.map(({ person, name: called, item }) => {
    const who = person === undefined ? (called ?? 'somebody') : name(person);
    return `${who} (item ${items.indexOf(item) + 1})`;
  });

/** Items by their place on the agenda. */
export const agendaIds = async (meeting: Meeting, { read, audience }: Looking): Promise<readonly string[]> =>
  (await listItems(read.db, meeting.id, audience)).filter(isInRoom).map(({ id }) => id);

export const attendancePart: DrawPart = async (meeting, looking) => {
  const { read, partners, committee } = looking;
  const seats = await seatsOn(meeting, read);
  const attendance = await listAttendance(read.db, meeting.id);
  const items = await agendaIds(meeting, looking);
  const guests = [...(await listGuests(read.db, items)).values()].flat();
  const people = [...seats, ...attendance, ...guests].map(({ person }) => person);
  const name = await namingOf(read, people);
  const away = attendance.filter(({ answer }) => answer === 'not-coming');
  const shares = quorumOf({ seats, attendance, partners, quorum: committee.quorum, begun: false });
  return {
    facts: [
      { label: 'Coming', text: byCompany(comingOf(seats, attendance, name), partners) || 'Nobody has said so yet' },
      ...factIf('Not coming', shortList(away.map(({ person }) => name(person)))),
      ...factIf('Guests', shortList(guestTexts(guests, items, name))),
      // While nobody has said anything, that is all there is to say of it.
      ...factIf('Quorum', attendance.length === 0 ? '' : quorumText(shares, name)),
    ],
    buttons: answerButtons(meeting),
  };
};
