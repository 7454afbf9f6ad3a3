import { declareTables, type Kit } from '../db/kit.js';

/** Who has an address at which calendars read what is in theirs; the key in it is derived again, and kept nowhere. */
export const defineCalendars = (kit: Kit) => ({
  subscriptions: kit.table(
    'calendar_subscriptions',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      personId: kit.text('person_id').notNull(),
      /** Raised with each new address: the key is of this one alone. */
      version: kit.integer('version').notNull(),
      createdAt: kit.instant('created_at').notNull(),
      /** Set once it was stopped, until there is a new one. */
      revokedAt: kit.instant('revoked_at'),
    },
    (t) => [kit.uniqueIndex('calendar_subscriptions_person').on(t.personId, t.allianceId)],
  ),
});

export const calendarTables = declareTables(defineCalendars);
