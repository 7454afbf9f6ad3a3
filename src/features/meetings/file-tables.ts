import type { Kit } from '../../core/db/kit.js';

/** Files with a series that people have asked for: whoever has one gets a new one when the series changes. */
export const defineFiles = (kit: Kit) => ({
  calendarFiles: kit.table(
    'calendar_files',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      seriesId: kit.text('series_id').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      /** Of the series and its meetings when it was offered. */
      sequence: kit.integer('sequence').notNull(),
      /** 'offered', 'accepted' or 'declined', where a platform asks its people first; elsewhere it stays offered. */
      state: kit.text('state').notNull(),
      askedAt: kit.instant('asked_at').notNull(),
      /** Where the platform said to put it; forgotten soon after. */
      place: kit.text('place'),
    },
    (t) => [
      kit.index('calendar_files_series').on(t.seriesId, t.personId, t.askedAt),
      kit.index('calendar_files_person').on(t.personId),
    ],
  ),
});
