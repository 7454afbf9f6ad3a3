import { shorten } from '../../core/sentences.js';
import type { NoticeView } from '../../core/view.js';
import type { Item } from './agenda-rules.js';
import type { Made } from './made-store.js';
import { numberIn, type Room } from './room-rules.js';
import { labelOf } from './rules.js';
import { subjectOf } from './views.js';

const counted = (count: number, one: string): string => `${count === 0 ? 'no' : count} ${one}${count === 1 ? '' : 's'}`;

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** '3 decisions, 5 actions' */
export const countLine = (made: readonly Made[]): string => {
  const of = (feature: string) => made.filter(({ entry }) => entry.subject.feature === feature).length;
  return `${counted(of('decisions'), 'decision')}, ${counted(of('actions'), 'action')}`;
};

const SHOWN = 15;

/** Decisions first, since they are what the room was for. */
const decisionsFirst = (made: readonly Made[]): readonly Made[] =>
  [...made].sort(
    (a, b) => Number(b.entry.subject.feature === 'decisions') - Number(a.entry.subject.feature === 'decisions'),
  );

const lines = (all: readonly string[]): readonly string[] =>
  all.length > SHOWN ? [...all.slice(0, SHOWN), `and ${all.length - SHOWN} more`] : all;

/** What came of a meeting, for whoever closes it to look over. `left` are the items that were not finished. */
export const closingQuestion = (room: Room, made: readonly Made[], left: readonly Item[]): NoticeView => {
  const { meeting, agenda } = room;
  const called = (items: readonly Item[]) => items.map((item) => `${numberIn(room, item)}. ${shorten(item.title, 80)}`);
  const parked = agenda.filter(({ status, id }) => status === 'parked' && id !== room.at?.id);
  const text = [
    `${capital(countLine(made))}. Correct?`,
    ...lines(decisionsFirst(made).map(({ entry }) => `${entry.label} ${shorten(entry.title, 80)}`)),
    ...(parked.length > 0 ? [`Parked: ${lines(called(parked)).join('; ')}`] : []),
    ...(left.length > 0 ? [`Not finished, for the next meeting: ${lines(called(left)).join('; ')}`] : []),
  ];
  const subject = subjectOf(meeting.id);
  return {
    kind: 'notice',
    title: `Close ${labelOf(meeting)}?`,
    text: text.join('\n'),
    buttons: [
      {
        ...{ id: 'meetings.close-now', label: 'Yes, close', style: 'primary', subject },
        carry: { made: String(made.length) },
      },
      { id: 'meetings.keep-open', label: 'Not yet', subject },
    ],
  };
};
