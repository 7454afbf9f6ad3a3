/* The actions that are compared with what their history tells. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Pages } from '../../core/copy/row.js';
import { listMerged } from '../../core/directory/people.js';
import type { AllianceId } from '../../core/ids.js';
import { type Checking, verifyRecords } from '../../core/verify-records.js';
import { labelFor } from './copied-rules.js';
import { factsOf } from './fact-store.js';
import { actionTables } from './tables.js';
import { faultsOf, type Kept } from './verify-rules.js';

interface Record extends Kept {
  readonly id: string;
  readonly number: number;
}

const checking: Checking<Record> = {
  feature: 'actions',
  series: 'A',
  labelOf: labelFor,
  async list({ db }, { alliance, visibility }, after, limit) {
    const { actions } = actionTables(db);
    const of = and(eq(actions.allianceId, alliance), eq(actions.visibility, visibility), gt(actions.number, after));
    const rows = await db.select().from(actions).where(of).orderBy(asc(actions.number)).limit(limit);
    const merged = await listMerged(db);
    return rows.map((action) => ({
      ...{ id: action.id, number: action.number, action, merged },
      facts: factsOf(action),
    }));
  },
  faultsOf,
  async standing(db, ids) {
    const { actions } = actionTables(db);
    const rows = await db
      .select({ id: actions.id })
      .from(actions)
      .where(inArray(actions.id, [...ids]));
    return new Set(rows.map(({ id }) => id));
  },
};

export const verifyActions = (pages: Pages, alliance: AllianceId): AsyncIterable<string> =>
  verifyRecords(pages, alliance, checking);
