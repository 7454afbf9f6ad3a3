/* Minutes as a document to be read, and the file that carries it. */
import type { Audience, Read } from '../../core/context.js';
import { packDocument } from '../../core/copy/docx.js';
import { typeOf } from '../../core/copy/files.js';
import { documentEnd, documentStart, fact, paragraph, tableEnd, tableRow, tableStart } from '../../core/copy/word.js';
import { dayOf, dayText, momentText } from '../../core/days.js';
import { nameIn } from '../../core/sentences.js';
import { type NoticeView, notice, type View } from '../../core/view.js';
import { headingOf, questionBelow } from './agenda-draft-rules.js';
import { type Document, fileName, isOver } from './document-rules.js';
import { getDocument } from './document-store.js';
import { actionsIn, type ItemMinutes, type Minutes, type Outcome } from './draft-rules.js';
import {
  type Around,
  aroundOf,
  companyIn,
  fineText,
  minutesTitle,
  openIn,
  presentName,
  quorumText,
} from './minutes-views.js';
import { findMinutes } from './outcome-store.js';
import { asideLines, fateWords, kindWords, minutesOf, timeLine, timeOf, whereOf } from './reading-views.js';
import { labelOf } from './rules.js';
import { getMeeting } from './store.js';
import { documentSubject, type SubjectKind } from './views.js';

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const stateLine = ({ meeting }: Minutes, now: number): string =>
  meeting.lockedAt === undefined
    ? `Draft of ${momentText(now, meeting.zone)}`
    : `Agreed on ${dayText(dayOf(meeting.lockedAt, meeting.zone))}`;

const headPart = (minutes: Minutes, around: Around, now: number): string => {
  const { meeting } = minutes;
  const { key, name } = around.committee;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Committee', key === name ? name : `${key}, ${name}`],
    ['When', momentText(meeting.startsAt, meeting.zone)],
    ['Where', meeting.place],
    ['Time', timeLine(minutes)],
    ['Minutes', stateLine(minutes, now)],
    ['Said fine', fineText(minutes, around)],
  ];
  return [
    paragraph(`${labelOf(meeting)} ${minutesTitle(meeting, around.committee)}`, 'Title'),
    ...facts.map(([label, text]) => (text ? fact(label, text) : '')),
  ].join('');
};

const roomPart = ({ kept }: Minutes, around: Around): string => {
  const listed = kept.room.filter(({ here, votes, excused }) => here || votes || excused);
  const rows = listed.map((one) => {
    const there = one.here ? 'Present' : one.excused ? 'Excused' : 'Not there';
    return tableRow([presentName(one, around), companyIn(around, one.partner), capital(one.role), there]);
  });
  return [
    paragraph('Who was there', 'Heading1'),
    tableStart(['Name', 'Company', 'Role', 'There']) + rows.join('') + tableEnd,
    fact('Quorum', quorumText(kept, around)),
  ].join('');
};

/** With the wording and the state that the log has now. */
const decidedPart = (decided: readonly Outcome[]): string =>
  decided.length === 0
    ? ''
    : tableStart(['Decision', 'What was decided', 'State']) +
      decided.map(({ label, title, status }) => tableRow([label, title, status])).join('') +
      tableEnd;

const itemPart = (one: ItemMinutes, around: Around): string => {
  const { item, number, fate, decided, actions } = one;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [kindWords[item.kind], questionBelow(item)],
    ['Owner', nameIn(around.names, item.owner)],
    ['Time', fate === 'read' ? undefined : timeOf(one)],
    ['Paper', item.paper && `version ${item.paper.version}, ${item.paper.link}`],
    ...asideLines(one, around),
    ['What came of it', fateWords[fate]],
    ['Actions', actions.map(({ label }) => label).join(', ')],
    ['Note', item.note],
  ];
  return [
    paragraph(`${number}. ${headingOf(item)}`, 'Heading2'),
    ...facts.map(([label, text]) => (text ? fact(label, text) : '')),
    decidedPart(decided),
  ].join('');
};

