import type { Partner, Role } from '../../core/context.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { audienceLine } from '../../core/sentences.js';
import type { Button, ListItem, ListView } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

export interface Somebody {
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly name: string;
  readonly company: string;
  readonly role?: Role;
  readonly here: boolean;
}

interface Listing {
  readonly meeting: Meeting;
  readonly everybody: readonly Somebody[];
  /** From 0. */
  readonly page: number;
  readonly partners: readonly Partner[];
}

const PAGE = 10;

const itemOf = ({ meeting, page }: Listing, one: Somebody): ListItem => ({
  title: `${one.name}, ${one.company}`,
  text: [one.here ? 'Here' : 'Not here', ...(one.role ? [one.role] : [])].join(' · '),
  buttons: [
    {
      id: 'meetings.set-here',
      label: one.here ? 'Not here' : 'Here',
      subject: subjectOf(meeting.id),
      carry: { person: one.person, here: one.here ? 'no' : 'yes', page: String(page) },
    },
  ],
});

/** One press for each who was taken for there and is not, or the other way round. */
export const hereList = (listing: Listing, instead?: true): ListView => {
  const { meeting, everybody, page, partners } = listing;
  const here = everybody.filter((one) => one.here).length;
  const shown = everybody.slice(page * PAGE, (page + 1) * PAGE);
  const turn = (label: string, to: number): Button => ({
    ...{ id: 'meetings.here', label, subject: subjectOf(meeting.id), carry: { page: String(to) }, opensWindow: true },
  });
  return {
    kind: 'list',
    title: `${labelOf(meeting)}: who is here`,
    intro: `${here} of ${everybody.length} are here. ${audienceLine(SHARED, partners)}.`,
    items: shown.map((one) => itemOf(listing, one)),
    empty: 'Nobody has a seat on this page.',
    buttons: [
      ...(page > 0 ? [turn('Back', page - 1)] : []),
      ...(everybody.length > (page + 1) * PAGE ? [turn('More', page + 1)] : []),
    ],
    ...(instead && { instead }),
  };
};
