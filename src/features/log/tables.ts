import { declareTables, type Kit } from '../../core/db/kit.js';

/** When somebody last caught up. */
export const defineLog = (kit: Kit) => ({
  looks: kit.table(
    'log_looks',
    {
      allianceId: kit.text('alliance_id').notNull(),
      personId: kit.text('person_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.allianceId, t.personId] })],
  ),
});

export const logTables = declareTables(defineLog);
