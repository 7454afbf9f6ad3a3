import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import { prepared } from '../../core/db/prepared.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Confirmation, Decision, Status, WordingInput } from './rules.js';
import { decisionTables } from './tables.js';

export { defineDecisions } from './tables.js';

const selectConfirmations = prepared((db, { id, revision }: { id: string; revision: number }) => {
  const { confirmations } = decisionTables(db);
  return db
    .select()
    .from(confirmations)
    .where(and(eq(confirmations.decisionId, id), eq(confirmations.revision, revision)))
    .orderBy(asc(confirmations.at), asc(confirmations.partnerId));
});

const selectDecision = prepared((db, { id, alliance }: { id: string; alliance: AllianceId }) => {
  const { decisions, wordings } = decisionTables(db);
  return db
    .select({ decision: decisions, wording: wordings })
    .from(decisions)
    .innerJoin(wordings, and(eq(wordings.decisionId, decisions.id), eq(wordings.revision, decisions.revision)))
    .where(and(eq(decisions.id, id), eq(decisions.allianceId, alliance)));
});

const listConfirmations = async (db: Db, id: string, revision: number): Promise<Confirmation[]> => {
  const rows = await selectConfirmations(db, { id, revision });
  return rows.map((row) => ({ partner: row.partnerId as PartnerId, person: row.personId as PersonId, at: row.at }));
};

/** A decision is shared by all partners: whoever is in the alliance's audience can read it. */
export const getDecision = async (db: Db, id: string, audience: Audience): Promise<Decision | undefined> => {
  const [row] = await selectDecision(db, { id, alliance: audience.alliance });
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

type Stored = Omit<NewDecision, 'link' | 'saidAt'> & { readonly link: string | null; readonly saidAt: Instant | null };
type Tables = ReturnType<typeof decisionTables>;

const addDecision = prepared((db, row: Stored) => {
  const { id, number, at } = row;
  return db.insert(decisionTables(db).decisions).values({
    id,
    number,
    allianceId: row.alliance,
    committeeId: row.committee,
    status: 'recorded',
    revision: 1,
    recordedBy: row.person,
    recordedFor: row.partner,
    recordedAt: at,
    link: row.link,
    saidAt: row.saidAt,
  });
});

const addWording = prepared((db, row: Tables['wordings']['$inferSelect']) => {
  const { decisionId, revision, text, because, insteadOf, reason, personId, at } = row;
  const { wordings } = decisionTables(db);
  return db.insert(wordings).values({ decisionId, revision, text, because, insteadOf, reason, personId, at });
});

export const insertDecision = async (tx: Tx, decision: NewDecision, wording: WordingInput): Promise<void> => {
  const { id, person, at } = decision;
  await addDecision(tx, { ...decision, link: decision.link ?? null, saidAt: decision.saidAt ?? null });
  await addWording(tx, wordingRow(id, { ...wording, revision: 1, person, at }));
};

interface NewWording extends WordingInput {
  readonly revision: number;
  readonly reason?: string;
  readonly person: PersonId;
  readonly at: Instant;
}

const wordingRow = (id: string, wording: NewWording): Tables['wordings']['$inferSelect'] => ({
  decisionId: id,
  revision: wording.revision,
  text: wording.text,
  because: wording.because ?? null,
  insteadOf: wording.insteadOf ?? null,
  reason: wording.reason ?? null,
  personId: wording.person,
  at: wording.at,
});

/** A changed wording: it becomes the present one, which nobody has confirmed yet. */
export const insertWording = async (tx: Tx, id: string, wording: NewWording): Promise<void> => {
  const { decisions } = decisionTables(tx);
  await addWording(tx, wordingRow(id, wording));
  await tx.update(decisions).set({ revision: wording.revision, status: 'recorded' }).where(eq(decisions.id, id));
};

const addConfirmation = prepared((db, row: Tables['confirmations']['$inferSelect']) => {
  const { decisionId, revision, partnerId, personId, at } = row;
  return db.insert(decisionTables(db).confirmations).values({ decisionId, revision, partnerId, personId, at });
});

export const insertConfirmation = async (
  tx: Tx,
  id: string,
  revision: number,
  confirmation: Confirmation,
): Promise<void> => {
  await addConfirmation(tx, {
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
