/* A company's own preparation of a meeting, on one card in its internal lane. Nobody else is shown any of it. */
import type { Audience, Read } from '../../core/context.js';
import type { PartnerId } from '../../core/ids.js';
import { cut, nameIn, shorten } from '../../core/sentences.js';
import type { Button, Fact, FormView, RecordView } from '../../core/view.js';
import { headingOf, questionBelow } from './agenda-draft-rules.js';
import type { Item } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { readPreparing } from './internal-rules.js';
import { NOTE_MAX, type Note } from './note-rules.js';
import { listNotes } from './note-store.js';
import { isAsked, isAsking, stanceWords } from './position-rules.js';
import { type Colours, listPositions, listRecused } from './position-store.js';
import { type Known, namesFor, ownLine, paperLine, positionsButton, shownLine, standLines } from './position-views.js';
import { readinessFor } from './readiness-views.js';
import { labelOf, type Meeting, statusWords } from './rules.js';
import { getMeeting } from './store.js';
import { internalSubject, type Looking, lookingAt, type SubjectKind, titleOf } from './views.js';

/** What an audience's own company knows of some questions; nothing where others read too. */
export const knownOf = async (
  items: readonly Item[],
  { read, audience, partners, seats }: Looking,
): Promise<Known | undefined> => {
  const own = partners.find(({ id }) => id === audience.own);
  if (!own) return undefined;
  const ids = items.map(({ id }) => id);
  const positions = await listPositions(read.db, ids, audience);
  const recused = await listRecused(read.db, ids);
  const names = await namesFor(read, seats, positions);
  return { own, partners, seats, recused, positions, names };
};

/** All of it together within what Slack takes in a message, which is about 9,000 letters. */
const FACT_MAX = 500;
const QUESTION_MAX = 200;
const LINK_MAX = 80;
const TITLE_MAX = 60;
const NOTES = 5;
const NOTE_SHOWN = 200;
const ITEMS = 6;

const shortly = (text: string, max: number): string => (cut(text, max) === text ? text : `${cut(text, max - 1)}…`);

const itemFact = (item: Item, known: Known, colours: Colours): Fact => {
  const colour = colours.get(item.id)?.get(known.own.id);
  const said = shortly(standLines(item, known).join('\n'), FACT_MAX);
  const lines = [
    shorten(questionBelow(item) ?? '', QUESTION_MAX),
    paperLine(item, LINK_MAX),
    said,
    shownLine(colour, known.own),
  ];
  return { label: shortly(headingOf(item), TITLE_MAX), text: lines.filter(Boolean).join('\n') };
};

const stepsFact = (items: readonly Item[], { positions, names }: Known): readonly Fact[] => {
  const titles = new Map(items.map(({ id, title }) => [id, title]));
  const steps = positions.filter(({ stance }) => stance === 'step');
  if (steps.length === 0) return [];
  const lines = steps.map(
    (one) => `${shortly(titles.get(one.item) ?? '', TITLE_MAX)}: ${nameIn(names, one.person)} ${stanceWords(one)}`,
  );
  return [{ label: 'Internal steps', text: shortly(lines.join('\n'), FACT_MAX) }];
};

const notesFact = async (notes: readonly Note[], read: Read): Promise<readonly Fact[]> => {
  if (notes.length === 0) return [];
  const names = await read.directory.names([...new Set(notes.map(({ person }) => person))]);
  const earlier = notes.length - NOTES;
  const lines = notes.slice(-NOTES).map(({ text, person }) => `${nameIn(names, person)}: ${shortly(text, NOTE_SHOWN)}`);
  return [{ label: 'Notes', text: [...(earlier > 0 ? [`${earlier} earlier`] : []), ...lines].join('\n') }];
};

const buttonsOf = (meeting: Meeting, partner: PartnerId, any: boolean): readonly Button[] => {
  if (!isAsking(meeting)) return [];
  const subject = internalSubject(partner, meeting.id);
  return [
    { id: 'meetings.ask-note', label: 'Add a note', subject, opensWindow: true },
    ...(any ? [positionsButton(meeting, { id: partner })] : []),
  ];
};

/** Nothing for an audience that others are in too. */
export const internalCard = async (
  meeting: Meeting,
  read: Read,
  audience: Audience,
): Promise<RecordView | undefined> => {
  const looking = await lookingAt(meeting.committee, read, audience);
  if (!looking) return undefined;
  const items = (await listItems(read.db, meeting.id, audience)).filter(
    (item) => item.kind === 'decision' && (isAsked(item) || !isAsking(meeting)) && item.status !== 'declined',
  );
  const known = await knownOf(items, looking);
  if (!known) return undefined;
  const { colours } = await readinessFor(read, items, looking.partners, looking.seats);
  const notes = await listNotes(read.db, [meeting.id], audience);
  const { own } = known;
  const status = isAsking(meeting) ? 'Internal preparation' : statusWords[meeting.status];
  const title = `${own.name} prepares ${titleOf(meeting, looking.committee)}`;
  const questions = items.length === 1 ? '1 item' : `${items.length} items`;
  return {
    kind: 'record',
    subject: internalSubject(own.id, meeting.id),
    label: labelOf(meeting),
    title,
    status,
    summary: `${labelOf(meeting)}: ${title}. ${questions} for decision. Only ${own.name} sees this.`,
    facts: [
      ...items.slice(0, ITEMS).map((item) => itemFact(item, known, colours)),
      ...(items.length > ITEMS ? [{ label: 'More', text: `${items.length - ITEMS} more: press Positions` }] : []),
      ...(items.length === 0 ? [{ label: 'For decision', text: 'Nothing on the agenda is for decision yet.' }] : []),
      ...stepsFact(items, known),
      ...(await notesFact(notes, read)),
    ],
    footer: [ownLine(own, looking.partners)],
    buttons: buttonsOf(meeting, own.id, items.length > 0),
  };
};

/** The meeting of a preparation that an audience reads: its own company's, and where nobody else reads. */
export const readOwn = async (rest: string, read: Read, audience: Audience): Promise<Meeting | undefined> => {
  const preparing = readPreparing(rest);
  if (!preparing || audience.own !== preparing.partner) return undefined;
  return getMeeting(read.db, preparing.meeting, audience);
};

export const internalKind: SubjectKind = {
  async present(rest, read, audience) {
    const meeting = await readOwn(rest, read, audience);
    return meeting && internalCard(meeting, read, audience);
  },
  async about(rest, read, audience) {
    const meeting = await readOwn(rest, read, audience);
    const partner = audience.own;
    return meeting && partner && { committee: meeting.committee, partner };
  },
};

export const noteForm = (meeting: Meeting, own: { readonly id: PartnerId; readonly name: string }): FormView => ({
  kind: 'form',
  id: 'meetings.note',
  title: 'Add a note',
  submit: 'Save note',
  audience: `Only ${own.name} will see this`,
  private: true,
  subject: internalSubject(own.id, meeting.id),
  fields: [{ kind: 'text', lines: 'many', name: 'text', label: 'Note', max: NOTE_MAX, required: true }],
});
