import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Audience, Committee, Ctx, Read, Role, Seat, Work } from '../../core/context.js';
import { dayOf, todayOf } from '../../core/days.js';
import type { Db, Tx } from '../../core/db/store.js';
import { listPeopleOf } from '../../core/directory/people.js';
import { deleteSeat, saveSeat } from '../../core/directory/seats.js';
import type { AllianceId, CommitteeId, Day, PartnerId, PersonId } from '../../core/ids.js';
import type { Change, ChangeKind, Planned } from './rules.js';
import { seatTables } from './tables.js';
import type { Around, Roster, SeatForm } from './views.js';

export { defineSeats } from './tables.js';

/** Stands in the column where a change is of no committee. */
const WHOLE_COMPANY = '';

export const insertChange = async (tx: Tx, alliance: AllianceId, change: Change): Promise<void> => {
  const { id, committee, person, partner, kind, role, fromOn, untilOn, standsFor, changedBy, at } = change;
  await tx.insert(seatTables(tx).changes).values({
    ...{ id, allianceId: alliance, committeeId: committee ?? WHOLE_COMPANY, personId: person, partnerId: partner },
    ...{ kind, role, fromOn: fromOn ?? null, untilOn: untilOn ?? null, standsFor: standsFor ?? null, changedBy, at },
  });
};

type Row = ReturnType<typeof seatTables>['changes']['$inferSelect'];

const toChange = (row: Row): Change => ({
  id: row.id,
  person: row.personId as PersonId,
  partner: row.partnerId as PartnerId,
  kind: row.kind as ChangeKind,
  role: row.role as Role,
  changedBy: row.changedBy as PersonId,
  at: row.at,
  ...(row.committeeId !== WHOLE_COMPANY && { committee: row.committeeId as CommitteeId }),
  ...(row.fromOn !== null && { fromOn: row.fromOn }),
  ...(row.untilOn !== null && { untilOn: row.untilOn }),
  ...(row.standsFor !== null && { standsFor: row.standsFor as PersonId }),
});

const findChange = async (db: Db, id: string, alliance: AllianceId): Promise<Change | undefined> => {
  const { changes } = seatTables(db);
  const [row] = await db
    .select()
    .from(changes)
    .where(and(eq(changes.id, id), eq(changes.allianceId, alliance)));
  return row && toChange(row);
};

/** Shared by all partners: every audience of the alliance reads it. */
export const getChange = (db: Db, id: string, audience: Audience): Promise<Change | undefined> =>
  findChange(db, id, audience.alliance);

export const saveKind = async (tx: Tx, id: string, kind: ChangeKind): Promise<void> => {
  const { changes } = seatTables(tx);
  await tx.update(changes).set({ kind }).where(eq(changes.id, id));
};

const plannedSeat = (change: Change, name: string): Planned | undefined => {
  const { id, committee, person, partner, role, fromOn, untilOn, standsFor } = change;
  if (committee === undefined || fromOn === undefined) return undefined;
  const seat = { committee, person, personName: name, partner, role, fromOn };
  return { change: id, seat: { ...seat, ...(untilOn && { untilOn }), ...(standsFor && { standsFor }) } };
};

/** Changes of role that wait for their day. */
export const listPlanned = async (
  { db, directory }: Pick<Read, 'db' | 'directory'>,
  committees: readonly CommitteeId[],
): Promise<readonly Planned[]> => {
  const { changes } = seatTables(db);
  const rows = await db
    .select()
    .from(changes)
    .where(and(inArray(changes.committeeId, [...committees]), eq(changes.kind, 'planned')))
    .orderBy(asc(changes.fromOn), asc(changes.id));
  const found = rows.map(toChange);
  const names = await directory.names(found.map((change) => change.person));
  return found.flatMap((change) => plannedSeat(change, names.get(change.person) ?? '') ?? []);
};

export const getPlanned = async (work: Work, id: string): Promise<Planned | undefined> => {
  const change = await findChange(work.db, id, work.alliance);
  if (change?.kind !== 'planned') return undefined;
  return plannedSeat(change, (await work.directory.names([change.person])).get(change.person) ?? '');
};

const differs = (a: Seat | undefined, b: Seat | undefined): boolean =>
  a?.role !== b?.role ||
  a?.fromOn !== b?.fromOn ||
  a?.untilOn !== b?.untilOn ||
  a?.standsFor !== b?.standsFor ||
  a?.counterpart !== b?.counterpart;

/** The seats of those whose seat is not the same in both. */
export interface Touched {
  readonly before: readonly Seat[];
  readonly after: readonly Seat[];
}

export const touchedBy = (before: readonly Seat[], after: readonly Seat[]): Touched => {
  const at = (seats: readonly Seat[], person: PersonId) => seats.find((seat) => seat.person === person);
  const changed = (seat: Seat): boolean => differs(at(before, seat.person), at(after, seat.person));
  return { before: before.filter(changed), after: after.filter(changed) };
};

/** Makes the seats as they are in `after`. */
export const saveTouched = async (tx: Tx, { before, after }: Touched): Promise<void> => {
  for (const seat of before)
    if (!after.some((one) => one.person === seat.person)) await deleteSeat(tx, seat.committee, seat.person);
  for (const seat of after) await saveSeat(tx, seat);
};

