/* What is still open, and what comes up for review. */
import { and, asc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import type { Db } from '../../core/db/store.js';
import type { CommitteeId, Day, PartnerId } from '../../core/ids.js';
import type { Decision } from './rules.js';
import { getDecision, readable, readerOf } from './store.js';
import { decisionTables } from './tables.js';

const FEW = 50;

const readAll = async (db: Db, ids: readonly { readonly id: string }[], audience: Audience): Promise<Decision[]> => {
  const found: Decision[] = [];
  for (const { id } of ids) {
    const decision = await getDecision(db, id, audience);
    if (decision) found.push(decision);
  }
  return found;
};

/** Decisions that wait to be agreed, oldest first; those that `lacking` has not confirmed, if given. */
export const listOpen = async (
  db: Db,
  committees: readonly CommitteeId[],
  audience: Audience,
  lacking?: PartnerId,
): Promise<Decision[]> => {
  if (committees.length === 0) return [];
  const { decisions, confirmations } = decisionTables(db);
  const isOwn = and(
    eq(confirmations.decisionId, decisions.id),
    eq(confirmations.revision, decisions.revision),
    eq(confirmations.partnerId, lacking ?? ''),
  );
  const isOpen = and(
    inArray(decisions.committeeId, [...committees]),
    eq(decisions.status, 'recorded'),
    readable(db, readerOf(audience)),
    isNull(confirmations.decisionId),
  );
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .leftJoin(confirmations, isOwn)
    .where(isOpen)
    .orderBy(asc(decisions.recordedAt), asc(decisions.number))
    .limit(FEW);
  return readAll(db, rows, audience);
};

/** Decisions that one side disputes, oldest first. */
export const listDisputed = async (
  db: Db,
  committees: readonly CommitteeId[],
  audience: Audience,
): Promise<Decision[]> => {
  const { decisions } = decisionTables(db);
  const isDisputed = and(
    inArray(decisions.committeeId, [...committees]),
    eq(decisions.status, 'disputed'),
    readable(db, readerOf(audience)),
  );
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(isDisputed)
    .orderBy(asc(decisions.disputedAt), asc(decisions.number))
    .limit(FEW);
  return readAll(db, rows, audience);
};

/** Agreed decisions whose day of review has come, the longest due first. */
export const listReviews = async (
  db: Db,
  committees: readonly CommitteeId[],
  audience: Audience,
  today: Day,
): Promise<Decision[]> => {
  if (committees.length === 0) return [];
  const { decisions } = decisionTables(db);
  const isDue = and(
    inArray(decisions.committeeId, [...committees]),
    eq(decisions.status, 'agreed'),
    lte(decisions.reviewOn, today),
    readable(db, readerOf(audience)),
  );
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(isDue)
    .orderBy(asc(decisions.reviewOn), asc(decisions.number))
    .limit(FEW);
  return readAll(db, rows, audience);
};

/** Agreed decisions that are to be revisited since somebody said so, the longest ago first. */
export const listRevisits = async (db: Db, committee: CommitteeId, audience: Audience): Promise<Decision[]> => {
  const { decisions } = decisionTables(db);
  const isMeant = and(
    eq(decisions.committeeId, committee),
    eq(decisions.status, 'agreed'),
    isNotNull(decisions.revisitOn),
    readable(db, readerOf(audience)),
  );
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(isMeant)
    .orderBy(asc(decisions.revisitOn), asc(decisions.number))
    .limit(FEW);
  return readAll(db, rows, audience);
};
