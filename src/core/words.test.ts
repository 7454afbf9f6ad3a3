import { expect, it } from 'vitest';
import { parseWords } from './words.js';

const mei = { user: 'U1', workspace: 'T1', name: 'Mei' };

it.each([
  [['decision Meet monthly'], 'decision', [' Meet monthly']],
  [['/entente Seat ', mei], 'seat', [' ', mei]],
  [['entente entente  bind JSC'], 'bind', [' JSC']],
  [['  ', '/entente', ' help'], 'help', []],
  [[mei, ' member'], '', [mei, ' member']],
  [['entente ', mei], '', [mei]],
  [[], '', []],
])('reads the command of %j', (words, name, rest) => {
  expect(parseWords(words)).toEqual({ name, rest });
});

it('reads any number of empty words and of addresses', () => {
  expect(parseWords([...Array.from({ length: 200_000 }, () => ''), 'help'])).toEqual({ name: 'help', rest: [] });
  expect(parseWords(['entente '.repeat(5_000)])).toEqual({ name: '', rest: [] });
}, 5_000);