/** Who sits on a committee now and later, by the calendar of the alliance. */
export interface Board {
  readonly committee: Committee;
  readonly seats: readonly Seat[];
  readonly planned: readonly Planned[];
  readonly today: Day;
}

export const boardOf = async (committee: Committee, work: Work): Promise<Board> => ({
  committee,
  seats: await work.directory.seats(committee.id, 'all'),
  planned: await listPlanned(work, [committee.id]),
  today: await todayOf(work, work.alliance),
});

/** What the line about a change says besides. */
export const aroundOf = async (change: Change, read: Read, alliance: AllianceId): Promise<Around> => {
  const { committee, person, partner, standsFor, changedBy } = change;
  const found = committee && (await read.directory.committee(committee));
  const partners = await read.directory.partners(alliance);
  return {
    ...(found && { key: found.key }),
    names: await read.directory.names([person, changedBy, ...(standsFor ? [standsFor] : [])]),
    partner: partners.find((one) => one.id === partner)?.name ?? 'a former partner',
    on: dayOf(change.at, await read.directory.zone(alliance)),
  };
};

export const rosterOf = async (committee: Committee, ctx: Ctx): Promise<Roster> => {
  const { directory, actor } = ctx;
  const partners = await directory.partners(ctx.alliance);
  const seats = await directory.seats(committee.id);
  const sits = new Set(seats.map((seat) => seat.person));
  const planned = await listPlanned(ctx, [committee.id]);
  const all = [...(await directory.seats(committee.id, 'all')), ...planned.map((one) => one.seat)];
  const professionals = new Map<string, readonly string[]>();
  for (const { id } of partners)
    professionals.set(
      id,
      (await directory.professionals(id)).map((one) => one.name),
    );
  const names = await directory.names(all.flatMap((seat) => seat.standsFor ?? []));
  const later = all.filter((seat) => !sits.has(seat.person));
  return {
    committee,
    partners,
    seats,
    later,
    planned,
    professionals,
    names,
    person: actor.person,
    maySeat: actor.professional,
  };
};

/** As many as one choice of a form holds, with one for nobody. */
const CHOICES = 99;

export const formOf = async (
  given: Pick<SeatForm, 'person' | 'committee' | 'role' | 'fromOn' | 'untilOn' | 'standsFor' | 'counterpart'>,
  ctx: Ctx,
): Promise<SeatForm> => {
  const { directory, actor } = ctx;
  const committees = await directory.committees(ctx.alliance);
  const others = new Map<PersonId, string>();
  for (const { id } of committees.filter((one) => given.committee === undefined || one.id === given.committee))
    for (const { person, personName, partner } of await directory.seats(id, 'all'))
      if (partner !== actor.partner.id) others.set(person, personName);
  const people = [...(await listPeopleOf(ctx.db, actor.partner.id, CHOICES))];
  const { person } = given;
  // Whoever is meant can be chosen, however many there are before them.
  if (person && !people.some(({ id }) => id === person))
    people.splice(-1, 1, { id: person, name: (await directory.names([person])).get(person) ?? '' });
  return {
    ...given,
    ...{ partners: await directory.partners(ctx.alliance), own: actor.partner, people, committees },
    others: [...others].slice(0, CHOICES).map(([id, name]) => ({ id, name })),
  };
};

/** What was planned for somebody holds no longer. */
export const dropPlans = async ({ planned }: Board, person: PersonId, ctx: Ctx): Promise<string | undefined> => {
  const gone = planned.filter((one) => one.seat.person === person);
  for (const { change } of gone) {
    await ctx.cancelWake(change);
    await saveKind(ctx.db, change, 'undone');
    await ctx.record({ feature: 'seats', id: change }, 'dropped', {});
  }
  return gone.length > 0 ? 'What was planned for later is dropped.' : undefined;
};

export type NewChange = Omit<Change, 'id' | 'changedBy' | 'at' | 'partner'> & { readonly id?: string };

const unnamed = ({ personName: _name, ...seat }: Seat) => seat;

/** The seats before and after, as the history keeps them: what an undo brings back. */
export const kept = ({ before, after }: Touched) => ({ before: before.map(unnamed), after: after.map(unnamed) });

/** Keeps what became of a seat, and tells the committee's channels in one line. */
export const noteChange = async (change: NewChange, touched: Touched | undefined, ctx: Ctx): Promise<Change> => {
  const { actor, alliance, directory } = ctx;
  const made = { id: ctx.newId(), ...change, partner: actor.partner.id, changedBy: actor.person, at: ctx.now };
  await insertChange(ctx.db, alliance, made);
  const { id, person, kind, role, committee = null, fromOn = null, untilOn = null, standsFor = null } = made;
  const subject = { feature: 'seats', id };
  await ctx.record(subject, kind, {
    person,
    committee,
    role,
    fromOn,
    untilOn,
    standsFor,
    ...(touched && kept(touched)),
  });
  const top = (await directory.committees(alliance)).filter((one) => one.parent === undefined).map((one) => one.id);
  for (const told of committee === null ? top : [committee]) await ctx.announce(subject, told);
  return made;
};
