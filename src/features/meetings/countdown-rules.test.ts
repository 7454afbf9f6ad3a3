import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, daysAfter, momentOf, wallTimeOf } from '../../core/days.js';
import { isWorkday } from '../../core/workdays.js';
import { dueSteps, isDayStep, reached, ringsAt } from './countdown-rules.js';
import { daySteps, type Plan, stepWords, usualPlan } from './plan-rules.js';

const zones = ['Europe/Zurich', 'America/New_York', 'Asia/Tokyo', 'Asia/Kolkata', 'Australia/Sydney', 'Pacific/Apia'];

/** Steps in order, each of which may be left out. */
const planOf = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 5 }),
    without: fc.subarray([...daySteps]),
    together: fc.boolean(),
    hour: fc.option(fc.integer({ min: stepWords.hour.least, max: stepWords.hour.most })),
  })
  .map(({ days, without, together, hour }): Plan => {
    const [topics = 0, papers = 0, positions = 0, internal = 0, brief = 0] = [...days].sort((a, b) => b - a);
    const plan = { topics, papers, positions: together ? papers : positions, internal, brief, hour };
    return { ...plan, ...Object.fromEntries(without.map((step) => [step, null])) };
  });

const meetingOf = fc
  .record({
    day: fc.integer({ min: 0, max: 1_200 }).map((days) => daysAfter('2026-11-23', days)),
    hour: fc.integer({ min: 0, max: 23 }),
    zone: fc.constantFrom(...zones),
    minutes: fc.integer({ min: 5, max: 480 }),
  })
  .map(({ day, hour, zone, minutes }) => {
    const startsAt = momentOf(`${day}T${String(hour).padStart(2, '0')}:00`, zone);
    return { startsAt, zone, minutes };
  });

/** Up to a third of all days. */
const holidaysBefore = (startsAt: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 30 })
    .map((days) => new Map(days.map((back) => [daysAfter(dayOf(startsAt, 'UTC'), -back), 'A holiday'])));

const around = fc
  .tuple(planOf, meetingOf)
  .chain(([plan, meeting]) =>
    fc.tuple(
      fc.constant(plan),
      fc.constant(meeting),
      holidaysBefore(meeting.startsAt),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
  );

describe('the steps of a countdown', () => {
  it('come at nine on a day on which all work, before the meeting, in order, and are of use for a while', () => {
    fc.assert(
      fc.property(around, ([plan, meeting, holidays]) => {
        const due = dueSteps(plan, meeting, holidays);
        let last = 0;
        for (const step of daySteps) {
          const when = due.get(step);
          expect(when === undefined).toBe(plan[step] === null);
          if (!when) continue;
          const day = dayOf(when.at, meeting.zone);
          expect(isWorkday(day, holidays), `${step} on ${day}`).toBe(true);
          expect(wallTimeOf(when.at, meeting.zone).slice(11)).toBe('09:00');
          expect(day < dayOf(meeting.startsAt, meeting.zone)).toBe(true);
          expect(when.at).toBeGreaterThanOrEqual(last);
          expect(when.until).toBeGreaterThan(when.at);
          expect(when.until).toBeLessThanOrEqual(meeting.startsAt);
          last = when.at;
        }
        expect(due.get('end')?.at).toBe(meeting.startsAt + (meeting.minutes + 15) * 60_000);
      }),
      { numRuns: 500 },
    );
  });

  it('come late on a day on which all work, within its hours where people are told, as long as that is of use', () => {
    fc.assert(
      fc.property(around, ([plan, meeting, holidays, share]) => {
        const { zone } = meeting;
        for (const [step, when] of dueSteps(plan, meeting, holidays)) {
          const now = Math.floor(when.at - 86_400_000 + share * (when.until - when.at + 86_400_000));
          const at = ringsAt(step, when, { zone, now, holidays });
          expect(at).toBeGreaterThanOrEqual(Math.max(now, when.at));
          expect(at <= Math.max(now, when.until)).toBe(true);
          if (now <= when.at) expect(at).toBe(when.at);
          // Only where nobody works any more until it is too late, it comes at once.
          if (!isDayStep(step) || at === now) continue;
          expect(isWorkday(dayOf(at, zone), holidays)).toBe(true);
          expect(wallTimeOf(at, zone).slice(11)).toBe('09:00');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('come once more when they are looked at once they are due', () => {
    fc.assert(
      fc.property(around, ([plan, meeting, holidays, share]) => {
        const { zone } = meeting;
        for (const [step, when] of dueSteps(plan, meeting, holidays)) {
          const now = Math.floor(when.at + share * (when.until - when.at));
          const at = ringsAt(step, when, { zone, now, holidays });
          if (at < when.until) expect(ringsAt(step, when, { zone, now: at, holidays })).toBe(at);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are reached one after the other', () => {
    const meeting = { startsAt: Date.UTC(2027, 0, 22, 13), zone: 'Europe/Zurich', minutes: 90 };
    const due = dueSteps(usualPlan, meeting, new Map());
    const on = (day: string) => reached(due, Date.parse(`${day}T08:00Z`)).at(-1);
    expect([
      on('2026-12-31'),
      on('2027-01-01'),
      on('2027-01-11'),
      on('2027-01-12'),
      on('2027-01-15'),
      on('2027-01-21'),
    ]).toEqual([...[undefined, 'topics', 'topics', 'positions', 'internal', 'brief']]);
  });
});
