import type { Kit } from '../../core/db/kit.js';

export const definePreparation = (kit: Kit) => ({
  /** How a committee prepares; one without a row prepares as most do. */
  plans: kit.table('preparation_plans', {
    committeeId: kit.text('committee_id').primaryKey(),
    steps: kit.json<unknown>('steps').notNull(),
  }),
  /** Where somebody with a vote stands on a question before the meeting. Read by their company alone. */
  positions: kit.table(
    'agenda_positions',
    {
      itemId: kit.text('item_id').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      stance: kit.text('stance').notNull(),
      /** 'Aligned if ...', or the internal step that is needed. */
      condition: kit.text('condition'),
      /** The day of that step. */
      stepOn: kit.text('step_on'),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.itemId, t.personId] })],
  ),
  /** What a company notes for itself while it prepares. Read by it alone. */
  notes: kit.table(
    'preparation_notes',
    {
      id: kit.text('id').primaryKey(),
      meetingId: kit.text('meeting_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      personId: kit.text('person_id').notNull(),
      text: kit.text('text').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.index('preparation_notes_meeting').on(t.meetingId, t.partnerId, t.at)],
  ),
  /** Until when somebody wants to hear nothing of a meeting; the last day. */
  snoozes: kit.table(
    'preparation_snoozes',
    {
      meetingId: kit.text('meeting_id').notNull(),
      personId: kit.text('person_id').notNull(),
      untilOn: kit.text('until_on').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.meetingId, t.personId] })],
  ),
  /** Days on which the chair had somebody reminded. */
  nudges: kit.table(
    'preparation_nudges',
    {
      meetingId: kit.text('meeting_id').notNull(),
      personId: kit.text('person_id').notNull(),
      on: kit.text('day').notNull(),
      by: kit.text('nudged_by').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.meetingId, t.personId, t.on] })],
  ),
});
