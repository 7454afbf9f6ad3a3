import { declareTables, type Kit } from './db/kit.js';

/** Durable alarms. */
export const defineWakes = (kit: Kit) => ({
  wakes: kit.table(
    'wakes',
    {
      feature: kit.text('feature').notNull(),
      key: kit.text('key').notNull(),
      allianceId: kit.text('alliance_id').notNull(),
      dueAt: kit.instant('due_at').notNull(),
      /** Past this it is useless and is dropped. */
      until: kit.instant('until_at'),
      leaseUntil: kit.instant('lease_until'),
    },
    (t) => [kit.primaryKey({ columns: [t.feature, t.key] }), kit.index('wakes_due').on(t.dueAt)],
  ),
});

/** Alarms that came too late to be of use, so that whoever runs an alliance learns of it. */
export const defineSkipped = (kit: Kit) => ({
  skipped: kit.table(
    'skipped_wakes',
    {
      feature: kit.text('feature').notNull(),
      key: kit.text('key').notNull(),
      dueAt: kit.instant('due_at').notNull(),
      allianceId: kit.text('alliance_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.feature, t.key, t.dueAt] }),
      kit.index('skipped_wakes_at').on(t.allianceId, t.at),
    ],
  ),
});

export const wakeTables = declareTables(defineWakes);
export const skippedTables = declareTables(defineSkipped);
