/* What requests to join keep of whoever made them. */
import { and, eq, inArray, ne, or, type SQL } from 'drizzle-orm';
import type { Tx } from '../../core/db/store.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { AllianceId, PersonId } from '../../core/ids.js';
import { allianceTables } from './tables.js';

/**
 * Takes their name, address and account out of what was decided on, in one alliance or, with `last`, in all; what they
 * have asked and nobody has decided on goes with the last one. Gives the ids of the requests.
 */
export const eraseAsker = async (
  tx: Tx,
  alliance: AllianceId,
  person: PersonId,
  last: boolean,
): Promise<readonly string[]> => {
  const { joins } = allianceTables(tx);
  const { identities } = directoryTables(tx);
  const accounts = await tx.select().from(identities).where(eq(identities.personId, person));
  const theirs = accounts.map(({ platform, workspace, user }): SQL | undefined =>
    and(eq(joins.platform, platform), eq(joins.workspace, workspace), eq(joins.user, user)),
  );
  const which = and(last ? undefined : eq(joins.allianceId, alliance), or(eq(joins.personId, person), ...theirs));
  const decided = await tx
    .update(joins)
    .set({ user: '', detail: {}, profile: { name: 'a former member' } })
    .where(and(which, ne(joins.state, 'asked')))
    .returning({ id: joins.id });
  const asked = last ? await tx.select({ id: joins.id }).from(joins).where(which) : [];
  const open = asked.map(({ id }) => id).filter((id) => !decided.some((one) => one.id === id));
  if (open.length > 0) await tx.delete(joins).where(inArray(joins.id, open));
  return [...decided.map(({ id }) => id), ...open];
};
