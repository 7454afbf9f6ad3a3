import { expect, it } from 'vitest';
import { splitMentions } from './mentioned.js';

const mei = { name: 'Mei Sato' };
const jun = { name: 'Jun' };

it('gives the words between mentions and the people mentioned, in order', () => {
  expect(splitMentions({ text: '@Mei Sato member for @Jun today', people: [mei, jun] })).toEqual([
    '',
    mei,
    ' member for ',
    jun,
    ' today',
  ]);
  expect(splitMentions({ text: 'nobody at all', people: [] })).toEqual(['nobody at all']);
});

it('tells two people of one name apart by their order', () => {
  const other = { name: 'Jun' };
  expect(splitMentions({ text: '@Jun for @Jun', people: [jun, other] })).toEqual(['', jun, ' for ', other, '']);
});
