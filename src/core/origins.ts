/* Where records came from: a decision from an item of an agenda, an action from a meeting. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor, Audience } from './context.js';
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

/** Who makes a record of a feature from one of another's. */
export interface Making {
  readonly actor: Actor;
  readonly audience: Audience;
  /** The feature that will keep it: 'decisions'. */
  readonly feature: string;
}

/** Subjects as buttons and forms carry them: 'meetings/item:7'. */
export const spellSubject = ({ feature, id }: Subject): string => `${feature}/${id}`;

/** It comes from outside, so it may be anything. */
export const readSubject = (spelled: string | undefined): Subject | undefined => {
  const [, feature, id] = /^([a-z]{1,40})\/(.{1,200})$/u.exec(spelled ?? '') ?? [];
  return feature === undefined || id === undefined ? undefined : { feature, id };
};

export const keepOrigin = async (tx: Tx, { made, from }: Origin, at: Instant, label?: string): Promise<void> => {
  const { origins } = originTables(tx);
  const came = { fromFeature: from.feature, fromId: from.id, label: label ?? null };
  await tx
    .insert(origins)
    .values({ feature: made.feature, subjectId: made.id, ...came, at })
    .onConflictDoUpdate({ target: [origins.feature, origins.subjectId], set: came });
};

const selectOrigin = prepared((db, { feature, id }: Subject) => {
  const { origins } = originTables(db);
  return db
    .select({ feature: origins.fromFeature, id: origins.fromId, label: origins.label })
    .from(origins)
    .where(and(eq(origins.feature, feature), eq(origins.subjectId, id)));
});

/** What a record was made from, which its reader may not be allowed to read: ask the feature that keeps it. */
export const originOf = async (db: Db, made: Subject): Promise<Subject | undefined> => {
  const [row] = await selectOrigin(db, { feature: made.feature, id: made.id });
  return row && { feature: row.feature, id: row.id };
};

/** What all companies call that: 'M-9 item 2'; none for what they do not share. */
export const originLabel = async (db: Db, made: Subject): Promise<string | undefined> =>
  (await selectOrigin(db, { feature: made.feature, id: made.id }))[0]?.label ?? undefined;

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
