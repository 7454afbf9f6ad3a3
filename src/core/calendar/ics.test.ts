import fc from 'fast-check';
import ical, { type CalendarResponse, type VEvent } from 'node-ical';
import rrule from 'rrule';
import { describe, expect, it } from 'vitest';
import { momentOf, wallTimeOf } from '../days.js';
import type { Instant, WallTime } from '../ids.js';
import type { CalendarEvent } from './events.js';
import { writeCalendar } from './ics.js';

const { rrulestr } = rrule;

const at = Date.UTC(2026, 10, 23, 9);

const monthly: CalendarEvent = {
  uid: 'series-1@entente',
  sequence: 2,
  changedAt: at,
  title: 'JSC · Acme and Nova',
  text: 'The Joint Steering Committee.',
  place: 'Room 1, Basel; 2nd floor',
  startsAt: '2026-01-08T14:00',
  zone: 'Europe/Zurich',
  minutes: 90,
  rule: 'FREQ=MONTHLY;BYDAY=2TH',
};

const moved = {
  ...{ original: '2026-04-09T14:00', startsAt: '2026-04-10T16:30', minutes: 60, sequence: 3, changedAt: at + 1_000 },
  ...{ title: 'JSC · Acme and Nova', text: 'M-4', place: 'Room 2' },
};
const gone = { ...moved, original: '2026-05-14T14:00', startsAt: '2026-05-14T14:00', cancelled: true } as const;

const write = (...events: readonly CalendarEvent[]): string => writeCalendar({ name: 'Acme and Nova', events });
const unfolded = (text: string): readonly string[] => text.replaceAll('\r\n ', '').trimEnd().split('\r\n');

/** Zones have rules and beginnings of their own. */
const afterZones = (text: string): readonly string[] => unfolded(text).slice(unfolded(text).indexOf('BEGIN:VEVENT'));

const eventsIn = (text: string): readonly VEvent[] =>
  Object.values(ical.sync.parseICS(text) as CalendarResponse).filter((one): one is VEvent => one?.type === 'VEVENT');

const onlyEvent = (text: string): VEvent => {
  const [event, ...more] = eventsIn(text);
  if (!event || more.length > 0) throw new Error(`${more.length} events more than one`);
  return event;
};

/**
 * As a calendar does it that has never heard of us: the rule expanded by another library on what clocks show, without
 * what is left out, and with what is otherwise in the place of what it would have been.
 */
const startsIn = (text: string, zone: string, until: Instant): readonly Instant[] => {
  const lines = afterZones(text);
  const lineOf = (name: string) => lines.find((line) => line.startsWith(name))?.split(':')[1] ?? '';
  const all = rrulestr(`DTSTART:${lineOf('DTSTART')}Z\nRRULE:${lineOf('RRULE')}`).between(
    new Date(0),
    new Date(until),
    true,
  );
  const wall = all.map((date) => date.toISOString().slice(0, 16));
  const event = onlyEvent(text);
  const left = new Set(Object.values(event.exdate ?? {}).map((date) => (date as Date).getTime()));
  const other = new Map(
    Object.values(event.recurrences ?? {}).map((one) => [
      (one.recurrenceid as unknown as Date).getTime(),
      (one.start as Date).getTime(),
    ]),
  );
  return wall
    .map((time) => momentOf(time, zone))
    .filter((start) => !left.has(start))
    .map((start) => other.get(start) ?? start);
};

/** The second Thursdays of a year, found by looking at each day. */
const secondThursdays = (year: number, time: string): readonly WallTime[] =>
  Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(year, 0, 1 + day)))
    .filter((day) => day.getUTCFullYear() === year && day.getUTCDay() === 4)
    .filter((day) => day.getUTCDate() > 7 && day.getUTCDate() <= 14)
    .map((day) => `${day.toISOString().slice(0, 10)}T${time}`);

