/* Committees: made, renamed, nested, closed. Rules about them are the feature's. */
import { eq } from 'drizzle-orm';
import type { Committee } from '../context.js';
import type { Tx } from '../db/store.js';
import { directoryTables } from './tables.js';

/** @throws when the alliance has one with this key already: check before. */
export const insertCommittee = async (tx: Tx, committee: Committee): Promise<void> => {
  const { id, alliance: allianceId, key, name, parent, quorum, closedAt } = committee;
  const more = { parentId: parent ?? null, quorum: quorum ?? null, closedAt: closedAt ?? null };
  await tx.insert(directoryTables(tx).committees).values({ id, allianceId, key, name, ...more });
};

export const saveCommittee = async (tx: Tx, committee: Committee): Promise<void> => {
  const { committees } = directoryTables(tx);
  const { id, key, name, parent, quorum, closedAt } = committee;
  await tx
    .update(committees)
    .set({ key, name, parentId: parent ?? null, quorum: quorum ?? null, closedAt: closedAt ?? null })
    .where(eq(committees.id, id));
};
