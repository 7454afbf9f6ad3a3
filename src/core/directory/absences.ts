/* When companies and people do not work, and who wants no daily message. */
import { and, asc, desc, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Absence } from '../context.js';
import { dayOf } from '../days.js';
import { prepared } from '../db/prepared.js';
import { remembered } from '../db/remembered.js';
import type { Db, Tx } from '../db/store.js';
import type { AllianceId, Day, Instant, PartnerId, PersonId, Zone } from '../ids.js';
import type { Holidays } from '../workdays.js';
import { directoryTables } from './tables.js';

const selectHolidays = prepared((db, { partner }: { partner: PartnerId }) => {
  const { holidays } = directoryTables(db);
  return db
    .select({ on: holidays.on, name: holidays.name })
    .from(holidays)
    .where(eq(holidays.partnerId, partner))
    .orderBy(asc(holidays.on));
});

/** A company's holidays, in order. */
export const listHolidays = remembered(
  async (db: Db, partner: PartnerId): Promise<Holidays> =>
    new Map((await selectHolidays(db, { partner })).map(({ on, name }) => [on, name])),
);

/** Adds days on which a company does not work, or names them anew. */
export const saveHolidays = async (tx: Tx, partner: PartnerId, days: Holidays): Promise<void> => {
  const { holidays } = directoryTables(tx);
  for (const [on, name] of days)
    await tx
      .insert(holidays)
      .values({ partnerId: partner, on, name })
      .onConflictDoUpdate({ target: [holidays.partnerId, holidays.on], set: { name } });
};

/** On these days the company works again. */
export const deleteHolidays = async (tx: Tx, partner: PartnerId, days: readonly Day[]): Promise<void> => {
  if (days.length === 0) return;
  const { holidays } = directoryTables(tx);
  await tx.delete(holidays).where(and(eq(holidays.partnerId, partner), inArray(holidays.on, [...days])));
};

interface Between {
  readonly alliance: AllianceId;
  readonly person: PersonId;
  readonly from: Day;
  readonly until: Day;
}

const selectAbsences = prepared((db, { alliance, person, from, until }: Between) => {
  const { absences } = directoryTables(db);
  return db
    .select()
    .from(absences)
    .where(
      and(
        eq(absences.allianceId, alliance),
        eq(absences.personId, person),
        lte(absences.fromOn, until),
        gte(absences.untilOn, from),
      ),
    )
    .orderBy(desc(absences.untilOn));
});

type Row = ReturnType<typeof directoryTables>['absences']['$inferSelect'];

const toAbsence = ({ fromOn, untilOn, coverId }: Row): Absence => ({
  fromOn,
  untilOn,
  ...(coverId !== null && { cover: coverId as PersonId }),
});

/** The absence of somebody that a day falls into; of several the one that ends last. */
export const findAbsence = remembered(
  async (db: Db, alliance: AllianceId, person: PersonId, day: Day): Promise<Absence | undefined> => {
    const [row] = await selectAbsences(db, { alliance, person, from: day, until: day });
    return row && toAbsence(row);
  },
);

/** Later than any day. */
const SOME_DAY = '9999-12-31';

/** Somebody's absences that touch these days, the earliest first; without an end all that are not over by `from`. */
export const listAbsences = async (
  db: Db,
  alliance: AllianceId,
  person: PersonId,
  from: Day,
  until: Day = SOME_DAY,
): Promise<readonly Absence[]> =>
  (await selectAbsences(db, { alliance, person, from, until })).map(toAbsence).reverse();

const selectZone = prepared((db, { alliance, person }: { alliance: AllianceId; person: PersonId }) => {
  const { people, alliances } = directoryTables(db);
  return db
    .select({ own: people.timeZone, shared: alliances.timeZone })
    .from(people)
    .innerJoin(alliances, eq(alliances.id, alliance))
    .where(eq(people.id, person));
});

/** Where somebody is, as far as that is known; else where the alliance is. */
export const zoneOf = remembered(async (db: Db, alliance: AllianceId, person: PersonId): Promise<Zone> => {
  const [row] = await selectZone(db, { alliance, person });
  return row?.own ?? row?.shared ?? 'UTC';
});

/** The same of several people. */
export const zonesOf = async (
  db: Db,
  alliance: AllianceId,
  among: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Zone>> => {
  if (among.length === 0) return new Map();
  const { people, alliances } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, own: people.timeZone, shared: alliances.timeZone })
    .from(people)
    .innerJoin(alliances, eq(alliances.id, alliance))
    .where(inArray(people.id, [...among]));
  return new Map(rows.map(({ id, own, shared }) => [id as PersonId, own ?? shared]));
};

