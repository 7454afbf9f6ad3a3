/* Alliances and their partners: made, and joined by workspaces. */
import { and, asc, eq } from 'drizzle-orm';
import type { Partner } from '../context.js';
import type { Db, Tx } from '../db/store.js';
import type { AllianceId, PartnerId, PersonId, Zone } from '../ids.js';
import { ensureMember } from './people.js';
import { isWorkspace, type Workspace } from './places.js';
import { listPartners } from './reads.js';
import { directoryTables } from './tables.js';

export interface NewAlliance {
  readonly id: AllianceId;
  readonly name: string;
  readonly zone: Zone;
}

export const insertAlliance = async (tx: Tx, { id, name, zone }: NewAlliance): Promise<void> => {
  await tx.insert(directoryTables(tx).alliances).values({ id, name, timeZone: zone });
};

/** A company that takes part, or is about to: one without a workspace reads nothing yet. */
export const insertPartner = async (tx: Tx, alliance: AllianceId, id: PartnerId, name: string): Promise<void> => {
  await tx.insert(directoryTables(tx).partners).values({ id, allianceId: alliance, name });
};

/** From now on the people of this workspace are this partner's, those known from its other alliances at once. */
export const joinWorkspace = async (tx: Tx, partner: PartnerId, { platform, workspace }: Workspace): Promise<void> => {
  const { workspaces, members, identities } = directoryTables(tx);
  const own = await tx
    .selectDistinct({ person: members.personId })
    .from(workspaces)
    .innerJoin(members, eq(members.partnerId, workspaces.partnerId))
    .innerJoin(
      identities,
      and(
        eq(identities.personId, members.personId),
        eq(identities.platform, workspaces.platform),
        eq(identities.workspace, workspaces.workspace),
      ),
    )
    .where(isWorkspace(tx, { platform, workspace }));
  await tx.insert(workspaces).values({ platform, workspace, partnerId: partner }).onConflictDoNothing();
  for (const { person } of own) await ensureMember(tx, partner, person as PersonId);
};

/** Every alliance of this deployment, by name. */
export const listAlliances = async (db: Db): Promise<readonly { readonly id: AllianceId; readonly name: string }[]> => {
  const { alliances } = directoryTables(db);
  const rows = await db
    .select({ id: alliances.id, name: alliances.name })
    .from(alliances)
    .orderBy(asc(alliances.name), asc(alliances.id));
  return rows.map(({ id, name }) => ({ id: id as AllianceId, name }));
};

/** The partners that have joined with a workspace: those whose people read the record. */
export const listJoined = async (db: Db, alliance: AllianceId): Promise<readonly Partner[]> => {
  const { partners, workspaces } = directoryTables(db);
  const rows = await db
    .selectDistinct({ id: partners.id, name: partners.name })
    .from(partners)
    .innerJoin(workspaces, eq(workspaces.partnerId, partners.id))
    .where(eq(partners.allianceId, alliance))
    .orderBy(asc(partners.name), asc(partners.id));
  return rows.map((row) => ({ id: row.id as PartnerId, name: row.name }));
};

/** An alliance that a workspace takes part in. */
export interface Joined {
  readonly alliance: AllianceId;
  readonly name: string;
  /** Whose people the workspace's are. */
  readonly own: PartnerId;
  readonly partners: readonly Partner[];
}

export const listAlliancesAt = async (db: Db, workspace: Workspace): Promise<readonly Joined[]> => {
  const { alliances, partners, workspaces } = directoryTables(db);
  const rows = await db
    .select({ id: alliances.id, name: alliances.name, own: partners.id })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .innerJoin(alliances, eq(alliances.id, partners.allianceId))
    .where(isWorkspace(db, workspace))
    .orderBy(asc(alliances.name), asc(alliances.id));
  const joined: Joined[] = [];
  for (const { id, name, own } of rows) {
    const alliance = id as AllianceId;
    joined.push({ alliance, name, own: own as PartnerId, partners: await listPartners(db, alliance) });
  }
  return joined;
};

/** The company that somebody acts for in an alliance. */
export const findPartnerOf = async (db: Db, alliance: AllianceId, person: PersonId): Promise<Partner | undefined> => {
  const { partners, members } = directoryTables(db);
  const [row] = await db
    .select({ id: partners.id, name: partners.name })
    .from(members)
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, alliance)))
    .where(eq(members.personId, person))
    .limit(1);
  return row && { id: row.id as PartnerId, name: row.name };
};
