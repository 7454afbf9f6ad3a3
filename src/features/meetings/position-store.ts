/* Where those with a vote stand. Read by their own company alone. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn } from '../../core/visibility.js';
import type { Position, Stance } from './position-rules.js';
import { meetingTables } from './tables.js';

/** Those of the audience's own company; none where others read. */
export const listPositions = async (
  db: Db,
  items: readonly string[],
  audience: Audience,
): Promise<readonly Position[]> => {
  const owner = ownerIn(audience);
  if (items.length === 0 || owner === '') return [];
  const { positions } = meetingTables(db);
  const rows = await db
    .select()
    .from(positions)
    .where(and(inArray(positions.itemId, [...items]), eq(positions.partnerId, owner)))
    .orderBy(asc(positions.itemId), asc(positions.at), asc(positions.personId));
  return rows.map((row) => ({
    item: row.itemId,
    person: row.personId as PersonId,
    partner: row.partnerId as PartnerId,
    stance: row.stance as Stance,
    ...(row.condition !== null && { condition: row.condition }),
    at: row.at,
  }));
};

/** In the place of what they said before. */
export const savePosition = async (tx: Tx, position: Position): Promise<void> => {
  const { positions } = meetingTables(tx);
  const { item, person, partner, stance, condition = null, at } = position;
  const said = { partnerId: partner, stance, condition, at };
  await tx
    .insert(positions)
    .values({ itemId: item, personId: person, ...said })
    .onConflictDoUpdate({ target: [positions.itemId, positions.personId], set: said });
};