describe('a calendar file', () => {
  it.each(['Europe/Zurich', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata', 'Asia/Tokyo'])(
    'keeps the time on the wall in %s through a year, as another parser reads it',
    (zone) => {
      const starts = startsIn(write({ ...monthly, zone }), zone, Date.UTC(2026, 11, 31));
      expect(starts).toEqual(secondThursdays(2026, '14:00').map((time) => momentOf(time, zone)));
      expect(new Set(starts.map((start) => wallTimeOf(start, zone).slice(11)))).toEqual(new Set(['14:00']));
    },
  );

  it('moves one occurrence and leaves another out', () => {
    const text = write({ ...monthly, exceptions: [gone, moved] });
    const expected = secondThursdays(2026, '14:00')
      .filter((time) => time !== gone.original)
      .map((time) => momentOf(time === moved.original ? moved.startsAt : time, monthly.zone));
    expect(startsIn(text, monthly.zone, Date.UTC(2026, 11, 31))).toEqual(expected);
    const [override] = Object.values(onlyEvent(text).recurrences ?? {});
    expect(override).toMatchObject({ summary: 'JSC · Acme and Nova', location: 'Room 2', description: 'M-4' });
    expect(text).not.toContain('CANCELLED');
  });

  it('ends a rule on a day of its own zone, told in UTC', () => {
    const until = (rule: string) =>
      afterZones(write({ ...monthly, zone: 'America/New_York', rule }))
        .find((line) => line.startsWith('RRULE'))
        ?.split('UNTIL=')[1];
    expect(until('FREQ=MONTHLY;BYDAY=2TH;UNTIL=20260611')).toBe('20260612T035900Z');
    expect(until('FREQ=MONTHLY;BYDAY=2TH;UNTIL=20261210T140000')).toBe('20261210T190000Z');
    expect(until('FREQ=MONTHLY;BYDAY=2TH;UNTIL=20261210T190000Z')).toBe('20261210T190000Z');
  });

  it('says of what is cancelled as a whole that it is, in more than one way', () => {
    const text = writeCalendar({ name: 'A', events: [{ ...monthly, cancelled: true }], cancels: true });
    expect(onlyEvent(text)).toMatchObject({ status: 'CANCELLED', summary: 'Cancelled: JSC · Acme and Nova' });
    expect(text).toContain('\r\nMETHOD:CANCEL\r\n');
    expect(text).toContain('\r\nTRANSP:TRANSPARENT\r\n');
  });

  it('has what Google asks of a file: names of zones, a rule, what is otherwise by its time in that zone', () => {
    const lines = unfolded(write({ ...monthly, exceptions: [gone, moved] }));
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:PUBLISH',
        'X-WR-CALNAME:Acme and Nova',
        'UID:series-1@entente',
        'DTSTART;TZID=Europe/Zurich:20260108T140000',
        'DTEND;TZID=Europe/Zurich:20260108T153000',
        'RRULE:FREQ=MONTHLY;BYDAY=2TH',
        'EXDATE;TZID=Europe/Zurich:20260514T140000',
        'RECURRENCE-ID;TZID=Europe/Zurich:20260409T140000',
        'DTSTART;TZID=Europe/Zurich:20260410T163000',
      ]),
    );
    expect(lines.filter((line) => line.startsWith('UID:'))).toEqual(Array(2).fill('UID:series-1@entente'));
  });

  it('has what Outlook asks of a file: the rules of each zone named, stamps in UTC, a sequence, short lines', () => {
    const sydney = { ...monthly, uid: 'series-2@entente', zone: 'Australia/Sydney' };
    const text = write(monthly, sydney, { ...monthly, uid: 'series-3@entente' });
    const lines = unfolded(text);
    const ruled = lines.filter((line) => line.startsWith('TZID:')).map((line) => line.slice(5));
    const named = lines.flatMap((line) => /;TZID=([^:;]+)/.exec(line)?.[1] ?? []);
    expect(ruled).toEqual(['Europe/Zurich', 'Australia/Sydney']);
    expect(new Set(named)).toEqual(new Set(ruled));
    expect(lines.indexOf('END:VTIMEZONE')).toBeLessThan(lines.indexOf('BEGIN:VEVENT'));
    expect(lines).toContain('DTSTAMP:20261123T090000Z');
    expect(lines).toContain('SEQUENCE:2');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('tells calendars that subscribe how soon to look again', () => {
    const lines = unfolded(writeCalendar({ name: 'A', events: [], refreshSeconds: 3_600 }));
    expect(lines).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
    expect(lines).toContain('X-PUBLISHED-TTL:PT1H');
  });

  it('knows zones by old names, and writes the time of one that nobody knows in UTC', () => {
    expect(write({ ...monthly, zone: 'Asia/Calcutta' })).toContain('DTSTART;TZID=Asia/Kolkata:20260108T140000');
    expect(write({ ...monthly, zone: '+05:30' })).toContain('DTSTART;TZID=Etc/UTC:20260108T083000');
  });

  it('writes times that clocks jump over or show twice as they were said', () => {
    const sunday = { ...monthly, rule: 'FREQ=YEARLY' };
    expect(write({ ...sunday, startsAt: '2026-03-29T02:30' })).toContain('DTSTART;TZID=Europe/Zurich:20260329T023000');
    const text = write({ ...sunday, startsAt: '2026-10-25T02:30', minutes: 45 });
    expect(text).toContain('DTSTART;TZID=Europe/Zurich:20261025T023000');
    expect(text).toContain('DTEND;TZID=Europe/Zurich:20261025T031500');
  });

  it('is the same for the same state, in whatever order it was found', () => {
    const other = { ...monthly, uid: 'a@entente' };
    const [one, two] = [
      { ...monthly, exceptions: [gone, moved] },
      { ...monthly, exceptions: [moved, gone] },
    ];
    expect(write(one, other)).toBe(write(other, two));
  });

  it('takes no word for more than words', () => {
    const evil = 'a\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:x\rSUMMARY:y\u2028, ; \\ \u0000"';
    const text = writeCalendar({ name: evil, events: [{ ...monthly, title: evil, text: evil, place: evil }] });
    const lines = unfolded(text);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('UID:'))).toHaveLength(1);
    const event = onlyEvent(text);
    expect(event.summary).toBe('a END:VEVENT BEGIN:VEVENT UID:x SUMMARY:y , ; \\ "');
    expect(event.description).toBe('a\nEND:VEVENT\nBEGIN:VEVENT\nUID:x\nSUMMARY:y\n, ; \\ "');
    expect(() => write({ ...monthly, rule: 'FREQ=DAILY\r\nATTACH:http://x' })).toThrow('none');
  });

  it('folds at 75 octets whatever the letters, and gives back what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary' }), (title, text) => {
        const written = write({ ...monthly, title: `x${title}`, text: `${title} ${text}` });
        const lines = written.split('\r\n');
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
        expect(written).not.toContain('\uFFFD'.repeat(2));
        expect(Buffer.from(written).toString()).toBe(written);
        expect(unfolded(written).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
        expect(String(onlyEvent(written).summary)).toBe(`x${title}`.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});
