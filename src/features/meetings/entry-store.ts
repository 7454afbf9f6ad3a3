import type { Read } from '../../core/context.js';
import { momentText } from '../../core/days.js';
import type { Entry } from '../../core/feature.js';
import { SHARED } from '../../core/visibility.js';
import { labelOf, statusWords } from './rules.js';
import { findMeeting } from './store.js';

const live = new Set(['planned', 'open', 'held']);

/** What the log keeps of a meeting, whoever may read that; of its items and its series, nothing. */
export const getEntry = async (id: string, { db, directory }: Read): Promise<Entry | undefined> => {
  const meeting = await findMeeting(db, id);
  const committee = meeting && (await directory.committee(meeting.committee));
  if (!committee) return undefined;
  return {
    committee: committee.id,
    visibility: SHARED,
    label: labelOf(meeting),
    title: `${committee.key} meets ${momentText(meeting.startsAt, meeting.zone)}`,
    more: [meeting.place, meeting.reason].filter((text) => text !== undefined),
    status: statusWords[meeting.status],
    live: live.has(meeting.status),
    at: meeting.changedAt,
  };
};
