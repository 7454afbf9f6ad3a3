import { and, asc, eq } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import { prepared } from '../../core/db/prepared.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { About } from '../../core/feature.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn, readableBy, type Visibility } from '../../core/visibility.js';
import { listRelatives, relativesOf } from './relative-store.js';
import type { Confirmation, Decision, Status, Wording } from './rules.js';
import { decisionTables } from './tables.js';
import type { Kind } from './wording-rules.js';

export { defineDecisions } from './tables.js';

const selectConfirmations = prepared((db, { id, revision }: { id: string; revision: number }) => {
  const { confirmations } = decisionTables(db);
  return db
    .select()
    .from(confirmations)
    .where(and(eq(confirmations.decisionId, id), eq(confirmations.revision, revision)))
    .orderBy(asc(confirmations.at), asc(confirmations.partnerId));
});

/** Who reads: an audience, as a prepared query takes it. */
interface Reader {
  readonly alliance: AllianceId;
  readonly owner: Visibility;
}

export const readerOf = (audience: Audience): Reader => ({ alliance: audience.alliance, owner: ownerIn(audience) });

export const readable = (db: Db, { alliance, owner }: Reader) => {
  const { decisions } = decisionTables(db);
  return and(eq(decisions.allianceId, alliance), readableBy(decisions.visibility, owner));
};

const selectDecision = prepared((db, { id, alliance, owner }: Reader & { id: string }) => {
  const { decisions, wordings } = decisionTables(db);
  return db
    .select({ decision: decisions, wording: wordings })
    .from(decisions)
    .innerJoin(wordings, and(eq(wordings.decisionId, decisions.id), eq(wordings.revision, decisions.revision)))
    .where(and(eq(decisions.id, id), readable(db, { alliance, owner })));
});

const selectAbout = prepared((db, { id, alliance, owner }: Reader & { id: string }) => {
  const { decisions } = decisionTables(db);
  return db
    .select({ committee: decisions.committeeId, author: decisions.recordedBy, visibility: decisions.visibility })
    .from(decisions)
    .where(and(eq(decisions.id, id), readable(db, { alliance, owner })));
});

const listConfirmations = async (db: Db, id: string, revision: number): Promise<Confirmation[]> => {
  const rows = await selectConfirmations(db, { id, revision });
  return rows.map((row) => ({ partner: row.partnerId as PartnerId, person: row.personId as PersonId, at: row.at }));
};

/** What permissions depend on. */
export const getAbout = async (db: Db, id: string, audience: Audience): Promise<About | undefined> => {
  const [row] = await selectAbout(db, { id, ...readerOf(audience) });
  if (!row) return undefined;
  const { committee, author, visibility } = row;
  return {
    committee: committee as CommitteeId,
    author: author as PersonId,
    ...(visibility && { partner: visibility as PartnerId }),
  };
};

type Tables = ReturnType<typeof decisionTables>;
export type DecisionRow = Tables['decisions']['$inferSelect'];
type WordingRow = Tables['wordings']['$inferSelect'];

const wordingOf = (row: WordingRow): Wording => ({
  revision: row.revision,
  text: row.text,
  because: row.because ?? undefined,
  insteadOf: row.insteadOf ?? undefined,
  reason: row.reason ?? undefined,
  person: row.personId as PersonId,
  at: row.at,
});

/** What may have happened to it later on. */
const laterOf = (row: DecisionRow) => {
  const { disputedBy, disputedFor, disputedAt, revisitBy, revisitOn } = row;
  return {
    withdrawnBy: (row.withdrawnBy as PersonId | null) ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
    reviewOn: row.reviewOn ?? undefined,
    reviewDays: row.reviewDays ?? undefined,
    ...(revisitBy !== null && revisitOn !== null && { revisit: { person: revisitBy as PersonId, on: revisitOn } }),
    ...(disputedBy !== null &&
      disputedAt !== null && {
        dispute: {
          person: disputedBy as PersonId,
          partner: disputedFor as PartnerId,
          at: disputedAt,
          reason: row.disputeReason ?? '',
        },
      }),
  };
};

/** Shared by all partners, or read by one alone: nothing where the audience cannot read it. */
export const getDecision = async (db: Db, id: string, audience: Audience): Promise<Decision | undefined> => {
  const [row] = await selectDecision(db, { id, ...readerOf(audience) });
  if (!row) return undefined;
  const { decision, wording } = row;
  const ownSideOnly = ownerIn(audience) === decision.recordedFor;
  return {
    id: decision.id,
    number: decision.number,
    committee: decision.committeeId as CommitteeId,
    visibility: decision.visibility as Visibility,
    status: decision.status as Status,
    wording: wordingOf(wording),
    confirmations: await listConfirmations(db, id, decision.revision),
    recordedBy: decision.recordedBy as PersonId,
    recordedFor: decision.recordedFor as PartnerId,
    recordedAt: decision.recordedAt,
    kind: (decision.kind as Kind | null) ?? undefined,
    meeting: decision.meeting ?? undefined,
    link: ownSideOnly ? (decision.link ?? undefined) : undefined,
    saidAt: decision.saidAt ?? undefined,
    ...laterOf(decision),
    ...relativesOf(decision, await listRelatives(db, decision, readerOf(audience))),
  };
};

const setStatus = prepared(
  (db, row: Pick<Tables['decisions']['$inferSelect'], 'id' | 'status' | 'withdrawnBy' | 'withdrawnAt'>) => {
    const { id, status, withdrawnBy, withdrawnAt } = row;
    const { decisions } = decisionTables(db);
    return db.update(decisions).set({ status, withdrawnBy, withdrawnAt }).where(eq(decisions.id, id));
  },
);

export const saveStatus = async (
  tx: Tx,
  id: string,
  status: Status,
  withdrawn?: { readonly person: PersonId; readonly at: Instant },
): Promise<void> => {
  await setStatus(tx, { id, status, withdrawnBy: withdrawn?.person ?? null, withdrawnAt: withdrawn?.at ?? null });
};

type Later = Partial<
  Pick<
    DecisionRow,
    | 'disputedBy'
    | 'disputedFor'
    | 'disputedAt'
    | 'disputeReason'
    | 'reviewOn'
    | 'reviewDays'
    | 'revisitBy'
    | 'revisitOn'
    | 'supersededBy'
    | 'supersededFrom'
  >
>;

/** What happened to a decision besides its state. */
export const saveLater = async (tx: Tx, id: string, later: Later): Promise<void> => {
  const { decisions } = decisionTables(tx);
  await tx.update(decisions).set(later).where(eq(decisions.id, id));
};

export const noDispute = { disputedBy: null, disputedFor: null, disputedAt: null, disputeReason: null };
