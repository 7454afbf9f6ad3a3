import { declareTables, type Kit } from '../../core/db/kit.js';

/** A decision keeps only what never changes and where it stands; its words are wordings, and none is ever edited. */
export const defineDecisions = (kit: Kit) => ({
  decisions: kit.table(
    'decisions',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      number: kit.integer('number').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      /** Empty: shared by all partners; else the one partner whose alone it is. */
      visibility: kit.text('visibility').notNull().default(''),
      status: kit.text('status').notNull(),
      revision: kit.integer('revision').notNull(),
      recordedBy: kit.text('recorded_by').notNull(),
      recordedFor: kit.text('recorded_for').notNull(),
      recordedAt: kit.instant('recorded_at').notNull(),
      /** The message it was taken from, readable by the recorder's company only. */
      link: kit.text('link'),
      saidAt: kit.instant('said_at'),
      withdrawnBy: kit.text('withdrawn_by'),
      withdrawnAt: kit.instant('withdrawn_at'),
      kind: kit.text('kind'),
      meeting: kit.text('meeting'),
      /** The day on which somebody is asked whether it is still right, and how many days lie between two such days. */
      reviewOn: kit.text('review_on'),
      reviewDays: kit.integer('review_days'),
      revisitBy: kit.text('revisit_by'),
      revisitOn: kit.text('revisit_on'),
      disputedBy: kit.text('disputed_by'),
      disputedFor: kit.text('disputed_for'),
      disputedAt: kit.instant('disputed_at'),
      disputeReason: kit.text('dispute_reason'),
      /** The decision that it supersedes or amends, from when it is agreed. */
      replaces: kit.text('replaces'),
      replacesHow: kit.text('replaces_how'),
      /** The decision that took its place, and where it stood before, for when that one gives way again. */
      supersededBy: kit.text('superseded_by'),
      supersededFrom: kit.text('superseded_from'),
    },
    (t) => [
      kit.uniqueIndex('decisions_number').on(t.allianceId, t.visibility, t.number),
      kit.index('decisions_committee').on(t.committeeId, t.status),
      kit.index('decisions_replaces').on(t.replaces),
      kit.index('decisions_superseded').on(t.supersededBy),
      kit.index('decisions_review').on(t.committeeId, t.reviewOn),
    ],
  ),
  wordings: kit.table(
    'decision_wordings',
    {
      decisionId: kit.text('decision_id').notNull(),
      revision: kit.integer('revision').notNull(),
      text: kit.text('text').notNull(),
      because: kit.text('because'),
      insteadOf: kit.text('instead_of'),
      reason: kit.text('reason'),
      personId: kit.text('person_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.decisionId, t.revision] })],
  ),
  confirmations: kit.table(
    'decision_confirmations',
    {
      decisionId: kit.text('decision_id').notNull(),
      revision: kit.integer('revision').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      personId: kit.text('person_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.decisionId, t.revision, t.partnerId] })],
  ),
  /** What somebody was about to record, while they are asked whether it is new. Read by them alone, and soon gone. */
  drafts: kit.table(
    'decision_drafts',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      personId: kit.text('person_id').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      visibility: kit.text('visibility').notNull(),
      content: kit.json<unknown>('content').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.index('decision_drafts_at').on(t.allianceId, t.at)],
  ),
});

export const decisionTables = declareTables(defineDecisions);
