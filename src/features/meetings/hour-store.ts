/* The reminder just before a meeting: link and agenda, to each of those who come. */
import type { Seat, Work } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import { listOut, zonesOf } from '../../core/directory/absences.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { type Holidays, isWorkday } from '../../core/workdays.js';
import type { Answer } from './attendance-rules.js';
import { listAttendance } from './attendance-store.js';
import { type Around, isReminded } from './hour-rules.js';
import type { Meeting } from './rules.js';
import { hourSubject, subjectOf } from './views.js';

/** Whether somebody is away, and whether their company works, is asked of the day that it is where they are. */
const aroundOf = async (meeting: Meeting, seats: readonly Seat[], work: Work): Promise<Around> => {
  const { alliance, startsAt } = meeting;
  const answers = new Map<PersonId, Answer>();
  for (const { person, answer } of await listAttendance(work.db, meeting.id)) if (answer) answers.set(person, answer);
  const holidays = new Map<PartnerId, Holidays>();
  for (const { partner } of seats)
    if (!holidays.has(partner)) holidays.set(partner, await work.directory.holidays(partner));
  const people = seats.map(({ person }) => person);
  const zones = await zonesOf(work.db, alliance, people);
  const days = new Map(people.map((person) => [person, dayOf(startsAt, zones.get(person) ?? meeting.zone)]));
  const isOff = ({ person, partner }: Seat): boolean => {
    const day = days.get(person);
    return day !== undefined && !isWorkday(day, holidays.get(partner) ?? new Map());
  };
  const off = new Set(seats.filter(isOff).map(({ person }) => person));
  return { answers, out: await listOut(work.db, alliance, days), off };
};

/** Each gets one message for this beginning of the meeting. */
export const remindOf = async (meeting: Meeting, work: Work): Promise<void> => {
  const { id, startsAt } = meeting;
  await work.record(subjectOf(`hour:${id}`), 'reminded', { startsAt });
  const seats = await work.directory.seats(meeting.committee);
  const around = await aroundOf(meeting, seats, work);
  const reminded = seats.filter((seat) => isReminded(seat, around)).map(({ person }) => person);
  await work.tell(reminded, hourSubject(id, startsAt));
};
