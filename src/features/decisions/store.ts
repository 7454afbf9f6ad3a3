import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import { prepared } from '../../core/db/prepared.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { About } from '../../core/feature.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import { ownerIn, readableBy, type Visibility } from '../../core/visibility.js';
import type { Confirmation, Decision, Status, Wording, WordingInput } from './rules.js';
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

/** Who reads: an audience, as a prepared query takes it. */
interface Reader {
  readonly alliance: AllianceId;
  readonly owner: Visibility;
}

const readerOf = (audience: Audience): Reader => ({ alliance: audience.alliance, owner: ownerIn(audience) });

const readable = (db: Db, { alliance, owner }: Reader) => {
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
  readonly visibility: Visibility;
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
    visibility: row.visibility,
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

const wordingRow = (id: string, wording: Wording): Tables['wordings']['$inferSelect'] => ({
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
export const insertWording = async (tx: Tx, id: string, wording: Wording): Promise<void> => {
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

const FEW = 50;

/** Decisions that are neither agreed nor withdrawn, oldest first; those that `lacking` has not confirmed, if given. */
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
  const found: Decision[] = [];
  for (const { id } of rows) {
    const decision = await getDecision(db, id, audience);
    if (decision) found.push(decision);
  }
  return found;
};
