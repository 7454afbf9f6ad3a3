import { expect, it } from 'vitest';
import { dayOf, daysAfter, daysBetween, dayText, startOf } from './days.js';

it('tells the day that it is in a zone', () => {
  const at = Date.UTC(2026, 10, 23, 20);
  expect(['Asia/Tokyo', 'Europe/Zurich'].map((zone) => dayOf(at, zone))).toEqual(['2026-11-24', '2026-11-23']);
});

it('begins a day at midnight, or where there is none as soon as it does', () => {
  expect(startOf('2026-11-23', 'Europe/Zurich')).toBe(Date.UTC(2026, 10, 22, 23));
  // In Havana the clocks go forward at midnight.
  expect(startOf('2026-03-08', 'America/Havana')).toBe(Date.UTC(2026, 2, 8, 5));
});

it('counts days over months, years and leap days, both ways', () => {
  expect([daysAfter('2026-12-31', 1), daysAfter('2028-02-28', 1), daysAfter('2026-03-01', -1)]).toEqual([
    '2027-01-01',
    '2028-02-29',
    '2026-02-28',
  ]);
});

it('counts days and writes them without a view', () => {
  expect(daysBetween('2027-02-27', '2027-03-01')).toBe(2);
  expect(daysBetween('2026-11-02', '2026-10-31')).toBe(-2);
  expect(dayText('2027-04-12')).toBe('Mon 12 Apr 2027');
});
