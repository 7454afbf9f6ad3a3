/*
 * Words as both engines' full-text searches take them. Case and accents are folded here, so that the engines need not
 * agree on them, and what then is no ASCII letter or digit is spelled by its number: neither engine can split it
 * differently. Text without blanks between words, Chinese and Japanese, is taken in pairs of characters. Pure.
 */

/** Longer words are cut: PostgreSQL refuses those over 2 kB. */
const LONGEST = 64;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('ß', 'ss');

/** Begins with a letter whatever the word begins with, so that no number is read as one. */
const spell = (word: string): string =>
  `w${[...word]
    .slice(0, LONGEST)
    .map((letter) => (/[a-z0-9]/.test(letter) ? letter : `x${letter.codePointAt(0)?.toString(16).padStart(6, '0')}`))
    .join('')}`;

const pairs = (word: string): readonly string[] => {
  const letters = [...word];
  if (letters.length < 2 || !UNSPACED.test(word)) return [word];
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
};

/** The words of a text, in order: lower case, without accents, letters and digits only. */
export const searchWords = (text: string): readonly string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).flatMap(pairs).map(spell);
