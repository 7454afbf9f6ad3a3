import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arm, changed, wake } from '../../../test/house/countdown.js';
import { closing, type House, openHouse } from '../../../test/house/house.js';
import { planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { dayOf, daysAfter, momentOf } from '../../core/days.js';
import { saveHolidays } from '../../core/directory/absences.js';
import { directoryOf } from '../../core/directory/reads.js';
import { listHistory } from '../../core/history.js';
import { cardTables } from '../../core/tables.js';
import { isWorkday } from '../../core/workdays.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { dueSteps, ringsAt, type Step } from './countdown-rules.js';
import { stepVerbs } from './countdown-store.js';
import { daySteps, type Plan } from './plan-rules.js';
import { savePlan } from './plan-store.js';
import type { Meeting } from './rules.js';
import { hourSubject, subjectOf } from './views.js';

const zones = ['Europe/Zurich', 'America/New_York', 'Asia/Tokyo', 'Asia/Kolkata', 'Australia/Sydney'];

const doing = fc.record({
  topics: fc.integer({ min: 12, max: 40 }),
  papers: fc.integer({ min: 7, max: 11 }),
  brief: fc.integer({ min: 1, max: 3 }),
  zone: fc.constantFrom(...zones),
  inDays: fc.integer({ min: 1, max: 50 }),
  holidays: fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { maxLength: 20 }),
  steps: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ hours: fc.integer({ min: 1, max: 100 }) }) },
      { weight: 1, arbitrary: fc.record({ moveDays: fc.integer({ min: -20, max: 30 }) }) },
    ),
    { minLength: 10, maxLength: 25 },
  ),
});

type Doing = typeof doing extends fc.Arbitrary<infer T> ? T : never;

const doneOf = async (house: House, { id }: Meeting) =>
  (await listHistory(house.store.read, house.alliance, subjectOf(id))).flatMap(({ verb, detail }) => {
    const step = daySteps.find((one) => stepVerbs[one] === verb);
    return step ? [{ step, on: String(detail.on) }] : [];
  });

/** Moves the clock, and the meeting, and sees after each that what was done since is right. */
const walk = async (house: House, { zone, inDays, steps, ...more }: Doing): Promise<void> => {
  const { topics, papers, brief } = more;
  const plan: Plan = { topics, papers, positions: papers, internal: 5, brief, hour: 60 };
  const today = dayOf(house.clock.at, zone);
  const holidays = new Map(more.holidays.map((after) => [daysAfter(today, after), 'A holiday']));
  const [acme] = await directoryOf(house.store.read, 0).partners(house.alliance);
  let meeting = await planMeeting(house, { zone, at: `${daysAfter(today, inDays)}T14:00` });
  await house.store.write(async (tx) => {
    if (acme) await saveHolidays(tx, acme.id, holidays);
    await savePlan(tx, meeting.committee, plan);
  });
  const all = await directoryOf(house.store.read, 0).holidays(acme?.id as never);
  await arm(house, meeting);
  let seen = 0;
  let movedSince = new Set<Step>();
  for (const step of [...steps, { hours: 24 * 60 }]) {
    if ('moveDays' in step) {
      const startsAt = momentOf(`${daysAfter(dayOf(meeting.startsAt, zone), step.moveDays)}T14:00`, zone);
      if (startsAt <= house.clock.at || meeting.startsAt <= house.clock.at) continue;
      meeting = await changed(house, meeting, { startsAt });
      movedSince = new Set();
    } else await wake(house, house.clock.at + step.hours * 3_600_000);
    const done = await doneOf(house, meeting);
    const due = dueSteps(plan, meeting, all);
    for (const one of done.slice(seen)) {
      expect(house.clock.at, 'never after the meeting').toBeLessThan(meeting.startsAt);
      const when = due.get(one.step);
      const { at: now } = house.clock;
      // On a day on which somebody does not work only where there is no other one left.
      if (!isWorkday(one.on, all)) expect(when && ringsAt(one.step, when, { zone, now, holidays: all })).toBe(now);
      expect(movedSince.has(one.step), `${one.step} twice without a move`).toBe(false);
      movedSince.add(one.step);
    }
    seen = done.length;
    const days = done.map(({ step: name, on }) => `${name} ${on}`);
    expect(days).toEqual([...new Set(days)]);
  }
  const { cards } = cardTables(house.store.read);
  const rows = await house.store.read.select().from(cards);
  const own = rows.filter(({ subjectId }) => subjectId === meeting.id);
  expect(own.length).toBeLessThanOrEqual(2);
  const hours = rows.filter(({ subjectId }) => subjectId === hourSubject(meeting.id, meeting.startsAt).id);
  expect(hours.length).toBeLessThanOrEqual(5);
};

eachEngine('a countdown whatever happens', (open, engine) => {
  it('does each step once for a date, on working days, and never after the meeting', async () => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    await fc.assert(
      fc.asyncProperty(doing, (one) => walk(house, one)),
      { numRuns: engine.dialect === 'sqlite' ? 40 : 15 },
    );
  }, 120_000);
});