/** Of people, each on a day of their own: who is away on it. */
export const listOut = async (
  db: Db,
  alliance: AllianceId,
  days: ReadonlyMap<PersonId, Day>,
): Promise<ReadonlySet<PersonId>> => {
  const sorted = [...days.values()].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const { absences } = directoryTables(db);
  const { personId, allianceId, fromOn, untilOn } = absences;
  const rows = await db
    .select({ personId, fromOn, untilOn })
    .from(absences)
    .where(and(eq(allianceId, alliance), inArray(personId, [...days.keys()]), lte(fromOn, last), gte(untilOn, first)));
  const isAway = (row: (typeof rows)[number]): boolean => {
    const day = days.get(row.personId as PersonId);
    return day !== undefined && row.fromOn <= day && day <= row.untilOn;
  };
  return new Set(rows.filter(isAway).map((row) => row.personId as PersonId));
};

/** True when it is one of somebody's days away where they are. */
export const isOut = async (db: Db, alliance: AllianceId, person: PersonId, now: Instant): Promise<boolean> =>
  (await findAbsence(db, alliance, person, dayOf(now, await zoneOf(db, alliance, person)))) !== undefined;

/** Somebody who is out, and until when. */
export interface Covered extends Absence {
  readonly person: PersonId;
}

const selectCovered = prepared((db, { alliance, cover }: { alliance: AllianceId; cover: PersonId }) => {
  const { absences } = directoryTables(db);
  return db
    .select()
    .from(absences)
    .where(and(eq(absences.coverId, cover), eq(absences.allianceId, alliance)))
    .orderBy(asc(absences.untilOn), asc(absences.personId));
});

/** Those whom somebody covers for today, which is for each of them the day that it is where they are. */
export const listCovered = async (
  db: Db,
  alliance: AllianceId,
  cover: PersonId,
  now: Instant,
): Promise<readonly Covered[]> => {
  const covered: Covered[] = [];
  for (const row of await selectCovered(db, { alliance, cover })) {
    const person = row.personId as PersonId;
    const today = dayOf(now, await zoneOf(db, alliance, person));
    if (row.fromOn <= today && today <= row.untilOn) covered.push({ person, ...toAbsence(row) });
  }
  return covered;
};

/** What somebody's absences are from now on, in the place of those that were. */
export const replaceAbsences = async (
  tx: Tx,
  alliance: AllianceId,
  person: PersonId,
  { before, after }: { readonly before: readonly Absence[]; readonly after: readonly Absence[] },
): Promise<void> => {
  const { absences } = directoryTables(tx);
  const own = and(eq(absences.allianceId, alliance), eq(absences.personId, person));
  for (const { fromOn } of before) await tx.delete(absences).where(and(own, eq(absences.fromOn, fromOn)));
  for (const { fromOn, untilOn, cover } of after)
    await tx
      .insert(absences)
      .values({ allianceId: alliance, personId: person, fromOn, untilOn, coverId: cover ?? null });
};

/** Gives what was one person's to another: the two have turned out to be one. */
export const mergeAbsences = async (tx: Tx, kept: PersonId, gone: PersonId): Promise<void> => {
  const { absences, mutes } = directoryTables(tx);
  for (const row of await tx.select().from(absences).where(eq(absences.personId, gone)))
    await tx
      .insert(absences)
      .values({ ...row, personId: kept, coverId: row.coverId === kept ? null : row.coverId })
      .onConflictDoNothing();
  await tx.delete(absences).where(eq(absences.personId, gone));
  await tx.update(absences).set({ coverId: kept }).where(eq(absences.coverId, gone));
  await tx
    .update(absences)
    .set({ coverId: null })
    .where(and(eq(absences.personId, kept), eq(absences.coverId, kept)));
  for (const row of await tx.select().from(mutes).where(eq(mutes.personId, gone)))
    await tx
      .insert(mutes)
      .values({ ...row, personId: kept })
      .onConflictDoNothing();
  await tx.delete(mutes).where(eq(mutes.personId, gone));
};

const selectMute = prepared((db, { alliance, person }: { alliance: AllianceId; person: PersonId }) => {
  const { mutes } = directoryTables(db);
  return db
    .select({ untilOn: mutes.untilOn })
    .from(mutes)
    .where(and(eq(mutes.allianceId, alliance), eq(mutes.personId, person)));
});

/** The last day on which somebody wants no daily message; it may be over. */
export const findMute = async (db: Db, alliance: AllianceId, person: PersonId): Promise<Day | undefined> =>
  (await selectMute(db, { alliance, person }))[0]?.untilOn;

/** Without a day, their daily message comes again. */
export const saveMute = async (
  tx: Tx,
  alliance: AllianceId,
  person: PersonId,
  untilOn: Day | undefined,
): Promise<void> => {
  const { mutes } = directoryTables(tx);
  if (untilOn === undefined) {
    await tx.delete(mutes).where(and(eq(mutes.allianceId, alliance), eq(mutes.personId, person)));
    return;
  }
  await tx
    .insert(mutes)
    .values({ allianceId: alliance, personId: person, untilOn })
    .onConflictDoUpdate({ target: [mutes.allianceId, mutes.personId], set: { untilOn } });
};
