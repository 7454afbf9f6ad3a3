/* What makes an item, as it is said or filled in. Pure. */
import type { AgendaKind } from '../../core/agenda.js';
import type { Committee, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PersonId } from '../../core/ids.js';
import { isOneLine, isSeen } from '../../core/naming.js';
import { listNames } from '../../core/sentences.js';
import type { Item } from './agenda-rules.js';
import { labelOf, type Meeting } from './rules.js';

export const itemLimits = { title: 120, question: 300, link: 1_000, pages: 2_000, reason: 300, number: 12 } as const;

/** Minutes by kind, unless told. */
export const usualMinutes: Readonly<Record<AgendaKind, number>> = { decision: 20, discussion: 15, information: 10 };

/** An item so far: what is missing, a form asks for. */
export interface ItemDraft {
  readonly kind?: AgendaKind;
  readonly title?: string;
  readonly question?: string;
  readonly owner?: PersonId;
  readonly minutes?: number;
  readonly link?: string;
  readonly pages?: number;
  /** Of information: it is told in the room, and not only read beforehand. */
  readonly inRoom?: boolean;
}

type Settled = Pick<Item, 'kind' | 'title' | 'minutes' | 'owner'> & {
  readonly question?: string;
  readonly paper?: { readonly link: string; readonly pages?: number };
};

interface Setting {
  readonly meeting: Meeting;
  readonly committee: Committee;
  readonly seats: readonly Seat[];
}

/** Those who may own an item. */
export const ownersAmong = (seats: readonly Seat[]): readonly Seat[] => seats.filter(({ role }) => role !== 'guest');

const MOST_NAMED = 12;

/** @throws Refusal for somebody without a seat, or with a guest's */
export const checkOwner = (person: PersonId, { committee, seats }: Pick<Setting, 'committee' | 'seats'>): Seat => {
  const owners = ownersAmong(seats);
  const seat = owners.find((one) => one.person === person);
  if (seat) return seat;
  const names = owners.slice(0, MOST_NAMED).map(({ personName }) => personName);
  const guest = seats.some((one) => one.person === person);
  const who =
    names.length === 0
      ? `Nobody sits on the ${committee.key} yet; an alliance professional seats people with 'seat'.`
      : `Choose one of ${listNames(names)}.`;
  throw new Refusal(
    'no-seat',
    `Whoever owns an item has a seat on the ${committee.key}${guest ? ', and a guest has none; invite them to the item instead' : ''}. ${who}`,
    'owner',
  );
};

/** @throws Refusal for none, for more than the meeting lasts, and for no number */
export const checkMinutes = (minutes: number, meeting: Meeting): number => {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= meeting.minutes) return minutes;
  throw new Refusal(
    'minutes',
    `An item takes from 1 to ${meeting.minutes} minutes, as long as ${labelOf(meeting)} lasts.`,
    'minutes',
  );
};

/** @throws Refusal for no whole number of pages, and for none or too many of them */
export const checkPages = (pages: number): number => {
  if (Number.isInteger(pages) && pages >= 1 && pages <= itemLimits.pages) return pages;
  throw new Refusal(
    'pages',
    `A paper has from 1 to ${itemLimits.pages.toLocaleString('en')} pages. Leave it empty where you do not know.`,
    'pages',
  );
};

/** @throws Refusal for anything that does not begin with https:// */
export const checkLink = (said: string): string => {
  const link = said.trim();
  const { protocol, hostname, username } = URL.canParse(link)
    ? new URL(link)
    : { protocol: '', hostname: '', username: '' };
  if (
    protocol === 'https:' &&
    hostname !== '' &&
    username === '' &&
    link.length <= itemLimits.link &&
    !/\s/u.test(link)
  )
    return link;
  throw new Refusal(
    'link',
    `A paper is linked to where both companies can open it. Its address begins with https:// and has at most ${itemLimits.link.toLocaleString('en')} characters.`,
    'link',
  );
};

/** @throws Refusal for what nobody would see, and for too much */
const written = (text: string | undefined, field: 'title' | 'question', missing: string): string => {
  const line = (text ?? '').replace(/\s+/gu, ' ').trim();
  if (line === '' || !isSeen(line)) throw new Refusal('missing', missing, field);
  if (!isOneLine(line)) throw new Refusal('unreadable', 'Write this as one line of letters, digits and signs.', field);
  if ([...line].length <= itemLimits[field]) return line;
  throw new Refusal(
    'too-long',
    `This fits in ${itemLimits[field]} characters. Shorten it, and link to the paper that holds the rest.`,
    field,
  );
};

const ASKING = /[?？]\s*$/u;

/** A question ends as one. */
export const asQuestion = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line === '' || ASKING.test(line) ? line : `${line.replace(/[.!;:,\s]+$/u, '')}?`;
};

/** What a question is about, as a title: without its mark. */
export const asTitle = (question: string): string => question.trim().replace(/\s*[?？]+$/u, '');

type Called = Pick<Item, 'title' | 'question'>;

/** Of what was only said as a question the title says nothing more. */
const isOnlyAsked = ({ title, question }: Called): boolean => question !== undefined && asTitle(question) === title;

/** Its title, or its question where that is the title. */
export const headingOf = (item: Called): string => (isOnlyAsked(item) ? (item.question ?? item.title) : item.title);

/** The question below a heading that does not ask it already. */
export const questionBelow = (item: Called): string | undefined => (isOnlyAsked(item) ? undefined : item.question);

const timeOf = (draft: ItemDraft, kind: AgendaKind, meeting: Meeting): number => {
  const { minutes, inRoom } = draft;
  if (minutes !== undefined) {
    const checked = checkMinutes(minutes, meeting);
    return kind === 'information' && inRoom === false ? 0 : checked;
  }
  if (kind === 'information' && inRoom !== true) return 0;
  return Math.min(usualMinutes[kind], meeting.minutes);
};

/** An item as it is kept. @throws Refusal for what is missing or cannot be, at its field */
export const settleItem = (draft: ItemDraft, { meeting, committee, seats }: Setting): Settled => {
  const { kind, owner, link, pages } = draft;
  if (kind === undefined)
    throw new Refusal('missing', 'Say what it is for: for decision, for discussion or for information.', 'kind');
  const missing = 'Write the question to decide, such as: Do we approve the revised protocol?';
  const question = kind === 'decision' ? asQuestion(written(draft.question, 'question', missing)) : undefined;
  const title = written(
    draft.title ?? (question === undefined ? undefined : asTitle(question)),
    'title',
    'Say what it is about, such as: The budget of 2027.',
  );
  if (owner === undefined) throw new Refusal('missing', 'Choose who speaks to it.', 'owner');
  checkOwner(owner, { committee, seats });
  if (pages !== undefined && link === undefined)
    throw new Refusal(
      'link',
      'Say where the paper is that has so many pages: its address begins with https://.',
      'link',
    );
  const paper =
    link === undefined
      ? undefined
      : { link: checkLink(link), ...(pages !== undefined && { pages: checkPages(pages) }) };
  return {
    ...{ kind, title, owner, minutes: timeOf(draft, kind, meeting) },
    ...(question !== undefined && { question }),
    ...(paper && { paper }),
  };
};

/** A number in a field of its own: '20', '20 min', '12 pages'; none where it is empty. Not a number is NaN. */
export const readNumber = (said: string | undefined): number | undefined => {
  const text = (said ?? '').trim();
  if (text === '') return undefined;
  const [, number] = /^(-?\d{1,6})\s*\p{L}*\.?$/u.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number);
};
