/* A meeting's whole agenda, privately, with what whoever reads it may do about each item. */
import type { AgendaOffer } from '../../core/agenda.js';
import type { Listed } from '../../core/entries/entries.js';
import { nameIn, shorten } from '../../core/sentences.js';
import type { Button, ListItem, ListView, Span, Subject } from '../../core/view.js';
import { headingOf, questionBelow } from './agenda-draft-rules.js';
import { type Item, isInRoom, isOnAgenda, isReadBefore, kindWords, timeLine } from './agenda-rules.js';
import { type Agenda, guestText, itemButton, ownerName, paperText, proposeButton, timeText } from './agenda-views.js';
import { guestName } from './guest-rules.js';
import { isOverdue, type Owed, owedLine } from './owed-store.js';
import { itemPages } from './page-views.js';
import { labelOf } from './rules.js';
import { itemSubject, subjectOf } from './views.js';

/** Items on a page: each platform shows so many with their buttons. */
export const PAGE = 8;
/** Letters on a page: Slack takes about 9,000 in a message, and the links of papers may have a thousand each. */
const LETTERS = 7_000;
const OWED_LINES = 20;
const TITLE_MAX = 120;

/** Whoever reads it, and what there is besides the items. */
export interface Reading {
  readonly owed: Owed;
  readonly owedNames: ReadonlyMap<string, string>;
  readonly offers: readonly AgendaOffer[];
  /** What the log keeps of the records that items are about. */
  readonly entries: readonly Listed[];
  /** May accept, decline and order. */
  readonly runs: boolean;
  mayChange(item: Item): boolean;
  /** The first item on the page, from 0. */
  readonly from: number;
  /** It takes the place of the list that was pressed, and says what was done there. */
  readonly again: boolean;
  readonly done?: { readonly said: string; readonly buttons: readonly Button[] };
}

export const sameSubject = (one: Subject | undefined, other: Subject): boolean =>
  one?.feature === other.feature && one.id === other.id;

const owedItem = ({ owed, owedNames }: Reading): ListItem => {
  const { entries, today } = owed;
  const lines = entries.slice(0, OWED_LINES).flatMap((entry, at): Span[] => {
    const due: Span[] = entry.dueOn === undefined ? [] : [', due ', { day: entry.dueOn }];
    const who = entry.owner === undefined ? '' : ` · ${nameIn(owedNames as never, entry.owner)}`;
    const late = isOverdue(entry, today) ? ', overdue' : '';
    return [`${at === 0 ? '' : '\n'}${entry.label} ${shorten(entry.title, TITLE_MAX)}${who}`, ...due, late];
  });
  const more = entries.length - OWED_LINES;
  const title = `Open actions from last time: ${owedLine(owed)}`;
  if (lines.length === 0) return { title };
  return { title, text: more > 0 ? [...lines, `\nand ${more} more`] : lines };
};

/** What has become of the record that an item is about: nothing more to be taken up, where no feature offers it now. */
const settledText = ({ about }: Item, { entries, offers }: Reading): string => {
  if (!about || offers.some(({ subject }) => sameSubject(about, subject))) return '';
  const entry = entries.find(({ subject }) => sameSubject(about, subject));
  return entry ? ` · ${entry.label} is settled meanwhile: ${entry.status.toLowerCase()}` : '';
};

const stateWords: Readonly<Partial<Record<Item['status'], string>>> = {
  ...{ done: 'Done', parked: 'Parked', carried: 'Carried to a later meeting' },
};

const pressed = (item: Item, at: number, last: number, page: number): readonly Button[] => {
  const move = (label: string, to: number): Button => ({
    id: 'meetings.move-item',
    label,
    subject: itemSubject(item.id),
    carry: { to: String(to), page: String(page) },
  });
  return [...(at > 1 ? [move('Up', at - 1)] : []), ...(at > 0 && at < last ? [move('Down', at + 1)] : [])];
};

const guestButtons = (item: Item, agenda: Agenda, page: number): readonly Button[] =>
  (agenda.guests.get(item.id) ?? []).map((guest) => ({
    id: 'meetings.uninvite',
    label: `Uninvite ${shorten(guestName(guest, agenda.names), 30)}`,
    subject: itemSubject(item.id),
    carry: { guest: guest.id, page: String(page) },
  }));

const buttonsOf = (item: Item, place: number, agenda: Agenda, reading: Reading): readonly Button[] => {
  const { runs, from } = reading;
  const open = item.status === 'proposed' || item.status === 'accepted';
  if (!open || (agenda.meeting.status !== 'planned' && agenda.meeting.status !== 'open')) return [];
  const last = agenda.items.filter(isInRoom).length;
  // Whoever takes it up or declines it does so first: removing it would be a second way to decline it, without a reason.
  const answers = runs && item.status === 'proposed';
  const changes = [
    ...[itemButton('edit-item', item), itemButton('ask-paper', item)],
    ...(answers ? [] : [itemButton('ask-guest', item)]),
    ...guestButtons(item, agenda, from),
    ...(answers ? [] : [itemButton('remove-item', item, from)]),
  ];
  return [
    ...(answers ? [itemButton('accept-item', item, from), itemButton('ask-decline-item', item)] : []),
    ...(runs ? pressed(item, place, last, from) : []),
    ...(reading.mayChange(item) ? changes : []),
  ];
};