const actionPart = (minutes: Minutes, { names }: Around): string => {
  const rows = actionsIn(minutes).map(({ label, title, owner, dueOn, status }) =>
    tableRow([label, title, owner ? nameIn(names, owner) : '', dueOn ? dayText(dueOn) : '', status]),
  );
  if (rows.length === 0) return '';
  const heads = ['Action', 'What', 'Owner', 'Due', 'State'];
  return paragraph('Actions', 'Heading1') + tableStart(heads) + rows.join('') + tableEnd;
};

const saidPart = (minutes: Minutes, around: Around): string => {
  const { kept, meeting, addenda } = minutes;
  const signed = ({ person, partner, at }: (typeof addenda)[number]): string =>
    `${nameIn(around.names, person)} (${companyIn(around, partner)}), ${dayText(dayOf(at, meeting.zone))}`;
  const open = openIn(minutes);
  return [
    kept.note === undefined ? '' : paragraph('Note', 'Heading1') + paragraph(kept.note),
    open.length === 0 ? '' : paragraph('Proposed and not settled', 'Heading1'),
    ...open.map((one) => fact(`${whereOf(one, minutes)}, ${signed(one)}`, one.text)),
    addenda.length === 0 ? '' : paragraph('Corrections', 'Heading1'),
    ...addenda.map((one) => fact(signed(one), one.text)),
  ].join('');
};

function* documentPieces(minutes: Minutes, around: Around, now: number): Generator<string> {
  yield documentStart + headPart(minutes, around, now);
  yield roomPart(minutes, around);
  yield paragraph('Agenda', 'Heading1');
  for (const one of minutes.items) yield itemPart(one, around);
  if (minutes.items.length === 0) yield paragraph('Nothing stood on the agenda.');
  const { decided } = minutes.besides;
  if (decided.length > 0) yield paragraph('Besides the agenda', 'Heading1') + decidedPart(decided);
  yield actionPart(minutes, around);
  yield saidPart(minutes, around);
  yield documentEnd;
}

const declined: NoticeView = notice('You declined this document. Press As a document on the minutes when you want it.');
const over: NoticeView = notice('This offer is over. Press As a document on the minutes for a fresh one.');
const gone: NoticeView = notice('This meeting has no minutes now: its closing was undone.');

const fileView = async (document: Document, read: Read, audience: Audience): Promise<View> => {
  const meeting = await getMeeting(read.db, document.meeting, audience);
  const minutes = meeting && (await findMinutes(meeting, read));
  const around = minutes && (await aroundOf(minutes, read));
  if (!minutes || !around) return gone;
  const { now } = read;
  return {
    kind: 'file',
    subject: documentSubject(document.id),
    title: `${labelOf(meeting)} ${minutesTitle(meeting, around.committee)}`,
    text: `${stateLine(minutes, now)}. ${minutes.items.length} items, ${minutesOf(minutes.tookMs ?? 0)} minutes.`,
    file: {
      name: fileName(around.committee.key, labelOf(meeting)),
      type: typeOf.docx,
      accept: 'meetings.accept-document',
      decline: 'meetings.decline-document',
      ...(document.place !== undefined && { place: document.place }),
      bytes: () => packDocument(documentPieces(minutes, around, now)),
    },
  };
};

export const documentKind: SubjectKind = {
  async present(id, read, audience) {
    const document = await getDocument(read.db, id, audience);
    if (!document) return undefined;
    if (document.state === 'declined') return declined;
    return isOver(document, read.now) ? over : fileView(document, read, audience);
  },
  async about(id, read, audience) {
    const document = await getDocument(read.db, id, audience);
    const meeting = document && (await getMeeting(read.db, document.meeting, audience));
    return meeting && { committee: meeting.committee, author: document.person, partner: document.partner };
  },
};
