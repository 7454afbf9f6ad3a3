/*
 * Whose an action is, as people say it: mentioned, or written with @ where the other chat's people cannot be mentioned.
 */
import type { Partner, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Mentioned } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { splitMentions } from '../../core/mentioned.js';
import { cut, listNames } from '../../core/sentences.js';
import { whoSits } from './rules.js';
import { NAMED } from './spoken-rules.js';

export interface Setting {
  /** Those who may own it. */
  readonly seats: readonly Seat[];
  readonly partners: readonly Partner[];
  /** Who speaks. */
  readonly self: { readonly id: PersonId; readonly name: string };
  /** What the committee is called, or 'committee' where several may be meant. */
  readonly key: string;
}

export interface SpokenOwner {
  readonly owner?: { readonly id: PersonId; readonly name: string };
  /** What is left, with a mark where they were named. */
  readonly rest: string;
}

const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[\s.'’-]+/gu, ' ')
    .trim();

const GROUPS = new Set(
  ['team', 'the team', 'all', 'everyone', 'everybody', 'us', 'we', 'both', 'both sides', 'both companies'].concat([
    'channel',
    'here',
    'anyone',
    'anybody',
    'somebody',
    'someone',
    'tbd',
  ]),
);

const ONE_OWNER = 'An action has one owner';

const notOne = (said: string, what: string, setting: Setting): Refusal =>
  new Refusal(
    'not-one',
    `${ONE_OWNER}, and '${cut(said, 40)}' is ${what}. Name the person who will see to it. ${whoSits(setting.seats, setting.key)}`,
    'owner',
  );

const companyCalled = (said: string, { partners }: Setting): Partner | undefined => {
  const name = fold(said);
  return partners.find((partner) => [fold(partner.name), fold(partner.name).split(' ')[0]].includes(name));
};

/** @throws Refusal for a group or a company */
const checkOne = (said: string, setting: Setting): void => {
  if (GROUPS.has(fold(said))) throw notOne(said, 'no single person', setting);
  if (companyCalled(said, setting)) throw notOne(said, 'a company', setting);
};

const LETTERS = "[\\p{L}\\p{M}\\p{N}'’.-]";
const TYPED = new RegExp(`(?<![\\p{L}\\p{N}.])@\\s?((?:${LETTERS}*\\p{L}${LETTERS}*)(?:[ \\t]+${LETTERS}+){0,4})`, 'u');

interface Found {
  readonly id: PersonId;
  readonly name: string;
  /** How much of what follows the @ is their name. */
  readonly said: string;
}

const ME = new Set(['me', 'i', 'myself']);

const whole = (name: string): boolean => name !== '';

/** The longest beginning of `typed` that somebody is called by. @throws Refusal when nobody is, or several are */
const whoIsCalled = (typed: string, setting: Setting): Found => {
  const { seats, self } = setting;
  const parts = typed.split(/([ \t]+)/u);
  const beginnings = parts.map((_, at) => parts.slice(0, at + 1).join('')).filter((_, at) => at % 2 === 0);
  const clean = beginnings.map((said) => said.replace(/[.'’-]+$/u, '')).filter(whole);
  for (const said of [...clean].reverse()) {
    const found = seats.find(({ personName }) => fold(personName) === fold(said));
    if (found) return { id: found.person, name: found.personName, said };
  }
  for (const said of clean) checkOne(said, setting);
  const [first = typed] = clean;
  if (ME.has(fold(first))) return { ...self, said: first };
  const called = seats.filter(({ personName }) => {
    const names = fold(personName).split(' ');
    return [names[0], names.at(-1), names.join('')].includes(fold(first)) || fold(first) === names.join(' ');
  });
  const [only, ...others] = new Map(called.map((seat) => [seat.person, seat])).values();
  if (only && others.length === 0) return { id: only.person, name: only.personName, said: first };
  const who = only
    ? `Several are called ${cut(first, 40)}: ${listNames([only, ...others].map(({ personName }) => personName))}. Write the whole name after the @.`
    : `Nobody called '${cut(first, 40)}' sits on the ${setting.key}. ${whoSits(seats, setting.key)}`;
  throw new Refusal('no-seat', who, 'owner');
};

const SELF = /^[\s\p{P}]*(?:me(?![\p{L}\p{N}])(?:\s*[:,–-])?|I(?:['’]ll|\s+will|\s+shall)?(?=[\s:,]))/u;
/** 'team Send it', 'Acme: send it', 'everyone should read it'; not 'Team charter is rewritten'. */
const LEADING =
  /^[\s\p{P}]*((?:(?:the|whole|entire)\s+)*[\p{L}\p{M}]+(?:\s+[\p{L}\p{M}]+)?)(?:\s*[:,]|\s+(?:to|should|shall|must|will|needs?)\s|\s+(?=\p{Lu}))/u;

/** @throws Refusal when what is said begins with a group in the place of an owner */
const checkLeading = (rest: string, setting: Setting): void => {
  const [, said = ''] = LEADING.exec(rest) ?? [];
  const short = said.replace(/^(?:(?:the|whole|entire)\s+)+/iu, '');
  for (const one of new Set([said, short, short.split(/\s+/u)[0] ?? ''])) {
    const after = rest.slice(rest.indexOf(one) + one.length);
    if (one !== '' && /^\s*(?:[:,]|(?:to|should|shall|must|will|needs?)\s|\s\p{Lu})/u.test(after))
      checkOne(one, setting);
  }
};

/** Whoever is named after one of these is part of what will be done: 'send it to @Mei'. */
const ABOUT =
  /(?<![\p{L}\p{N}])(?:to|with|from|of|for|via|about|between|an|mit|von|für|à|avec|con|com|para|met|aan|voor|med)\s*$/iu;
const TOGETHER = /(?:,|&|(?<!\p{L})(?:and|or|und|et|y|e|en))\s*$/iu;

interface Reading {
  readonly owners: ReadonlyMap<string, Found | Mentioned>;
  readonly rest: string;
  /** True while those named last are no owners: 'to @Mei and @Jun'. */
  readonly about: boolean;
}

const isAbout = ({ rest, about }: Reading): boolean => ABOUT.test(rest) || (about && TOGETHER.test(rest));

const withOwner = ({ owners, rest }: Reading, one: Found | Mentioned): Reading => ({
  owners: new Map([...owners, [one.id ?? one.name, one]]),
  rest: `${rest.replace(/(?<!\p{L})by\s*$/iu, ' ')} ${NAMED} `,
  about: false,
});

const withTyped = (reading: Reading, text: string, setting: Setting): Reading => {
  let read = reading;
  let left = text;
  for (let at = TYPED.exec(left); at; at = TYPED.exec(left)) {
    read = { ...read, rest: read.rest + left.slice(0, at.index) };
    const typed = at[1] ?? '';
    if (isAbout(read)) {
      read = { ...read, rest: `${read.rest}${typed}`, about: true };
      left = left.slice(at.index + at[0].length);
      continue;
    }
    const found = whoIsCalled(typed, setting);
    read = withOwner(read, found);
    left = left.slice(at.index + at[0].length - typed.length + found.said.length);
  }
  return { ...read, rest: read.rest + left };
};

const readNames = (text: string, people: readonly Mentioned[], setting: Setting): Reading => {
  let read: Reading = { owners: new Map(), rest: '', about: false };
  for (const piece of splitMentions({ text: text.replaceAll(NAMED, ' '), people })) {
    if (typeof piece === 'string') read = withTyped(read, piece, setting);
    else if (isAbout(read)) read = { ...read, rest: `${read.rest}${piece.name}`, about: true };
    else read = withOwner(read, piece);
  }
  return read;
};

/** Takes the owner out of what was said; none where nobody was named. @throws Refusal for several, or for no person */
export const readOwner = (text: string, people: readonly Mentioned[], setting: Setting): SpokenOwner => {
  const { owners, rest } = readNames(text, people, setting);
  const [one, ...others] = [...owners.values()];
  if (one && others.length > 0)
    throw new Refusal(
      'two-owners',
      `${ONE_OWNER}, and this names ${listNames([one, ...others].map(({ name }) => name))}. Write @ before the owner only, and the others without it.`,
      'owner',
    );
  if (one) return { owner: ownerOf(one, setting), rest };
  const own = SELF.exec(rest);
  if (own) return { owner: setting.self, rest: `${NAMED} ${rest.slice(own[0].length)}` };
  checkLeading(rest, setting);
  return { rest };
};

/** @throws Refusal for somebody who takes no part */
const ownerOf = ({ id, name }: Found | Mentioned, setting: Setting): NonNullable<SpokenOwner['owner']> => {
  if (id) return { id, name };
  throw new Refusal(
    'no-part',
    `${cut(name, 60)} takes no part in this alliance, so they cannot own an action. ${whoSits(setting.seats, setting.key)}`,
    'owner',
  );
};
