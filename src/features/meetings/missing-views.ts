/* How ready each company is for what is to be decided: a colour, in words too, and nothing else of what its people said. */
import type { Audience, Partner, Read, Seat } from '../../core/context.js';
import { dayOf } from '../../core/days.js';
import { cut } from '../../core/sentences.js';
import type { Item } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { jointHolidays } from './countdown-store.js';
import { stepOn } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { type Colour, colourWords, isAsked, votesOf } from './position-rules.js';
import { type Colours, listColours, listRecused } from './position-store.js';
import type { Meeting } from './rules.js';
import type { DrawPart } from './views.js';
import type { Partner } from '../../core/context.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import type { Button, ListView, Span, Text } from '../../core/view.js';
import { missingWords, type Nudged, owedWords, type Unready } from './readiness-rules.js';
import { listAsked } from './readiness-store.js';
import { listItems } from './agenda-store.js';
import { missingWords, type Nudged, owedWords, type Unready } from './missing-rules.js';
import { listAsked } from './missing-store.js';
import { shortTitle, timeWords } from './reminder-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { type DrawPart, namesIn, subjectOf } from './views.js';

/** The colours of some items, by item and company; the seats are those of their committee today. */
export const coloursOf = async (
  read: Pick<Read, 'db'>,
  items: readonly Pick<Item, 'id'>[],
  partners: readonly Partner[],
  seats: readonly Seat[],
): Promise<Colours> => {
  const ids = items.map(({ id }) => id);
  const recused = await listRecused(read.db, ids);
  return listColours(
    read.db,
    ids,
    partners.map(({ id }) => id),
    (item, partner) => votesOf(seats, partner, recused.get(item)),
  );
};

/** True from the day on which people are asked where they stand. */
export const isAskedByNow = async (meeting: Meeting, read: Read, { alliance }: Audience): Promise<boolean> => {
  const plan = await getPlan(read.db, meeting.committee);
  const holidays = await jointHolidays({ directory: read.directory, alliance });
  const on = stepOn('positions', plan, meeting, holidays);
  return on !== undefined && dayOf(read.now, meeting.zone) >= on;
};

const wordsOf = (colour: Colour | undefined, asked: boolean): string => {
  if (colour !== undefined) return colourWords[colour];
  return asked ? 'no answer yet' : 'not asked yet';
};

/** 'Acme Bio green, aligned · Nova Pharma no answer yet' */
export const colourLine = (
  item: Pick<Item, 'id'>,
  colours: Colours,
  partners: readonly Partner[],
  asked: boolean,
): string => partners.map(({ id, name }) => `${name} ${wordsOf(colours.get(item.id)?.get(id), asked)}`).join(' · ');

const MOST = 8;
const TITLE_MAX = 40;

const shortly = (title: string): string => (title.length > TITLE_MAX ? `${cut(title, TITLE_MAX - 1)}…` : title);

