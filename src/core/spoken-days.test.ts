import { describe, expect, it } from 'vitest';
import { readDays, readSince } from './spoken-days.js';

// A Monday.
const today = '2026-11-23';
const on = (text: string, meant: 'coming' | 'nearest' = 'coming') => readDays(text, { today, meant })?.on;

describe('a spoken day', () => {
  it.each([
    ['1 Jan', '2027-01-01'],
    ['1 June', '2027-06-01'],
    ['Jan 1 2027', '2027-01-01'],
    ['31 December 2026', '2026-12-31'],
    ['2027-02-03', '2027-02-03'],
    ['31/12/2026', '2026-12-31'],
    ['31.12.2026', '2026-12-31'],
    ['today', '2026-11-23'],
    ['23 Nov', '2026-11-23'],
    ['tomorrow', '2026-11-24'],
    ['Friday', '2026-11-27'],
    ['next Monday', '2026-11-30'],
    ['in two weeks', '2026-12-07'],
    ['end of March', '2027-03-31'],
  ])('is read from %s', (text, day) => {
    expect(on(text)).toBe(day);
  });

  it('is the coming one or the nearest, as the caller asks', () => {
    expect(on('1 June', 'coming')).toBe('2027-06-01');
    expect(on('1 June', 'nearest')).toBe('2026-06-01');
  });

  it('may end a span, and leaves the words after it alone', () => {
    expect(readDays('1 Jan until 31 March co-chair', { today, meant: 'coming' })).toEqual({
      on: '2027-01-01',
      untilOn: '2027-03-31',
      text: '1 Jan until 31 March',
    });
  });

  it.each(
    ['March', 'next month', '2027', '4/5', '04/05/2027', '13/1 until 3/4', '31 Feb', 'never', 'JSC from 1 Jan'].concat([
      '1 Jan 5 BC',
      'in 18234 years 2 days',
      'in 7000000 days',
      '1 Jan until 2 Jan 5 BC',
    ]),
  )('is not guessed from %s', (text) => {
    expect(on(text)).toBeUndefined();
  });
});

describe('since when', () => {
  it.each([
    ['March', '2026-03-01', 'March'],
    ['December', '2025-12-01', 'December'],
    ['last week', '2026-11-16', 'last week'],
    ['3 June', '2026-06-03', '3 June'],
    ['24 Dec', '2025-12-24', '24 Dec'],
    ['2025', '2025-01-01', '2025'],
    ['2026-11-01', '2026-11-01', '2026-11-01'],
    ['Friday', '2026-11-20', 'Friday'],
    ['yesterday overdue', '2026-11-22', 'yesterday'],
    ['March 2025', '2025-03-01', 'March 2025'],
  ])('is read from %s', (text, on, said) => {
    expect(readSince(text, today)).toEqual({ on, text: said });
  });

  it('is the last day of February for a year that has no 29th', () => {
    expect(readSince('29 Feb', '2028-02-01')).toEqual({ on: '2027-02-28', text: '29 Feb' });
  });

  it.each(['the merger', '4/5', 'JSC', '1 Jan 5 BC', '3000 years ago', 'in 18234 years'])(
    'is not guessed from %s',
    (text) => {
      expect(readSince(text, today)).toBeUndefined();
    },
  );
});
