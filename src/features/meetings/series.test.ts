import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { allianceWithLanes, closing, type House, lanes, openHouse } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import { momentOf } from '../../core/days.js';
import { occurrencesBetween } from '../../core/recurrence.js';
import type { Button, NoticeView } from '../../core/view.js';
import { wakeTables } from '../../core/wake-tables.js';
import { runDueWakes } from '../../core/wakes.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { meetingTables } from './tables.js';

const DAY_MS = 86_400_000;

const ring = (house: House) =>
  runDueWakes({
    ...{ store: house.store, features: house.parts.features, newId: house.parts.newId, now: () => house.clock.at },
    ...{ log: pino({ level: 'silent' }), nudge: () => {}, derive: () => new Uint8Array(32) },
  });

const rowsOf = async ({ store }: House) => {
  const { meetings, series } = meetingTables(store.read);
  const { wakes } = wakeTables(store.read);
  return {
    meetings: (await store.read.select().from(meetings)).sort((a, b) => a.number - b.number),
    series: await store.read.select().from(series),
    wakes: await store.read.select().from(wakes),
  };
};

/** What must be true of all meetings and series, whatever was done. */
const checkAll = async (house: House): Promise<void> => {
  const { meetings, series, wakes } = await rowsOf(house);
  const { at: now } = house.clock;
  expect(meetings.map(({ number }) => number)).toEqual(meetings.map((_, at) => at + 1));
  expect(new Set(meetings.map((row) => `${row.seriesId} ${row.original}`)).size).toBe(meetings.length);
  for (const one of series) {
    const own = meetings.filter(({ seriesId }) => seriesId === one.id);
    const rule = { startsAt: one.startsAt, zone: one.zone, ...(one.rule !== null && { rule: one.rule }) };
    if (one.endedAt !== null) continue;
    for (const { original, status } of own) {
      const at = momentOf(original, one.zone);
      if (status === 'planned') expect(occurrencesBetween(rule, at, at)).toEqual([original]);
    }
    // Everything near is there.
    const made = new Set(own.map(({ original }) => original));
    for (const time of occurrencesBetween(rule, now + 1, now + 99 * DAY_MS)) expect(made.has(time)).toBe(true);
  }
  const armed = new Set(wakes.filter(({ key }) => key.startsWith('end:')).map(({ key }) => key.slice('end:'.length)));
  for (const { id, status, startsAt } of meetings) {
    if (status === 'cancelled') expect(armed.has(id)).toBe(false);
    if (status === 'planned' && startsAt > now) expect(armed.has(id)).toBe(true);
  }
};

const said = fc.oneof(
  fc.constantFrom(
    'move M-1 to 15:00',
    'move M-2 to 9:00 all',
    'move M-1 1 hour at HQ',
    'move M-3 to 10:00 New York all',
  ),
  fc.constantFrom('skip M-1', 'skip M-2', 'cancel M-3', 'end M-2', 'end M-4', 'move M-1 to 17 Dec all'),
  fc.constantFrom('move M-2 to 20 Jan', 'move M-2 to 20 Jan all', 'move M-4 to 1 Mar 2027 all'),
  fc.constantFrom(
    'schedule 15 Jan 10:00 every week 4 times',
    'schedule 30 Nov 12:00 Tokyo every last Friday'.replace('30 Nov ', ''),
  ),
);
const step = fc.oneof(
  { weight: 4, arbitrary: said.map((words) => ({ words })) },
  { weight: 1, arbitrary: fc.constant({ undo: true as const }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 }).map((days) => ({ days })) },
);

