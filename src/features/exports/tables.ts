import { declareTables, type Kit } from '../../core/db/kit.js';

/** One row for each file of a copy; nothing of what is in it. */
export const defineExports = (kit: Kit) => ({
  exports: kit.table(
    'export_files',
    {
      id: kit.text('id').primaryKey(),
      exportId: kit.text('export_id').notNull(),
      allianceId: kit.text('alliance_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      personId: kit.text('person_id').notNull(),
      format: kit.text('format').notNull(),
      state: kit.text('state').notNull(),
      askedAt: kit.instant('asked_at').notNull(),
      /** Where the platform said to put it; forgotten soon after. */
      place: kit.text('place'),
    },
    (t) => [kit.index('export_files_person').on(t.allianceId, t.personId, t.askedAt)],
  ),
});

export const exportTables = declareTables(defineExports);
