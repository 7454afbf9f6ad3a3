import { and, asc, eq, gt, isNull, lte } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Db, Tx } from '../../core/db/store.js';
import { isWorkspace, type Workspace } from '../../core/directory/places.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { AllianceId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Link, Membership } from './rules.js';
import { peopleTables } from './tables.js';

export { definePeople } from './tables.js';

/** Nobody links to somebody who has become one with another person. */
export const deleteLinksOf = async (tx: Tx, person: PersonId): Promise<void> => {
  const { links } = peopleTables(tx);
  await tx.delete(links).where(eq(links.personId, person));
};

/** A new code of somebody; the one they had ends, and what is over is swept. */
export const insertLink = async (tx: Tx, fingerprint: string, link: Link, now: Instant): Promise<void> => {
  const { links } = peopleTables(tx);
  await tx.delete(links).where(lte(links.expiresAt, now));
  await deleteLinksOf(tx, link.person);
  await tx.insert(links).values({ codeHash: fingerprint, personId: link.person, expiresAt: link.expiresAt });
};

/** By what is kept of its code: only whoever knows the code asks like this. */
export const findLink = async (db: Db, fingerprint: string): Promise<Link | undefined> => {
  const { links } = peopleTables(db);
  const [row] = await db.select().from(links).where(eq(links.codeHash, fingerprint));
  if (!row) return undefined;
  const { personId, expiresAt, usedAt } = row;
  return { person: personId as PersonId, expiresAt, ...(usedAt !== null && { usedAt }) };
};

/** False when it was used meanwhile. */
export const spendLink = async (tx: Tx, fingerprint: string, now: Instant): Promise<boolean> => {
  const { links } = peopleTables(tx);
  const spent = await tx
    .update(links)
    .set({ usedAt: now })
    .where(and(eq(links.codeHash, fingerprint), isNull(links.usedAt), gt(links.expiresAt, now)))
    .returning({ person: links.personId });
  return spent.length > 0;
};

const selectPartners = (db: Db) => {
  const { partners, alliances, members, workspaces } = directoryTables(db);
  const from = (table: typeof members | typeof workspaces, id: SQLiteColumn) =>
    db
      .select({ partner: partners.id, name: partners.name, alliance: alliances.id, allianceName: alliances.name })
      .from(partners)
      .innerJoin(alliances, eq(alliances.id, partners.allianceId))
      .innerJoin(table, eq(id, partners.id));
  return { byMember: from(members, members.partnerId), byWorkspace: from(workspaces, workspaces.partnerId) };
};

type Row = Awaited<ReturnType<typeof selectPartners>['byMember']>[number];

const toMembership = ({ partner, name, alliance, allianceName }: Row): Membership => ({
  alliance: alliance as AllianceId,
  allianceName,
  partner: { id: partner as PartnerId, name },
});

/** The companies that somebody acts for, by alliance. */
export const listMemberships = async (db: Db, person: PersonId): Promise<readonly Membership[]> => {
  const { members, alliances } = directoryTables(db);
  const rows = await selectPartners(db).byMember.where(eq(members.personId, person)).orderBy(asc(alliances.name));
  return rows.map(toMembership);
};

/** Those that the people of a workspace act for. */
export const listMembershipsAt = async (db: Db, workspace: Workspace): Promise<readonly Membership[]> => {
  const { alliances } = directoryTables(db);
  const rows = await selectPartners(db).byWorkspace.where(isWorkspace(db, workspace)).orderBy(asc(alliances.name));
  return rows.map(toMembership);
};
