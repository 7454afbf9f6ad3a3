import { declareTables, type Kit } from '../db/kit.js';

/** Daily messages: one row for each that was told, and what it lists, so that it follows what becomes of it. */
export const defineDaily = (kit: Kit) => ({
  dailyMessages: kit.table(
    'daily_messages',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      personId: kit.text('person_id').notNull(),
      /** The person's own day. */
      on: kit.text('day').notNull(),
      /** The day of the one before that they got. */
      lastOn: kit.text('last_day'),
    },
    (t) => [kit.uniqueIndex('daily_messages_day').on(t.allianceId, t.personId, t.on)],
  ),
  dailyItems: kit.table(
    'daily_items',
    {
      messageId: kit.text('message_id').notNull(),
      feature: kit.text('feature').notNull(),
      subjectId: kit.text('subject_id').notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.messageId, t.feature, t.subjectId] }),
      kit.index('daily_items_subject').on(t.feature, t.subjectId),
    ],
  ),
});

export const dailyTables = declareTables(defineDaily);
