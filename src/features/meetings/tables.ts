import { declareTables, type Kit } from '../../core/db/kit.js';
import { defineAgenda } from './agenda-tables.js';
import { defineFiles } from './file-tables.js';
import { defineMinutes } from './minutes-tables.js';
import { definePreparation } from './preparation-tables.js';

/** A series says when its meetings are, by a rule and a zone; a meeting that comes once is a series of one. */
const defineSeries = (kit: Kit) => ({
  series: kit.table(
    'meeting_series',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      /** Of the first one, as clocks in the zone show it. */
      startsAt: kit.text('starts_at').notNull(),
      zone: kit.text('zone').notNull(),
      minutes: kit.integer('minutes').notNull(),
      /** A room, or a link. */
      place: kit.text('place'),
      /** As RFC 5545 writes a rule; none for one that comes once. */
      rule: kit.text('rule'),
      /** Counts its changes, for calendars. */
      sequence: kit.integer('sequence').notNull(),
      changedAt: kit.instant('changed_at').notNull(),
      createdBy: kit.text('created_by').notNull(),
      createdFor: kit.text('created_for').notNull(),
      createdAt: kit.instant('created_at').notNull(),
      endedAt: kit.instant('ended_at'),
    },
    (t) => [kit.index('meeting_series_committee').on(t.committeeId, t.endedAt)],
  ),
});

/** One meeting, with a number of its own. Those of a series are made as they come near. */
const defineOccurrences = (kit: Kit) => ({
  meetings: kit.table(
    'meetings',
    {
      id: kit.text('id').primaryKey(),
      allianceId: kit.text('alliance_id').notNull(),
      number: kit.integer('number').notNull(),
      seriesId: kit.text('series_id').notNull(),
      committeeId: kit.text('committee_id').notNull(),
      /** When the series would have it, by which calendars know it; it may have been moved since. */
      original: kit.text('original').notNull(),
      startsAt: kit.instant('starts_at').notNull(),
      zone: kit.text('zone').notNull(),
      minutes: kit.integer('minutes').notNull(),
      place: kit.text('place'),
      status: kit.text('status').notNull(),
      /** Why it was cancelled. */
      reason: kit.text('reason'),
      sequence: kit.integer('sequence').notNull(),
      changedAt: kit.instant('changed_at').notNull(),
      openedAt: kit.instant('opened_at'),
      openedBy: kit.text('opened_by'),
      closedAt: kit.instant('closed_at'),
      closedBy: kit.text('closed_by'),
      /** The item that the room is at, and since when. */
      itemId: kit.text('item_id'),
      itemSince: kit.instant('item_since'),
      lockedAt: kit.instant('locked_at'),
    },
    (t) => [
      kit.uniqueIndex('meetings_number').on(t.allianceId, t.number),
      kit.uniqueIndex('meetings_original').on(t.seriesId, t.original),
      kit.index('meetings_committee').on(t.committeeId, t.status, t.startsAt),
      kit.index('meetings_starts').on(t.allianceId, t.startsAt),
    ],
  ),
  /** What somebody said of coming, and whether they were there. */
  attendance: kit.table(
    'meeting_attendance',
    {
      meetingId: kit.text('meeting_id').notNull(),
      personId: kit.text('person_id').notNull(),
      partnerId: kit.text('partner_id').notNull(),
      /** 'coming', 'not-coming' or 'alternate'; none: did not answer and was there. */
      answer: kit.text('answer'),
      answeredAt: kit.instant('answered_at'),
      /** Set once the meeting has begun. */
      present: kit.flag('present'),
    },
    (t) => [
      kit.primaryKey({ columns: [t.meetingId, t.personId] }),
      kit.index('meeting_attendance_person').on(t.personId),
    ],
  ),
});

export const defineMeetings = (kit: Kit) => ({
  ...defineSeries(kit),
  ...defineOccurrences(kit),
  ...defineAgenda(kit),
  ...definePreparation(kit),
  ...defineMinutes(kit),
  ...defineFiles(kit),
});

export const meetingTables = declareTables(defineMeetings);
