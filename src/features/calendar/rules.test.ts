import { describe, expect, it } from 'vitest';
import { Refusal } from '../../core/errors.js';
import type { PersonId } from '../../core/ids.js';
import { readDays } from '../../core/spoken-days.js';
import { checkSpan, checkUnchanged, endedBy, readHolidays, readSpan, readUntil } from './rules.js';

// A Friday.
const today = '2026-11-27';
const read = (text: string, meant: 'coming' | 'nearest') => readDays(text, { today, meant });

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'taken';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

const span = (text: string) => {
  const found = readSpan(text, read, today);
  checkSpan(found, today);
  return [found.fromOn, found.untilOn];
};

describe('when somebody is out', () => {
  it.each([
    ['until 3 June', '2026-11-27', '2027-06-03'],
    ['till tomorrow', '2026-11-27', '2026-11-28'],
    ['1 Jun to 3 Jun', '2027-06-01', '2027-06-03'],
    ['from 1 Dec until 3 Dec', '2026-12-01', '2026-12-03'],
    ['1 Dec - 3 Dec', '2026-12-01', '2026-12-03'],
    ['tomorrow', '2026-11-28', '2026-11-28'],
    ['on Monday', '2026-11-30', '2026-11-30'],
    ['tomorrow until Wednesday', '2026-11-28', '2026-12-02'],
    ['24 Dec to 2 Jan', '2026-12-24', '2027-01-02'],
    ['for two weeks', '2026-11-27', '2026-12-10'],
  ])('is read from "%s"', (text, from, until) => {
    expect(span(text)).toEqual([from, until]);
  });

  it.each([
    ['until yesterday', 'over'],
    ['until 1 June 2020', 'over'],
    ['1 Jun 2027 to 3 May 2027', 'ends-first'],
    ['until 31 Feb', 'no-day'],
    ['until next fortnight', 'no-day'],
    ['until 3 June 2031', 'too-far'],
    ['until', 'no-day'],
    ['sick', 'no-day'],
    ['1 Jun to 3 Jun holidays', 'no-day'],
    [`until ${'1 June '.repeat(400)}`, 'no-day'],
  ])('is not guessed from "%s"', (text, code) => {
    expect(codeOf(() => span(text))).toBe(code);
  });
});

it('ends yesterday for whoever is back today, and is gone where it had not begun', () => {
  const absence = { fromOn: '2026-11-20', untilOn: '2026-12-04', cover: 'bob' as PersonId };
  expect(endedBy(absence, today).after).toEqual([{ ...absence, untilOn: '2026-11-26' }]);
  expect(endedBy({ ...absence, fromOn: today }, today).after).toEqual([]);
});

it('is not undone when it was changed again since', () => {
  const [one, other] = [
    { fromOn: '2026-12-01', untilOn: '2026-12-02' },
    { fromOn: '2026-12-01', untilOn: '2026-12-05' },
  ];
  expect(codeOf(() => checkUnchanged({ before: [], after: [one] }, [one]))).toBe('taken');
  expect(codeOf(() => checkUnchanged({ before: [one], after: [other] }, [other]))).toBe('taken');
  expect(codeOf(() => checkUnchanged({ before: [], after: [one] }, [other]))).toBe('changed-since');
  expect(codeOf(() => checkUnchanged({ before: [one], after: [] }, [other]))).toBe('changed-since');
});

describe('holidays', () => {
  const holidays = (text: string) => Object.fromEntries(readHolidays(text, read, today));

  it('are days with names, or without', () => {
    expect(holidays('25 Dec, 26 Dec 2026; 1 Jan New Year')).toEqual({
      '2026-12-25': 'Holiday',
      '2026-12-26': 'Holiday',
      '2027-01-01': 'New Year',
    });
  });

  it('may be a span, of which the weekends are free anyway', () => {
    expect(Object.keys(holidays('24 Dec to 4 Jan Company closed'))).toEqual([
      ...[
        '2026-12-24',
        '2026-12-25',
        '2026-12-28',
        '2026-12-29',
        '2026-12-30',
        '2026-12-31',
        '2027-01-01',
        '2027-01-04',
      ],
    ]);
    expect(holidays('24 Dec to 4 Jan: Company closed')['2026-12-24']).toBe('Company closed');
  });

  it.each([
    ['Christmas', 'no-day'],
    ['31 Feb', 'no-day'],
    ['24 Dec to 35 Jan Company closed', 'no-day'],
    ['24 Dec - 35 Jan', 'no-day'],
    ['25 Dec 2025', 'over'],
    ['25 Dec 2030', 'too-far'],
    ['2 Jan 2027 to 24 Dec 2026', 'ends-first'],
    [`25 Dec ${'x'.repeat(81)}`, 'name'],
    ['1 Dec 2026 to 1 Nov 2027', 'too-many'],
    ['25 Dec, '.repeat(400), 'too-long'],
  ])('are not guessed from "%s"', (text, code) => {
    expect(codeOf(() => holidays(text))).toBe(code);
  });
});

it('a mute ends on a day that is said, or after a time', () => {
  expect(readUntil('until 3 June', read)).toBe('2027-06-03');
  expect(readUntil('Monday', read)).toBe('2026-11-30');
  expect(readUntil('for one week', read)).toBe('2026-12-03');
});
