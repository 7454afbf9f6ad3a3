import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Committee, DirectoryReads, Partner, Read } from '../context.js';
import { prepared } from '../db/prepared.js';
import { remembered, remembering } from '../db/remembered.js';
import type { Db } from '../db/store.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../ids.js';
import { findAbsence, listHolidays } from './absences.js';
import { listSeats } from './seats.js';
import { directoryTables } from './tables.js';

interface CommitteeRow {
  readonly id: string;
  readonly allianceId: string;
  readonly key: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly quorum: number | null;
  readonly closedAt: Instant | null;
}

export const toCommittee = (row: CommitteeRow): Committee => ({
  id: row.id as CommitteeId,
  alliance: row.allianceId as AllianceId,
  key: row.key,
  name: row.name,
  ...(row.parentId !== null && { parent: row.parentId as CommitteeId }),
  ...(row.quorum !== null && { quorum: row.quorum }),
  ...(row.closedAt !== null && { closedAt: row.closedAt }),
});

const selectPartners = prepared((db, { alliance }: { alliance: AllianceId }) => {
  const { partners } = directoryTables(db);
  return db
    .select({ id: partners.id, name: partners.name })
    .from(partners)
    .where(eq(partners.allianceId, alliance))
    .orderBy(asc(partners.name), asc(partners.id));
});

export const listPartners = remembered(async (db: Db, alliance: AllianceId): Promise<readonly Partner[]> => {
  const rows = await selectPartners(db, { alliance });
  return rows.map((row) => ({ id: row.id as PartnerId, name: row.name }));
});

const listProfessionals = remembered(async (db: Db, partner: PartnerId) => {
  const { members, people } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.partnerId, partner), eq(members.professional, true)))
    .orderBy(asc(people.name), asc(people.id));
  return rows.map((row) => ({ id: row.id as PersonId, name: row.name }));
});

const selectCommittee = prepared((db, { id }: { id: CommitteeId }) => {
  const { committees } = directoryTables(db);
  return db.select().from(committees).where(eq(committees.id, id));
});

const getCommittee = remembered(async (db: Db, id: CommitteeId): Promise<Committee | undefined> => {
  const [row] = await selectCommittee(db, { id });
  return row && toCommittee(row);
});

const listCommittees = remembered(async (db: Db, alliance: AllianceId, all?: 'all'): Promise<readonly Committee[]> => {
  const { committees } = directoryTables(db);
  const rows = await db
    .select()
    .from(committees)
    .where(and(eq(committees.allianceId, alliance), all ? undefined : isNull(committees.closedAt)))
    .orderBy(asc(committees.key));
  return rows.map(toCommittee);
});

const getNames = async (db: Db, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> => {
  if (ids.length === 0) return new Map();
  const { people } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id as PersonId, row.name]));
};

const selectAlliance = prepared((db, { alliance }: { alliance: AllianceId }) => {
  const { alliances } = directoryTables(db);
  return db
    .select({ name: alliances.name, zone: alliances.timeZone })
    .from(alliances)
    .where(eq(alliances.id, alliance));
});

const getAlliance = remembered(async (db: Db, alliance: AllianceId) => (await selectAlliance(db, { alliance }))[0]);

const selectPartnerOf = prepared((db, { alliance, person }: { alliance: AllianceId; person: PersonId }) => {
  const { members, partners } = directoryTables(db);
  return db
    .select({ id: partners.id, name: partners.name })
    .from(members)
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, alliance)))
    .where(eq(members.personId, person));
});

const getPartnerOf = async (db: Db, alliance: AllianceId, person: PersonId): Promise<Partner | undefined> => {
  const [row] = await selectPartnerOf(db, { alliance, person });
  return row && { id: row.id as PartnerId, name: row.name };
};

/** The directory as features see it, over one database or transaction. */
export const directoryOf = (db: Db, now: Instant): DirectoryReads => ({
  committee: (id) => getCommittee(db, id),
  committees: (alliance, all) => listCommittees(db, alliance, all),
  partners: (alliance) => listPartners(db, alliance),
  seats: (committee, all) => listSeats(db, committee, now, all),
  names: (people) => getNames(db, people),
  professionals: (partner) => listProfessionals(db, partner),
  partnerOf: (alliance, person) => getPartnerOf(db, alliance, person),
  holidays: (partner) => listHolidays(db, partner),
  absence: (alliance, person, day) => findAbsence(db, alliance, person, day),
  allianceName: async (alliance) => (await getAlliance(db, alliance))?.name ?? '',
  zone: async (alliance) => (await getAlliance(db, alliance))?.zone ?? 'UTC',
});

/** The same read for one picture or one list, during which nothing changes: what its parts ask for again is kept. */
export const readingOnce = ({ db, now, publicUrl }: Read): Read => {
  const once = remembering(db);
  return { db: once, now, directory: directoryOf(once, now), publicUrl };
};
