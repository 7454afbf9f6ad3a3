/*
 * Whoever has a meeting ahead, wherever they are and whatever their holidays and absences: a message about it comes in
 * working hours, on a working day, once a day at most, before the meeting, and to nobody but whoever owes what it says.
 *
 * DUTY_RUNS=500 draws more of them; PROPERTY_SEED and PROPERTY_PATH draw a failed one again.
 */
import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysAfter, wallTimeOf } from '../../src/core/days.js';
import { openStore } from '../../src/core/db/open.js';
import { replaceAbsences, saveHolidays } from '../../src/core/directory/absences.js';
import { directoryOf } from '../../src/core/directory/reads.js';
import type { Day, PartnerId, PersonId, Zone } from '../../src/core/ids.js';
import type { ListItem } from '../../src/core/view.js';
import { wakeTables } from '../../src/core/wake-tables.js';
import { isWorkday, workdayUntil } from '../../src/core/workdays.js';
import { features } from '../../src/features/index.js';
import type { ItemStatus } from '../../src/features/meetings/agenda-rules.js';
import { insertPaper } from '../../src/features/meetings/agenda-store.js';
import { saveAttendance } from '../../src/features/meetings/attendance-store.js';
import { savePosition } from '../../src/features/meetings/position-store.js';
import { permissions } from '../../src/features/permissions.js';
import { type House, openHouse, type Who } from '../house/house.js';
import { planItem, planMeeting } from '../house/meetings.js';
import { livesIn, personOf, planMornings, postedTo, runDue } from '../house/mornings.js';
import { eachEngine } from '../stores.js';

const runs = Number(process.env.DUTY_RUNS ?? 8);
const again = {
  ...(process.env.PROPERTY_SEED && { seed: Number(process.env.PROPERTY_SEED) }),
  ...(process.env.PROPERTY_PATH && { path: process.env.PROPERTY_PATH }),
};

const everybody = ['ana', 'bob', 'ben', 'mei', 'jun'] as const;
type One = (typeof everybody)[number];
const companyOf: Readonly<Record<One, 'acme' | 'nova'>> = {
  ana: 'acme',
  bob: 'acme',
  ben: 'nova',
  mei: 'nova',
  jun: 'nova',
};
const voters: readonly One[] = ['ana', 'bob', 'ben', 'jun'];
const runsFor = { acme: 'ana', nova: 'ben' } as const;

const BEGIN: Day = '2026-11-23';
const day = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((days) => daysAfter(BEGIN, days));
const zone = fc.constantFrom<Zone>(
  'Europe/Zurich',
  'America/New_York',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Australia/Sydney',
);
const one = fc.constantFrom(...everybody);
const colleague = (who: One) => everybody.find((other) => other !== who && companyOf[other] === companyOf[who]);

const item = fc.record({
  kind: fc.constantFrom('decision' as const, 'decision' as const, 'discussion' as const, 'information' as const),
  status: fc.constantFrom<ItemStatus>('accepted', 'accepted', 'proposed', 'declined'),
  owner: one,
  asked: fc.boolean(),
  paper: fc.boolean(),
});

const items = fc.oneof(
  { arbitrary: fc.constant([]), weight: 1 },
  { arbitrary: fc.array(item, { minLength: 2, maxLength: 3 }), weight: 5 },
);

const worlds = fc.record({
  meets: day(4, 24),
  hour: fc.integer({ min: 6, max: 20 }),
  where: zone,
  zones: fc.tuple(zone, zone, zone, zone, zone),
  holidays: fc.record({
    acme: fc.uniqueArray(day(0, 25), { maxLength: 5 }),
    nova: fc.uniqueArray(day(0, 25), { maxLength: 5 }),
  }),
  absences: fc.array(
    fc.record({ who: one, from: day(0, 20), days: fc.integer({ min: 0, max: 9 }), covered: fc.boolean() }),
    {
      maxLength: 2,
    },
  ),
  items,
  /** What people do on the way: on which day, who, and whether they answer, write a paper, or say where they stand. */
  deeds: fc.array(
    fc.record({
      on: day(0, 14),
      who: one,
      what: fc.constantFrom('answer', 'paper', 'position', 'position'),
      at: fc.nat({ max: 2 }),
    }),
    { minLength: 6, maxLength: 16 },
  ),
});

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

interface Planned {
  readonly id: string;
  readonly kind: string;
  readonly status: ItemStatus;
  readonly owner: One;
  readonly asked: boolean;
}

