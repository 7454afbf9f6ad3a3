/*
 * Days anywhere in what people write: 'Send the protocol by Friday', 'bis nächsten Freitag', in English and in the
 * language of whoever wrote it.
 */
import * as chrono from 'chrono-node';
import type { Ctx } from './context.js';
import { dayOf, daysAfter } from './days.js';
import type { Day, Instant } from './ids.js';
import { dayIn, isAmbiguous, isDay, isInCalendar, noonOf } from './spoken-days.js';

export interface FoundDay {
  readonly on: Day;
  /** As written: 'Friday', 'in two weeks'. */
  readonly text: string;
  /** Where it begins. */
  readonly index: number;
  /** Counted from the day it was said: 'tomorrow', 'in two weeks'. */
  readonly relative: boolean;
  /** '4/5', which may be one of two. */
  readonly ambiguous: boolean;
}

/** The days in a text, in order; what could not be told is left out, so that nothing is guessed. */
export type FindDays = (text: string) => readonly FoundDay[];

interface Reader {
  parse(text: string, from: Date, options: chrono.ParsingOption): chrono.ParsedResult[];
}

const english: Reader = chrono.en.GB;

const languages: ReadonlyMap<string, Reader> = new Map(
  Object.entries({
    ...{ de: chrono.de, fr: chrono.fr, es: chrono.es, it: chrono.it, pt: chrono.pt, nl: chrono.nl, sv: chrono.sv },
    ...{ fi: chrono.fi, ru: chrono.ru, uk: chrono.uk, ja: chrono.ja, zh: chrono.zh, vi: chrono.vi },
  }),
);

/** 'next week' and '14 days' are no days; 'in 14 days' is one. */
const SPAN =
  /(?<!\p{L})(?:weeks?|months?|years?|quarters?|days?|woche\p{L}*|monat\p{L}*|jahr\p{L}*|tage?n?|semaines?|mois|ans?|années?|jours?|semanas?|mes(?:es)?|años?|días?|dias?|weken|maand\p{L}*|jaar|dagen|settiman[ae]|mes[ei]|ann[oi]|giorn[oi]|veck\p{L}*|månad\p{L}*|dag\p{L}*)(?!\p{L})/iu;
const COUNTED = /^(?:in|within|dans|en|em|over|binnen|tra|fra|om)\s|from now$|\bend of\b|tomorrow/iu;

const isCounted = (found: chrono.ParsedResult): boolean =>
  found.tags().has('result/relativeDate') && COUNTED.test(found.text);

/** Words that make it another day, which the readers do not know everywhere: 'Friday week', 'el viernes que viene'. */
const BEFORE = /(?:kommend\p{L}*|próxim[ao]|prossim[ao]|[来再今先]週の?)\s*$/iu;
const AFTER = /^\s*(?:que viene|prochaine?|prossim[ao]|(?:week|fortnight)(?!\p{L})|nächster woche)/iu;
const GONE =
  /(?<!\p{L})(?:last|past|previous|letzt\p{L}*|vorig\p{L}*|derni[eè]re?|pasad[ao]|passad[ao]|scors[ao])(?!\p{L})/iu;
const DAY_AFTER = /\bday\s+after\s+$/iu;
const END_OF_WEEK = /\bend of\b.*\bweek$/iu;

/** Of a language's abbreviations, shorter ones are words of others: 'mo', 'mi'. */
const SHORTEST = 3;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const isOne = (text: string, found: chrono.ParsedResult): boolean => {
  const end = found.index + found.text.length;
  if (BEFORE.test(text.slice(0, found.index)) || AFTER.test(text.slice(end))) return false;
  if (found.text.length < SHORTEST && !UNSPACED.test(found.text)) return false;
  if (isCounted(found)) return true;
  return isDay(found.start) && !(found.tags().has('result/relativeDate') && SPAN.test(found.text));
};

const isRelative = (found: chrono.ParsedResult): boolean =>
  [...found.tags()].some((tag) => tag === 'result/relativeDate' || tag.startsWith('casualReference/'));

const dayOfFound = (found: chrono.ParsedResult, today: Day, reader: Reader): Day => {
  const [gone] = GONE.test(found.text) ? reader.parse(found.text, noonOf(today), {}) : [];
  if (gone) return dayIn(gone.start);
  const on = dayIn(found.end && isDay(found.end) ? found.end : found.start);
  // Weeks end on Saturday for the reader, and on Friday for those who work.
  return END_OF_WEEK.test(found.text) ? daysAfter(on, -1) : on;
};

/** The readers take what stands around a weekday for a part of it. */
const BRACKETED = /^[\s,(（]+|[\s,)）]+$/gu;

const readWith = (reader: Reader, text: string, today: Day): FoundDay[] =>
  reader
    .parse(text, noonOf(today), { forwardDate: true })
    .filter((found) => isInCalendar(found) && isOne(text, found))
    .map((found) => {
      const on = dayOfFound(found, today, reader);
      const said = found.text.replace(BRACKETED, '');
      const index = found.index + found.text.indexOf(said);
      const [before = ''] = DAY_AFTER.exec(text.slice(0, index)) ?? [];
      return {
        on: before === '' ? on : daysAfter(on, 1),
        text: before + said,
        index: index - before.length,
        relative: isRelative(found),
        ambiguous: isAmbiguous(found.text),
      };
    });

const overlaps = (one: FoundDay, other: FoundDay): boolean =>
  one.index < other.index + other.text.length && other.index < one.index + one.text.length;

/** Beyond this nobody writes one sentence, and reading takes time. */
const LONGEST = 1_200;
/** Of numbers: in a table of them nobody can tell which day is meant, and some readers take minutes for it. */
const MOST_NUMBERS = 40;

/** Some readers try every way to divide a long blank, which takes minutes: what stands in its place is no blank to them. */
const BLANK = /\s{3,}/gu;
const NO_BLANK = '\uE001';
const shortBlank = (blank: string): string => `  ${NO_BLANK.repeat(blank.length - 2)}`;

/** Where two languages read the same words, the one that reads more of them is right. */
export const findDays = (text: string, { today, locale }: { readonly today: Day; readonly locale?: string }) => {
  const own = languages.get(locale?.split('-')[0]?.toLowerCase() ?? '');
  const said = text.slice(0, LONGEST).replace(BLANK, shortBlank);
  if ((said.match(/\d+/gu) ?? []).length > MOST_NUMBERS) return [];
  const all = [english, ...(own ? [own] : [])].flatMap((reader) => readWith(reader, said, today));
  return all
    .filter((one, at) =>
      all.every((other, where) => {
        if (where === at || !overlaps(one, other)) return true;
        return one.text.length === other.text.length ? at < where : one.text.length > other.text.length;
      }),
    )
    .sort((a, b) => a.index - b.index);
};

/** The day that it is for whoever speaks: what is due is due on a day of their calendar. */
export const speakersToday = ({ actor, now }: Pick<Ctx, 'actor' | 'now'>): Day => dayOf(now, actor.zone);

/** Finds days as the speaker means them; `saidAt` when it was said before: 'Friday' is the one after that moment. */
export const dayFinder = ({ actor, now }: Pick<Ctx, 'actor' | 'now'>, saidAt: Instant = now): FindDays => {
  const today = dayOf(saidAt, actor.zone);
  return (text) => findDays(text, { today, ...(actor.locale !== undefined && { locale: actor.locale }) });
};
