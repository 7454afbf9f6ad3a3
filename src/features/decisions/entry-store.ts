import { and, eq } from 'drizzle-orm';
import type { Db } from '../../core/db/store.js';
import type { Entry } from '../../core/feature.js';
import type { CommitteeId, PartnerId } from '../../core/ids.js';
import type { Visibility } from '../../core/visibility.js';
import { labelOfDecision } from './relative-store.js';
import { isLive, labelOf, type Status, statusLine } from './rules.js';
import { decisionTables } from './tables.js';

/** What the log keeps of it, whoever may read that. */
export const getEntry = async (db: Db, id: string): Promise<Entry | undefined> => {
  const { decisions, wordings } = decisionTables(db);
  const [row] = await db
    .select({ decision: decisions, wording: wordings })
    .from(decisions)
    .innerJoin(wordings, and(eq(wordings.decisionId, decisions.id), eq(wordings.revision, decisions.revision)))
    .where(eq(decisions.id, id));
  if (!row) return undefined;
  const { decision, wording } = row;
  const visibility = decision.visibility as Visibility;
  const status = decision.status as Status;
  const newer = decision.supersededBy === null ? undefined : await labelOfDecision(db, decision.supersededBy);
  return {
    committee: decision.committeeId as CommitteeId,
    visibility,
    label: labelOf({ number: decision.number, visibility }),
    title: wording.text,
    more: [wording.because, wording.insteadOf, decision.kind, decision.meeting].filter((text) => text !== null),
    status: statusLine({ status, ...(newer !== undefined && { supersededBy: { id: '', label: newer } }) }),
    live: isLive(status),
    at: decision.saidAt ?? decision.recordedAt,
    ...(decision.link !== null && { source: { link: decision.link, partner: decision.recordedFor as PartnerId } }),
  };
};
