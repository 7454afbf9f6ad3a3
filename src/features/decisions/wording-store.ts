/* What is written of decisions: new ones, their wordings, and who confirmed them. */
import { and, eq } from 'drizzle-orm';
import { prepared } from '../../core/db/prepared.js';
import type { Tx } from '../../core/db/store.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Visibility } from '../../core/visibility.js';
import type { Confirmation, Details, Wording } from './rules.js';
import { decisionTables } from './tables.js';
import type { Relation, WordingInput } from './wording-rules.js';

export interface NewDecision extends Details {
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
  readonly reviewDays?: number;
  readonly replacing?: { readonly id: string; readonly how: Relation };
}

type Tables = ReturnType<typeof decisionTables>;
type Stored = Pick<
  Tables['decisions']['$inferSelect'],
  | 'id'
  | 'allianceId'
  | 'number'
  | 'committeeId'
  | 'visibility'
  | 'recordedBy'
  | 'recordedFor'
  | 'recordedAt'
  | 'link'
  | 'saidAt'
  | 'kind'
  | 'meeting'
  | 'reviewOn'
  | 'reviewDays'
  | 'replaces'
  | 'replacesHow'
>;

const addDecision = prepared((db, row: Stored) => {
  const { id, number, allianceId, committeeId, visibility, recordedBy, recordedFor, recordedAt } = row;
  const { link, saidAt, kind, meeting, reviewOn, reviewDays, replaces, replacesHow } = row;
  const about = { link, saidAt, kind, meeting, reviewOn, reviewDays, replaces, replacesHow };
  return db.insert(decisionTables(db).decisions).values({
    ...{ id, number, allianceId, committeeId, visibility, recordedBy, recordedFor, recordedAt },
    ...about,
    status: 'recorded',
    revision: 1,
  });
});

const storedOf = (decision: NewDecision): Stored => ({
  id: decision.id,
  number: decision.number,
  allianceId: decision.alliance,
  committeeId: decision.committee,
  visibility: decision.visibility,
  recordedBy: decision.person,
  recordedFor: decision.partner,
  recordedAt: decision.at,
  link: decision.link ?? null,
  saidAt: decision.saidAt ?? null,
  kind: decision.kind ?? null,
  meeting: decision.meeting ?? null,
  reviewOn: decision.reviewOn ?? null,
  reviewDays: decision.reviewDays ?? null,
  replaces: decision.replacing?.id ?? null,
  replacesHow: decision.replacing?.how ?? null,
});

const addWording = prepared((db, row: Tables['wordings']['$inferSelect']) => {
  const { decisionId, revision, text, because, insteadOf, reason, personId, at } = row;
  const { wordings } = decisionTables(db);
  return db.insert(wordings).values({ decisionId, revision, text, because, insteadOf, reason, personId, at });
});

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

export const insertDecision = async (tx: Tx, decision: NewDecision, wording: WordingInput): Promise<void> => {
  const { id, person, at } = decision;
  await addDecision(tx, storedOf(decision));
  await addWording(tx, wordingRow(id, { ...wording, revision: 1, person, at }));
};

/** A changed wording: it becomes the present one, which nobody has confirmed yet. */
export const insertWording = async (tx: Tx, id: string, wording: Wording): Promise<void> => {
  const { decisions } = decisionTables(tx);
  await addWording(tx, wordingRow(id, wording));
  await tx.update(decisions).set({ revision: wording.revision }).where(eq(decisions.id, id));
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
