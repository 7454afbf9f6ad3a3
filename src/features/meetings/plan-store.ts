import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { prepared } from '../../core/db/prepared.js';
import { remembered } from '../../core/db/remembered.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { CommitteeId } from '../../core/ids.js';
import { type Plan, usualPlan } from './plan-rules.js';
import { meetingTables } from './tables.js';

const before = z.int().min(0).nullable();
const planSchema = z.object({
  ...{ topics: before, papers: before, positions: before, internal: before, brief: before, hour: before },
});

/** A plan as a row or history kept it; nothing for what is none. */
export const readKept = (kept: unknown): Plan | undefined => planSchema.safeParse(kept).data;

const selectPlan = prepared((db, { committee }: { committee: CommitteeId }) => {
  const { plans } = meetingTables(db);
  return db.select().from(plans).where(eq(plans.committeeId, committee));
});

/** As the committee has it, or as most do. */
export const getPlan = remembered(async (db: Db, committee: CommitteeId): Promise<Plan> => {
  const [row] = await selectPlan(db, { committee });
  return readKept(row?.steps) ?? usualPlan;
});

export const savePlan = async (tx: Tx, committee: CommitteeId, plan: Plan): Promise<void> => {
  const { plans } = meetingTables(tx);
  await tx
    .insert(plans)
    .values({ committeeId: committee, steps: plan })
    .onConflictDoUpdate({ target: plans.committeeId, set: { steps: plan } });
};
