import { expect, it } from 'vitest';
import { joinSpans } from './spans.js';

it('puts words that stand beside each other into one span', () => {
  expect(joinSpans(['Mei', ' sits', '', ' until ', { day: '2027-01-01' }, '.', ' Changed.'])).toEqual([
    'Mei sits until ',
    { day: '2027-01-01' },
    '. Changed.',
  ]);
  expect(joinSpans([])).toEqual([]);
});
