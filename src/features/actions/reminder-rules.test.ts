import { expect, it } from 'vitest';
import type { PersonId } from '../../core/ids.js';
import { escalations, reminders, type Workdays } from './reminder-rules.js';

const [ben, ana] = ['ben', 'ana'] as PersonId[] as [PersonId, PersonId];
const monday = Date.UTC(2026, 10, 2, 9);

const calendar = (today: string, holidays: readonly string[] = [], zone = 'Europe/Zurich'): Workdays => ({
  today,
  zone,
  holidays: new Map(holidays.map((day) => [day, 'A holiday'])),
});

const told = (dueOn: string, workdays: Workdays, givenBy = ana) =>
  reminders({ dueOn, owner: ben, givenBy, givenAt: monday }, workdays);

it('reminds the day after it was given, three working days before, on the day, and weekly after it', () => {
  expect(told('2026-11-27', calendar('2026-12-09'))).toEqual([
    ...['2026-11-03', '2026-11-24', '2026-11-27'],
    ...['2026-12-04', '2026-12-11'],
  ]);
});

it('tells nobody what they gave themselves', () => {
  expect(told('2026-11-27', calendar('2026-11-02'), ben)).toEqual(['2026-11-24', '2026-11-27']);
});

it('reminds on the last working day on or before it, and counts the holidays of the owner’s company alone', () => {
  // Due on a Sunday; the Friday before is a holiday on one side only.
  expect(told('2026-11-29', calendar('2026-11-02'), ben)).toEqual(['2026-11-25', '2026-11-27']);
  expect(told('2026-11-29', calendar('2026-11-02', ['2026-11-27']), ben)).toEqual(['2026-11-24', '2026-11-26']);
});

it('does not speak of days that were over when it was given', () => {
  expect(told('2026-11-04', calendar('2026-11-02'))).toEqual(['2026-11-03', '2026-11-04']);
  expect(told('2026-11-02', calendar('2026-11-02'))).toEqual(['2026-11-03', '2026-11-09']);
});

it('counts the day it was given on the owner’s calendar', () => {
  const late = { dueOn: '2026-11-27', owner: ben, givenBy: ana, givenAt: Date.UTC(2026, 10, 2, 16) };
  expect(reminders(late, calendar('2026-11-03', [], 'Asia/Tokyo'))[0]).toBe('2026-11-04');
  expect(reminders(late, calendar('2026-11-03'))[0]).toBe('2026-11-03');
});

it('speaks to those who run the alliance for the company after two weeks, weekly', () => {
  expect(escalations('2026-11-27', calendar('2026-12-10'))).toEqual(['2026-12-11']);
  expect(escalations('2026-11-27', calendar('2026-12-20'))).toEqual(['2026-12-11', '2026-12-18', '2026-12-25']);
});
