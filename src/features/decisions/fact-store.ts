/* What a copy, and whoever checks the log, is told of a decision besides its wordings: columns as facts, and back. */
import { inArray } from 'drizzle-orm';
import { factsFrom, momentIn, momentText } from '../../core/copy/facts.js';
import type { Facts, Placed } from '../../core/copy/row.js';
import type { Db } from '../../core/db/store.js';
import type { Visibility } from '../../core/visibility.js';
import { labelOf } from './rules.js';
import type { DecisionRow } from './store.js';
import { decisionTables } from './tables.js';

/** The labels of all that these are related to, by id. */
export const listLabels = async (db: Db, rows: readonly DecisionRow[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(rows.flatMap(({ replaces, supersededBy }) => [replaces ?? [], supersededBy ?? []].flat()))];
  if (ids.length === 0) return new Map();
  const { decisions } = decisionTables(db);
  const found = await db
    .select({ id: decisions.id, number: decisions.number, visibility: decisions.visibility })
    .from(decisions)
    .where(inArray(decisions.id, ids));
  return new Map(
    found.map(({ id, number, visibility }) => [id, labelOf({ number, visibility: visibility as Visibility })]),
  );
};

/** People and companies stand in them by their ids; see core/copy/facts.ts. */
export const factsOf = (row: DecisionRow, labels: ReadonlyMap<string, string>): Facts => {
  const replaced = labels.get(row.replaces ?? '');
  return factsFrom({
    kind: row.kind,
    meeting: row.meeting,
    reviewOn: row.reviewOn,
    reviewDays: row.reviewDays === null ? null : String(row.reviewDays),
    ...(row.revisitBy !== null && { revisitBy: row.revisitBy, revisitFor: '', revisitOn: row.revisitOn }),
    ...(row.disputedBy !== null && {
      ...{ disputedBy: row.disputedBy, disputedFor: row.disputedFor },
      disputedAt: row.disputedAt === null ? null : momentText(row.disputedAt),
      disputeReason: row.disputeReason,
    }),
    ...(row.replacesHow !== null && { [row.replacesHow]: replaced }),
    supersededBy: labels.get(row.supersededBy ?? ''),
    statusBefore: row.supersededFrom,
    ...(row.withdrawnBy !== null && {
      ...{ withdrawnBy: row.withdrawnBy, withdrawnFor: '' },
      withdrawnAt: row.withdrawnAt === null ? null : momentText(row.withdrawnAt),
    }),
  });
};

/** The other way, of names. */
export const columnsFrom = (facts: Facts, placed: Placed): Partial<DecisionRow> => {
  const person = (name?: string, company = '') => (name === undefined ? null : placed.person({ name, company, at: 0 }));
  const { supersedes, amends, supersededBy, disputedFor } = facts;
  const replaced = supersedes ?? amends;
  return {
    kind: facts.kind ?? null,
    meeting: facts.meeting ?? null,
    reviewOn: facts.reviewOn ?? null,
    reviewDays: facts.reviewDays === undefined ? null : Number(facts.reviewDays),
    revisitBy: person(facts.revisitBy, facts.revisitFor),
    revisitOn: facts.revisitOn ?? null,
    disputedBy: person(facts.disputedBy, disputedFor),
    disputedFor: disputedFor === undefined ? null : placed.partner(disputedFor),
    disputedAt: momentIn(facts.disputedAt) ?? null,
    disputeReason: facts.disputeReason ?? null,
    replaces: replaced === undefined ? null : placed.record(replaced),
    replacesHow: replaced === undefined ? null : supersedes === undefined ? 'amends' : 'supersedes',
    supersededBy: supersededBy === undefined ? null : placed.record(supersededBy),
    supersededFrom: facts.statusBefore ?? null,
    withdrawnBy: person(facts.withdrawnBy, facts.withdrawnFor),
    withdrawnAt: momentIn(facts.withdrawnAt) ?? null,
  };
};
