/*
 * What somebody was about to record, while they are asked whether it is new. Buttons carry 2,000 characters at most, and
 * a decision with its reasons has up to 5,000: so the buttons carry the draft's id, and nothing of it is cut off.
 */
import { and, eq, lt } from 'drizzle-orm';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, CommitteeId, Instant, PersonId } from '../../core/ids.js';
import type { Visibility } from '../../core/visibility.js';
import type { Details } from './rules.js';
import { decisionTables } from './tables.js';
import type { WordingInput } from './wording-rules.js';

/** Nobody presses a button of yesterday's private answer. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

export interface Drafted {
  readonly wording: WordingInput;
  readonly details: Details;
  readonly source: { readonly link?: string; readonly saidAt?: Instant; readonly from?: string };
}

export interface Draft extends Drafted {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly person: PersonId;
  readonly committee: CommitteeId;
  readonly visibility: Visibility;
  readonly at: Instant;
}

/** Keeps it for a day. */
export const insertDraft = async (tx: Tx, draft: Draft): Promise<void> => {
  const { drafts } = decisionTables(tx);
  const { id, alliance, person, committee, visibility, at, wording, details, source } = draft;
  await tx.delete(drafts).where(and(eq(drafts.allianceId, alliance), lt(drafts.at, at - KEPT_MS)));
  await tx.insert(drafts).values({
    ...{ id, visibility, at },
    allianceId: alliance,
    personId: person,
    committeeId: committee,
    content: { wording, details, source } satisfies Drafted,
  });
};

/** Somebody's own draft; nobody else reads it. */
export const getDraft = async (
  db: Db,
  id: string,
  { alliance, person }: { readonly alliance: AllianceId; readonly person: PersonId },
): Promise<Draft | undefined> => {
  const { drafts } = decisionTables(db);
  const [row] = await db
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, id), eq(drafts.allianceId, alliance), eq(drafts.personId, person)));
  if (!row) return undefined;
  return {
    ...{ id, alliance, person, at: row.at },
    committee: row.committeeId as CommitteeId,
    visibility: row.visibility as Visibility,
    ...(row.content as Drafted),
  };
};

export const deleteDraft = async (tx: Tx, id: string): Promise<void> => {
  const { drafts } = decisionTables(tx);
  await tx.delete(drafts).where(eq(drafts.id, id));
};

/** All that somebody was about to record. */
export const deleteDraftsOf = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<void> => {
  const { drafts } = decisionTables(tx);
  await tx.delete(drafts).where(and(eq(drafts.allianceId, alliance), eq(drafts.personId, person)));
};
