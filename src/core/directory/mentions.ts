import { and, eq } from 'drizzle-orm';
import type { Db } from '../db/store.js';
import type { Mentioned } from '../feature.js';
import type { AllianceId, PersonId } from '../ids.js';
import type { Account } from '../platform.js';
import { isAccount } from './places.js';
import { directoryTables } from './tables.js';

/** Somebody who takes part in the alliance, by their account. */
export const findAlly = async (db: Db, alliance: AllianceId, account: Account): Promise<Mentioned | undefined> => {
  const { identities, people, members, partners } = directoryTables(db);
  const [known] = await db
    .select({ id: people.id, name: people.name })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .innerJoin(members, eq(members.personId, people.id))
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, alliance)))
    .where(isAccount(db, account))
    .limit(1);
  return known && { id: known.id as PersonId, name: known.name };
};

/** The same by their id. */
export const findAllyById = async (db: Db, alliance: AllianceId, person: PersonId): Promise<Mentioned | undefined> => {
  const { people, members, partners } = directoryTables(db);
  const [known] = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .innerJoin(members, eq(members.personId, people.id))
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, alliance)))
    .where(eq(people.id, person))
    .limit(1);
  return known && { id: known.id as PersonId, name: known.name };
};
