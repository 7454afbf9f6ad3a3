/* People and the accounts they have. */
import { and, asc, eq, isNotNull, ne } from 'drizzle-orm';
import type { Somebody } from '../context.js';
import type { Db, Tx } from '../db/store.js';
import type { PartnerId, PersonId } from '../ids.js';
import type { Account, Caller, Profile } from '../platform.js';
import { mergeAbsences } from './absences.js';
import { isAccount, isWorkspace, type Workspace } from './places.js';
import { directoryTables } from './tables.js';

export const findPerson = async (db: Db, account: Account): Promise<PersonId | undefined> => {
  const { identities } = directoryTables(db);
  const [row] = await db.select({ person: identities.personId }).from(identities).where(isAccount(db, account));
  return row?.person as PersonId | undefined;
};

/** The partners whose people sign in at a workspace: one in each alliance that the company is in. */
export const listPartnersAt = async (db: Db, workspace: Workspace): Promise<readonly PartnerId[]> => {
  const { workspaces } = directoryTables(db);
  const rows = await db.select({ id: workspaces.partnerId }).from(workspaces).where(isWorkspace(db, workspace));
  return rows.map((row) => row.id as PartnerId);
};

/** Gives somebody a further account, or says how they are reached at one that they have. */
export const ensureIdentity = async (tx: Tx, person: PersonId, account: Caller): Promise<void> => {
  const { identities } = directoryTables(tx);
  const { platform, workspace, user, detail = {} } = account;
  const [known] = await tx.select({ detail: identities.detail }).from(identities).where(isAccount(tx, account));
  await tx
    .insert(identities)
    .values({ platform, workspace, user, personId: person, detail })
    .onConflictDoUpdate({
      target: [identities.platform, identities.workspace, identities.user],
      set: { personId: person, detail: { ...known?.detail, ...detail } },
    });
};

/** Whoever has the account, somebody new unless somebody is met twice at once. */
const insertPerson = async (tx: Tx, account: Caller, name: string, newId: () => string): Promise<PersonId> => {
  const { people, identities } = directoryTables(tx);
  const id = newId() as PersonId;
  const { platform, workspace, user, detail = {} } = account;
  const [made] = await tx
    .insert(identities)
    .values({ platform, workspace, user, personId: id, detail })
    .onConflictDoNothing()
    .returning({ person: identities.personId });
  if (made) await tx.insert(people).values({ id, name });
  return made ? id : ((await findPerson(tx, account)) ?? id);
};

/** Makes somebody known by their account, or brings what is known of them up to date. */
export const ensurePerson = async (
  tx: Tx,
  account: Caller,
  profile: Pick<Profile, 'name' | 'zone' | 'locale' | 'email'>,
  newId: () => string,
): Promise<PersonId> => {
  const { people } = directoryTables(tx);
  const id = (await findPerson(tx, account)) ?? (await insertPerson(tx, account, profile.name, newId));
  await ensureIdentity(tx, id, account);
  const told = {
    name: profile.name,
    ...(profile.zone !== undefined && { timeZone: profile.zone }),
    ...(profile.locale !== undefined && { locale: profile.locale }),
    ...(profile.email !== undefined && { email: profile.email }),
  };
  await tx.update(people).set(told).where(eq(people.id, id));
  return id;
};

/** True for somebody who acts for another company of the same alliance already. */
const actsForAnother = async (tx: Tx, partner: PartnerId, person: PersonId): Promise<boolean> => {
  const { members, partners } = directoryTables(tx);
  const [own] = await tx.select({ alliance: partners.allianceId }).from(partners).where(eq(partners.id, partner));
  if (!own) return false;
  const rows = await tx
    .select({ partner: members.partnerId })
    .from(members)
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, own.alliance)))
    .where(and(eq(members.personId, person), ne(members.partnerId, partner)))
    .limit(1);
  return rows.length > 0;
};

/** One of a partner's people; `professional` makes or unmakes them its alliance professional, none leaves that.
 * Nobody acts for two companies of one alliance: whom they have acted for stays, however their accounts came together. */
export const ensureMember = async (
  tx: Tx,
  partner: PartnerId,
  person: PersonId,
  professional?: boolean,
): Promise<void> => {
  if (await actsForAnother(tx, partner, person)) return;
  const { members } = directoryTables(tx);
  const insert = tx
    .insert(members)
    .values({ partnerId: partner, personId: person, professional: professional ?? false });
  if (professional === undefined) await insert.onConflictDoNothing();
  else await insert.onConflictDoUpdate({ target: [members.partnerId, members.personId], set: { professional } });
};

export const isMember = async (db: Db, partner: PartnerId, person: PersonId): Promise<boolean> => {
  const { members } = directoryTables(db);
  const rows = await db
    .select({ person: members.personId })
    .from(members)
    .where(and(eq(members.partnerId, partner), eq(members.personId, person)));
  return rows.length > 0;
};

/** A company's people as far as Entente has met them, by name; `limit` at most. */
export const listPeopleOf = async (db: Db, partner: PartnerId, limit: number): Promise<readonly Somebody[]> => {
  const { members, people } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(eq(members.partnerId, partner))
    .orderBy(asc(people.name), asc(people.id))
    .limit(limit);
  return rows.map((row) => ({ id: row.id as PersonId, name: row.name }));
};

/** Who turned out to be whom, of all who did. */
export const listMerged = async (db: Db): Promise<ReadonlyMap<string, string>> => {
  const { people } = directoryTables(db);
  const rows = await db
    .select({ id: people.id, into: people.mergedInto })
    .from(people)
    .where(isNotNull(people.mergedInto));
  return new Map(rows.flatMap(({ id, into }) => (into === null ? [] : [[id, into] as const])));
};

/**
 * Makes two people one: the accounts, companies, seats and absences of `gone` are `kept`'s from now on; what `kept` has already
 * stays as it is, and nobody stands in for themselves. The name of `gone` stays, for what was done under it.
 */
export const mergePeople = async (tx: Tx, kept: PersonId, gone: PersonId): Promise<void> => {
  const { people, identities, members, seats } = directoryTables(tx);
  await tx.update(people).set({ mergedInto: kept }).where(eq(people.id, gone));
  await tx.update(identities).set({ personId: kept }).where(eq(identities.personId, gone));
  for (const row of await tx.select().from(members).where(eq(members.personId, gone)))
    await ensureMember(tx, row.partnerId as PartnerId, kept, row.professional || undefined);
  await tx.delete(members).where(eq(members.personId, gone));
  for (const row of await tx.select().from(seats).where(eq(seats.personId, gone)))
    await tx
      .insert(seats)
      .values({ ...row, personId: kept })
      .onConflictDoNothing();
  await tx.delete(seats).where(eq(seats.personId, gone));
  await tx.update(seats).set({ standsFor: kept }).where(eq(seats.standsFor, gone));
  await tx.update(seats).set({ counterpartId: kept }).where(eq(seats.counterpartId, gone));
  const own = eq(seats.personId, kept);
  await tx
    .update(seats)
    .set({ standsFor: null })
    .where(and(own, eq(seats.standsFor, kept)));
  await tx
    .update(seats)
    .set({ counterpartId: null })
    .where(and(own, eq(seats.counterpartId, kept)));
  await mergeAbsences(tx, kept, gone);
};