/** What everybody owes, told apart from the code that is tested: as short as it can be said. */
const createModel = (planned: readonly Planned[]) => {
  const done = new Set<string>();
  const open = planned.filter(({ status }) => status === 'accepted' || status === 'proposed');
  const owes = (who: One): Readonly<Record<string, number>> => ({
    paper: open.filter(({ id, owner }) => owner === who && !done.has(`paper ${id}`)).length,
    question: open.filter(({ kind, owner, asked }) => owner === who && kind === 'decision' && !asked).length,
    position: voters.includes(who)
      ? open.filter(
          ({ id, kind, status }) => kind === 'decision' && status === 'accepted' && !done.has(`position ${id} ${who}`),
        ).length
      : 0,
    whether: voters.includes(who) && !done.has(`answer ${who}`) ? 1 : 0,
    // All of them are proposed by Ana.
    proposed: who === runsFor.acme ? open.filter(({ status }) => status === 'proposed').length : 0,
    agenda: Object.values(runsFor).includes(who as 'ana') && open.length === 0 ? 1 : 0,
  });
  return { done, owes };
};

/** '2 papers, whether you come, about 20 min' */
const readHeading = (title: string): Readonly<Record<string, number>> => {
  const words = title
    .slice(title.indexOf(': ', title.indexOf(':') + 3) + 2)
    .split(', ')
    .slice(0, -1);
  const counts = words.map((word): readonly [string, number] => {
    const [, count, kind = ''] = /^(\d+) (paper|question|position|proposed)/u.exec(word) ?? [];
    if (count !== undefined) return [kind, Number(count)];
    return [word === 'the agenda' ? 'agenda' : (word.split(' ')[0] ?? ''), 1];
  });
  return Object.fromEntries(counts);
};

const isHeading = ({ title }: ListItem): boolean => title.startsWith('JSC · ');
const whoseHeading = ({ buttons = [] }: ListItem) => buttons.find(({ id }) => id === 'meetings.ask-snooze')?.carry?.for;

const within = async <T>(url: string, work: (house: House) => Promise<T>): Promise<T> => {
  const store = await openStore(url);
  const house = await openHouse(store, { features, permissions });
  try {
    return await work(house);
  } finally {
    await house.reconciler.stop();
    await store.close();
  }
};

const prepare = async (house: House, world: World) => {
  const ids = new Map<One, PersonId>();
  const partners = new Map<One, PartnerId>();
  for (const [at, who] of everybody.entries()) {
    await livesIn(house, who, world.zones[at] ?? 'UTC');
    const person = await personOf(house, who);
    ids.set(who, person);
    const partner = await directoryOf(house.store.read, house.clock.at).partnerOf(house.alliance, person);
    partners.set(who, partner?.id as PartnerId);
  }
  const idOf = (who: One) => ids.get(who) as PersonId;
  const partnerOf = (who: One) => partners.get(who) as PartnerId;
  for (const [company, days] of Object.entries(world.holidays)) {
    const partner = partnerOf(company === 'acme' ? 'ana' : 'ben');
    await house.store.write((tx) => saveHolidays(tx, partner, new Map(days.map((on) => [on, 'Holiday']))));
  }
  const out = new Map<One, { readonly fromOn: Day; readonly untilOn: Day; readonly cover?: One }>();
  for (const { who, from, days, covered } of world.absences) {
    if (out.has(who)) continue;
    const cover = covered ? colleague(who) : undefined;
    const span = { fromOn: from, untilOn: daysAfter(from, days) };
    out.set(who, { ...span, ...(cover && { cover }) });
    const absence = { ...span, ...(cover && { cover: idOf(cover) }) };
    await house.store.write((tx) => replaceAbsences(tx, house.alliance, idOf(who), { before: [], after: [absence] }));
  }
  const at = `${world.meets}T${String(world.hour).padStart(2, '0')}:00`;
  const meeting = await planMeeting(house, { at, zone: world.where });
  const planned: Planned[] = [];
  const writePaper = (id: string, who: One) =>
    house.store.write((tx) =>
      insertPaper(tx, id, { version: 1, link: 'https://papers.example/1', person: idOf(who), at: house.clock.at }),
    );
  for (const [place, { kind, status, owner, asked, paper }] of world.items.entries()) {
    const question = asked ? { question: `Do we approve ${place}?` } : { question: undefined };
    const { id } = await planItem(house, meeting, {
      kind,
      status,
      title: `Item ${place}`,
      owner: idOf(owner),
      ...question,
    });
    planned.push({ id, kind, status, owner, asked });
    if (paper) await writePaper(id, owner);
  }
  const model = createModel(planned);
  for (const [place, { paper }] of world.items.entries()) if (paper) model.done.add(`paper ${planned[place]?.id}`);
  return { idOf, partnerOf, meeting, planned, model, writePaper, out };
};

type Prepared = Awaited<ReturnType<typeof prepare>>;

const perform = async (house: House, deed: World['deeds'][number], all: Prepared): Promise<void> => {
  const { idOf, partnerOf, meeting, planned, model, writePaper } = all;
  const { who, what, at } = deed;
  const item = planned[at];
  const by = { person: idOf(who), partner: partnerOf(who) };
  if (what === 'answer') {
    await house.store.write((tx) =>
      saveAttendance(tx, meeting.id, { ...by, answer: 'coming', answeredAt: house.clock.at }),
    );
    model.done.add(`answer ${who}`);
  }
  if (what === 'paper' && item && !model.done.has(`paper ${item.id}`)) {
    await writePaper(item.id, who);
    model.done.add(`paper ${item.id}`);
  }
  if (what === 'position' && item) {
    await house.store.write((tx) => savePosition(tx, { ...by, item: item.id, stance: 'aligned', at: house.clock.at }));
    model.done.add(`position ${item.id} ${who}`);
  }
};

