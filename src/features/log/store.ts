import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, Instant, PersonId } from '../../core/ids.js';
import { logTables } from './tables.js';

export { defineLog } from './tables.js';

/** When somebody last caught up; none for the first time. */
export const getLook = async (db: Db, alliance: AllianceId, person: PersonId): Promise<Instant | undefined> => {
  const { looks } = logTables(db);
  const [row] = await db
    .select({ at: looks.at })
    .from(looks)
    .where(and(eq(looks.allianceId, alliance), eq(looks.personId, person)));
  return row?.at;
};

export const saveLook = async (tx: Tx, alliance: AllianceId, person: PersonId, at: Instant): Promise<void> => {
  const { looks } = logTables(tx);
  await tx
    .insert(looks)
    .values({ allianceId: alliance, personId: person, at })
    .onConflictDoUpdate({ target: [looks.allianceId, looks.personId], set: { at } });
};

export const deleteLook = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<void> => {
  const { looks } = logTables(tx);
  await tx.delete(looks).where(and(eq(looks.allianceId, alliance), eq(looks.personId, person)));
};
