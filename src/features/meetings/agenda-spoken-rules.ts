/*
 * An item as people say it: 'for decision: Approve the protocol? @Ben Ito 20 min https://... 12 pages', in any order.
 */
import type { AgendaKind } from '../../core/agenda.js';
import type { Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Mentioned, Said } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { splitMentions } from '../../core/mentioned.js';
import { sameName } from '../../core/naming.js';
import { cut, listNames } from '../../core/sentences.js';
import { asQuestion, asTitle, type ItemDraft, itemLimits } from './agenda-draft-rules.js';

/** Stands where something was taken out, so that what stood beside it is still at an end. */
const MARK = '\uE000';

const isEdge = (text: string): boolean => /^[\s\p{P}\uE000]*$/u.test(text);

/** The longest text that is read as an item; the form holds more. */
const LONGEST = 1_000 + itemLimits.link;

interface Reading {
  readonly rest: string;
  readonly draft: ItemDraft;
}

/** Whoever is named after one of these is part of what it is about: 'the call with @Mei'. */
const ABOUT = /(?<![\p{L}\p{N}])(?:with|from|of|for|to|and|about|between)\s*$/iu;
const OWNER_WORD = /(?<!\p{L})(?:by|owner|owned by)\s*:?\s*$/iu;

interface Named {
  readonly id?: PersonId;
  readonly name: string;
}

