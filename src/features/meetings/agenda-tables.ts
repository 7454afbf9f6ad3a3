import type { Kit } from '../../core/db/kit.js';

export const defineAgenda = (kit: Kit) => ({
  items: kit.table(
    'agenda_items',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      meetingId: kit.text('meeting_id').notNull(),
      /** Its place among the others of the meeting. */
      position: kit.integer('position').notNull(),
      kind: kit.text('kind').notNull(),
      title: kit.text('title').notNull(),
      /** What is to be decided. */
      question: kit.text('question'),
      minutes: kit.integer('minutes').notNull(),
      ownerId: kit.text('owner_id').notNull(),
      /** 'proposed', 'accepted', 'declined'; in the meeting 'done' or 'parked'; 'carried' once it is another meeting's. */
      status: kit.text('status').notNull(),
      proposedBy: kit.text('proposed_by').notNull(),
      proposedFor: kit.text('proposed_for').notNull(),
      proposedAt: kit.instant('proposed_at').notNull(),
      /** The message it was taken from, readable by the proposer's company only. */
      link: kit.text('link'),
      /** The record that it is about. */
      aboutFeature: kit.text('about_feature'),
      aboutId: kit.text('about_id'),
      /** The item of an earlier meeting that was not finished. */
      carriedFrom: kit.text('carried_from'),
      /** Milliseconds that the room has spent on it. */
      spentMs: kit.integer('spent_ms').notNull().default(0),
      /** What the minutes say of it. */
      note: kit.text('note'),
    },
    (t) => [
      kit.index('agenda_items_meeting').on(t.meetingId, t.position),
      kit.index('agenda_items_owner').on(t.ownerId, t.status),
    ],
  ),
  papers: kit.table(
    'agenda_papers',
    {
      itemId: kit.text('item_id').notNull(),
      version: kit.integer('version').notNull(),
      link: kit.text('link').notNull(),
      pages: kit.integer('pages'),
      personId: kit.text('person_id').notNull(),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.itemId, t.version] })],
  ),
  /** Invited to one item: somebody of a company, or a name. */
  guests: kit.table(
    'agenda_guests',
    {
      id: kit.text('id').primaryKey(),
      itemId: kit.text('item_id').notNull(),
      personId: kit.text('person_id'),
      name: kit.text('name'),
      invitedBy: kit.text('invited_by').notNull(),
      invitedFor: kit.text('invited_for').notNull(),
    },
    (t) => [kit.index('agenda_guests_item').on(t.itemId), kit.index('agenda_guests_person').on(t.personId)],
  ),
  /** Somebody with a conflict of interest, who takes no part in deciding an item. */
  recusals: kit.table(
    'agenda_recusals',
    {
      itemId: kit.text('item_id').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      reason: kit.text('reason'),
      at: kit.instant('at').notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.itemId, t.personId] })],
  ),
});
