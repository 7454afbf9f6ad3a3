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
import { listItems } from './agenda-store.js';
import { listAttendance } from './attendance-store.js';
import { jointHolidays } from './countdown-store.js';
import type { Around, Raised } from './duty-rules.js';
import { getPlan } from './plan-store.js';
import { listPositions } from './position-store.js';
import { raisedBy } from './raised-rules.js';
import type { Meeting } from './rules.js';
import { meetingTables } from './tables.js';
import { subjectOf } from './views.js';

/** Both read the same chain as everybody: what is raised is shared. */
const getRaised = async (db: Db, meeting: Meeting): Promise<Raised> => {
  const found = await listHistories(db, meeting.alliance, subjectOf('').feature, [meeting.id]);
  return raisedBy(found.get(meeting.id) ?? []);
};

const listRecused = async (db: Db, items: readonly string[]): Promise<Around['recused']> => {
  if (items.length === 0) return [];
  const { recusals } = meetingTables(db);
  const rows = await db
    .select({ item: recusals.itemId, person: recusals.personId })
    .from(recusals)
    .where(inArray(recusals.itemId, [...items]));
  return rows.map(({ item, person }) => ({ item, person: person as PersonId }));
};

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

/** What duties to a meeting come from, as far as the audience may know it. */
export const aroundMeeting = async (
  meeting: Meeting,
  read: Read,
  audience: Audience,
  { holidays, professionals }: Surroundings,
): Promise<Around> => {
  const { db, directory } = read;
  const { committee } = meeting;
  const items = await listItems(db, meeting.id, audience);
  const ids = items.map(({ id }) => id);
  const seats = await directory.seats(committee);
  return {
    ...{ meeting, items, seats },
    plan: await getPlan(db, committee),
    attendance: await listAttendance(db, meeting.id),
    positions: await listPositions(db, ids, audience),
    ...(audience.own !== undefined && { own: audience.own }),
    recused: await listRecused(db, ids),
    holidays,
    runners: new Map([...professionals].map(([partner, all]) => [partner, runnersOf(partner, seats, all)])),
    raised: await getRaised(db, meeting),
  };
};

/** Until when somebody wants to hear nothing of a meeting; that day included. */
export const findSnooze = async (db: Db, meeting: string, person: PersonId): Promise<Day | undefined> => {
  const { snoozes } = meetingTables(db);
  const [row] = await db
    .select({ untilOn: snoozes.untilOn })
    .from(snoozes)
    .where(and(eq(snoozes.meetingId, meeting), eq(snoozes.personId, person)));
  return row?.untilOn;
};

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

/** On which days the chair had people reminded of a meeting, by person. */
export const listNudges = async (db: Db, meeting: string): Promise<ReadonlyMap<PersonId, readonly Day[]>> => {
  const { nudges } = meetingTables(db);
  const rows = await db
    .select({ person: nudges.personId, on: nudges.on })
    .from(nudges)
    .where(eq(nudges.meetingId, meeting));
  return new Map(
    [...groupedBy(rows, ({ person }) => person)].map(([id, all]) => [id as PersonId, all.map(({ on }) => on)]),
  );
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
