import { sql } from 'drizzle-orm';
import type { Db } from './db/store.js';
import type { Instant } from './ids.js';
import { cardTables } from './tables.js';

/** How far behind the pictures are: for metrics and readiness. */
export interface CardsHealth {
  readonly behind: number;
  /** Milliseconds that the oldest unmet wish has waited. */
  readonly oldestMs: number;
  readonly parked: number;
}

export const cardsHealth = async (db: Db, now: Instant): Promise<CardsHealth> => {
  const { cards } = cardTables(db);
  const [row] = await db
    .select({
      behind: sql<number>`cast(coalesce(sum(case when ${cards.parkedReason} is null then 1 else 0 end), 0) as integer)`,
      oldest: sql<number | null>`cast(min(case when ${cards.parkedReason} is null then ${cards.wantedAt} end) as text)`,
      parked: sql<number>`cast(coalesce(sum(case when ${cards.parkedReason} is null then 0 else 1 end), 0) as integer)`,
    })
    .from(cards)
    .where(sql`wanted > shown`);
  const oldest = row?.oldest == null ? now : Number(row.oldest);
  return { behind: Number(row?.behind ?? 0), oldestMs: Math.max(0, now - oldest), parked: Number(row?.parked ?? 0) };
};
