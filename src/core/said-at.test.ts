import { expect, it } from 'vitest';
import { readSaidAt } from './said-at.js';

const now = Date.UTC(2026, 10, 23);

it('a moment in the past is when a message was said', () => {
  expect(readSaidAt(String(now - 1_000), now)).toBe(now - 1_000);
});

it.each(['9000000000000000', '-9000000000000000', '1e15', 'NaN', '', '0', '1.5', 'x', String(now + 3_600_000)])(
  'nothing is said at %s',
  (text) => {
    expect(readSaidAt(text, now)).toBeUndefined();
  },
);

it('nothing is said at no moment', () => {
  expect(readSaidAt(undefined, now)).toBeUndefined();
});
