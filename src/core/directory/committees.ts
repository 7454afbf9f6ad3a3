/* Committees: made, renamed, nested, closed. Rules about them are the feature's. */
import { eq } from 'drizzle-orm';
import type { Committee } from '../context.js';
import type { Tx } from '../db/store.js';
import { Refusal } from '../errors.js';
import { sameName } from '../naming.js';
import { cut } from '../sentences.js';
import { directoryTables } from './tables.js';

/** @throws when the alliance has one with this key already: check before. */
export const insertCommittee = async (tx: Tx, committee: Committee): Promise<void> => {
  const { id, alliance: allianceId, key, name, parent, closedAt } = committee;
  await tx
    .insert(directoryTables(tx).committees)
    .values({ id, allianceId, key, name, parentId: parent ?? null, closedAt: closedAt ?? null });
};

export const saveCommittee = async (tx: Tx, committee: Committee): Promise<void> => {
  const { committees } = directoryTables(tx);
  const { id, key, name, parent, closedAt } = committee;
  await tx
    .update(committees)
    .set({ key, name, parentId: parent ?? null, closedAt: closedAt ?? null })
    .where(eq(committees.id, id));
};

/** The committee that people call so: 'JSC', 'jsc'. */
export const committeeCalled = <C extends Committee>(committees: readonly C[], key: string): C | undefined =>
  committees.find((committee) => sameName(committee.key, key));

/** For a key that none of them has. */
export const noCommittee = (key: string, committees: readonly Committee[]): Refusal => {
  const shown = cut(key, 40);
  const known = committees.map((committee) => committee.key).join(', ');
  return new Refusal(
    'no-committee',
    committees.length > 0
      ? `There is no committee '${shown}' in this alliance. Its committees are ${known}.`
      : `There is no committee '${shown}' in this alliance. An alliance professional adds one with 'committee add'.`,
  );
};
