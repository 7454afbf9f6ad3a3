import type { Read } from '../../core/context.js';
import { momentText } from '../../core/days.js';
import type { Db } from '../../core/db/store.js';
import { sharedAudience } from '../../core/directory/audience.js';
import type { Entry } from '../../core/feature.js';
import { SHARED } from '../../core/visibility.js';
import { isOnAgenda } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { findKept, listAddenda } from './minutes-store.js';
import { labelOf, type Meeting, statusWords } from './rules.js';
import { findMeeting } from './store.js';

const live = new Set(['planned', 'open', 'held']);

/** What is searched: where it is and why not, its items with their questions and notes, and what was said of its minutes. */
const wordsOf = async (meeting: Meeting, db: Db): Promise<readonly string[]> => {
  const items = await listItems(db, meeting.id, await sharedAudience(db, meeting.alliance));
  const { note } = (await findKept(db, meeting.id)) ?? {};
  const words = [
    ...[meeting.place, meeting.reason, note],
    ...items.filter(isOnAgenda).flatMap((item) => [item.title, item.question, item.note]),
    ...(await listAddenda(db, meeting.id)).map(({ text }) => text),
  ];
  return words.filter((text) => text !== undefined);
};

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
    more: await wordsOf(meeting, db),
    status: statusWords[meeting.status],
    live: live.has(meeting.status),
    at: meeting.changedAt,
  };
};
