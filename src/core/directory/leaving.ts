/* What the directory lets go of when somebody asks to be forgotten. */
import { and, eq, inArray, ne, or } from 'drizzle-orm';
import type { Tx } from '../db/store.js';
import type { AllianceId, PersonId } from '../ids.js';
import type { Account } from '../platform.js';
import { deleteSeat } from './seats.js';
import { directoryTables } from './tables.js';

/** Somebody with all those who became one with them: each of those keeps the name under which something was done. */
export const listSelves = async (tx: Tx, person: PersonId): Promise<readonly PersonId[]> => {
  const { people } = directoryTables(tx);
  const found: PersonId[] = [person];
  // Whoever was joined may have been joined by others before; the list grows while it is read.
  for (const one of found)
    for (const { id } of await tx.select({ id: people.id }).from(people).where(eq(people.mergedInto, one)))
      if (!found.includes(id as PersonId)) found.push(id as PersonId);
  return found;
};

/** Ends what ties somebody to one alliance: their seats, days away, quiet, and belonging to a company. */
export const leaveAlliance = async (tx: Tx, alliance: AllianceId, selves: readonly PersonId[]): Promise<void> => {
  const { committees, absences, members, mutes, partners } = directoryTables(tx);
  const all = await tx.select({ id: committees.id }).from(committees).where(eq(committees.allianceId, alliance));
  for (const { id } of all) for (const person of selves) await deleteSeat(tx, id as never, person);
  await tx.delete(absences).where(and(eq(absences.allianceId, alliance), inArray(absences.personId, [...selves])));
  await tx
    .update(absences)
    .set({ coverId: null })
    .where(and(eq(absences.allianceId, alliance), inArray(absences.coverId, [...selves])));
  await tx.delete(mutes).where(and(eq(mutes.allianceId, alliance), inArray(mutes.personId, [...selves])));
  const own = tx.select({ id: partners.id }).from(partners).where(eq(partners.allianceId, alliance));
  await tx.delete(members).where(and(inArray(members.personId, [...selves]), inArray(members.partnerId, own)));
};

/** True for somebody who acts for a company of another alliance too. */
export const actsElsewhere = async (tx: Tx, alliance: AllianceId, selves: readonly PersonId[]): Promise<boolean> => {
  const { members, partners } = directoryTables(tx);
  const rows = await tx
    .select({ person: members.personId })
    .from(members)
    .innerJoin(partners, and(eq(partners.id, members.partnerId), ne(partners.allianceId, alliance)))
    .where(inArray(members.personId, [...selves]))
    .limit(1);
  return rows.length > 0;
};

export const listAccounts = async (tx: Tx, selves: readonly PersonId[]): Promise<readonly Account[]> => {
  const { identities } = directoryTables(tx);
  const rows = await tx
    .select()
    .from(identities)
    .where(inArray(identities.personId, [...selves]));
  return rows.map(({ platform, workspace, user }) => ({ platform: platform as Account['platform'], workspace, user }));
};

/** Takes their accounts and all that is known of them; only the rows that records point to stay, under `name`. */
export const dropProfile = async (tx: Tx, selves: readonly PersonId[], name: string): Promise<void> => {
  const { people, identities } = directoryTables(tx);
  await tx.delete(identities).where(inArray(identities.personId, [...selves]));
  await tx
    .update(people)
    .set({ name, timeZone: null, locale: null, email: null })
    .where(or(...selves.map((person) => eq(people.id, person))));
};

/** The names that they have had, which stand in what was answered to others. */
export const namesOfSelves = async (tx: Tx, selves: readonly PersonId[]): Promise<readonly string[]> => {
  const { people } = directoryTables(tx);
  const rows = await tx
    .select({ name: people.name })
    .from(people)
    .where(inArray(people.id, [...selves]));
  return [...new Set(rows.map(({ name }) => name))];
};
