/* Who sits on which committee, and when. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Role, Seat } from '../context.js';
import { dayOf } from '../days.js';
import { prepared } from '../db/prepared.js';
import { remembered } from '../db/remembered.js';
import type { Db, Tx } from '../db/store.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId, Zone } from '../ids.js';
import { isOut } from './absences.js';
import { directoryTables } from './tables.js';

const selectSeats = (db: Db) => {
  const { seats, people, committees, alliances } = directoryTables(db);
  return db
    .select({ seat: seats, name: people.name, zone: alliances.timeZone, alliance: alliances.id })
    .from(seats)
    .innerJoin(people, eq(people.id, seats.personId))
    .innerJoin(committees, eq(committees.id, seats.committeeId))
    .innerJoin(alliances, eq(alliances.id, committees.allianceId));
};

type SeatRow = ReturnType<typeof directoryTables>['seats']['$inferSelect'];

interface Found {
  readonly seat: SeatRow;
  readonly name: string;
  readonly zone: Zone;
  readonly alliance: string;
}

const toSeat = ({ seat, name }: Found): Seat => ({
  committee: seat.committeeId as CommitteeId,
  person: seat.personId as PersonId,
  personName: name,
  partner: seat.partnerId as PartnerId,
  role: seat.role as Role,
  ...(seat.fromOn !== null && { fromOn: seat.fromOn }),
  ...(seat.untilOn !== null && { untilOn: seat.untilOn }),
  ...(seat.standsFor !== null && { standsFor: seat.standsFor as PersonId }),
  ...(seat.counterpartId !== null && { counterpart: seat.counterpartId as PersonId }),
});

const isInForce =
  (now: Instant) =>
  ({ seat: { fromOn, untilOn }, zone }: Found): boolean => {
    // Most seats have neither, and this is asked at each call.
    if (fromOn === null && untilOn === null) return true;
    const today = dayOf(now, zone);
    return (fromOn ?? today) <= today && today <= (untilOn ?? today);
  };

const isNotOver =
  (now: Instant) =>
  ({ seat: { untilOn }, zone }: Found): boolean =>
    untilOn === null || dayOf(now, zone) <= untilOn;

/** Few seats are alternates', so each of them is asked about by itself. */
const withStandIns = async (db: Db, found: readonly Found[], now: Instant): Promise<Seat[]> => {
  const seats: Seat[] = [];
  for (const one of found) {
    const { role, standsFor } = one.seat;
    const stands =
      role === 'alternate' &&
      standsFor !== null &&
      (await isOut(db, one.alliance as AllianceId, standsFor as PersonId, now));
    seats.push(stands ? { ...toSeat(one), standsIn: true } : toSeat(one));
  }
  return seats;
};

const selectSeatsOn = prepared((db, { committee }: { committee: CommitteeId }) => {
  const { seats, people } = directoryTables(db);
  return selectSeats(db).where(eq(seats.committeeId, committee)).orderBy(asc(people.name), asc(people.id));
});

const listFound = remembered((db: Db, committee: CommitteeId) => selectSeatsOn(db, { committee }));

/** By name: the seats in force today, and with `all` those that begin later too. */
export const listSeats = remembered(
  async (db: Db, committee: CommitteeId, now: Instant, all?: 'all'): Promise<readonly Seat[]> =>
    withStandIns(db, (await listFound(db, committee)).filter(all ? isNotOver(now) : isInForce(now)), now),
);

const selectSeatsOf = prepared((db, { person, partner }: { person: PersonId; partner: PartnerId }) => {
  const { seats, committees } = directoryTables(db);
  return selectSeats(db).where(
    and(eq(seats.personId, person), eq(seats.partnerId, partner), isNull(committees.closedAt)),
  );
});

/** The seats that a person holds today for one partner, on committees that are open. */
export const listSeatsOf = async (db: Db, person: PersonId, partner: PartnerId, now: Instant): Promise<Seat[]> =>
  withStandIns(db, (await selectSeatsOf(db, { person, partner })).filter(isInForce(now)), now);

/** Gives somebody a seat, or changes the one they have. */
export const saveSeat = async (tx: Tx, seat: Omit<Seat, 'personName'>): Promise<void> => {
  const { seats } = directoryTables(tx);
  const { committee: committeeId, person: personId, partner: partnerId, role } = seat;
  const values = {
    partnerId,
    role,
    fromOn: seat.fromOn ?? null,
    untilOn: seat.untilOn ?? null,
    standsFor: seat.standsFor ?? null,
    counterpartId: seat.counterpart ?? null,
  };
  await tx
    .insert(seats)
    .values({ committeeId, personId, ...values })
    .onConflictDoUpdate({ target: [seats.committeeId, seats.personId], set: values });
};

/** Takes the seat away at once; nobody stands in for, or opposite, somebody who is gone. */
export const deleteSeat = async (tx: Tx, committee: CommitteeId, person: PersonId): Promise<void> => {
  const { seats } = directoryTables(tx);
  const here = eq(seats.committeeId, committee);
  await tx.delete(seats).where(and(here, eq(seats.personId, person)));
  await tx
    .update(seats)
    .set({ standsFor: null })
    .where(and(here, eq(seats.standsFor, person)));
  await tx
    .update(seats)
    .set({ counterpartId: null })
    .where(and(here, eq(seats.counterpartId, person)));
};
