import type { Partner } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import { audienceLine, shorten } from '../../core/sentences.js';
import type { Button, FormView, ListView, Text } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import type { Item } from './agenda-rules.js';
import type { Naming } from './attendance-views.js';
import { REASON_MAX, type Recusal } from './recusal-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

/** 'Bob Brown: sits on their board' */
export const recusalText = ({ person, reason }: Recusal, name: Naming): string =>
  reason === undefined ? name(person) : `${name(person)}: ${reason}`;

interface Listing {
  readonly meeting: Meeting;
  readonly items: readonly Item[];
  readonly recusals: readonly Recusal[];
  readonly name: Naming;
  /** Who asks. */
  readonly person: PersonId;
  readonly partners: readonly Partner[];
}

const TITLE_MAX = 100;

const buttonFor = ({ meeting, recusals, person }: Listing, { id, status }: Item): readonly Button[] => {
  if (status !== 'accepted' && status !== 'parked') return [];
  const subject = subjectOf(meeting.id);
  const own = recusals.some((one) => one.item === id && one.person === person);
  return own
    ? [{ id: 'meetings.unrecuse', label: 'Take back', subject, carry: { item: id } }]
    : [{ id: 'meetings.ask-recuse', label: 'Recuse me', subject, carry: { item: id }, opensWindow: true }];
};

/** One meeting's items, for whoever has a conflict of interest. */
export const recusalList = (listing: Listing): ListView => ({
  kind: 'list',
  title: `${labelOf(listing.meeting)}: conflicts of interest`,
  intro: `Whoever is recused takes no part in deciding an item. ${audienceLine(SHARED, listing.partners)}.`,
  items: listing.items.map((item, index) => {
    const own = listing.recusals.filter((one) => one.item === item.id);
    const text: Text | undefined =
      own.length === 0 ? undefined : `Recused: ${own.map((one) => recusalText(one, listing.name)).join('; ')}`;
    return {
      title: `${index + 1}. ${shorten(item.title, TITLE_MAX)}`,
      ...(text !== undefined && { text }),
      buttons: buttonFor(listing, item),
    };
  }),
  empty: 'Nothing stands on the agenda yet.',
});

export const recusalForm = (meeting: Meeting, item: Item, number: number, partners: readonly Partner[]): FormView => ({
  kind: 'form',
  id: 'meetings.recuse',
  title: `Recuse me: item ${number}`,
  submit: 'Recuse me',
  audience: audienceLine(SHARED, partners),
  subject: subjectOf(meeting.id),
  carry: { item: item.id },
  fields: [
    {
      ...{ kind: 'text', lines: 'one', name: 'reason', label: 'Because', max: REASON_MAX },
      hint: 'In a few words, or nothing: everybody reads it',
    },
  ],
});
