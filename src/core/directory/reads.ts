import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Committee, DirectoryReads, Partner, Role, Seat } from '../context.js';
import { prepared } from '../db/prepared.js';
import type { Db } from '../db/store.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../ids.js';
import { directoryTables } from './tables.js';

interface CommitteeRow {
  readonly id: string;
  readonly allianceId: string;
  readonly key: string;
  readonly name: string;
}

export const toCommittee = (row: CommitteeRow): Committee => ({
  id: row.id as CommitteeId,
  alliance: row.allianceId as AllianceId,
  key: row.key,
  name: row.name,
});

const selectSeats = (db: Db) => {
  const { seats, people } = directoryTables(db);
  return db
    .select({
      committee: seats.committeeId,
      person: seats.personId,
      personName: people.name,
      partner: seats.partnerId,
      role: seats.role,
    })
    .from(seats)
    .innerJoin(people, eq(people.id, seats.personId));
};

const toSeat = (row: {
  committee: string;
  person: string;
  personName: string;
  partner: string;
  role: string;
}): Seat => ({
  committee: row.committee as CommitteeId,
  person: row.person as PersonId,
  personName: row.personName,
  partner: row.partner as PartnerId,
  role: row.role as Role,
});

export const listSeats = async (db: Db, committee: CommitteeId): Promise<Seat[]> => {
  const { seats, people } = directoryTables(db);
  const rows = await selectSeats(db).where(eq(seats.committeeId, committee)).orderBy(asc(people.name), asc(people.id));
  return rows.map(toSeat);
};

/** The seats a person holds for one partner. */
export const listSeatsOf = async (db: Db, person: PersonId, partner: PartnerId): Promise<Seat[]> =>
  (await selectSeatsOf(db, { person, partner })).map(toSeat);

const selectSeatsOf = prepared((db, { person, partner }: { person: PersonId; partner: PartnerId }) => {
  const { seats } = directoryTables(db);
  return selectSeats(db).where(and(eq(seats.personId, person), eq(seats.partnerId, partner)));
});

const selectPartners = prepared((db, { alliance }: { alliance: AllianceId }) => {
  const { partners } = directoryTables(db);
  return db
    .select({ id: partners.id, name: partners.name })
    .from(partners)
    .where(eq(partners.allianceId, alliance))
    .orderBy(asc(partners.name), asc(partners.id));
});

export const listPartners = async (db: Db, alliance: AllianceId): Promise<Partner[]> => {
  const rows = await selectPartners(db, { alliance });
  return rows.map((row) => ({ id: row.id as PartnerId, name: row.name }));
};

const listProfessionals = async (db: Db, partner: PartnerId) => {
  const { members, people } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.partnerId, partner), eq(members.professional, true)))
    .orderBy(asc(people.name), asc(people.id));
  return rows.map((row) => ({ id: row.id as PersonId, name: row.name }));
};

const selectCommittee = prepared((db, { id }: { id: CommitteeId }) => {
  const { committees } = directoryTables(db);
  return db.select().from(committees).where(eq(committees.id, id));
});

const getCommittee = async (db: Db, id: CommitteeId): Promise<Committee | undefined> => {
  const [row] = await selectCommittee(db, { id });
  return row && toCommittee(row);
};

const listCommittees = async (db: Db, alliance: AllianceId): Promise<Committee[]> => {
  const { committees } = directoryTables(db);
  const rows = await db
    .select()
    .from(committees)
    .where(eq(committees.allianceId, alliance))
    .orderBy(asc(committees.key));
  return rows.map(toCommittee);
};

const getNames = async (db: Db, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> => {
  if (ids.length === 0) return new Map();
  const { people } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id as PersonId, row.name]));
};

const selectZone = prepared((db, { alliance }: { alliance: AllianceId }) => {
  const { alliances } = directoryTables(db);
  return db.select({ zone: alliances.timeZone }).from(alliances).where(eq(alliances.id, alliance));
});

const getZone = async (db: Db, alliance: AllianceId): Promise<string> => {
  const [row] = await selectZone(db, { alliance });
  return row?.zone ?? 'UTC';
};

/** The directory as features see it, over one database or transaction. */
export const directoryOf = (db: Db): DirectoryReads => ({
  committee: (id) => getCommittee(db, id),
  committees: (alliance) => listCommittees(db, alliance),
  partners: (alliance) => listPartners(db, alliance),
  seats: (committee) => listSeats(db, committee),
  names: (people) => getNames(db, people),
  professionals: (partner) => listProfessionals(db, partner),
  zone: (alliance) => getZone(db, alliance),
});
