import fc from 'fast-check';
import { expect, it } from 'vitest';
import { momentOf, wallTimeOf } from './days.js';
import { Refusal } from './errors.js';
import { findDays } from './found-days.js';
import { occurrencesAfter } from './recurrence.js';
import { settleTimes } from './settled-times.js';
import { readTimes } from './spoken-times.js';

const now = Date.UTC(2026, 10, 23, 9);
const today = '2026-11-23';

const words = [
  ...['11 Dec', '29 Feb 2028', 'Friday', 'tomorrow', '2027-03-28', '1/5', 'from 1 Jan', '31 Dec 9999', '0', '99999'],
  ...['14:00', '2 pm', '25:00', '2:30', 'noon', '14:00-15:30', '23:59', '12 am', 'at 14', '24:00'],
  ...['Zurich', 'New York', 'CET', 'IST', 'Atlantis', 'Asia/Kolkata', 'UTC', 'time', 'Sydney', 'Lord Howe'],
  ...['90 min', '0 min', '3 days', 'an hour and a half', '1h30', 'in 2 weeks', '10 h', '5 m'],
  ...['every week', 'every quarter', 'every 31st', 'second Thursday of March and June', 'every last Friday', 'monthly'],
  ...['every 0 weeks', 'every 999 months', 'every year', 'every 29 Feb', 'last working day of every month', 'every'],
  ...['until June 2027', 'until', 'until 31 Dec 9999', 'until end of 2027', '10 times', '0 times', 'until Friday'],
  ...['at', 'in', 'room 4', 'https://x.example/a|b', '"', '|', 'on', 'the', ',', '🌍', '\u0000', 'JSC'],
];

it('reads anything that is made of such words as a time to come, or refuses it in one sentence', () => {
  const said = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 12 })), {
    maxLength: 7,
  });
  fc.assert(
    fc.property(said, fc.constantFrom('Europe/Zurich', 'Asia/Tokyo', 'America/New_York'), (pieces, zone) => {
      const hearing = { today, near: zone, findDays: (text: string) => findDays(text, { today }) };
      try {
        const when = settleTimes(readTimes(pieces.join(' '), hearing), { now, zone, minutes: 60 });
        const at = momentOf(when.startsAt, when.zone);
        expect(at).toBeGreaterThan(now);
        expect(at).toBeLessThan(now + 733 * 86_400_000);
        expect(wallTimeOf(at, when.zone)).toBe(when.startsAt);
        expect(when.minutes >= 5 && when.minutes <= 600).toBe(true);
        // A series begins with the day that was said.
        expect(occurrencesAfter(when, at - 1, 1)).toEqual([when.startsAt]);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(error.sentence).toMatch(/^\S[\s\S]*[.]$/u);
        expect(error.sentence.length).toBeLessThan(400);
      }
    }),
    { numRuns: 800 },
  );
}, 60_000);
