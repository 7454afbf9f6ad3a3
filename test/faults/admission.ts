import type { Db } from '../../src/core/db/store.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import { cardTables } from '../../src/core/tables.js';
import { allianceTables } from '../../src/features/alliances/tables.js';

/** What does not hold of codes, requests and workspaces, in words; empty when all is well. */
export const readTrespasses = async (db: Db): Promise<readonly string[]> => {
  const { invitations, joins } = allianceTables(db);
  const { alliances, partners, workspaces } = directoryTables(db);
  const { cards, lanes } = cardTables(db);
  const requests = await db.select().from(joins);
  const companies = await db.select().from(partners);
  const allianceOf = new Map(companies.map(({ id, allianceId }) => [id, allianceId]));
  const inside = new Set(
    (await db.select().from(workspaces)).map((row) => `${allianceOf.get(row.partnerId)} ${row.workspace}`),
  );
  const wrong: string[] = [];

  for (const { id, usedAt, allianceId } of await db.select().from(invitations)) {
    const uses = requests.filter(({ invitationId }) => invitationId === id).length;
    if (uses !== (usedAt === null ? 0 : 1)) wrong.push(`a code of ${allianceId} was used ${uses} times`);
  }
  for (const { allianceId, workspace, state } of requests) {
    const isIn = inside.has(`${allianceId} ${workspace}`);
    if (isIn !== (state === 'confirmed')) wrong.push(`${workspace} ${isIn ? 'is' : 'is not'} in, and was ${state}`);
  }
  const rows = await db.select({ alliance: cards.allianceId, lane: cards.laneId }).from(cards);
  const workspaceOf = new Map((await db.select().from(lanes)).map(({ id, workspace }) => [id, workspace]));
  for (const { alliance, lane } of rows)
    if (!inside.has(`${alliance} ${workspaceOf.get(lane)}`)) wrong.push(`a card of ${alliance} stands in ${lane}`);
  const names = (await db.select().from(alliances)).map(({ name }) => name);
  if (new Set(names).size !== names.length) wrong.push(`an alliance was set up twice: ${names.join(', ')}`);
  return wrong;
};
