import { and, eq } from 'drizzle-orm';
import type { Db } from '../../core/db/store.js';
import type { Entry } from '../../core/feature.js';
import type { CommitteeId, PartnerId } from '../../core/ids.js';
import type { Visibility } from '../../core/visibility.js';
import { labelOf, type Status, statusWords } from './rules.js';
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
  return {
    committee: decision.committeeId as CommitteeId,
    visibility,
    label: labelOf({ number: decision.number, visibility }),
    title: wording.text,
    more: [wording.because, wording.insteadOf].filter((text) => text !== null),
    status: statusWords[status],
    live: status !== 'withdrawn',
    at: decision.saidAt ?? decision.recordedAt,
    ...(decision.link !== null && { source: { link: decision.link, partner: decision.recordedFor as PartnerId } }),
  };
};
