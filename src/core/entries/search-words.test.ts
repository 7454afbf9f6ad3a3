import { expect, it } from 'vitest';
import { searchWords } from './search-words.js';

it('folds case and accents, and parts words at whatever is no letter or digit', () => {
  expect(searchWords('Über-prüfung, D-14: CAFÉ')).toEqual(searchWords('uber prufung d 14 cafe'));
  expect(searchWords('Straße')).toEqual(searchWords('STRASSE'));
  expect(searchWords('１２ Ｄ')).toEqual(searchWords('12 d'));
});

it('gives words of ASCII letters and digits only, which no engine can split', () => {
  for (const word of searchWords('Протокол 1e5 ὀδός d’accord 東京会議')) expect(word).toMatch(/^w[a-z0-9]+$/);
  expect(searchWords('Протокол')).toHaveLength(1);
});

it('keeps beginnings: the spelling of a word begins with that of its first letters', () => {
  expect(searchWords('Протокол')[0]).toContain(searchWords('Прот')[0]);
  expect(searchWords('protocol')[0]?.startsWith(searchWords('proto')[0] ?? '-')).toBe(true);
});

it('takes text without blanks in pairs', () => {
  expect(searchWords('東京会議')).toEqual(searchWords('東京 京会 会議'));
  expect(searchWords('会')).toHaveLength(1);
});

it('cuts words that are too long, and finds none in signs', () => {
  expect(searchWords('a'.repeat(500))[0]).toHaveLength(65);
  expect(searchWords('... — !')).toEqual([]);
});
