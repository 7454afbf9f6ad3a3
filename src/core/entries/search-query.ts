/*
 * What somebody searches for, as terms of which a record has to have all: "whole phrases" in quotes, and words by their
 * beginning, so that what is still being typed finds something. Pure.
 */
import { searchWords } from './search-words.js';

/** Words that follow each other. */
export interface Term {
  readonly words: readonly string[];
  /** The last word may go on: 'protocol' finds 'protocols'. */
  readonly open: boolean;
}

/** Shorter beginnings are beginnings of too much. A spelled word has a letter more than was written. */
const SHORTEST = 4;
/** More of them narrow nothing down. */
const MOST_TERMS = 12;
const MOST_WORDS = 24;

const QUOTED = /["“”„«»]([^"“”„«»]*)["“”„«»]/gu;

const termOf = (text: string, quoted: boolean): readonly Term[] => {
  const words = searchWords(text).slice(0, MOST_WORDS);
  const last = words.at(-1);
  if (last === undefined) return [];
  return [{ words, open: !quoted && last.length >= SHORTEST && !/^w\d+$/.test(last) }];
};

/** The terms of a text; none for a text without a word in it. */
export const readTerms = (text: string): readonly Term[] => {
  const phrases = [...text.matchAll(QUOTED)].flatMap(([, phrase = '']) => termOf(phrase, true));
  const words = text
    .replace(QUOTED, ' ')
    .split(/\s+/u)
    .flatMap((word) => termOf(word, false));
  return [...phrases, ...words].slice(0, MOST_TERMS);
};
