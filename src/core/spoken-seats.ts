/*
 * Seats as people write them: '@Mei member JSC from 1 Jan for @Jun', in any order.
 */
import type { Role } from './context.js';
import { Refusal } from './errors.js';
import type { Mentioned, Said } from './feature.js';
import type { Day } from './ids.js';
import { splitMentions } from './mentioned.js';
import { cut } from './sentences.js';
import type { ReadDays } from './spoken-days.js';

const roleWords: readonly (readonly [Role, RegExp])[] = [
  ['co-chair', /\b(?:co[- ]?)?chair(?:man|woman|person)?\b/iu],
  ['alliance professional', /\b(?:alliance )?(?:professional|manager)\b/iu],
  ['alternate', /\b(?:alternate|deputy|substitute)\b/iu],
  ['member', /\bmember\b/iu],
  ['observer', /\bobserver\b/iu],
  ['guest', /\bguest\b/iu],
];

/** What somebody said about a seat, as far as it could be read. */
export interface SeatWords {
  readonly person?: Mentioned;
  readonly standsFor?: Mentioned;
  readonly counterpart?: Mentioned;
  readonly role?: Role;
  /** A committee's key, as said. */
  readonly committee?: string;
  readonly fromOn?: Day;
  readonly untilOn?: Day;
}

const LONGEST = 1_000;

const HOW = "Say it like this: 'seat @person member JSC from 1 Jan', or say 'seat' alone for the form.";

const STANDS = /\b(?:standing in for|in place of|for)\s*$/iu;
const OPPOSITE = /\b(?:opposite(?: of)?|counterpart(?: of)?)\s*$/iu;

type Named = Pick<SeatWords, 'person' | 'standsFor' | 'counterpart'>;

/** The words before a mention say what the person is in this. */
const readPeople = (said: Said): { named: Named; rest: string } => {
  let named: Named = {};
  let rest = '';
  for (const piece of splitMentions(said)) {
    if (typeof piece === 'string') {
      rest += `${piece} `;
      continue;
    }
    const key = STANDS.test(rest) ? 'standsFor' : OPPOSITE.test(rest) ? 'counterpart' : 'person';
    if (named[key]) throw new Refusal('too-many', 'Name one person at a time. Seat the others after this one.');
    named = { ...named, [key]: piece };
    rest = rest.replace(key === 'standsFor' ? STANDS : OPPOSITE, ' ');
  }
  return { named, rest };
};

type Span = Pick<SeatWords, 'fromOn' | 'untilOn'>;

const DAY_WORD = /\b(from|since|starting|until|till)\s+/iu;

const readSpan = (text: string, read: ReadDays): { span: Span; rest: string } => {
  let span: Span = {};
  let rest = text;
  for (let found = DAY_WORD.exec(rest); found; found = DAY_WORD.exec(rest)) {
    const word = (found[1] ?? '').toLowerCase();
    const after = rest.slice(found.index + found[0].length);
    // Up to the next of these words: 'until 31 March from 1 Jan' would be taken for one o'clock in March.
    const days = read(after.slice(0, DAY_WORD.exec(after)?.index), word === 'since' ? 'nearest' : 'coming');
    if (!days) throw new Refusal('no-day', `Entente cannot read the day after '${word}'. Write it like 1 March 2027.`);
    const last = days.untilOn === undefined ? {} : { untilOn: days.untilOn };
    span = /^(?:until|till)$/u.test(word) ? { ...span, untilOn: days.on } : { ...span, fromOn: days.on, ...last };
    rest = `${rest.slice(0, found.index)} ${after.slice(days.text.length)}`;
  }
  return { span, rest };
};

const FILLER = /^(?:as|on|of|the|in|to|a|an|is|and|now|today|\.)$/iu;

/** Person, role, committee and days in any order. @throws Refusal for what cannot be read */
export const readSeatWords = (said: Said, read: ReadDays): SeatWords => {
  if (said.text.length > LONGEST) throw new Refusal('too-long', `That is too long. ${HOW}`);
  const { named, rest: unnamed } = readPeople(said);
  const { span, rest } = readSpan(unnamed, read);
  const [role, word] = roleWords.find(([, one]) => one.test(rest)) ?? [];
  const left = (word ? rest.replace(word, ' ') : rest).split(/[\s,]+/u).filter((one) => one && !FILLER.test(one));
  if (left.some((one) => /^(?:opposite|counterpart)$/iu.test(one)))
    throw new Refusal(
      'not-mentioned',
      "Who is on the other chat cannot be mentioned here. Say 'seat @person' alone, and choose the counterpart in the form.",
    );
  const [committee, ...unknown] = left;
  if (unknown.length > 0 || committee?.startsWith('@')) {
    const shown = cut(left.join(' '), 60);
    throw new Refusal('not-understood', `Entente does not understand '${shown}'. Mention people with @. ${HOW}`);
  }
  return { ...named, ...span, ...(role && { role }), ...(committee !== undefined && { committee }) };
};
