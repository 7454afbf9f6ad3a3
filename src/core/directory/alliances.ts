/* Alliances and their partners: made, and joined by workspaces. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/store.js';
import type { AllianceId, PartnerId, PersonId, Zone } from '../ids.js';
import { ensureMember } from './people.js';
import { isWorkspace, type Workspace } from './places.js';
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
