/*
 * Where those with a vote stand. Read by their own company alone; `listColours` is the only read over all companies, and
 * gives nothing but colours.
 */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import { remembered } from '../../core/db/remembered.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn } from '../../core/visibility.js';
import type { Preparing } from './internal-rules.js';
import { type Colour, colourOf, type Position, type Stance, type Vote } from './position-rules.js';
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
    ...(row.stepOn !== null && { stepOn: row.stepOn }),
    at: row.at,
  }));
};

/** In the place of what they said before. */
export const savePosition = async (tx: Tx, position: Position): Promise<void> => {
  const { positions } = meetingTables(tx);
  const { item, person, partner, stance, condition = null, stepOn = null, at } = position;
  const said = { partnerId: partner, stance, condition, stepOn, at };
  await tx
    .insert(positions)
    .values({ itemId: item, personId: person, ...said })
    .onConflictDoUpdate({ target: [positions.itemId, positions.personId], set: said });
};

/** Once the question is another one: what anybody said is no answer to it. */
export const deletePositionsOn = async (tx: Tx, item: string): Promise<void> => {
  const { positions } = meetingTables(tx);
  await tx.delete(positions).where(eq(positions.itemId, item));
};

export type Colours = ReadonlyMap<string, ReadonlyMap<PartnerId, Colour>>;

/** By item and company, of all companies; a company without an answer that counts has none. */
export const listColours = async (
  db: Db,
  items: readonly string[],
  partners: readonly PartnerId[],
  votesOn: (item: string, partner: PartnerId) => readonly Vote[],
): Promise<Colours> => {
  if (items.length === 0) return new Map();
  const { positions } = meetingTables(db);
  const { itemId, partnerId, personId, stance, at } = positions;
  const rows = await db
    .select({ itemId, partnerId, personId, stance, at })
    .from(positions)
    .where(inArray(positions.itemId, [...items]))
    .orderBy(asc(positions.at), asc(positions.personId));
  const coloursOn = (item: string): ReadonlyMap<PartnerId, Colour> =>
    new Map(
      partners.flatMap((partner) => {
        const said = rows
          .filter((row) => row.itemId === item && row.partnerId === partner)
          .map((row) => ({ person: row.personId as PersonId, stance: row.stance as Stance, at: row.at }));
        const colour = colourOf(said, votesOn(item, partner));
        return colour ? [[partner, colour] as const] : [];
      }),
    );
  return new Map(items.map((item) => [item, coloursOn(item)]));
};

/** By item: who takes no part in deciding it. All companies read that. */
export const listRecused = remembered(
  async (db: Db, items: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<PersonId>>> => {
    if (items.length === 0) return new Map();
    const { recusals } = meetingTables(db);
    const { itemId, personId } = recusals;
    const rows = await db
      .select({ itemId, personId })
      .from(recusals)
      .where(inArray(itemId, [...items]));
    return new Map(
      items.map((item) => [
        item,
        new Set(rows.filter((row) => row.itemId === item).map((row) => row.personId as PersonId)),
      ]),
    );
  },
);

/** What somebody said is as their other self said it; of two answers to one question the later one stays. */
export const mergePositions = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { positions } = meetingTables(tx);
  for (const row of await tx.select().from(positions).where(eq(positions.personId, gone))) {
    const own = and(eq(positions.itemId, row.itemId), eq(positions.personId, kept));
    const [other] = await tx.select().from(positions).where(own);
    const { itemId: _, personId: __, ...said } = row;
    if (!other) await tx.insert(positions).values({ ...row, personId: kept });
    else if (other.at < row.at) await tx.update(positions).set(said).where(own);
  }
  await tx.delete(positions).where(eq(positions.personId, gone));
};

/** Takes the words of somebody in one alliance: that they answered stays. Gives where that is read. */
export const erasePositions = async (person: PersonId, alliance: AllianceId, tx: Tx): Promise<readonly Preparing[]> => {
  const { positions, items } = meetingTables(tx);
  const here = tx.select({ id: items.id }).from(items).where(eq(items.allianceId, alliance));
  const theirs = and(eq(positions.personId, person), inArray(positions.itemId, here));
  const rows = await tx
    .update(positions)
    .set({ condition: null, stepOn: null })
    .where(theirs)
    .returning({ item: positions.itemId, partner: positions.partnerId });
  if (rows.length === 0) return [];
  const found = await tx
    .select({ id: items.id, meeting: items.meetingId })
    .from(items)
    .where(
      inArray(
        items.id,
        rows.map(({ item }) => item),
      ),
    );
  return rows.flatMap(({ item, partner }) =>
    found.filter(({ id }) => id === item).map(({ meeting }) => ({ partner: partner as PartnerId, meeting })),
  );
};
