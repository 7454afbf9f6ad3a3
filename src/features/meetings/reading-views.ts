/* Minutes to be read: everything that is in them, page by page in a window; and as lines for other ways to read them. */

import type { PersonId } from '../../core/ids.js';
import { nameIn, shorten } from '../../core/sentences.js';
import type { Button, ListItem, ListView, Span } from '../../core/view.js';
import { headingOf, questionBelow } from './agenda-draft-rules.js';
import type { Fate, ItemMinutes, Minutes, Outcome, Outcomes } from './draft-rules.js';
import { type Addendum, attendeesOf, type Proposal } from './minutes-rules.js';
import { findProposal } from './minutes-store.js';
import {
  type Around,
  byCompany,
  companyIn,
  fineText,
  minutesTitle,
  openIn,
  presentName,
  quorumText,
  stateText,
} from './minutes-views.js';
import { itemPages } from './page-views.js';
import { labelOf } from './rules.js';
import { getMeeting } from './store.js';
import { minutesSubject, proposalSubject, type SubjectKind } from './views.js';

const MINUTE_MS = 60_000;
const EVERYBODY = 200;
const LINE = 200;

export const fateWords: Readonly<Record<Fate, string>> = {
  done: 'Done',
  parked: 'Parked',
  carried: 'Carried over to a later meeting',
  left: 'Not reached',
  read: 'Read beforehand',
};

export const kindWords = { decision: 'For decision', discussion: 'For discussion', information: 'For information' };

/** Who was there and who was not, each under a label. */
export const roomLines = ({ kept }: Minutes, around: Around): readonly (readonly [string, string])[] => {
  const listed = (all: readonly Parameters<typeof presentName>[0][]): string =>
    all.map((one) => `${presentName(one, around)} (${companyIn(around, one.partner)})`).join(', ');
  const { room } = kept;
  const guests = room.filter(({ here, role }) => here && role === 'guest');
  const excused = room.filter((one) => one.excused);
  const missing = room.filter(({ here, votes, excused: said }) => !here && votes && !said);
  const lines: readonly (readonly [string, string])[] = [
    ['Present', byCompany(attendeesOf(kept), around, EVERYBODY)],
    ['Guests', listed(guests)],
    ['Excused', listed(excused)],
    ['Not there', listed(missing)],
    ['Quorum', quorumText(kept, around)],
  ];
  return lines.filter(([, text]) => text !== '');
};

export const minutesOf = (ms: number): number => Math.round(ms / MINUTE_MS);

export const timeLine = ({ meeting, tookMs }: Minutes): string =>
  tookMs === undefined
    ? `${meeting.minutes} minutes planned`
    : `${minutesOf(tookMs)} of ${meeting.minutes} planned minutes`;

/** 'Bob Brown (Acme Bio): owns shares', and who came for the item. */
export const asideLines = (
  { recused, guests }: ItemMinutes,
  around: Around,
): readonly (readonly [string, string])[] => {
  const { names } = around;
  const who = (person: PersonId, partner: string) => `${nameIn(names, person)} (${companyIn(around, partner)})`;
  const out = recused.map(({ person, partner, reason }) => `${who(person, partner)}${reason ? `: ${reason}` : ''}`);
  const came = guests.map(({ person, name, invitedFor }) =>
    person === undefined ? `${name ?? 'somebody'} (${companyIn(around, invitedFor)})` : who(person, invitedFor),
  );
  return [
    ...(out.length > 0 ? [['Recused', out.join('; ')] as const] : []),
    ...(came.length > 0 ? [['Guests', came.join(', ')] as const] : []),
  ];
};

/** 'A-1 Send the budget, Jun Mori, due Sat 12 Dec 2026 (Open)' */
const outcomeSpans = ({ label, title, status, owner, dueOn }: Outcome, { names }: Around): readonly Span[] => [
  `${label} ${shorten(title, LINE)}`,
  ...(owner === undefined ? [] : [`, ${nameIn(names, owner)}`]),
  ...(dueOn === undefined ? [] : [', due ', { day: dueOn }]),
  ` (${status})`,
];

const outcomeLines = ({ decided, actions }: Outcomes, around: Around): readonly (readonly Span[])[] => [
  ...decided.map((one) => ['Decided: ', ...outcomeSpans(one, around)]),
  ...actions.map((one) => ['Action: ', ...outcomeSpans(one, around)]),
];

const asText = (lines: readonly (readonly Span[])[]): readonly Span[] =>
  lines.flatMap((line, at) => (at === 0 ? line : ['\n', ...line]));

