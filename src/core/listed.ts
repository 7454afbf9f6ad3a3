import type { Entry } from './feature.js';
import type { CommitteeId, Instant, PersonId } from './ids.js';
import type { entryTables } from './tables.js';
import type { Subject } from './view.js';
import type { Visibility } from './visibility.js';

/** What is read of a row to list it. */
export type EntryRow = Omit<
  ReturnType<typeof entryTables>['entries']['$inferSelect'],
  'words' | 'allianceId' | 'link' | 'linkFor'
>;

/** A row of the log. */
export interface Listed extends Omit<Entry, 'more' | 'source'> {
  readonly subject: Subject;
  readonly changedAt: Instant;
}

export const toListed = (row: EntryRow): Listed => ({
  subject: { feature: row.feature, id: row.subjectId },
  visibility: row.visibility as Visibility,
  label: row.label,
  title: row.title,
  status: row.status,
  live: row.live,
  at: row.at,
  changedAt: row.changedAt,
  ...(row.committeeId !== null && { committee: row.committeeId as CommitteeId }),
  ...(row.ownerId !== null && { owner: row.ownerId as PersonId }),
  ...(row.dueOn !== null && { dueOn: row.dueOn }),
});
