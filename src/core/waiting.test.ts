import { expect, it } from 'vitest';
import { isToldOn, mostUrgentFirst } from './waiting.js';

it('puts what is due first in front, and what is due on no day last, else as it came', () => {
  const items = ['b', 'none', 'a', 'b2'].map((title, at) => ({
    title,
    ...(title !== 'none' && { dueOn: `2026-12-0${title.startsWith('a') ? 1 : 2}` }),
    at,
  }));
  expect(mostUrgentFirst(items).map(({ title }) => title)).toEqual(['a', 'b', 'b2', 'none']);
});

it('is told each time from a day on', () => {
  const remind = { from: '2026-12-02' };
  expect(isToldOn({ remind }, '2026-12-01', undefined)).toBe(false);
  expect(isToldOn({ remind }, '2026-12-02', '2026-12-01')).toBe(true);
  expect(isToldOn({ remind }, '2026-12-09', '2026-12-08')).toBe(true);
});

it('is told once for each of its days, also when the message of that day did not come', () => {
  const remind = { on: ['2026-12-02', '2026-12-05'] };
  expect(isToldOn({ remind }, '2026-12-02', '2026-12-01')).toBe(true);
  expect(isToldOn({ remind }, '2026-12-03', '2026-12-02')).toBe(false);
  expect(isToldOn({ remind }, '2026-12-07', '2026-12-04')).toBe(true);
  expect(isToldOn({ remind }, '2026-12-03', undefined)).toBe(true);
  expect(isToldOn({}, '2026-12-03', undefined)).toBe(false);
});
