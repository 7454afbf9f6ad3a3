import type { Kit } from '../../core/db/kit.js';

/**
 * Minutes are drawn from what happened. Kept is who was in the room, since seats change later, and what people say about
 * the minutes.
 */
export const defineMinutes = (kit: Kit) => ({
  minutes: kit.table('minutes', {
    meetingId: kit.text('meeting_id').primaryKey(),
    draftedAt: kit.instant('drafted_at').notNull(),
    /** From then on they are agreed, once nothing is open. */
    dueAt: kit.instant('due_at').notNull(),
    /** When their words changed last: what was fine before may not be since. */
    changedAt: kit.instant('changed_at').notNull(),
    /** So many of each company's votes had to be there. */
    quorum: kit.integer('quorum').notNull(),
    room: kit.json<unknown>('room').notNull(),
    /** What the minutes say of the whole meeting. */
    note: kit.text('note'),
  }),
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
      /** Why it was left. */
      reason: kit.text('reason'),
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
  /** Documents that people asked for; nothing of what is in them. */
  documents: kit.table(
    'minutes_documents',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      meetingId: kit.text('meeting_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      personId: kit.text('person_id').notNull(),
      state: kit.text('state').notNull(),
      askedAt: kit.instant('asked_at').notNull(),
      /** Where the platform said to put it; forgotten soon after. */
      place: kit.text('place'),
    },
    (t) => [kit.index('minutes_documents_person').on(t.allianceId, t.personId)],
  ),
});
