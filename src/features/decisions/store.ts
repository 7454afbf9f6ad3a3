import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Confirmation, Decision, Status, WordingInput } from './rules.js';
import { decisionTables } from './tables.js';

export { defineDecisions } from './tables.js';

const listConfirmations = async (db: Db, id: string, revision: number): Promise<Confirmation[]> => {
  const { confirmations } = decisionTables(db);
  const rows = await db
    .select()
    .from(confirmations)
    .where(and(eq(confirmations.decisionId, id), eq(confirmations.revision, revision)))
    .orderBy(asc(confirmations.at), asc(confirmations.partnerId));
  return rows.map((row) => ({ partner: row.partnerId as PartnerId, person: row.personId as PersonId, at: row.at }));
};

/** A decision is shared by all partners: whoever is in the alliance's audience can read it. */
export const getDecision = async (db: Db, id: string, audience: Audience): Promise<Decision | undefined> => {
  const { decisions, wordings } = decisionTables(db);
  const [row] = await db
    .select({ decision: decisions, wording: wordings })
    .from(decisions)
    .innerJoin(wordings, and(eq(wordings.decisionId, decisions.id), eq(wordings.revision, decisions.revision)))
    .where(and(eq(decisions.id, id), eq(decisions.allianceId, audience.alliance)));
  if (!row) return undefined;
  const { decision, wording } = row;
  const ownSideOnly = audience.partners.every((partner) => partner === decision.recordedFor);
  return {
    id: decision.id,
    number: decision.number,
    committee: decision.committeeId as CommitteeId,
    status: decision.status as Status,
    wording: {
      revision: wording.revision,
      text: wording.text,
      because: wording.because ?? undefined,
      insteadOf: wording.insteadOf ?? undefined,
      reason: wording.reason ?? undefined,
      person: wording.personId as PersonId,
      at: wording.at,
    },
    confirmations: await listConfirmations(db, id, decision.revision),
    recordedBy: decision.recordedBy as PersonId,
    recordedFor: decision.recordedFor as PartnerId,
    recordedAt: decision.recordedAt,
    link: ownSideOnly ? (decision.link ?? undefined) : undefined,
    withdrawnBy: (decision.withdrawnBy as PersonId | null) ?? undefined,
    withdrawnAt: decision.withdrawnAt ?? undefined,
  };
};

export interface NewDecision {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly number: number;
  readonly committee: CommitteeId;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly at: Instant;
  readonly link?: string;
  readonly saidAt?: Instant;
}

export const insertDecision = async (tx: Tx, decision: NewDecision, wording: WordingInput): Promise<void> => {
  const { decisions } = decisionTables(tx);
  await tx.insert(decisions).values({
    id: decision.id,
    allianceId: decision.alliance,
    number: decision.number,
    committeeId: decision.committee,
    status: 'recorded',
    revision: 0,
    recordedBy: decision.person,
    recordedFor: decision.partner,
    recordedAt: decision.at,
    link: decision.link ?? null,
    saidAt: decision.saidAt ?? null,
  });
  await insertWording(tx, decision.id, { ...wording, revision: 1, person: decision.person, at: decision.at });
};

export const insertWording = async (
  tx: Tx,
  id: string,
  wording: WordingInput & { revision: number; reason?: string; person: PersonId; at: Instant },
): Promise<void> => {
  const { decisions, wordings } = decisionTables(tx);
  await tx.insert(wordings).values({
    decisionId: id,
    revision: wording.revision,
    text: wording.text,
    because: wording.because ?? null,
    insteadOf: wording.insteadOf ?? null,
    reason: wording.reason ?? null,
    personId: wording.person,
    at: wording.at,
  });
  await tx.update(decisions).set({ revision: wording.revision, status: 'recorded' }).where(eq(decisions.id, id));
};

export const insertConfirmation = async (
  tx: Tx,
  id: string,
  revision: number,
  confirmation: Confirmation,
): Promise<void> => {
  const { confirmations } = decisionTables(tx);
  await tx.insert(confirmations).values({
    decisionId: id,
    revision,
    partnerId: confirmation.partner,
    personId: confirmation.person,
    at: confirmation.at,
  });
};

export const deleteConfirmation = async (tx: Tx, id: string, revision: number, partner: PartnerId): Promise<void> => {
  const { confirmations } = decisionTables(tx);
  await tx
    .delete(confirmations)
    .where(
      and(eq(confirmations.decisionId, id), eq(confirmations.revision, revision), eq(confirmations.partnerId, partner)),
    );
};

export const saveStatus = async (
  tx: Tx,
  id: string,
  status: Status,
  withdrawn?: { readonly person: PersonId; readonly at: Instant },
): Promise<void> => {
  const { decisions } = decisionTables(tx);
  await tx
    .update(decisions)
    .set({ status, withdrawnBy: withdrawn?.person ?? null, withdrawnAt: withdrawn?.at ?? null })
    .where(eq(decisions.id, id));
};

/** Decisions of these committees that still lack the partner's confirmation, oldest first. */
export const listUnconfirmed = async (
  db: Db,
  committees: readonly CommitteeId[],
  partner: PartnerId,
  audience: Audience,
): Promise<Decision[]> => {
  if (committees.length === 0) return [];
  const { decisions, confirmations } = decisionTables(db);
  const rows = await db
    .select({ id: decisions.id })
    .from(decisions)
    .leftJoin(
      confirmations,
      and(
        eq(confirmations.decisionId, decisions.id),
        eq(confirmations.revision, decisions.revision),
        eq(confirmations.partnerId, partner),
      ),
    )
    .where(
      and(
        inArray(decisions.committeeId, [...committees]),
        eq(decisions.status, 'recorded'),
        eq(decisions.allianceId, audience.alliance),
        isNull(confirmations.decisionId),
      ),
    )
    .orderBy(asc(decisions.number))
    .limit(50);
  const found: Decision[] = [];
  for (const row of rows) {
    const decision = await getDecision(db, row.id, audience);
    if (decision) found.push(decision);
  }
  return found;
};
