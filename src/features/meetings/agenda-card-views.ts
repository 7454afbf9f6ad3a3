/* The agenda on a meeting's card: a few short lines for each kind, on a phone. */
import type { AgendaKind } from '../../core/agenda.js';
import { shorten } from '../../core/sentences.js';
import type { Fact } from '../../core/view.js';
import {
  type Item,
  isInRoom,
  isOnAgenda,
  isReadBefore,
  kindWords,
  placeOf,
  plannedMinutes,
  timeLine,
} from './agenda-rules.js';
import {
  type Agenda,
  agendaButton,
  agendaWith,
  guestText,
  ownerName,
  paperText,
  proposeButton,
  whatOf,
} from './agenda-views.js';
import { doubtedOn } from './need-store.js';
import { listOwed, owedLine } from './owed-store.js';
import type { DrawPart } from './views.js';

/** Lines of one fact; what is more is counted. */
const LINES = 5;
const WHAT_MAX = 100;
const LINK_MAX = 80;
const GUESTS_MAX = 60;

export const NEEDED = 'Does this meeting need to happen?';

const lineOf = (item: Item, agenda: Agenda): string => {
  const place = placeOf(agenda.items, item.id);
  const guests = guestText(item, agenda);
  return [
    `${place > 0 ? `${place}. ` : ''}${shorten(whatOf(item), WHAT_MAX)}`,
    ownerName(item, agenda),
    ...(guests === '' ? [] : [shorten(guests, GUESTS_MAX)]),
    paperText(item, LINK_MAX),
  ].join(' · ');
};

/** As many lines as a phone shows, then how many there are besides. */
const factOf = (label: string, items: readonly Item[], agenda: Agenda): readonly Fact[] => {
  if (items.length === 0) return [];
  const lines = items.slice(0, LINES).map((item) => lineOf(item, agenda));
  const more = items.length - lines.length;
  return [{ label, text: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n') }];
};

const proposedFact = (agenda: Agenda): readonly Fact[] => {
  const proposed = agenda.items.filter(({ status }) => status === 'proposed');
  const lines = proposed
    .slice(0, LINES)
    .map(
      (item) =>
        `${shorten(whatOf(item), WHAT_MAX)} · ${ownerName(item, agenda)}, ${kindWords[item.kind].toLowerCase()}`,
    );
  const more = proposed.length - lines.length;
  if (lines.length === 0) return [];
  return [{ label: 'Proposed', text: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n') }];
};

const isTooLong = ({ items, meeting }: Agenda): boolean => plannedMinutes(items) > meeting.minutes;

/** What stands on the agenda, by kind; nothing in the order of the room but the numbers. */
const agendaFacts = (agenda: Agenda, doubted: boolean): readonly Fact[] => {
  const { items, meeting } = agenda;
  const inRoom = (kind: AgendaKind) => items.filter((item) => item.kind === kind && isInRoom(item));
  return [
    ...factOf(kindWords.decision, inRoom('decision'), agenda),
    ...(doubted ? [{ label: kindWords.decision, text: `Nothing. ${NEEDED}` }] : []),
    ...factOf(kindWords.discussion, inRoom('discussion'), agenda),
    ...factOf(kindWords.information, inRoom('information'), agenda),
    ...factOf(
      'To read beforehand',
      items.filter((item) => isOnAgenda(item) && isReadBefore(item)),
      agenda,
    ),
    ...proposedFact(agenda),
    ...(isTooLong(agenda) ? [{ label: 'Time', text: timeLine(items, meeting) }] : []),
  ];
};

/** Of a meeting that is to come. */
export const agendaPart: DrawPart = async (meeting, { read, audience, committee, partners, seats }) => {
  const agenda = await agendaWith(meeting, { committee, partners, seats }, read, audience);
  const owed = await listOwed(committee.id, read, audience);
  const doubted = await doubtedOn(meeting, agenda.items, read, audience);
  return {
    facts: [
      ...(owed.entries.length === 0 ? [] : [{ label: 'Open actions from last time', text: owedLine(owed) }]),
      ...agendaFacts(agenda, doubted !== undefined),
    ],
  };
};

/** After those of whether people come: the card asks that of everybody. */
export const agendaButtonsPart: DrawPart = async (meeting) => ({
  buttons: [proposeButton(meeting), agendaButton(meeting)],
});
