import { expect, it } from 'vitest';
import { isWorkday, workdayFrom, workdaysAfter, workdayUntil } from './workdays.js';

const none = new Map<string, string>();
const christmas = new Map([
  ['2026-12-25', 'Christmas'],
  ['2026-12-28', 'Boxing Day, moved'],
]);

it('takes neither weekends nor a company’s holidays for working days', () => {
  expect(isWorkday('2026-11-27', none)).toBe(true);
  expect(isWorkday('2026-11-28', none)).toBe(false);
  expect(isWorkday('2026-12-25', christmas)).toBe(false);
  expect(isWorkday('2026-12-25', none)).toBe(true);
});

it('finds the next working day and the last one', () => {
  expect(workdayFrom('2026-12-25', christmas)).toBe('2026-12-29');
  expect(workdayUntil('2026-12-28', christmas)).toBe('2026-12-24');
  expect(workdayFrom('2026-12-24', christmas)).toBe('2026-12-24');
});

it('counts working days forward and back over weekends and holidays', () => {
  expect(workdaysAfter('2026-11-27', 2, none)).toBe('2026-12-01');
  expect(workdaysAfter('2026-12-29', -3, christmas)).toBe('2026-12-22');
  expect(workdaysAfter('2026-11-28', 1, none)).toBe('2026-11-30');
  expect(workdaysAfter('2026-11-28', 0, none)).toBe('2026-11-28');
});

it('comes to an end for a company that never works', () => {
  const never = { has: () => true } as unknown as ReadonlyMap<string, string>;
  expect(workdayFrom('2026-01-01', never)).toBe('2027-01-02');
});
