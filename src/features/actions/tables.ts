import { declareTables, type Kit } from '../../core/db/kit.js';

/** How an action stands now; what was done to it, and each day that it was due on before, is in its history. */
export const defineActions = (kit: Kit) => ({
  actions: kit.table(
    'actions',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      number: kit.integer('number').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      /** Empty: shared by all partners; else the one partner whose alone it is. */
      visibility: kit.text('visibility').notNull().default(''),
      text: kit.text('text').notNull(),
      status: kit.text('status').notNull(),
      /** Why it is blocked, declined or dropped. */
      reason: kit.text('reason'),
      ownerId: kit.text('owner_id').notNull(),
      ownerFor: kit.text('owner_for').notNull(),
      /** Who gave it to its owner, and when: another moment than its recording once it was handed over. */
      givenBy: kit.text('given_by').notNull(),
      givenAt: kit.instant('given_at').notNull(),
      /** A calendar day. */
      dueOn: kit.text('due_on').notNull(),
      /** The day before it was changed the last time, and who did that. */
      dueWas: kit.text('due_was'),
      dueBy: kit.text('due_by'),
      recordedBy: kit.text('recorded_by').notNull(),
      recordedFor: kit.text('recorded_for').notNull(),
      recordedAt: kit.instant('recorded_at').notNull(),
      /** The message it was taken from, readable by the recorder's company only. */
      link: kit.text('link'),
      saidAt: kit.instant('said_at'),
      /** The last change since it was recorded, and how it stood before, so that it can be taken back. */
      changedBy: kit.text('changed_by'),
      changedAt: kit.instant('changed_at'),
      statusWas: kit.text('status_was'),
      reasonWas: kit.text('reason_was'),
    },
    (t) => [
      kit.uniqueIndex('actions_number').on(t.allianceId, t.visibility, t.number),
      kit.index('actions_committee').on(t.committeeId, t.status),
      kit.index('actions_owner').on(t.ownerId, t.status),
      kit.index('actions_overdue').on(t.ownerFor, t.status, t.dueOn),
      kit.index('actions_giver').on(t.givenBy, t.status),
    ],
  ),
});

export const actionTables = declareTables(defineActions);
