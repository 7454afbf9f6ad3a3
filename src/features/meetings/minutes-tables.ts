import type { Kit } from '../../core/db/kit.js';

/** Minutes are drawn from what happened; only what people say about them is kept. */
export const defineMinutes = (kit: Kit) => ({
  readings: kit.table(
    'minutes_readings',
    {
      meetingId: kit.text('meeting_id').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.meetingId, t.personId] })],
  ),
  /** A change that somebody proposes: what the minutes should say of an item, or of the meeting. */
  proposals: kit.table(
    'minutes_proposals',
    {
      id: kit.text('id').primaryKey(),
      meetingId: kit.text('meeting_id').notNull(),
      itemId: kit.text('item_id'),
      text: kit.text('text').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      at: kit.instant('at').notNull(),
      /** 'open', 'taken' or 'declined'. */
      status: kit.text('status').notNull(),
      settledBy: kit.text('settled_by'),
      settledAt: kit.instant('settled_at'),
    },
    (t) => [kit.index('minutes_proposals_meeting').on(t.meetingId, t.at)],
  ),
  /** Corrections after the minutes were locked. */
  addenda: kit.table(
    'minutes_addenda',
    {
      id: kit.text('id').primaryKey(),
      meetingId: kit.text('meeting_id').notNull(),
      text: kit.text('text').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.index('minutes_addenda_meeting').on(t.meetingId, t.at)],
  ),
});
