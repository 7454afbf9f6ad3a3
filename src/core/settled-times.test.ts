import { describe, expect, it } from 'vitest';
import { Refusal } from './errors.js';
import { findDays } from './found-days.js';
import { comesTwice, settleTimes } from './settled-times.js';
import { readMinutes, readTime, readTimes } from './spoken-times.js';

const now = Date.UTC(2026, 10, 23, 9);
const today = '2026-11-23';
const zone = 'Europe/Zurich';

const said = (text: string, near = zone) =>
  readTimes(text, { today, findDays: (words) => findDays(words, { today }), near });
const settled = (text: string, near = zone) => settleTimes(said(text, near), { now, zone: near, minutes: 60 });

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
  return 'nothing was refused';
};

describe('when somebody says that they meet', () => {
  const whole = { startsAt: '2026-12-11T14:00', zone, minutes: 90 };
  it.each([
    '11 Dec 14:00 Zurich 90 min',
    '14:00 11 Dec Zurich 90 min',
    'Zurich 90 min 2 pm 11 December',
    'on Friday 11 Dec 2026 at 2:00 pm for 1.5 hours in Zurich',
    '11 Dec 14:00-15:30 CET',
    '2026-12-11 14:00 Europe/Zurich 1h30',
    '11 Dec 14 Uhr, Zürich, an hour and a half',
    '11 Dec 14:00 90 minutes',
  ])('reads %s', (text) => {
    expect(settled(text)).toEqual(whole);
  });

  it('takes the zone and an hour of whoever says neither', () => {
    expect(settled('11 Dec 14:00', 'Asia/Tokyo')).toEqual({
      ...{ startsAt: '2026-12-11T14:00', zone: 'Asia/Tokyo', minutes: 60 },
    });
  });

  it.each([
    ['11 Dec 14:00 at https://teams.example/x?y=1 Zurich', 'https://teams.example/x?y=1'],
    ['11 Dec 14:00 in room 4', 'room 4'],
    ['in room 4 11 Dec 14:00 Zurich', 'room 4'],
    ['11 Dec 14:00 at the Basel office, big hall', 'Basel office, big hall'],
    ['"The big hall, 3rd floor" 11 Dec 14:00', 'The big hall, 3rd floor'],
  ])('reads the place in %s', (text, place) => {
    expect(settled(text)).toMatchObject({ startsAt: '2026-12-11T14:00', zone, place });
  });

  it.each([
    ['11 Dec 14:00 every week', 'FREQ=WEEKLY;BYDAY=FR', '2026-12-11'],
    ['11 Dec 14:00 every two weeks 10 times', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=10', '2026-12-11'],
    // The 11th may be a Sunday; committees keep the weekday.
    ['11 Dec 14:00 every month', 'FREQ=MONTHLY;BYDAY=2FR', '2026-12-11'],
    ['29 Jan 14:00 monthly', 'FREQ=MONTHLY;BYDAY=-1FR', '2027-01-29'],
    ['11 Dec 14:00 Zurich 90 min every quarter', 'FREQ=MONTHLY;INTERVAL=3;BYDAY=2FR', '2026-12-11'],
    ['11 Dec 14:00 every year', 'FREQ=YEARLY;BYMONTH=12;BYDAY=2FR', '2026-12-11'],
    ['29 Feb 2028 14:00 every year', 'FREQ=YEARLY;BYMONTH=2;BYDAY=-1TU', '2028-02-29'],
    [
      'every second Thursday of March, June, September, December 14:00',
      'FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH',
      '2026-12-10',
    ],
    ['second Thursday of March, April and May 14:00', 'FREQ=YEARLY;BYMONTH=3,4,5;BYDAY=2TH', '2027-03-11'],
    ['second Thursday of every month 14:00', 'FREQ=MONTHLY;BYDAY=2TH', '2026-12-10'],
    ['every last Friday 14:00 until June 2027', 'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T215959Z', '2026-11-27'],
    [
      'every last Friday until June 2027 9:30 am from 1 Jan',
      'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T215959Z',
      '2027-01-29',
    ],
    ['every month on the second Tuesday 9:00', 'FREQ=MONTHLY;BYDAY=2TU', '2026-12-08'],
    ['the 15th of every month 9:00', 'FREQ=MONTHLY;BYMONTHDAY=15', '2026-12-15'],
    ['last day of every month 9:00', 'FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30'],
    ['every Monday 14:00', 'FREQ=WEEKLY;BYDAY=MO', '2026-11-23'],
    // Nine in UTC is ten in Zurich: today's is over.
    ['every Monday 9:30', 'FREQ=WEEKLY;BYDAY=MO', '2026-11-30'],
    [
      'every third month on the first Monday 9:30 until 30 June 2027',
      'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO;UNTIL=20270630T215959Z',
      '2026-12-07',
    ],
  ])('reads how often in %s', (text, rule, day) => {
    const found = settled(text);
    expect(found.rule).toBe(rule);
    expect(found.startsAt.slice(0, 10)).toBe(day);
  });

  it.each([
    ['11 Dec 2025 14:00', /^Thu 11 Dec 2025, 14:00 Europe\/Zurich is over\. /],
    ['today 9:00', /is over\. Say a time that is still to come\.$/],
    ['11 Dec 25:00', /^25:00 is no time of day\. Say it like 14:00 or 2 pm\.$/],
    ['11 Dec 14:75', /^14:75 is no time of day/],
    ['11 Dec 13 pm', /^13 pm is no time of day/],
    ['11 Dec 14:00 Atlantis', /^Entente knows no time zone or city 'Atlantis'\. /],
    ['11 Dec 14:00 IST', /^'IST' may be the time of Kolkata, Jerusalem or Dublin\. Say which city\.$/],
    ['11 Dec 14:00 0 min', /^A meeting takes 5 minutes to 10 hours\. /],
    ['11 Dec 14:00 3 days', /^A meeting takes 5 minutes to 10 hours\. /],
    ['11 Dec 14:00 11 hours', /^A meeting takes 5 minutes to 10 hours\. /],
    ['14:00 Zurich', /^Say on which day/],
    ['11 Dec Zurich', /^Say at what time it begins/],
    ['Zurich', /^Say on which day/],
    ['31 Dec 2031 14:00', /^Wed 31 Dec 2031 is more than two years away\./],
    ['28 Mar 2027 2:30', /^Clocks in Europe\/Zurich go forward on Sun 28 Mar 2027, and there is no 02:30\. Say 03:30/],
    ['1/5 14:00', /^'1\/5' can be two days\./],
    ['11 Dec or 12 Dec 14:00', /^Say one day: /],
    ['11 Dec 14:00 or 15:00', /^Say one time: 14:00 or 15:00\.$/],
    [
      'every 31st 14:00',
      /^Not every month has a 31st, .* Say 'the last day of every month', or a day up to the 28th\.$/,
    ],
    ['every 29 February 14:00', /^There is no 29th of February every year/],
    ['every 32nd 14:00', /^No month has a 32nd\./],
    ['11 Dec 14:00 every day', /^A series of meetings comes once a week at most\./],
    ['every Monday and Thursday 14:00', /^A series of meetings comes once a week at most\./],
    [
      'every second Thursday 14:00',
      /can be read in two ways\. Say 'every 2 weeks on Thursday', or 'second Thursday of every month'\.$/,
    ],
    ['11 Dec 14:00 every blue moon', /^Entente cannot read how often that is\./],
    ['11 Dec 14:00 every week 0 times', /^A series has 1 to 200 meetings\./],
    ['11 Dec 14:00 every week until yesterday', /is before the first meeting\. Say a later last day\.$/],
    ['11 Dec 14:00 every week until whenever', /^Entente cannot read until when\./],
    ['11 Dec 14:00 every week until 31 Dec 9999', /^Say a last day within 10 years/],
    ['11 Dec 14:00 until June 2027', /^Say how often as well\./],
    [
      '11 Dec 14:00 second Thursday of every month',
      /^Fri 11 Dec 2026 is not among the days of .*, or Thu 7 Jan 2027|^Fri 11 Dec 2026 is not among/,
    ],
    ['11 Dec 14:00 Zurich Tokyo', /^Entente (?:cannot read|knows no)/],
    ['11 Dec 14:00 90', /^Entente cannot read '90' in that\./],
    ['x'.repeat(700), /^That is too much at once\./],
    [`11 Dec 14:00 at ${'y'.repeat(400)}`, /^A place fits in 300 characters\./],
  ])('refuses %s in one clear sentence', (text, sentence) => {
    expect(refusal(() => settled(text))).toMatch(sentence);
  });

  it('takes the first of a time that clocks show twice', () => {
    expect(comesTwice('2027-10-31T02:30', zone)).toBe(true);
    expect(comesTwice('2027-03-28T02:30', zone)).toBe(false);
    expect(comesTwice('2027-10-31T14:00', zone)).toBe(false);
    expect(settled('31 Oct 2027 2:30')).toMatchObject({ startsAt: '2027-10-31T02:30' });
  });

  it('reads one thing alone, as a form asks for it', () => {
    expect([readTime('14:00'), readTime('2 pm'), readTime('12 am'), readTime('noon')]).toEqual([
      ...['14:00', '14:00', '00:00', '12:00'],
    ]);
    expect([readMinutes('90'), readMinutes('90 min'), readMinutes('2 hours'), readMinutes('half an hour')]).toEqual([
      ...[90, 90, 120, 30],
    ]);
    for (const text of ['', '14', 'soon', '14:00 and more'])
      expect(refusal(() => readTime(text))).toMatch(/no time of day/);
    for (const text of ['', '0', 'long', '90 min or so']) expect(refusal(() => readMinutes(text))).toMatch(/5 minutes/);
  });

  it('reads what nobody would write in reasonable time', () => {
    const start = performance.now();
    for (const text of [
      'every '.repeat(90),
      '1 '.repeat(250),
      'at in at in '.repeat(45),
      ' '.repeat(590),
      'Mar, '.repeat(110),
    ])
      refusal(() => settled(text));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
