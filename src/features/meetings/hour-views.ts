/* The reminder just before a meeting, told to each of those who come. */

import { nameIn } from '../../core/sentences.js';
import type { Button, ListItem, ListView } from '../../core/view.js';
import { headingOf } from './agenda-draft-rules.js';
import { type Item, isInRoom } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { endsAt, labelOf, type Meeting } from './rules.js';
import { getMeeting } from './store.js';
import {
  hourSubject,
  type Looking,
  lookingAt,
  namesIn,
  readStart,
  type SubjectKind,
  subjectOf,
  titleOf,
} from './views.js';

/** What a phone shows at a glance. */
const SHOWN = 12;

const itemOf = (item: Item, names: Awaited<ReturnType<typeof namesIn>>): ListItem => ({
  title: headingOf(item),
  text: `For ${item.kind}, ${item.minutes} min, ${nameIn(names, item.owner)}`,
});

const agendaItems = async (meeting: Meeting, looking: Looking): Promise<readonly ListItem[]> => {
  const items = (await listItems(looking.read.db, meeting.id, looking.audience)).filter(isInRoom);
  const shown = items.slice(0, SHOWN);
  const names = await namesIn(
    looking,
    shown.map(({ owner }) => owner),
  );
  const rest = items.length - shown.length;
  return [...shown.map((item) => itemOf(item, names)), ...(rest > 0 ? [{ title: `${rest} more items` }] : [])];
};

const card = (meeting: Meeting, startsAt: number, looking: Looking, more: Partial<ListView>): ListView => ({
  kind: 'list',
  subject: hourSubject(meeting.id, startsAt),
  title: titleOf({ startsAt, zone: meeting.zone }, looking.committee),
  items: [],
  empty: '',
  ...more,
});

/** For those who have not said so far, or see only now that they cannot. */
const answerButtons = ({ id }: Meeting): readonly Button[] => [
  { id: 'meetings.coming', label: 'Coming', subject: subjectOf(id) },
  { id: 'meetings.not-coming', label: 'Not coming', subject: subjectOf(id) },
];

const whereText = ({ place }: Meeting): string => (place === undefined ? '.' : `. Where: ${place}`);

/** Useful until the meeting begins; whoever gets it later is told that it has, and nothing once it is over. */
export const hourKind: SubjectKind = {
  async present(rest, read, audience) {
    const { meeting: id, startsAt } = readStart(rest);
    const meeting = await getMeeting(read.db, id, audience);
    const looking = meeting && (await lookingAt(meeting.committee, read, audience));
    if (!meeting || !looking) return undefined;
    const label = labelOf(meeting);
    const say = (text: ListView['empty']) => card(meeting, startsAt, looking, { empty: text });
    if (meeting.status === 'cancelled') return say(`${label} is cancelled.`);
    if (meeting.startsAt !== startsAt)
      return say([`${label} is `, { moment: meeting.startsAt, zone: meeting.zone }, ' now.']);
    if (meeting.status === 'held' || meeting.status === 'agreed') return say(`${label} is over.`);
    const moment = { moment: startsAt, zone: meeting.zone };
    if (read.now >= endsAt(meeting)) return undefined;
    const items = await agendaItems(meeting, looking);
    const begun = read.now >= startsAt || meeting.status === 'open';
    return card(meeting, startsAt, looking, {
      intro: [`${label} ${begun ? 'began' : 'begins'} `, moment, whereText(meeting)],
      items,
      empty: 'Nothing stands on its agenda.',
      ...(!begun && { buttons: answerButtons(meeting) }),
    });
  },
  async about(rest, read, audience) {
    const meeting = await getMeeting(read.db, readStart(rest).meeting, audience);
    return meeting && { committee: meeting.committee };
  },
};
