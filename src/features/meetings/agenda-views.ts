/* What every picture of an agenda has in common. */
import type { Audience, Committee, Partner, Read, Seat } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import { listNames, nameIn } from '../../core/sentences.js';
import type { Button, NoticeView, Text } from '../../core/view.js';
import { ownersAmong } from './agenda-draft-rules.js';
import { type Item, isReadBefore } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { type Guest, guestName } from './guest-rules.js';
import { listGuests } from './guest-store.js';
import type { Meeting } from './rules.js';
import { itemSubject, subjectOf } from './views.js';

/** A meeting's items, and what is needed to speak of them. */
export interface Agenda {
  readonly meeting: Meeting;
  readonly committee: Committee;
  readonly partners: readonly Partner[];
  /** Of today. */
  readonly seats: readonly Seat[];
  readonly items: readonly Item[];
  readonly guests: ReadonlyMap<string, readonly Guest[]>;
  readonly names: ReadonlyMap<PersonId, string>;
}

type Known = Pick<Agenda, 'committee' | 'partners' | 'seats'>;

export const agendaWith = async (
  meeting: Meeting,
  { committee, partners, seats }: Known,
  read: Read,
  audience: Audience,
): Promise<Agenda> => {
  const items = await listItems(read.db, meeting.id, audience);
  const guests = await listGuests(
    read.db,
    items.map(({ id }) => id),
  );
  const invited = [...guests.values()].flat().flatMap(({ person }) => person ?? []);
  const people = items.flatMap(({ owner, proposedBy }) => [owner, proposedBy]);
  const names = await read.directory.names([...new Set([...people, ...invited])]);
  return { meeting, committee, partners, seats, items, guests, names };
};

export const agendaOf = async (meeting: Meeting, read: Read, audience: Audience): Promise<Agenda | undefined> => {
  const committee = await read.directory.committee(meeting.committee);
  if (!committee) return undefined;
  const partners = await read.directory.partners(audience.alliance);
  const seats = await read.directory.seats(committee.id);
  return agendaWith(meeting, { committee, partners, seats }, read, audience);
};

const FORMER = 'a former member';

/** True while whoever owns it can: they may have lost their seat since. */
export const hasOwner = ({ owner }: Pick<Item, 'owner'>, { seats }: Pick<Agenda, 'seats'>): boolean =>
  ownersAmong(seats).some(({ person }) => person === owner);

/** 'Ana Ruiz', or that they sit there no more. */
export const ownerName = (item: Pick<Item, 'owner'>, agenda: Pick<Agenda, 'seats' | 'names'>): string =>
  hasOwner(item, agenda) ? nameIn(agenda.names, item.owner) : FORMER;

/** What the room is asked, or what it is about. */
export const whatOf = ({ kind, title, question }: Pick<Item, 'kind' | 'title' | 'question'>): string =>
  kind === 'decision' ? (question ?? title) : title;

/** 'paper version 2, 12 pages: https://...', or that there is none. */
export const paperText = ({ paper }: Pick<Item, 'paper'>, longest: number): string => {
  if (!paper) return 'no paper yet';
  const version = paper.version > 1 ? ` version ${paper.version}` : '';
  const pages = paper.pages === undefined ? '' : `, ${paper.pages} ${paper.pages === 1 ? 'page' : 'pages'}`;
  return `paper${version}${pages}${paper.link.length > longest ? ', linked in the agenda' : `: ${paper.link}`}`;
};

/** 'Guests: Dr Kim and Lee Park'; nothing without any. */
export const guestText = ({ id }: Pick<Item, 'id'>, { guests, names }: Pick<Agenda, 'guests' | 'names'>): string => {
  const invited = (guests.get(id) ?? []).map((guest) => guestName(guest, names));
  return invited.length === 0 ? '' : `${invited.length > 1 ? 'Guests' : 'Guest'}: ${listNames(invited)}`;
};

export const timeText = (item: Pick<Item, 'kind' | 'minutes'>): string =>
  isReadBefore(item) ? 'read beforehand' : `${item.minutes} min`;

export const proposeButton = (meeting: Pick<Meeting, 'id'>): Button => ({
  id: 'meetings.propose',
  label: 'Propose an item',
  subject: subjectOf(meeting.id),
  opensWindow: true,
});

export const agendaButton = (meeting: Pick<Meeting, 'id'>): Button => ({
  id: 'meetings.agenda',
  label: 'Agenda',
  subject: subjectOf(meeting.id),
  opensWindow: true,
});

type ItemVerb =
  | 'accept-item'
  | 'ask-decline-item'
  | 'edit-item'
  | 'ask-paper'
  | 'ask-guest'
  | 'remove-item'
  | 'undo-remove';

const labels: Readonly<Record<ItemVerb, string>> = {
  'accept-item': 'Accept',
  'ask-decline-item': 'Decline',
  'edit-item': 'Edit',
  'ask-paper': 'Paper',
  'ask-guest': 'Invite a guest',
  'remove-item': 'Remove',
  'undo-remove': 'Undo',
};

const windows: readonly ItemVerb[] = ['ask-decline-item', 'edit-item', 'ask-paper', 'ask-guest'];

/** `page` is set in the list of an agenda, which is then shown again as it is. */
export const itemButton = (verb: ItemVerb, item: Pick<Item, 'id'>, page?: number): Button => ({
  id: `meetings.${verb}`,
  label: labels[verb],
  subject: itemSubject(item.id),
  ...(verb === 'accept-item' && { style: 'primary' as const }),
  ...(windows.includes(verb) ? { opensWindow: true } : page !== undefined && { carry: { page: String(page) } }),
});

/** The private answer to whoever changed something. */
export const agendaNotice = (
  text: Text,
  meeting: Pick<Meeting, 'id'>,
  buttons: readonly Button[] = [],
): NoticeView => ({
  kind: 'notice',
  text,
  buttons: [...buttons, agendaButton(meeting)],
});
