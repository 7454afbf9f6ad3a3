/*
 * Durable alarms. A wake is a row; node-cron is only the tick that looks for due ones. A wake is leased in one short
 * transaction and run in another together with its removal, so it happens once although replicas race and crash.
 */
import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Store } from './db/store.js';
import type { Feature } from './feature.js';
import type { AllianceId, Instant } from './ids.js';
import type { Log } from './log.js';
import { usualPatience } from './outcomes.js';
import { keepSkipped } from './skipped.js';
import { wakeTables } from './wake-tables.js';
import { createWork } from './work.js';

const AT_ONCE = 20;
const PATIENT = { patient: true } as const;

export interface WakeParts {
  readonly store: Store;
  readonly features: ReadonlyMap<string, Feature>;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly derive: (purpose: string) => Uint8Array;
  /** See Read. */
  readonly publicUrl?: string;
  readonly log: Log;
  readonly nudge: () => void;
  /** See Patience; milliseconds. */
  readonly wakeLeaseMs?: number;
  /** True once the process is to end: what is left waits for the next start. */
  readonly stopping?: () => boolean;
}

interface Wake {
  readonly feature: string;
  readonly key: string;
  readonly alliance: AllianceId;
  readonly dueAt: Instant;
  readonly until: Instant | null;
}

const claimWakes = (parts: WakeParts): Promise<readonly Wake[]> =>
  parts.store.write(async (tx) => {
    const { wakes } = wakeTables(tx);
    const { now } = parts.store;
    const leaseMs = parts.wakeLeaseMs ?? usualPatience.wakeLeaseMs;
    const due = await parts.store.skipLocked(
      tx
        .select()
        .from(wakes)
        .where(and(lte(wakes.dueAt, parts.now()), or(isNull(wakes.leaseUntil), lte(wakes.leaseUntil, now))))
        .orderBy(asc(wakes.dueAt))
        .limit(AT_ONCE),
    );
    for (const wake of due)
      await tx
        .update(wakes)
        .set({ leaseUntil: sql`${now} + ${leaseMs}` })
        .where(and(eq(wakes.feature, wake.feature), eq(wakes.key, wake.key)));
    return due.map((wake) => ({ ...wake, alliance: wake.allianceId as AllianceId }));
  }, PATIENT);

const runWake = (parts: WakeParts, wake: Wake): Promise<void> =>
  parts.store.write(
    async (tx) => {
      const { wakes } = wakeTables(tx);
      // Gone or moved since it was claimed: somebody cancelled or replaced it, or another replica was faster.
      const mine = await tx
        .delete(wakes)
        .where(and(eq(wakes.feature, wake.feature), eq(wakes.key, wake.key), eq(wakes.dueAt, wake.dueAt)))
        .returning({ key: wakes.key });
      if (mine.length === 0) return;
      const now = parts.now();
      if (wake.until !== null && now > wake.until) {
        const { feature, key, dueAt } = wake;
        parts.log.info({ feature, key }, 'wake dropped: too late to be of use');
        await keepSkipped(tx, wake.alliance, { feature, key, dueAt, at: now });
        return;
      }
      const work = {
        tx,
        now,
        newId: parts.newId,
        derive: parts.derive,
        publicUrl: parts.publicUrl,
        alliance: wake.alliance,
        feature: wake.feature,
        features: parts.features,
      };
      await parts.features.get(wake.feature)?.wake?.(wake.key, createWork(work));
      tx.afterCommit(parts.nudge);
    },
    { scope: wake.alliance, ...PATIENT },
  );

/** Some of what is due, one after the other. */
const runSomeWakes = async (parts: WakeParts): Promise<number> => {
  const { wakes } = wakeTables(parts.store.read);
  const [any] = await parts.store.read
    .select({ key: wakes.key })
    .from(wakes)
    .where(lte(wakes.dueAt, parts.now()))
    .limit(1);
  if (!any) return 0;
  const due = await claimWakes(parts);
  for (const wake of due)
    await runWake(parts, wake).catch((error: unknown) =>
      parts.log.error({ feature: wake.feature, key: wake.key, err: error }, 'wake failed'),
    );
  return due.length;
};

/** Runs everything that is due; a failing wake is tried again when its lease ends. */
export const runDueWakes = async (parts: WakeParts): Promise<number> => {
  let count = 0;
  for (;;) {
    const some = await runSomeWakes(parts);
    count += some;
    if (some < AT_ONCE || parts.stopping?.()) return count;
  }
};