/** The seat whose name what follows an @ begins with: the whole name, else the first name where only one has it. */
const seatCalled = (
  after: string,
  seats: readonly Seat[],
): { readonly seat: Seat; readonly said: string } | undefined => {
  const whole = seats.find(({ personName }) => sameName(after.slice(0, personName.length), personName));
  if (whole) return { seat: whole, said: after.slice(0, whole.personName.length) };
  const [first = ''] = /^[\p{L}\p{M}'’-]+/u.exec(after) ?? [];
  const called = new Map(
    seats
      .filter(({ personName }) => personName.split(' ').some((name) => first !== '' && sameName(name, first)))
      .map((seat) => [seat.person, seat]),
  );
  const [only, ...others] = called.values();
  return only && others.length === 0 ? { seat: only, said: first } : undefined;
};

const TYPED = /(?<![\p{L}\p{N}.])@\s?(?=[\p{L}])/u;

interface Names {
  readonly owners: readonly Named[];
  readonly rest: string;
}

const withName = ({ owners, rest }: Names, name: Named): Names => {
  if (ABOUT.test(rest)) return { owners, rest: `${rest}${name.name}` };
  return { owners: [...owners, name], rest: `${rest.replace(OWNER_WORD, ' ')} ${MARK} ` };
};

/** Names that are written with @ because their people are on the other chat. @throws Refusal for nobody's */
const withTyped = (names: Names, text: string, seats: readonly Seat[]): Names => {
  let read = names;
  let left = text;
  for (let at = TYPED.exec(left); at; at = TYPED.exec(left)) {
    const after = left.slice(at.index + at[0].length);
    const found = seatCalled(after, seats);
    if (!found)
      throw new Refusal(
        'no-seat',
        `Entente does not know whom '@${cut(after.split(/[\s,;:]/u)[0] ?? '', 40)}' means. Write the whole name of one of ${listNames(seats.slice(0, 12).map(({ personName }) => personName))}.`,
        'owner',
      );
    const { person: id, personName: name } = found.seat;
    read = withName({ ...read, rest: read.rest + left.slice(0, at.index) }, { id, name });
    left = after.slice(found.said.length);
  }
  return { ...read, rest: read.rest + left };
};

const MOST_NAMED = 4;

/** Whoever mentions a whole channel is not told of everybody in it. */
const called = (all: readonly Named[]): string => {
  const names = all.slice(0, MOST_NAMED).map(({ name }) => cut(name, 60));
  return listNames(all.length > MOST_NAMED ? [...names, `${all.length - MOST_NAMED} more`] : names);
};

const oneOwner = (owners: readonly Named[]): PersonId | undefined => {
  const [one, ...others] = [...new Map(owners.map((owner) => [owner.id ?? owner.name, owner])).values()];
  if (one && others.length > 0)
    throw new Refusal(
      'two-owners',
      `An item has one owner, and this names ${called([one, ...others])}. Write @ before the owner only.`,
      'owner',
    );
  if (one && one.id === undefined)
    throw new Refusal(
      'no-part',
      `${cut(one.name, 60)} takes no part in this alliance. Name somebody with a seat.`,
      'owner',
    );
  return one?.id;
};

const readOwner = ({ text, people }: Said, seats: readonly Seat[]): Reading => {
  let names: Names = { owners: [], rest: '' };
  for (const piece of splitMentions({ text: text.replaceAll(MARK, ' '), people }))
    names = typeof piece === 'string' ? withTyped(names, piece, seats) : withName(names, piece satisfies Mentioned);
  const owner = oneOwner(names.owners);
  return { rest: names.rest, draft: owner === undefined ? {} : { owner } };
};

const ADDRESS = /(?<![\p{L}\p{N}])[a-z][a-z\d+.-]{1,20}:\/\/\S*/giu;
const PAPER_WORD = /(?<!\p{L})(?:paper|link)\s*:?\s*$/iu;
const PAGES = new RegExp(`${MARK}[\\s,;()–-]*(-?\\d{1,6})\\s*(?:pages?|pp?)(?![\\p{L}\\p{N}])\\.?\\)?`, 'iu');

/** The paper, and how many pages it has where that stands beside it. @throws Refusal for two */
const readPaper = ({ rest, draft }: Reading): Reading => {
  const [one, ...others] = [...rest.matchAll(ADDRESS)];
  if (!one) return { rest, draft };
  if (others.length > 0)
    throw new Refusal(
      'two-papers',
      'An item has one paper at a time. Leave one link, and put the others into the paper.',
      'link',
    );
  const link = one[0].replace(/[\s)\].,;>'"’”]+$/u, '');
  const head = rest.slice(0, one.index).replace(PAPER_WORD, ' ');
  const left = `${head} ${MARK} ${rest.slice(one.index + one[0].length)}`;
  const pages = PAGES.exec(left);
  if (!pages) return { rest: left, draft: { ...draft, link } };
  return { rest: left.replace(PAGES, MARK), draft: { ...draft, link, pages: Number(pages[1]) } };
};

const kinds: Readonly<Record<string, AgendaKind>> = {
  ...{
    decision: 'decision',
    discussion: 'discussion',
    information: 'information',
    info: 'information',
    fyi: 'information',
  },
};

const KIND = /(?<![\p{L}\p{N}])(?:(?:for|as)\s+)?(decision|discussion|information|info|fyi)(?![\p{L}\p{N}])\s*:?/giu;
const TIME =
  /(?<![\p{L}\p{N}.,])(?:(?:for|in|about)\s+)?(-?\d{1,4})\s*(min|mins|minutes?|h|hours?)(?![\p{L}\p{N}])\.?/giu;
const ROOM = /(?<![\p{L}\p{N}])(in the room|(?:read|to be read) beforehand|beforehand)(?![\p{L}\p{N}])/giu;

interface Part {
  readonly find: RegExp;
  take(found: readonly string[], draft: ItemDraft): ItemDraft | undefined;
}

const isHour = (unit: string): boolean => unit.toLowerCase().startsWith('h');

/** What may stand at either end of what was said, in any order; each counts once, and within the text never. */
const parts: readonly Part[] = [
  {
    find: ROOM,
    take: ([, said = ''], draft) =>
      draft.inRoom === undefined ? { ...draft, inRoom: said.toLowerCase() === 'in the room' } : undefined,
  },
  {
    find: TIME,
    take: ([, number, unit = ''], draft) =>
      draft.minutes === undefined ? { ...draft, minutes: Number(number) * (isHour(unit) ? 60 : 1) } : undefined,
  },
  {
    find: KIND,
    take: ([whole = '', word = ''], draft) => {
      // 'Information for patients' is what an item is about.
      const meant = /^(?:for|as)\s/iu.test(whole) || /:$/u.test(whole);
      return draft.kind === undefined && meant ? { ...draft, kind: kinds[word.toLowerCase()] } : undefined;
    },
  },
];

const takePart = ({ rest, draft }: Reading, { find, take }: Part): Reading | undefined => {
  for (const found of rest.matchAll(find)) {
    const [head, tail] = [rest.slice(0, found.index), rest.slice(found.index + found[0].length)];
    if (!isEdge(head) && !isEdge(tail)) continue;
    const next = take(found, draft);
    if (next) return { rest: `${head} ${MARK} ${tail}`, draft: next };
  }
  return undefined;
};

const readParts = (reading: Reading): Reading => {
  for (const part of parts) {
    const next = takePart(reading, part);
    if (next) return readParts(next);
  }
  return reading;
};

const EDGES = /^[\s,:;–—|-]+|[\s,:;–—|-]+$/gu;

const tidy = (rest: string): string =>
  rest
    .replaceAll(MARK, ' ')
    .replace(/[([]\s*[)\]]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/\s+([,.;:!?])/gu, '$1')
    .replace(EDGES, '');

/** What is said of a decision is its question, and of anything else what it is about. */
export const worded = (text: string, draft: ItemDraft): ItemDraft => {
  if (text === '') return draft;
  if (draft.kind !== 'decision') return { ...draft, title: text };
  return { ...draft, title: cut(asTitle(text), itemLimits.title), question: asQuestion(text) };
};

/** As far as it could be read; what is missing is left out. @throws Refusal for what is meant and cannot be */
export const readItem = (said: Said, seats: readonly Seat[]): ItemDraft => {
  if ([...said.text].length > LONGEST)
    throw new Refusal('too-long', 'That is too much for one item. Say what it is about, and link to the paper.');
  const { rest, draft } = readParts(readPaper(readOwner(said, seats)));
  return worded(tidy(rest), draft);
};
