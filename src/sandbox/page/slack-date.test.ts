import { expect, it } from 'vitest';
import { slackDate } from './slack-date.js';

const noon = new Date(2026, 10, 22, 12, 0).getTime();
const seconds = noon / 1000;

it('writes a date in the reader’s zone, and says today where the sender allows it', () => {
  expect(slackDate(seconds, '{date_num}', '', noon)).toMatch(/22/);
  expect(slackDate(seconds, 'on {date_short_pretty}', '', noon)).toBe('on today');
  expect(slackDate(seconds, '{date_short_pretty}', '', noon - 86_400_000)).toBe('tomorrow');
});

it('falls back when a token is unknown', () => {
  expect(slackDate(seconds, '{nonsense}', '22 Nov', noon)).toBe('22 Nov');
});
