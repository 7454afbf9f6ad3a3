/* The decisions that are compared with what their history tells. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Pages } from '../../core/copy/row.js';
import { groupedBy } from '../../core/grouped.js';
import type { AllianceId } from '../../core/ids.js';
import { type Checking, verifyRecords } from '../../core/verify-records.js';
import { labelFor } from './copied-rules.js';
import { factsOf, listLabels } from './fact-store.js';
import { faultsOf, type Kept } from './fault-rules.js';
import { decisionTables } from './tables.js';
import { toldBy } from './verify-rules.js';

interface Record extends Kept {
  readonly id: string;
  readonly number: number;
}

const checking: Checking<Record> = {
  feature: 'decisions',
  series: 'D',
  labelOf: labelFor,
  async list({ db }, { alliance, visibility }, after, limit) {
    const { decisions, wordings, confirmations } = decisionTables(db);
    const of = and(
      eq(decisions.allianceId, alliance),
      eq(decisions.visibility, visibility),
      gt(decisions.number, after),
    );
    const rows = await db.select().from(decisions).where(of).orderBy(asc(decisions.number)).limit(limit);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return [];
    const worded = await db.select().from(wordings).where(inArray(wordings.decisionId, ids));
    const confirmed = await db.select().from(confirmations).where(inArray(confirmations.decisionId, ids));
    const labels = await listLabels(db, rows);
    const wordingsOf = groupedBy(worded, (row) => row.decisionId);
    const confirmationsOf = groupedBy(confirmed, (row) => row.decisionId);
    return rows.map((decision) => ({
      ...{ id: decision.id, number: decision.number, decision, facts: factsOf(decision, labels) },
      wordings: wordingsOf.get(decision.id) ?? [],
      confirmations: confirmationsOf.get(decision.id) ?? [],
    }));
  },
  faultsOf: (kept, history) => faultsOf(kept, toldBy(history)),
  async standing(db, ids) {
    const { decisions } = decisionTables(db);
    const rows = await db
      .select({ id: decisions.id })
      .from(decisions)
      .where(inArray(decisions.id, [...ids]));
    return new Set(rows.map(({ id }) => id));
  },
};

export const verifyDecisions = (pages: Pages, alliance: AllianceId): AsyncIterable<string> =>
  verifyRecords(pages, alliance, checking);