const itemLines = (one: ItemMinutes, around: Around): ListItem => {
  const { item, number, fate } = one;
  const below = questionBelow(item);
  const lines: readonly (readonly Span[])[] = [
    [`${kindWords[item.kind]}, ${nameIn(around.names, item.owner)}${timePart(one)}. ${fateWords[fate]}.`],
    ...(below === undefined ? [] : [[shorten(below, LINE)]]),
    ...asideLines(one, around).map(([label, text]) => [`${label}: ${text}`]),
    ...outcomeLines(one, around),
    ...(item.note === undefined ? [] : [[`Note: ${item.note}`]]),
  ];
  return { title: `${number}. ${shorten(headingOf(item), LINE)}`, text: asText(lines) };
};

/** What was only read beforehand took no time of the room. */
const timePart = (one: ItemMinutes): string => (one.fate === 'read' ? '' : `, ${timeOf(one)}`);

export const timeOf = ({ item }: ItemMinutes): string =>
  item.spentMs > 0 ? `${minutesOf(item.spentMs)} of ${item.minutes} min` : `${item.minutes} min planned`;

/** 'On 3. The budget', or on the whole meeting. */
export const whereOf = ({ item }: Pick<Proposal, 'item'>, { items }: Minutes): string => {
  const found = items.find((one) => one.item.id === item);
  return found ? `${found.number}. ${shorten(found.item.title, 80)}` : 'The whole meeting';
};

export const settlingButtons = ({ id }: Pick<Proposal, 'id'>): readonly Button[] => [
  { id: 'meetings.take-change', label: 'Take it', subject: proposalSubject(id), style: 'primary' },
  { id: 'meetings.ask-leave', label: 'Leave it', subject: proposalSubject(id), opensWindow: true },
];

const proposedItem = (proposal: Proposal, minutes: Minutes, around: Around): ListItem => ({
  title: `Proposed: ${whereOf(proposal, minutes)}`,
  text: `${nameIn(around.names, proposal.person)} (${companyIn(around, proposal.partner)}): ${proposal.text}`,
  buttons: settlingButtons(proposal),
});

const addendumItem = ({ text, person, partner, at }: Addendum, { meeting }: Minutes, around: Around): ListItem => ({
  title: `Correction by ${nameIn(around.names, person)} (${companyIn(around, partner)})`,
  text: [{ moment: at, zone: meeting.zone }, `: ${text}`],
});

const everything = (minutes: Minutes, around: Around): readonly ListItem[] => {
  const { kept, items, besides, addenda } = minutes;
  const more = outcomeLines(besides, around);
  const room = roomLines(minutes, around).map(([label, text]) => [`${label}: ${text}`]);
  return [
    { title: 'Who was there', text: asText([...room, [`Time: ${timeLine(minutes)}`]]) },
    ...items.map((one) => itemLines(one, around)),
    ...(more.length > 0 ? [{ title: 'Besides the agenda', text: asText(more) }] : []),
    ...(kept.note === undefined ? [] : [{ title: 'Note', text: kept.note }]),
    ...openIn(minutes).map((one) => proposedItem(one, minutes, around)),
    ...addenda.map((one) => addendumItem(one, minutes, around)),
  ];
};

/** A window of a whole long meeting would be larger than either chat takes. */
const PAGE = { items: 10, letters: 6_000 } as const;

const pageButton = (label: string, page: number, { meeting }: Minutes): Button => ({
  id: 'meetings.minutes',
  label,
  subject: minutesSubject(meeting.id),
  carry: { page: String(page) },
});

export const readingView = (minutes: Minutes, around: Around, page?: number): ListView => {
  const pages = itemPages(everything(minutes, around), PAGE);
  const at = Math.min(page ?? 0, pages.length - 1);
  return {
    kind: 'list',
    title: `${labelOf(minutes.meeting)} ${minutesTitle(minutes.meeting, around.committee)}`,
    intro: `${stateText(minutes)}. ${fineText(minutes, around)}.`,
    items: pages[at] ?? [],
    empty: 'Nothing is in these minutes.',
    buttons: [
      ...(at > 0 ? [pageButton('Back', at - 1, minutes)] : []),
      ...(at < pages.length - 1 ? [pageButton('More', at + 1, minutes)] : []),
    ],
    // One that was turned to; what it was first pressed on stays.
    ...(page !== undefined && { instead: true }),
  };
};

/** What is proposed and not settled, to be settled here. */
export const changesView = (minutes: Minutes, around: Around): ListView => ({
  kind: 'list',
  title: `${labelOf(minutes.meeting)}: proposed changes`,
  intro: 'A co-chair of the other company than the proposer’s takes it. What is taken takes the place of the note.',
  items: openIn(minutes).map((one) => proposedItem(one, minutes, around)),
  empty: 'Nothing is proposed now.',
});

/** For its buttons; it has no card of its own. */
export const proposalKind: SubjectKind = {
  async about(id, read, audience) {
    const proposal = await findProposal(read.db, id);
    const meeting = proposal && (await getMeeting(read.db, proposal.meeting, audience));
    return meeting && proposal && { committee: meeting.committee, author: proposal.person };
  },
};
