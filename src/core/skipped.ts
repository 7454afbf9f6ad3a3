/* Alarms that came too late to be of use: not sent, and not forgotten. */
import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { Read } from './context.js';
import type { Db, Tx } from './db/store.js';
import type { Feature } from './feature.js';
import type { AllianceId, Instant } from './ids.js';
import { skippedTables } from './wake-tables.js';

/** Two weeks: whoever runs an alliance has looked by then. */
const KEEP_MS = 14 * 24 * 60 * 60 * 1_000;

/** What was not sent because it came too late to be of use. */
export interface SkippedAlarm {
  /** 'JSC Fri 11 Dec 2026, the final brief' */
  readonly text: string;
  readonly dueAt: Instant;
}

export interface Skipped {
  readonly feature: string;
  readonly key: string;
  readonly dueAt: Instant;
  /** When it was found to be too late. */
  readonly at: Instant;
}

export const keepSkipped = async (tx: Tx, alliance: AllianceId, skipped: Skipped): Promise<void> => {
  const { skipped: table } = skippedTables(tx);
  const { feature, key, dueAt, at } = skipped;
  await tx.insert(table).values({ feature, key, dueAt, at, allianceId: alliance }).onConflictDoNothing();
  await tx.delete(table).where(and(eq(table.allianceId, alliance), lt(table.at, at - KEEP_MS)));
};

const MOST = 50;

/** In words, as the features that set them tell; what none has words for concerned nobody. */
export const tellSkipped = async (
  features: ReadonlyMap<string, Feature>,
  read: Read,
  alliance: AllianceId,
): Promise<readonly SkippedAlarm[]> => {
  const told: SkippedAlarm[] = [];
  for (const { feature, key, dueAt } of await listSkipped(read.db, alliance, read.now)) {
    const text = await features.get(feature)?.alarm?.(key, read);
    if (text !== undefined) told.push({ text, dueAt });
  }
  return told;
};

/** Those of an alliance, the latest first. */
export const listSkipped = (db: Db, alliance: AllianceId, now: Instant): Promise<readonly Skipped[]> => {
  const { skipped } = skippedTables(db);
  const { feature, key, dueAt, at } = skipped;
  return db
    .select({ feature, key, dueAt, at })
    .from(skipped)
    .where(and(eq(skipped.allianceId, alliance), gte(skipped.at, now - KEEP_MS)))
    .orderBy(desc(skipped.dueAt), desc(skipped.key))
    .limit(MOST);
};