const lineOf = (item: Item, agenda: Agenda, reading: Reading): string => {
  const company = agenda.partners.find(({ id }) => id === item.proposedFor)?.name ?? 'a former partner';
  const guests = guestText(item, agenda);
  const state = stateWords[item.status];
  const below = questionBelow(item);
  return (
    [
      ...(below === undefined ? [] : [below]),
      ownerName(item, agenda),
      timeText(item),
      paperText(item, Number.POSITIVE_INFINITY),
      ...(guests === '' ? [] : [guests]),
      ...(item.status === 'proposed' ? [`proposed by ${nameIn(agenda.names, item.proposedBy)}, ${company}`] : []),
      ...(item.carriedFrom === undefined ? [] : ['not finished last time']),
      ...(state === undefined ? [] : [state]),
      ...(item.link === undefined ? [] : [`from ${item.link}`]),
    ].join(' · ') + settledText(item, reading)
  );
};

const headOf = (item: Item, place: number): string => {
  const kind = kindWords[item.kind];
  if (item.status === 'proposed') return `Proposed, ${kind.toLowerCase()}`;
  if (place > 0) return `${place}. ${kind}`;
  return `${kind}, read beforehand`;
};

const itemOf = (item: Item, place: number, agenda: Agenda, reading: Reading): ListItem => ({
  title: `${headOf(item, place)}: ${shorten(headingOf(item), TITLE_MAX)}`,
  text: lineOf(item, agenda, reading),
  buttons: buttonsOf(item, place, agenda, reading),
});

const standingItem = ({ title, why }: AgendaOffer): ListItem => ({ title: shorten(title, TITLE_MAX), text: why });

/** Those that no item takes up yet. */
export const openOffers = (offers: readonly AgendaOffer[], items: readonly Item[]): readonly AgendaOffer[] =>
  offers.filter(
    ({ standing, subject }) =>
      standing === undefined &&
      !items.some(({ about, status }) => sameSubject(about, subject) && status !== 'removed' && status !== 'declined'),
  );

const offerItem = ({ meeting }: Agenda, { subject, title, kind, why }: AgendaOffer, page: number): ListItem => ({
  title: `Could be taken up: ${shorten(title, TITLE_MAX)}`,
  text: `${kindWords[kind]}. ${why.replace(/\.$/u, '')}.`,
  buttons: [
    {
      id: 'meetings.take-up',
      label: 'Take up',
      subject: subjectOf(meeting.id),
      carry: { feature: subject.feature, record: subject.id, page: String(page) },
    },
  ],
});

/** Everything in the order of the meeting, then what is read before it, what is proposed and what could be. */
const rowsOf = (agenda: Agenda, reading: Reading): readonly ListItem[] => {
  const { items, meeting } = agenda;
  const { offers, runs, from } = reading;
  const room = items.filter(isInRoom);
  const before = items.filter((item) => isOnAgenda(item) && isReadBefore(item));
  const proposed = items.filter(({ status }) => status === 'proposed');
  const standing = (where: AgendaOffer['standing']) => offers.filter((offer) => offer.standing === where);
  const changeable = meeting.status === 'planned' || meeting.status === 'open';
  return [
    owedItem(reading),
    ...standing('first').map(standingItem),
    ...room.map((item, at) => itemOf(item, at + 1, agenda, reading)),
    ...standing('last').map(standingItem),
    ...[...before, ...proposed].map((item) => itemOf(item, 0, agenda, reading)),
    ...(runs && changeable ? openOffers(offers, items).map((offer) => offerItem(agenda, offer, from)) : []),
  ];
};

/** Where each page begins. */
const startsOf = (rows: readonly ListItem[]): readonly number[] => {
  const pages = itemPages(rows, { items: PAGE, letters: LETTERS });
  return pages.map((_, at) => pages.slice(0, at).flat().length);
};

const pageButton = (label: string, { meeting }: Agenda, from: number): Button => ({
  id: 'meetings.agenda',
  label,
  subject: subjectOf(meeting.id),
  carry: { page: String(from) },
});

const readinessButton = ({ id }: Agenda['meeting']): Button => ({
  id: 'meetings.readiness',
  label: 'Who owes what',
  subject: subjectOf(id),
  opensWindow: true,
});

export const agendaList = (agenda: Agenda, reading: Reading): ListView => {
  const { meeting, items, committee } = agenda;
  const { again, done } = reading;
  const rows = rowsOf(agenda, reading);
  const starts = startsOf(rows);
  const page = Math.max(
    0,
    starts.findLastIndex((start) => start <= reading.from),
  );
  const [from = 0, to = rows.length] = starts.slice(page, page + 2);
  const open = meeting.status === 'planned' || meeting.status === 'open';
  return {
    kind: 'list',
    title: `Agenda of ${labelOf(meeting)}`,
    intro: [
      ...(done ? [`${done.said}\n`] : []),
      `${committee.key}, `,
      { moment: meeting.startsAt, zone: meeting.zone },
      `. ${timeLine(items, meeting)}.`,
    ],
    items: rows.slice(from, to),
    empty: 'Nothing stands on this agenda yet.',
    buttons: [
      ...(done?.buttons ?? []),
      ...(open ? [proposeButton(meeting)] : []),
      ...(reading.runs && meeting.status === 'planned' ? [readinessButton(meeting)] : []),
      ...(from > 0 ? [pageButton('Earlier', agenda, starts[page - 1] ?? 0)] : []),
      ...(to < rows.length ? [pageButton('More', agenda, to)] : []),
    ],
    ...(again && { instead: true }),
  };
};
