import fc from 'fast-check';
import rrule from 'rrule';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { daysAfter, momentOf, wallTimeOf } from './days.js';
import { describeRule, endingOn, occurrencesAfter, occurrencesBetween, type Recurring } from './recurrence.js';

const zones = ['Europe/Zurich', 'America/New_York', 'Asia/Tokyo', 'Asia/Kolkata', 'Australia/Sydney'];

/** The other library knows no zones: what it is told and tells are clocks on the wall, written as if in UTC. */
const byOther = ({ startsAt, rule = '' }: Recurring, count: number): string[] => {
  const [date = '', time = ''] = startsAt.split('T');
  const start = `${date.replaceAll('-', '')}T${time.replace(':', '')}00Z`;
  return rrule
    .rrulestr(`DTSTART:${start}\nRRULE:${rule}`)
    .all((_, at) => at < count)
    .map((at) => at.toISOString().slice(0, 16));
};

const ahead = (day: string) => Date.parse(`${daysAfter(day.slice(0, 10), -2)}T00:00Z`);

describe('a series', () => {
  it.each([
    'FREQ=WEEKLY;BYDAY=FR',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=7',
    'FREQ=MONTHLY;BYDAY=2FR',
    'FREQ=MONTHLY;INTERVAL=3;BYDAY=2FR',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYMONTHDAY=15',
    'FREQ=MONTHLY;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=3,4,12;BYDAY=2TH',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYMONTH=2;BYDAY=-1TU',
  ])('comes by %s as another library has it', (rule) => {
    for (const startsAt of ['2026-12-11T14:00', '2027-12-31T09:30', '2028-02-29T10:00']) {
      const series = { startsAt, zone: 'Europe/Zurich', rule };
      const expected = byOther(series, 12);
      expect(occurrencesAfter(series, ahead(startsAt), 12)).toEqual(expected);
      const until = momentOf(expected.at(-1) ?? startsAt, series.zone);
      expect(occurrencesBetween(series, ahead(startsAt), until)).toEqual(expected);
    }
  });

  it('keeps its time on the wall of its own zone, over both changes of every pair of zones', () => {
    for (const own of zones) {
      const series = { startsAt: '2027-02-26T14:00', zone: own, rule: 'FREQ=WEEKLY;BYDAY=FR' };
      const times = occurrencesAfter(series, ahead('2027-02-26'), 53);
      expect(times).toHaveLength(53);
      for (const time of times) {
        const at = momentOf(time, own);
        expect(time.slice(11)).toBe('14:00');
        expect(wallTimeOf(at, own)).toBe(time);
        for (const other of zones)
          expect(wallTimeOf(at, other)).toBe(
            Temporal.ZonedDateTime.from(`${time}[${own}]`).withTimeZone(other).toPlainDateTime().toString({
              smallestUnit: 'minute',
            }),
          );
      }
    }
  });

  it('is an hour off for the others while only one of them has changed its clocks', () => {
    const series = { startsAt: '2027-03-05T14:00', zone: 'Europe/Zurich', rule: 'FREQ=WEEKLY;BYDAY=FR' };
    const inNewYork = occurrencesAfter(series, ahead('2027-03-05'), 5).map((time) =>
      wallTimeOf(momentOf(time, series.zone), 'America/New_York').slice(5),
    );
    // New York goes forward on 14 March, Zurich on the 28th.
    expect(inNewYork).toEqual(['03-05T08:00', '03-12T08:00', '03-19T09:00', '03-26T09:00', '04-02T08:00']);
    const inSydney = occurrencesAfter({ ...series, startsAt: '2027-03-26T09:00' }, ahead('2027-03-26'), 3).map((time) =>
      wallTimeOf(momentOf(time, series.zone), 'Australia/Sydney').slice(5),
    );
    // Zurich goes forward on 28 March, Sydney back on 4 April.
    expect(inSydney).toEqual(['03-26T19:00', '04-02T18:00', '04-09T17:00']);
  });

  it('leaves out a time that clocks jump over, as calendars do, and takes the first of one that they show twice', () => {
    const series = { startsAt: '2027-03-21T02:30', zone: 'Europe/Zurich', rule: 'FREQ=WEEKLY;BYDAY=SU' };
    expect(occurrencesAfter(series, ahead('2027-03-21'), 3)).toEqual([
      '2027-03-21T02:30',
      '2027-04-04T02:30',
      '2027-04-11T02:30',
    ]);
    const autumn = { ...series, startsAt: '2027-10-24T02:30' };
    expect(occurrencesAfter(autumn, ahead('2027-10-24'), 2)).toEqual(['2027-10-24T02:30', '2027-10-31T02:30']);
    expect(new Date(momentOf('2027-10-31T02:30', 'Europe/Zurich')).toISOString()).toBe('2027-10-31T00:30:00.000Z');
  });

  it('comes on leap days in leap years only, and over the end of a year', () => {
    const leap = { startsAt: '2028-02-29T10:00', zone: 'Asia/Tokyo', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' };
    expect(occurrencesAfter(leap, ahead('2028-02-29'), 3)).toEqual([
      '2028-02-29T10:00',
      '2032-02-29T10:00',
      '2036-02-29T10:00',
    ]);
    const weekly = { startsAt: '2026-12-31T23:30', zone: 'America/New_York', rule: 'FREQ=WEEKLY;BYDAY=TH' };
    expect(occurrencesAfter(weekly, ahead('2026-12-31'), 2)).toEqual(['2026-12-31T23:30', '2027-01-07T23:30']);
  });

  it('comes once without a rule', () => {
    const once = { startsAt: '2026-12-11T14:00', zone: 'Europe/Zurich' };
    const at = momentOf(once.startsAt, once.zone);
    expect(occurrencesBetween(once, at, at)).toEqual([once.startsAt]);
    expect(occurrencesBetween(once, at + 1, at + 9)).toEqual([]);
    expect(occurrencesAfter(once, at - 1, 5)).toEqual([once.startsAt]);
    expect(occurrencesAfter(once, at, 5)).toEqual([]);
  });

  it('has no last one without an end, and is listed a piece at a time all the same', () => {
    const endless = { startsAt: '2026-12-11T14:00', zone: 'Europe/Zurich', rule: 'FREQ=WEEKLY;BYDAY=FR' };
    expect(occurrencesBetween(endless, 0, Date.UTC(2999, 0, 1)).length).toBe(1_000);
    expect(occurrencesBetween(endless, 9, 8)).toEqual([]);
  });

  it('ends on the day that it is told, in its own zone', () => {
    for (const zone of zones) {
      const rule = endingOn('FREQ=WEEKLY;BYDAY=FR;COUNT=99', '2027-01-08', zone);
      const found = occurrencesAfter({ startsAt: '2026-12-11T23:30', zone, rule }, ahead('2026-12-11'), 9);
      expect(found.map((time) => time.slice(0, 10))).toEqual([
        ...['2026-12-11', '2026-12-18', '2026-12-25', '2027-01-01', '2027-01-08'],
      ]);
    }
  });

  it('never comes twice, always at its time on the wall, never before it starts, whatever the rule', () => {
    const rules = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'))
        .map(([interval, day]) => `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${day}`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 3, 4, -1), fc.constantFrom('MO', 'TH', 'SU'))
        .map(([interval, at, day]) => `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=${at}${day}`),
      fc.constantFrom(-1, 1, 15, 28).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
    );
    const series = fc.record({
      startsAt: fc
        .tuple(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 95 }))
        .map(([days, quarters]) => {
          const time = `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
          return `${daysAfter('2026-11-23', days)}T${time}`;
        }),
      zone: fc.constantFrom(...zones),
      rule: rules,
    });
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 400 }), (one, skip) => {
        const start = momentOf(one.startsAt, one.zone);
        const from = start + skip * 86_400_000;
        const until = from + 400 * 86_400_000;
        const found = occurrencesBetween(one, from, until);
        expect(new Set(found).size).toBe(found.length);
        expect([...found].sort()).toEqual(found);
        for (const time of found) {
          expect(time.slice(11)).toBe(one.startsAt.slice(11));
          const at = momentOf(time, one.zone);
          expect(at >= from && at <= until && at >= start).toBe(true);
          expect(wallTimeOf(at, one.zone)).toBe(time);
        }
        const next = occurrencesAfter(one, from - 1, 3);
        expect(found.slice(0, 3)).toEqual(next.filter((time) => momentOf(time, one.zone) <= until));
      }),
      { numRuns: 150 },
    );
  }, 20_000);
});

describe('a rule in words', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=FR', 'every week on Friday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=10', 'every two weeks on Thursday, 10 times'],
    ['FREQ=MONTHLY;BYDAY=2FR', 'on the second Friday of every month'],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR', 'on the last Friday of every second month'],
    ['FREQ=MONTHLY;INTERVAL=3;BYDAY=2FR', 'on the second Friday of March, June, September and December'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'on the last day of every month'],
    ['FREQ=MONTHLY;BYMONTHDAY=22', 'on the 22nd of every month'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', 'on the first working day of every month'],
    ['FREQ=YEARLY;BYMONTH=12;BYDAY=2FR', 'on the second Friday of December'],
    ['FREQ=MONTHLY;BYDAY=2FR;UNTIL=20270630T215959Z', 'on the second Friday of every month, until 30 June 2027'],
  ])('says %s', (rule, words) => {
    expect(describeRule({ rule, startsAt: '2026-12-11T14:00', zone: 'Europe/Zurich' })).toBe(words);
  });

  it('says nothing of what comes once', () => {
    expect(describeRule({ startsAt: '2026-12-11T14:00', zone: 'Europe/Zurich' })).toBeUndefined();
  });
});
