import type { Entry } from '../feature.js';
import type { CommitteeId, Instant, PersonId } from '../ids.js';
import type { entryTables } from '../tables.js';
import type { Subject } from '../view.js';
import type { Visibility } from '../visibility.js';

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

export const toListed = (row: EntryRow): Listed => {
  const { committeeId, ownerId, dueOn, label, title, status, live, at, changedAt } = row;
  const subject = { feature: row.feature, id: row.subjectId };
  const listed = { subject, visibility: row.visibility as Visibility, label, title, status, live, at, changedAt };
  if (committeeId === null && ownerId === null && dueOn === null) return listed;
  return {
    ...listed,
    ...(committeeId !== null && { committee: committeeId as CommitteeId }),
    ...(ownerId !== null && { owner: ownerId as PersonId }),
    ...(dueOn !== null && { dueOn }),
  };
};
