import { expect, it } from 'vitest';
import { readTerms } from './search-query.js';

const shown = (text: string) => readTerms(text).map(({ words, open }) => `${words.join(' ')}${open ? '*' : ''}`);

it('takes words by their beginning, case and accents folded', () => {
  expect(shown('Revised Protocolé')).toEqual(['wrevised*', 'wprotocole*']);
});

it('takes what is short, and numbers, as they are', () => {
  expect(shown('in 2026')).toEqual(['win', 'w2026']);
});

it('takes a phrase in quotes whole, wherever it stands', () => {
  expect(shown('send "the Revised protocol" now')).toEqual(['wthe wrevised wprotocol', 'wsend*', 'wnow*']);
  expect(shown('„zwei Worte“')).toEqual(['wzwei wworte']);
});

it('takes a label as words that follow each other, so that D-1 is not D-14', () => {
  expect(shown('D-14')).toEqual(['wd w14']);
});

it('takes text without blanks in pairs, also while it is typed', () => {
  expect(shown('試験')).toEqual(['wx008a66x009a13*']);
  expect(shown('試')).toEqual(['wx008a66*']);
});

it('finds nothing to search for in signs alone', () => {
  expect(shown('" ... "')).toEqual([]);
  expect(shown('"')).toEqual([]);
});
