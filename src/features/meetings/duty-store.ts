/* What duties come from, and what people said of being reminded of them. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Audience, Read, Seat } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import { listHistories } from '../../core/history.js';
import type { AllianceId, CommitteeId, Day, PartnerId, PersonId } from '../../core/ids.js';
import { cardTables } from '../../core/tables.js';
import type { Subject } from '../../core/view.js';
import type { Holidays } from '../../core/workdays.js';
import { listItemsIn } from './agenda-store.js';
import { listAttendanceIn } from './attendance-store.js';
import { jointHolidays } from './countdown-store.js';
import type { Around, Raised } from './duty-rules.js';
import { getPlan } from './plan-store.js';
import { listPositions, listRecused } from './position-store.js';
import { raisedBy } from './raised-rules.js';
import type { Meeting } from './rules.js';
import { meetingTables } from './tables.js';
import { subjectOf } from './views.js';

/** Both read the same chain as everybody: what is raised is shared. */
const listRaised = async (
  db: Db,
  alliance: AllianceId,
  meetings: readonly string[],
): Promise<ReadonlyMap<string, Raised>> => {
  const found = await listHistories(db, alliance, subjectOf('').feature, meetings);
  return new Map(meetings.map((id) => [id, raisedBy(found.get(id) ?? [])]));
};

const flat = (recused: ReadonlyMap<string, ReadonlySet<PersonId>>): Around['recused'] =>
  [...recused].flatMap(([item, people]) => [...people].map((person) => ({ item, person })));

/** What is the same for all meetings of an alliance. */
export interface Surroundings {
  readonly holidays: Holidays;
  /** Those who run the alliance for each company. */
  readonly professionals: ReadonlyMap<PartnerId, readonly PersonId[]>;
}

export const surroundingsOf = async (alliance: AllianceId, { directory }: Read): Promise<Surroundings> => {
  const professionals = new Map<PartnerId, readonly PersonId[]>();
  for (const partner of await directory.partners(alliance))
    professionals.set(
      partner.id,
      (await directory.professionals(partner.id)).map(({ id }) => id),
    );
  return { professionals, holidays: await jointHolidays({ directory, alliance }) };
};

/** Those who sit as alliance professional for a company, else those of the alliance, else its co-chairs. */
const runnersOf = (partner: PartnerId, seats: readonly Seat[], all: readonly PersonId[]): readonly PersonId[] => {
  const own = (role: Seat['role']) =>
    seats.filter((seat) => seat.partner === partner && seat.role === role).map(({ person }) => person);
  const seated = own('alliance professional');
  if (seated.length > 0) return seated;
  return all.length > 0 ? all : own('co-chair');
};

/** What duties to meetings of an alliance come from, in their order, as far as the audience may know it. */
export const aroundMeetings = async (
  meetings: readonly Meeting[],
  read: Read,
  audience: Audience,
  { holidays, professionals }: Surroundings,
): Promise<readonly Around[]> => {
  if (meetings.length === 0) return [];
  const { db, directory } = read;
  const ids = meetings.map(({ id }) => id);
  const all = await listItemsIn(db, ids, audience);
  const itemIds = all.map(({ id }) => id);
  const itemsOf = groupedBy(all, ({ meeting }) => meeting);
  const attendance = await listAttendanceIn(db, ids);
  const positionsOn = groupedBy(await listPositions(db, itemIds, audience), ({ item }) => item);
  const recused = await listRecused(db, itemIds);
  const raised = await listRaised(db, audience.alliance, ids);
  const around = async (meeting: Meeting): Promise<Around> => {
    const items = itemsOf.get(meeting.id) ?? [];
    const seats = await directory.seats(meeting.committee);
    return {
      ...{ meeting, items, seats, holidays },
      plan: await getPlan(db, meeting.committee),
      attendance: attendance.get(meeting.id) ?? [],
      positions: items.flatMap(({ id }) => positionsOn.get(id) ?? []),
      ...(audience.own !== undefined && { own: audience.own }),
      recused: flat(new Map(items.map(({ id }) => [id, recused.get(id) ?? new Set()]))),
      runners: new Map([...professionals].map(([partner, run]) => [partner, runnersOf(partner, seats, run)])),
      raised: raised.get(meeting.id) ?? raisedBy([]),
    };
  };
  const found: Around[] = [];
  for (const meeting of meetings) found.push(await around(meeting));
  return found;
};

/** Until when somebody wants to hear nothing of meetings, by meeting; that day included. */
export const listSnoozes = async (
  db: Db,
  meetings: readonly string[],
  person: PersonId,
): Promise<ReadonlyMap<string, Day>> => {
  const { snoozes } = meetingTables(db);
  const rows = await db
    .select({ meeting: snoozes.meetingId, untilOn: snoozes.untilOn })
    .from(snoozes)
    .where(and(inArray(snoozes.meetingId, [...meetings]), eq(snoozes.personId, person)));
  return new Map(rows.map(({ meeting, untilOn }) => [meeting, untilOn]));
};

export const findSnooze = async (db: Db, meeting: string, person: PersonId): Promise<Day | undefined> =>
  (await listSnoozes(db, [meeting], person)).get(meeting);

export const saveSnooze = async (tx: Tx, meeting: string, person: PersonId, untilOn: Day): Promise<void> => {
  const { snoozes } = meetingTables(tx);
  await tx
    .insert(snoozes)
    .values({ meetingId: meeting, personId: person, untilOn })
    .onConflictDoUpdate({ target: [snoozes.meetingId, snoozes.personId], set: { untilOn } });
};

export const deleteSnooze = async (tx: Tx, meeting: string, person: PersonId): Promise<void> => {
  const { snoozes } = meetingTables(tx);
  await tx.delete(snoozes).where(and(eq(snoozes.meetingId, meeting), eq(snoozes.personId, person)));
};

/** On which days the chair had somebody reminded of meetings, by meeting. */
export const listNudges = async (
  db: Db,
  meetings: readonly string[],
  person: PersonId,
): Promise<ReadonlyMap<string, readonly Day[]>> => {
  const { nudges } = meetingTables(db);
  const rows = await db
    .select({ meeting: nudges.meetingId, on: nudges.on })
    .from(nudges)
    .where(and(inArray(nudges.meetingId, [...meetings]), eq(nudges.personId, person)));
  return new Map([...groupedBy(rows, ({ meeting }) => meeting)].map(([id, all]) => [id, all.map(({ on }) => on)]));
};

interface Nudge {
  readonly person: PersonId;
  readonly on: Day;
  readonly by: PersonId;
}

export const insertNudge = async (tx: Tx, meeting: string, { person, on, by }: Nudge): Promise<void> => {
  await tx
    .insert(meetingTables(tx).nudges)
    .values({ meetingId: meeting, personId: person, on, by })
    .onConflictDoNothing();
};

/** True when a card stands in a chat already. */
export const isPosted = async (db: Db, { feature, id }: Subject): Promise<boolean> => {
  const { cards } = cardTables(db);
  const rows = await db
    .select({ ref: cards.ref })
    .from(cards)
    .where(and(eq(cards.feature, feature), eq(cards.subjectId, id)));
  return rows.some(({ ref }) => ref !== null);
};

/** The committees whose meetings may ask something of somebody. */
export const committeesOf = async (
  { professional, seats, alliance }: { professional: boolean; seats: readonly Seat[]; alliance: Meeting['alliance'] },
  { directory }: Read,
): Promise<readonly CommitteeId[]> => [
  ...new Set(
    professional ? (await directory.committees(alliance)).map(({ id }) => id) : seats.map(({ committee }) => committee),
  ),
];
