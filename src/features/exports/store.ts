import { and, desc, eq } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import type { Format } from '../../core/copy/files.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { ExportFile, State } from './rules.js';
import { exportTables } from './tables.js';

export { defineExports } from './tables.js';

/** When this person last asked for a copy. */
export const lastAsked = async (db: Db, alliance: AllianceId, person: PersonId): Promise<Instant | undefined> => {
  const { exports } = exportTables(db);
  const [row] = await db
    .select({ at: exports.askedAt })
    .from(exports)
    .where(and(eq(exports.allianceId, alliance), eq(exports.personId, person)))
    .orderBy(desc(exports.askedAt))
    .limit(1);
  return row?.at;
};

export const insertExportFile = async (tx: Tx, file: ExportFile): Promise<void> => {
  const { id, export: exportId, alliance, partner, person, format, state, askedAt } = file;
  await tx
    .insert(exportTables(tx).exports)
    .values({ id, exportId, allianceId: alliance, partnerId: partner, personId: person, format, state, askedAt });
};

/** A copy is its company's alone: nothing where others read. */
export const getExportFile = async (db: Db, id: string, audience: Audience): Promise<ExportFile | undefined> => {
  const { exports } = exportTables(db);
  const [row] = await db
    .select()
    .from(exports)
    .where(
      and(eq(exports.id, id), eq(exports.allianceId, audience.alliance), eq(exports.partnerId, audience.own ?? '')),
    );
  if (!row) return undefined;
  return {
    id: row.id,
    export: row.exportId,
    alliance: row.allianceId as AllianceId,
    partner: row.partnerId as PartnerId,
    person: row.personId as PersonId,
    format: row.format as Format,
    state: row.state as State,
    askedAt: row.askedAt,
    ...(row.place !== null && { place: row.place }),
  };
};

export const saveAnswer = async (tx: Tx, id: string, state: State, place?: string): Promise<void> => {
  const { exports } = exportTables(tx);
  await tx
    .update(exports)
    .set({ state, place: place ?? null })
    .where(eq(exports.id, id));
};

/** Whoever knows such an address can write there: it is kept no longer than it is of use. */
export const forgetPlace = async (tx: Tx, id: string): Promise<void> => {
  const { exports } = exportTables(tx);
  await tx.update(exports).set({ place: null }).where(eq(exports.id, id));
};

/** Takes what is known of the copies that somebody asked for; gives their ids. */
export const deleteExportsOf = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<readonly string[]> => {
  const { exports } = exportTables(tx);
  const gone = await tx
    .delete(exports)
    .where(and(eq(exports.allianceId, alliance), eq(exports.personId, person)))
    .returning({ id: exports.id });
  return gone.map(({ id }) => id);
};
