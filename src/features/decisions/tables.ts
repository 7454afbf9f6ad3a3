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
    },
    (t) => [
      kit.uniqueIndex('decisions_number').on(t.allianceId, t.visibility, t.number),
      kit.index('decisions_committee').on(t.committeeId, t.status),
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
});

export const decisionTables = declareTables(defineDecisions);
