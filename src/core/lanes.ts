/*
 * Lanes: the conversations that cards stand in. A lane is leased as a whole and its cards are delivered one after the
 * other, so order holds within a channel; lanes are independent, so one slow channel delays no other.
 *
 * A lease is measured by the database's clock, because replicas' clocks differ; `dueAt` by the caller's, because it is
 * about when people should see something. Whoever returns after its lease ran out finds the token changed and is refused.
 */
import { and, asc, eq, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Store, Tx } from './db/store.js';
import type { Instant, PlatformId } from './ids.js';
import { cardTables } from './tables.js';

export interface Lane {
  readonly id: string;
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly kind: 'channel' | 'person';
  readonly conversation: string;
  readonly attempts: number;
  readonly token: string;
}

/** Nobody waits for a card as they do for an answer. */
const PATIENT = { patient: true } as const;

/** Claims up to `limit` due lanes for `leaseMs`. In two statements: in one, PostgreSQL may exceed the limit. */
export const claimLanes = (
  store: Store,
  claim: {
    readonly now: Instant;
    readonly limit: number;
    readonly leaseMs: number;
    readonly token: string;
    /** Lanes to leave, due or not. */
    readonly except?: readonly string[];
  },
): Promise<readonly Lane[]> =>
  store.write(async (tx) => {
    const { lanes } = cardTables(tx);
    const due = await store.skipLocked(
      tx
        .select({ id: lanes.id })
        .from(lanes)
        .where(
          and(
            lte(lanes.dueAt, claim.now),
            or(isNull(lanes.leaseUntil), lte(lanes.leaseUntil, store.now)),
            claim.except?.length ? notInArray(lanes.id, [...claim.except]) : undefined,
          ),
        )
        .orderBy(asc(lanes.dueAt))
        .limit(claim.limit),
    );
    if (due.length === 0) return [];
    const rows = await tx
      .update(lanes)
      .set({ leaseUntil: sql`${store.now} + ${claim.leaseMs}`, leaseToken: claim.token })
      .where(
        inArray(
          lanes.id,
          due.map((lane) => lane.id),
        ),
      )
      .returning();
    return rows.map((row) => ({
      id: row.id,
      platform: row.platform as PlatformId,
      workspace: row.workspace,
      kind: row.kind as Lane['kind'],
      conversation: row.conversation,
      attempts: row.attempts,
      token: claim.token,
    }));
  }, PATIENT);

const held = (tx: Tx, lane: Lane) => {
  const { lanes } = cardTables(tx);
  return and(eq(lanes.id, lane.id), eq(lanes.leaseToken, lane.token));
};

/** Extends the lease, and is false when it was lost meanwhile. */
export const keepLane = async (tx: Tx, lane: Lane, now: Store['now'], leaseMs: number): Promise<boolean> => {
  const { lanes } = cardTables(tx);
  const kept = await tx
    .update(lanes)
    .set({ leaseUntil: sql`${now} + ${leaseMs}`, attempts: 0 })
    .where(held(tx, lane))
    .returning({ id: lanes.id });
  return kept.length > 0;
};

/** Extends the lease while one long send is under way, and is false when it was lost meanwhile. */
export const holdLane = async (tx: Tx, lane: Lane, now: Store['now'], leaseMs: number): Promise<boolean> => {
  const { lanes } = cardTables(tx);
  const kept = await tx
    .update(lanes)
    .set({ leaseUntil: sql`${now} + ${leaseMs}` })
    .where(held(tx, lane))
    .returning({ id: lanes.id });
  return kept.length > 0;
};

/** Gives the lane back. It rests only if nobody wished anything since `version` was read. */
export const restLane = (store: Store, lane: Lane, version: number, now: Instant): Promise<void> =>
  store.write(async (tx) => {
    const { lanes } = cardTables(tx);
    await tx
      .update(lanes)
      .set({
        leaseUntil: null,
        leaseToken: null,
        attempts: 0,
        dueAt: sql`case when ${lanes.version} = ${version} then null else cast(${now} as bigint) end`,
      })
      .where(held(tx, lane));
  }, PATIENT);

/** Gives the lane back until `dueAt`, counting a failure when `failed`. */
export const delayLane = async (tx: Tx, lane: Lane, dueAt: Instant, failed: boolean): Promise<void> => {
  const { lanes } = cardTables(tx);
  await tx
    .update(lanes)
    .set({ leaseUntil: null, leaseToken: null, dueAt, attempts: failed ? sql`${lanes.attempts} + 1` : lanes.attempts })
    .where(held(tx, lane));
};

/** SQLite has one process: whatever is leased at its start was leased by a dead one. */
export const releaseDeadLeases = async (store: Store): Promise<void> => {
  if (store.dialect !== 'sqlite') return;
  await store.write(async (tx) => {
    const { lanes } = cardTables(tx);
    await tx.update(lanes).set({ leaseUntil: null, leaseToken: null });
  });
};
