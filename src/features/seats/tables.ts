import { declareTables, type Kit } from '../../core/db/kit.js';

export const defineSeats = (kit: Kit) => ({
  /** One line for the committee's channels: who sits there, or no longer. */
  changes: kit.table('seat_changes', {
    id: kit.text('id').primaryKey(),
    allianceId: kit.text('alliance_id').notNull(),
    /** Empty for what holds for the whole company. */
    committeeId: kit.text('committee_id').notNull(),
    personId: kit.text('person_id').notNull(),
    partnerId: kit.text('partner_id').notNull(),
    /** See ChangeKind in rules.ts. */
    kind: kit.text('kind').notNull(),
    role: kit.text('role').notNull(),
    fromOn: kit.text('from_on'),
    untilOn: kit.text('until_on'),
    standsFor: kit.text('stands_for'),
    changedBy: kit.text('changed_by').notNull(),
    at: kit.instant('at').notNull(),
  }),
});

export const seatTables = declareTables(defineSeats);