eachEngine('a series', (open, { dialect }) => {
  const opened = async (alliance?: string) =>
    closing(await openHouse(await open(), { features, permissions, ...(alliance && { alliance }) }));

  it('has each of its meetings once, with its alarms, whatever is done to it', async () => {
    const run = fc.asyncProperty(
      fc.constantFrom('every month', 'every two weeks', 'every week 9 times', 'every quarter until end of 2027'),
      fc.array(step, { minLength: 2, maxLength: 7 }),
      async (rule, steps) => {
        const house = await opened();
        await house.say('ana', `meeting schedule JSC 11 Dec 14:00 Zurich 90 min ${rule}`);
        let last: { view: unknown } | undefined;
        for (const one of steps) {
          if ('days' in one) house.clock.at += one.days * DAY_MS;
          if ('words' in one) last = await house.say('ana', `meeting ${one.words}`);
          const [button] = (last?.view as NoticeView | undefined)?.buttons ?? [];
          if ('undo' in one && button) {
            const { id, subject, carry } = button as Button;
            const answer = await house.press('ana', {
              ...{ interaction: id, values: { ...carry } },
              ...(subject && { subject }),
            });
            expect(['done', 'refused']).toContain(answer.outcome);
          }
          if (last) expect(['done', 'refused']).toContain((last as unknown as { outcome: string }).outcome);
          await ring(house);
          await checkAll(house);
        }
      },
    );
    await fc.assert(run, { numRuns: dialect === 'sqlite' ? 12 : 4 });
  }, 120_000);

  it('is undone after it was divided: all is as it was, but for the series that stays behind', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich every month 5 times');
    const before = (await rowsOf(house)).meetings.map(({ startsAt, status }) => [startsAt, status]);
    const { view } = await house.say('ana', 'meeting move M-2 to 15 Jan 16:00 all');
    const [button] = (view as NoticeView).buttons ?? [];
    const { id, subject, carry } = button as Button;
    await house.press('ana', { interaction: id, ...(subject && { subject }), values: { ...carry } });
    expect((await rowsOf(house)).meetings.map(({ startsAt, status }) => [startsAt, status])).toEqual(before);
    await checkAll(house);
  });

  it('is planned by whoever names the committee anywhere, and where only one can be meant not at all', async () => {
    const house = await opened();
    expect(await house.say('ben', 'meeting schedule 11 Dec 14:00 JSC Zurich', { direct: true })).toMatchObject({
      outcome: 'done',
    });
    expect(await house.say('ben', 'meeting schedule 12 Jan 14:00 Zurich', { direct: true })).toMatchObject({
      outcome: 'done',
    });
    expect((await rowsOf(house)).meetings).toHaveLength(2);
  });

  it('can be read in a company’s own lane, and never changed from there', async () => {
    const house = await opened(allianceWithLanes);
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich');
    const lane = { conversation: lanes.slack };
    const list = await house.say('ana', 'meeting', lane);
    expect(list).toMatchObject({ outcome: 'done', view: { kind: 'list', items: [{ title: 'M-1 JSC' }] } });
    expect(JSON.stringify(list.view)).not.toContain('ask-move');
    for (const words of [
      'schedule',
      'schedule JSC 12 Dec 14:00',
      'move M-1 to 15:00',
      'cancel M-1',
      'skip M-1',
      'end M-1',
    ])
      expect(await house.say('ana', `meeting ${words}`, lane), words).toMatchObject({
        outcome: 'refused',
        view: { text: expect.stringMatching(/^This is Acme Bio’s own lane/) },
      });
    const [row] = (await rowsOf(house)).meetings;
    const subject = { feature: 'meetings', id: row?.id ?? '' };
    for (const interaction of [
      'meetings.ask-move',
      'meetings.move',
      'meetings.cancel',
      'meetings.ask-schedule',
    ] as const)
      expect(await house.press('ana', { interaction, subject }, lane), interaction).toMatchObject({
        outcome: 'refused',
      });
    expect((await rowsOf(house)).meetings).toEqual([row]);
  });

  it('stands in the homes of those who sit on the committee, three at most', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich 90 min every two weeks');
    const home = await house.inbound.home(house.call('jun', undefined, true));
    const items = (home.view as unknown as { items: { title: string; text?: unknown }[] }).items.filter(({ title }) =>
      /^M-/.test(title),
    );
    expect(items.map(({ title }) => title)).toEqual(['M-1 JSC', 'M-2 JSC', 'M-3 JSC']);
    expect(JSON.stringify(items)).toContain('"zone":"Asia/Tokyo"');
  });
});