const nextWake = async ({ store }: House): Promise<number> => {
  const { wakes } = wakeTables(store.read);
  const [row] = await store.read.select({ at: wakes.dueAt }).from(wakes).orderBy(asc(wakes.dueAt)).limit(1);
  if (!row) throw new Error('nobody has an alarm');
  return row.at;
};

/** One message: when it came, and whether each of its headings tells what somebody owes. */
const checkMessage = (who: One, told: readonly ListItem[], now: number, world: World, all: Prepared): void => {
  const { model, idOf, out, meeting } = all;
  const place = world.zones[everybody.indexOf(who)] ?? 'UTC';
  const [on = '', hour = ''] = wallTimeOf(now, place).split('T');
  const isOut = (person: One) => {
    const absence = out.get(person);
    const today = wallTimeOf(now, world.zones[everybody.indexOf(person)] ?? 'UTC').slice(0, 10);
    return absence !== undefined && absence.fromOn <= today && today <= absence.untilOn;
  };
  expect(hour >= '09:00' && hour < '18:00', `${who} is told at ${hour}`).toBe(true);
  expect(
    isWorkday(on, new Map(world.holidays[companyOf[who]].map((free) => [free, '']))),
    `${who} works on ${on}`,
  ).toBe(true);
  expect(isOut(who), `${who} is out on ${on}`).toBe(false);
  expect(now).toBeLessThan(meeting.startsAt);
  const headings = told.filter(isHeading);
  // Those who run the committee are asked about an agenda without a decision, whatever they owe.
  if (headings.length === 0)
    expect(told.map(({ title }) => title)).toEqual([expect.stringContaining('need to happen')]);
  for (const heading of headings) {
    const whose = everybody.find((person) => idOf(person) === whoseHeading(heading)) ?? who;
    if (whose !== who) expect([isOut(whose), out.get(whose)?.cover]).toEqual([true, who]);
    const counts = readHeading(heading.title);
    expect(Object.keys(counts).length, heading.title).toBeGreaterThan(0);
    if (whose !== who) expect(Object.keys(counts)).not.toEqual(expect.arrayContaining(['position']));
    const owed = model.owes(whose);
    for (const [kind, count] of Object.entries(counts))
      expect(count, `${whose}: ${heading.title}`).toBeLessThanOrEqual(owed[kind] ?? 0);
  }
};

const walk = async (house: House, world: World): Promise<void> => {
  const all = await prepare(house, world);
  await planMornings(house);
  const end = all.meeting.startsAt + 4 * 24 * 60 * 60 * 1_000;
  const deeds = [...world.deeds].sort((a, b) => (a.on < b.on ? -1 : 1));
  const days = new Map<One, string[]>(everybody.map((who) => [who, []]));
  const seen = new Map<Who, number>();
  for (let now = await nextWake(house); now < end; now = await nextWake(house)) {
    house.clock.at = now;
    while (deeds[0] && deeds[0].on <= wallTimeOf(now, 'UTC').slice(0, 10))
      await perform(house, deeds.shift() as never, all);
    await runDue(house, now);
    for (const who of everybody) {
      const posts = postedTo(house, who);
      for (const { items: told } of posts.slice(seen.get(who) ?? 0)) {
        checkMessage(who, told, now, world, all);
        days.get(who)?.push(wallTimeOf(now, world.zones[everybody.indexOf(who)] ?? 'UTC').slice(0, 10));
      }
      seen.set(who, posts.length);
    }
  }
  for (const who of everybody) {
    const told = days.get(who) ?? [];
    expect(new Set(told).size, `${who} is told once a day`).toBe(told.length);
    const free = new Map(world.holidays[companyOf[who]].map((on) => [on, '']));
    const meetsOn = wallTimeOf(all.meeting.startsAt, world.zones[everybody.indexOf(who)] ?? 'UTC').slice(0, 10);
    const last = workdayUntil(daysAfter(meetsOn, -1), free);
    const absence = all.out.get(who);
    const away = absence !== undefined && absence.fromOn <= last && last <= absence.untilOn;
    // Whoever still owes something in the end has heard of it on the last day on which they could do it.
    const owes = Object.values(all.model.owes(who)).some((count) => count > 0);
    if (owes && !away && last > daysAfter(BEGIN, 1)) expect(told, `${who} owes something on ${last}`).toContain(last);
  }
};

eachEngine('what people are told before a meeting', (_open, { freshUrl }) => {
  it('comes to whoever owes it, when they work, once a day, and before it is over', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => within(await freshUrl(), (house) => walk(house, world))),
      { numRuns: runs, ...again },
    );
  }, 300_000);
});
