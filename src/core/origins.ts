/* Where records came from: a decision from an item of an agenda, an action from a meeting. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { prepared } from './db/prepared.js';
import type { Db, Tx } from './db/store.js';
import type { Instant } from './ids.js';
import { originTables } from './tables.js';
import type { Subject } from './view.js';

/** A record and what it was made from. */
export interface Origin {
  readonly made: Subject;
  readonly from: Subject;
}

export const keepOrigin = async (tx: Tx, { made, from }: Origin, at: Instant): Promise<void> => {
  const { origins } = originTables(tx);
  const came = { fromFeature: from.feature, fromId: from.id };
  await tx
    .insert(origins)
    .values({ feature: made.feature, subjectId: made.id, ...came, at })
    .onConflictDoUpdate({ target: [origins.feature, origins.subjectId], set: came });
};

const selectOrigin = prepared((db, { feature, id }: Subject) => {
  const { origins } = originTables(db);
  return db
    .select({ feature: origins.fromFeature, id: origins.fromId })
    .from(origins)
    .where(and(eq(origins.feature, feature), eq(origins.subjectId, id)));
});

/** What a record was made from, which its reader may not be allowed to read: ask the feature that keeps it. */
export const originOf = async (db: Db, made: Subject): Promise<Subject | undefined> =>
  (await selectOrigin(db, { feature: made.feature, id: made.id }))[0];

/** What was made from these records of one feature, in the order in which it was; read each with an audience. */
export const listMade = async (db: Db, feature: string, ids: readonly string[]): Promise<readonly Origin[]> => {
  if (ids.length === 0) return [];
  const { origins } = originTables(db);
  const rows = await db
    .select()
    .from(origins)
    .where(and(eq(origins.fromFeature, feature), inArray(origins.fromId, [...ids])))
    .orderBy(asc(origins.at), asc(origins.subjectId));
  return rows.map((row) => ({
    made: { feature: row.feature, id: row.subjectId },
    from: { feature: row.fromFeature, id: row.fromId },
  }));
};
