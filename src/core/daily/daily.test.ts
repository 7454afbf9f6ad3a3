import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type Chore, createChores } from '../../../test/house/chores.js';
import { closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { replaceAbsences, saveHolidays, saveMute } from '../directory/absences.js';
import { findPerson } from '../directory/people.js';
import { directoryOf } from '../directory/reads.js';
import { directoryTables } from '../directory/tables.js';
import { DeliveryError } from '../errors.js';
import type { Feature } from '../feature.js';
import type { Day, PartnerId, PersonId } from '../ids.js';
import { type Permissions, voters } from '../permission.js';
import { cardTables } from '../tables.js';
import type { ListView } from '../view.js';
import { wakeTables } from '../wake-tables.js';
import { runDueWakes } from '../wakes.js';
import { planDaily } from './plan.js';

const every = { from: '2026-01-01' } as const;

/** Runs what has come due on a day at an hour of UTC, and delivers it. */
const at = async (house: House, when: string, deliver = true): Promise<void> => {
  house.clock.at = Date.parse(when);
  const { store, features, now, newId, log } = house.parts;
  const derive = (purpose: string) => createHash('sha256').update(purpose).digest();
  await runDueWakes({ store, features, now, newId, log, derive, nudge: house.reconciler.nudge });
  if (deliver) await house.settle();
};

const open = async (openStore: Open, chores: readonly Chore[], permissions?: Permissions) => {
  const made = createChores(chores);
  const house = closing(await openHouse(await openStore(), { features: [made.feature], permissions }));
  await planDaily(house.store, house.clock.at);
  return { house, ...made };
};

const idOf = async ({ store }: House, who: Who) => (await findPerson(store.read, people[who])) as PersonId;

const partnerOf = async (house: House, who: Who): Promise<PartnerId> => {
  const found = await directoryOf(house.store.read, 0).partnerOf(house.alliance, await idOf(house, who));
  return found?.id as PartnerId;
};

/** What somebody has been sent: for each message the titles that it lists now. */
const toldTo = (house: House, who: Who): readonly (readonly string[])[] => {
  const { platform, user } = people[who];
  const posts = house[platform].sent.filter((one) => one.how === 'post' && one.conversation === user);
  const standing = house[platform].standing();
  return posts.map(({ message }) => (standing.get(message) as ListView).items.map(({ title }) => title));
};

const lives = async (house: House, who: Who, timeZone: string): Promise<void> => {
  const { people: rows } = directoryTables(house.store.read);
  const id = await idOf(house, who);
  await house.store.write(async (tx) => {
    await tx.update(rows).set({ timeZone }).where(eq(rows.id, id));
  });
};

const out = async (house: House, who: Who, fromOn: Day, untilOn: Day, cover?: Who): Promise<void> => {
  const person = await idOf(house, who);
  const absence = { fromOn, untilOn, ...(cover && { cover: await idOf(house, cover) }) };
  await house.store.write((tx) => replaceAbsences(tx, house.alliance, person, { before: [], after: [absence] }));
};

const broken = async () => {
  throw new DeliveryError('later', 'slack:503');
};

/** What comes due then is refused, and noted as such, before the clock moves on. */
const atInVain = async (house: House, when: string): Promise<void> => {
  const { lanes } = cardTables(house.store.read);
  let tries = 0;
  house.slack.obstacle = () => {
    tries += 1;
    return broken();
  };
  await at(house, when, false);
  const start = performance.now();
  for (;;) {
    const [lane] = await house.store.read.select().from(lanes);
    if (tries > 0 && lane?.leaseToken === null) break;
    if (performance.now() - start > 10_000) throw new Error('waited in vain for a refusal');
    await new Promise((resolve) => setImmediate(resolve));
  }
  house.slack.obstacle = () => undefined;
};

const ana = (more: Partial<Chore> = {}): Chore => ({ id: 'one', owner: 'Ana Ruiz', remind: every, ...more });

eachEngine('the daily message', (openStore, engine) => {
  it('comes at nine where its reader is, on working days, and not twice', async () => {
    const { house } = await open(openStore, [ana(), ana({ id: 'two', owner: 'Mei Sato' })]);
    await at(house, '2026-11-23T23:59Z');
    expect([toldTo(house, 'ana'), toldTo(house, 'mei')]).toEqual([[], []]);
    await at(house, '2026-11-24T00:00Z');
    expect([toldTo(house, 'ana'), toldTo(house, 'mei')]).toEqual([[], [['two']]]);
    await at(house, '2026-11-24T08:00Z');
    await at(house, '2026-11-24T12:00Z');
    expect([toldTo(house, 'ana'), toldTo(house, 'mei')]).toEqual([[['one']], [['two']]]);
  });

  it.each([
    ['Europe/Zurich', '2027-03-26T08:00Z', '2027-03-29T07:00Z', '2027-10-29T07:00Z', '2027-11-01T08:00Z'],
    ['America/New_York', '2027-03-12T14:00Z', '2027-03-15T13:00Z', '2027-11-05T13:00Z', '2027-11-08T14:00Z'],
    ['Asia/Tokyo', '2027-03-26T00:00Z', '2027-03-29T00:00Z', '2027-10-29T00:00Z', '2027-11-01T00:00Z'],
  ])('comes at nine in %s before and after the clocks change', async (zone, ...mornings) => {
    const { house } = await open(openStore, [ana()]);
    await lives(house, 'ana', zone);
    let count = 0;
    for (const morning of mornings) {
      count = toldTo(house, 'ana').length;
      await at(house, new Date(Date.parse(morning) - 60_000).toISOString());
      expect(toldTo(house, 'ana')).toHaveLength(count);
      await at(house, morning);
      expect(toldTo(house, 'ana')).toHaveLength(count + 1);
    }
  });

  it('speaks of what is due on the day that it is where its reader is', async () => {
    const onTuesday = { remind: { on: ['2026-11-24'] }, dueOn: '2026-11-24' };
    const { house } = await open(openStore, [
      ana({ ...onTuesday, owner: 'Jun Mori' }),
      ana({ ...onTuesday, id: 'two' }),
    ]);
    await lives(house, 'ana', 'Pacific/Honolulu');
    // Monday in Honolulu, and Tuesday in Tokyo.
    await at(house, '2026-11-24T00:30Z');
    expect([toldTo(house, 'jun'), toldTo(house, 'ana')]).toEqual([[['one']], []]);
    await at(house, '2026-11-24T19:00Z');
    expect([toldTo(house, 'jun'), toldTo(house, 'ana')]).toEqual([[['one']], [['two']]]);
  });

  it('keeps the holidays of its reader’s company, and the other company’s people get theirs', async () => {
    const remind = { on: ['2026-11-24'] };
    const { house } = await open(openStore, [ana({ remind }), ana({ id: 'two', owner: 'Ben Ito', remind })]);
    const acme = await partnerOf(house, 'ana');
    await house.store.write((tx) => saveHolidays(tx, acme, new Map([['2026-11-24', 'Founders’ day']])));
    await at(house, '2026-11-24T08:00Z');
    expect([toldTo(house, 'ana'), toldTo(house, 'ben')]).toEqual([[], [['two']]]);
    await at(house, '2026-11-25T08:00Z');
    expect([toldTo(house, 'ana'), toldTo(house, 'ben')]).toEqual([[['one']], [['two']]]);
  });

  it('comes with everything else when a feature cannot list what waits, and says so', async () => {
    const { feature } = createChores([ana()]);
    const broken: Feature = {
      name: 'broken',
      waiting: async () => {
        throw new RangeError('Invalid time value');
      },
    };
    const house = closing(await openHouse(await openStore(), { features: [feature, broken] }));
    await planDaily(house.store, house.clock.at);
    await at(house, '2026-11-24T08:00Z');
    expect(toldTo(house, 'ana')).toEqual([['one', 'Some of what waits could not be listed']]);
    expect(toldTo(house, 'bob')).toEqual([]);
  });

  it('does not come on a weekend', async () => {
    const { house } = await open(openStore, [ana({ remind: { from: '2026-11-28' } })]);
    for (const day of ['27', '28', '29']) await at(house, `2026-11-${day}T08:00Z`);
    expect(toldTo(house, 'ana')).toEqual([]);
    await at(house, '2026-11-30T08:00Z');
    expect(toldTo(house, 'ana')).toEqual([['one']]);
  });

  it('waits until somebody is back, and then tells what came due meanwhile', async () => {
    const { house } = await open(openStore, [ana({ remind: { on: ['2026-11-25'] } })]);
    await out(house, 'ana', '2026-11-24', '2026-11-26');
    for (const day of ['24', '25', '26']) await at(house, `2026-11-${day}T08:00Z`);
    expect(toldTo(house, 'ana')).toEqual([]);
    await at(house, '2026-11-27T08:00Z');
    expect(toldTo(house, 'ana')).toEqual([['one']]);
  });

  it('is muted until the day that somebody said, that day included', async () => {
    const { house } = await open(openStore, [ana()]);
    const person = await idOf(house, 'ana');
    await house.store.write((tx) => saveMute(tx, house.alliance, person, '2026-11-25'));
    for (const day of ['24', '25']) await at(house, `2026-11-${day}T08:00Z`);
    expect(toldTo(house, 'ana')).toEqual([]);
    await at(house, '2026-11-26T08:00Z');
    expect(toldTo(house, 'ana')).toEqual([['one']]);
  });

  it('is not sent when nothing waits, or nothing that wants to be told of today', async () => {
    const { house } = await open(openStore, [
      ana({ remind: undefined }),
      ana({ id: 'two', remind: { from: '2026-12-01' } }),
    ]);
    await at(house, '2026-11-24T08:00Z');
    expect(house.slack.sent).toEqual([]);
    expect(house.teams.sent).toEqual([]);
  });

  it('begins with what is due first', async () => {
    const { house } = await open(openStore, [
      ana({ id: 'some day' }),
      ana({ id: 'next week', dueOn: '2026-12-01' }),
      ana({ id: 'over', dueOn: '2026-11-02' }),
    ]);
    await at(house, '2026-11-24T08:00Z');
    expect(toldTo(house, 'ana')).toEqual([['over', 'next week', 'some day']]);
  });

  it('comes once although two replicas look at once, and either was down before', async () => {
    const url = await engine.freshUrl();
    const { feature } = createChores([ana()]);
    const house = closing(await openHouse(await openStore(url), { features: [feature] }));
    const store = engine.dialect === 'postgres' ? await openStore(url) : house.store;
    const other = closing(await openHouse(store, { features: [feature], beside: house }));
    await Promise.all([house, other].map((one) => planDaily(one.store, house.clock.at)));
    for (const day of ['24', '25']) {
      const when = `2026-11-${day}T08:00Z`;
      await Promise.all([at(house, when), at(other, when)]);
      await Promise.all([at(house, when), at(other, when)]);
    }
    expect(toldTo(house, 'ana')).toEqual([['one'], ['one']]);
  });

  it('comes late on the same working day when Entente was down, and after six with the next one', async () => {
    const { house } = await open(openStore, [ana()]);
    await at(house, '2026-11-24T16:59Z');
    expect(toldTo(house, 'ana')).toHaveLength(1);
    await at(house, '2026-11-25T17:00Z');
    expect(toldTo(house, 'ana')).toHaveLength(1);
    await at(house, '2026-11-27T08:00Z');
    expect(toldTo(house, 'ana')).toHaveLength(2);
  });

  it('comes as the fresh one, alone, after the platform was away for a day', async () => {
    const { house } = await open(openStore, [
      ana({ remind: { on: ['2026-11-24'] } }),
      ana({ id: 'two', remind: { on: ['2026-11-25'] } }),
    ]);
    await atInVain(house, '2026-11-24T08:00Z');
    // In the night nobody is told.
    await at(house, '2026-11-25T01:00Z');
    expect(house.slack.sent).toEqual([]);
    await at(house, '2026-11-25T08:00Z');
    expect(toldTo(house, 'ana')).toEqual([['one', 'two']]);
  });

  it('comes as the fresh one, alone, after a week in which the platform was away', async () => {
    const { house } = await open(openStore, [ana()]);
    for (const day of ['24', '25', '26', '27']) await atInVain(house, `2026-11-${day}T10:00Z`);
    await at(house, '2026-11-28T10:00Z');
    expect(house.slack.sent).toEqual([]);
    await at(house, '2026-11-30T08:00Z');
    await at(house, '2026-11-30T12:00Z');
    expect(toldTo(house, 'ana')).toEqual([['one']]);
    expect(house.slack.sent).toHaveLength(1);
  });

  it('is tried anew each day where somebody cannot be reached, and bothers nobody else with that', async () => {
    const { house } = await open(openStore, [ana({ owner: 'Bob Brown' })]);
    await lives(house, 'bob', 'Europe/Zurich');
    house.slack.obstacle = async () => {
      throw new DeliveryError('never', 'slack:user_disabled');
    };
    await at(house, '2026-11-24T08:00Z');
    house.slack.obstacle = () => undefined;
    expect(house.slack.sent).toEqual([]);
    await at(house, '2026-11-25T08:00Z');
    expect(toldTo(house, 'bob')).toEqual([['one']]);
    expect(toldTo(house, 'ana')).toEqual([]);
  });

  it('follows what becomes of what it lists, whoever did it, and gives it to the presser at once', async () => {
    const { house, subjectOf } = await open(openStore, [
      ana(),
      ana({ id: 'two' }),
      ana({ id: 'three', owner: 'Bob Brown' }),
    ]);
    await at(house, '2026-11-24T08:00Z');
    const { cards } = cardTables(house.store.read);
    const [card] = await house.store.read
      .select()
      .from(cards)
      .where(eq(cards.personId, await idOf(house, 'ana')));
    const on = { feature: 'daily', id: card?.subjectId ?? '' };
    const press = (who: Who, id: string) =>
      house.inbound.press({
        ...house.call(who, 'D1', true),
        interaction: 'chores.done',
        subject: subjectOf(id),
        on,
        values: {},
      });
    const answer = await press('ana', 'one');
    expect(answer.view).toMatchObject({ text: 'one is done.' });
    expect((answer.card as ListView).items.map(({ title }) => title)).toEqual(['two']);
    await house.settle();
    expect(toldTo(house, 'ana')).toEqual([['two']]);
    // What was told to Ana is not Bob's to see.
    expect((await press('bob', 'two')).card).toBeUndefined();
    await house.settle();
    expect(toldTo(house, 'ana')).toEqual([[]]);
  });

  it('brings what waits for somebody who is out to their cover, and nothing to them', async () => {
    const permissions = { 'chores.done': voters };
    const { house } = await open(
      openStore,
      [ana({ id: 'Jun’s', owner: 'Jun Mori' }), ana({ id: 'Mei’s', owner: 'Mei Sato' })],
      permissions,
    );
    await out(house, 'jun', '2026-11-24', '2026-11-24', 'mei');
    await at(house, '2026-11-24T00:00Z');
    expect([toldTo(house, 'jun'), toldTo(house, 'mei')]).toEqual([[], [['Mei’s', 'Jun’s']]]);
    const [view] = house.teams.standing().values();
    const [, item] = (view as ListView).items;
    // Mei sits as observer.
    expect(item?.buttons).toEqual([]);
    expect(item?.text).toEqual([
      'For Jun Mori, who is out until ',
      { day: '2026-11-24' },
      '.',
      ' Only members of a committee decide this. You have no vote on one.',
    ]);
    const home = await house.inbound.home(house.call('mei', 'a:1', true));
    expect(JSON.stringify(home.view)).toContain('For Jun Mori, who is out until ');
    await at(house, '2026-11-25T00:00Z');
    expect([toldTo(house, 'jun'), toldTo(house, 'mei')]).toEqual([[['Jun’s']], [['Mei’s', 'Jun’s'], ['Mei’s']]]);
  });

  it('goes to nobody in the other company as their cover', async () => {
    const { house } = await open(openStore, [ana({ owner: 'Jun Mori' })]);
    await out(house, 'jun', '2026-11-24', '2026-11-24', 'ana');
    await at(house, '2026-11-24T08:00Z');
    expect(house.slack.sent).toEqual([]);
  });

  it('is planned for newcomers, and no more for those who left', async () => {
    const { house } = await open(openStore, [ana()]);
    const { wakes } = wakeTables(house.store.read);
    const planned = async () => (await house.store.read.select().from(wakes)).length;
    expect(await planned()).toBe(5);
    const { members } = directoryTables(house.store.read);
    const gone = await idOf(house, 'ana');
    const partnerId = await partnerOf(house, 'bob');
    await house.store.write(async (tx) => {
      await tx.delete(members).where(eq(members.personId, gone));
    });
    await at(house, '2026-11-24T08:00Z');
    expect(await planned()).toBe(4);
    expect(house.slack.sent).toEqual([]);
    await house.store.write(async (tx) => {
      await tx.insert(members).values({ partnerId, personId: gone, professional: false });
    });
    await planDaily(house.store, house.clock.at);
    expect(await planned()).toBe(5);
  });
});