/** A line for each item for decision, once anybody is asked or has answered. */
export const readinessPart: DrawPart = async (meeting, { read, audience, partners, seats }) => {
  const items = (await listItems(read.db, meeting.id, audience)).filter(isAsked);
  if (items.length === 0) return {};
  const colours = await coloursOf(read, items, partners, seats);
  const asked = await isAskedByNow(meeting, read, audience);
  if (!asked && items.every(({ id }) => (colours.get(id)?.size ?? 0) === 0)) return {};
  const lines = items.map((item) => `${shortly(item.title)}: ${colourLine(item, colours, partners, asked)}`);
  const rest = lines.length - MOST;
  const shown = rest > 0 ? [...lines.slice(0, MOST), `and ${rest} more`] : lines;
  return { facts: [{ label: 'Readiness', text: shown.join('\n') }] };
};
/* What is missing before a meeting: on its card what all may know, and to those who run it by name. */
/** On the card that all companies read: what is missing of what all of them see anyway. */
export const missingPart: DrawPart = async (meeting, looking) => {
  const { read, audience } = looking;
  const shown = (await listAsked(meeting, read, audience)).filter(
    ({ kind, item }) => kind === 'answer' || item?.status === 'accepted',
  const names = await namesIn(
    looking,
    shown.map(({ person }) => person),
  const items = await listItems(read.db, meeting.id, audience);
  const text = missingWords(shown, items, (person) => nameIn(names, person));
  return text === undefined ? {} : { facts: [{ label: 'Missing', text }] };
export interface Readiness {
  readonly meeting: Meeting;
  readonly key: string;
  readonly unready: readonly (Unready & { readonly name: string; readonly partner?: Partner })[];
  /** The company that reads, whose positions are known. */
  readonly own?: PartnerId;
  /** Who asks: nobody nudges themselves. */
  readonly asker: PersonId;
  readonly zone: string;
}
/** 'Nudge these 2' */
const nudgeButton = ({ meeting, unready, asker }: Readiness): readonly Button[] => {
  const count = unready.filter(({ person }) => person !== asker).length;
  if (count === 0) return [];
  const label = count === 1 ? 'Nudge this one' : `Nudge these ${count}`;
  return [{ id: 'meetings.nudge', label, subject: subjectOf(meeting.id) }];
const line = ({ name, partner, duties }: Readiness['unready'][number]) => ({
  title: partner ? `${name}, ${partner.name}` : name,
  text: `${owedWords(duties)} (${timeWords(duties)})`,
});
/** By name, the reader's own company first: of the other one nobody's position is known. */
export const readinessView = (readiness: Readiness): ListView => {
  const { meeting, key, unready, own, zone } = readiness;
  const first = unready.filter(({ partner }) => partner?.id === own);
  const others = unready.filter(({ partner }) => partner?.id !== own);
  const known =
    own === undefined
      ? ' Positions are not told here, where others read too: ask Entente directly for those of your company.'
      : ' Positions are told of your own company only.';
  const buttons = nudgeButton(readiness);
  return {
    kind: 'list',
    title: `Readiness for ${labelOf(meeting)}`,
    intro: [`${shortTitle(key, meeting.startsAt, zone)}. What is asked for by now and missing.${known}`],
    items: [...first, ...others].map(line),
    empty: 'Everybody has done what was asked so far.',
    ...(buttons.length > 0 && { buttons }),
  };
/** How somebody was nudged. `own`: what is known of their calendar is their company's business. */
export interface NudgedPerson {
  readonly name: string;
  readonly own: boolean;
  readonly nudged: Nudged;
  /** The next working morning of theirs. */
  readonly by: string;
}
const unreached: Readonly<Record<'out' | 'muted' | 'snoozed' | 'late', string>> = {
  out: 'is out',
  muted: 'wants no messages for now',
  snoozed: 'asked to be reminded of this meeting later',
  late: 'gets no daily message before the meeting: ask them yourself',
const ownLine = ({ name, nudged }: NudgedPerson): readonly Span[] => {
  switch (nudged.how) {
    case 'now':
      return [`${name} hears of it now.`];
    case 'then':
      return [`${name} hears of it in the daily message of `, { day: nudged.on }, '.'];
    case 'already':
      return [`${name} was nudged already, for `, { day: nudged.on }, '.'];
    default:
      return [`${name} is not nudged: ${name} ${unreached[nudged.how]}.`];
  }
/** Of the other company's people neither when they were told what, nor why they cannot be told. */
const otherLine = ({ name, nudged, by }: NudgedPerson): readonly Span[] => {
  if (nudged.how === 'already') return [`${name} was nudged already.`];
  if (nudged.how === 'now' || nudged.how === 'then')
    return [`${name} hears of it by the morning of `, { day: by }, '.'];
  return [`${name} cannot be reminded at the moment. Ask the alliance professional of their company.`];
export const nudgedText = (people: readonly NudgedPerson[]): Text =>
  people.flatMap((one, at) => [...(at > 0 ? [' '] : []), ...(one.own ? ownLine(one) : otherLine(one))]);
