import { eq, sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import type { Sent } from '../../test/house/fake-platform.js';
import { channels, type House, openHouse, people } from '../../test/house/house.js';
import { createNotes } from '../../test/house/notes.js';
import { eachEngine, type Open } from '../../test/stores.js';
import { DeliveryError } from './errors.js';
import { claimLanes } from './lanes.js';
import { usualPatience } from './outcomes.js';
import { createReconciler } from './reconciler.js';
import { cardTables } from './tables.js';
import type { RecordView, Text } from './view.js';

const open = async (
  openStore: Open,
  patience = {},
): Promise<{ house: House; notes: ReturnType<typeof createNotes> }> => {
  const notes = createNotes();
  const house = await openHouse(await openStore(), { features: [notes.feature], patience });
  onTestFinished(() => house.reconciler.stop());
  return { house, notes };
};

const write = async (house: House, text: string): Promise<string> => {
  const answer = await house.say('ana', `note ${text}`);
  return answer.view.kind === 'notice' ? String(answer.view.text) : '';
};

const held = () => {
  let release = () => {};
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
};

const titles = (sent: readonly Sent[]): string[] =>
  sent.map((one) => (one.view.kind === 'record' ? one.view.title : ''));

const footer = (house: House, side: 'slack' | 'teams'): readonly Text[] =>
  ([...house[side].standing().values()].at(-1) as RecordView).footer;

/** Asks again until the claim holds; a claim that never does fails the test instead of hanging it. */
const until = async <T>(what: string, claim: () => Promise<T | undefined | false>): Promise<T> => {
  const start = performance.now();
  while (performance.now() - start < 10_000) {
    const value = await claim();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`waited in vain until ${what}`);
};

/** Wakes the reconciler and waits until no card is behind. */
const catchUp = (house: House): Promise<unknown> =>
  until('no card is behind', async () => {
    house.reconciler.nudge();
    return (await house.health()).behind === 0;
  });

eachEngine('the reconciler', (openStore) => {
  it('posts one card in each channel of the committee and then changes it in place', async () => {
    const { house, notes } = await open(openStore);
    const id = await write(house, 'first');
    await catchUp(house);
    await house.press('ana', { interaction: 'notes.rewrite', subject: notes.subject(id), values: { text: 'second' } });
    await catchUp(house);
    for (const side of [house.slack, house.teams]) {
      expect(side.sent.filter((one) => one.how === 'post')).toHaveLength(1);
      expect([...side.standing().values()].map((view) => (view as RecordView).title)).toEqual(['second']);
    }
  });

  it('keeps the order of a channel', async () => {
    const { house } = await open(openStore);
    const texts = Array.from({ length: 25 }, (_, n) => `note ${n}`);
    for (const text of texts) await write(house, text);
    await catchUp(house);
    expect(titles(house.teams.sent.filter((one) => one.how === 'post'))).toEqual(texts);
  });

  it('ends a thousand changes during one slow send in a handful of updates, the last one final', async () => {
    const { house, notes } = await open(openStore);
    const id = await write(house, 'start');
    await catchUp(house);
    const before = house.teams.sent.length;
    const slow = held();
    house.teams.obstacle = () => slow.promise;
    const rewrite = (n: number) =>
      house.press('ana', { interaction: 'notes.rewrite', subject: notes.subject(id), values: { text: `change ${n}` } });
    for (let n = 1; n <= 1_000; n += 50) await Promise.all(Array.from({ length: 50 }, (_, more) => rewrite(n + more)));
    await rewrite(1_001);
    slow.release();
    await catchUp(house);
    expect(house.teams.sent.length - before).toBeLessThanOrEqual(3);
    expect(titles(house.teams.sent).at(-1)).toBe('change 1001');
  });

  it('draws no card that the platform’s limits hold back, and sends it when they let it go', async () => {
    const { house } = await open(openStore);
    let drawn = 0;
    const notes = house.parts.features.get('notes');
    if (!notes?.present) throw new Error('there are no notes');
    const { present } = notes;
    Object.assign(notes, {
      present: (...given: Parameters<typeof present>) => {
        drawn += 1;
        return present(...given);
      },
    });
    const heldUntil = house.clock.at + 7_000;
    house.teams.wait = () => heldUntil - house.clock.at;
    house.slack.wait = house.teams.wait;
    await write(house, 'held back');
    await until('both lanes wait', async () => {
      house.reconciler.nudge();
      const { lanes } = cardTables(house.store.read);
      const rows = await house.store.read.select().from(lanes);
      return rows.length > 0 && rows.every(({ dueAt, leaseUntil }) => dueAt === heldUntil && leaseUntil === null);
    });
    expect(drawn).toBe(0);
    house.clock.at = heldUntil;
    await catchUp(house);
    expect(titles(house.teams.sent)).toContain('held back');
  });

  it('lets a slow channel delay no other', async () => {
    const { house } = await open(openStore);
    const stuck = held();
    house.slack.obstacle = () => stuck.promise;
    await write(house, 'through');
    await house.teams.until((sent) => sent.length > 0);
    expect(titles(house.teams.sent)).toEqual(['through']);
    stuck.release();
  });

  it('waits as long as Retry-After says, and tells nobody', async () => {
    const { house } = await open(openStore);
    let refusals = 0;
    house.teams.obstacle = async () => {
      refusals += 1;
      throw new DeliveryError('later', 'teams:429', { afterMs: 7_000, throttled: true });
    };
    await write(house, 'patience');
    await house.slack.until((sent) => sent.length > 0);
    await dueAgain(house, 'teams');
    expect((await lane(house, 'teams')).dueAt).toBe(house.clock.at + 7_000);
    expect(refusals).toBe(1);
    house.teams.obstacle = () => undefined;
    house.clock.at += 7_000;
    await catchUp(house);
    expect(titles(house.teams.sent)[0]).toBe('patience');
    expect(house.slack.sent.some((one) => JSON.stringify(one.view).includes('retrying'))).toBe(false);
  });

  it('backs off up to the cap while it fails', async () => {
    const { house } = await open(openStore, { firstRetryMs: 1_000, longestRetryMs: 8_000 });
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:503');
    };
    await write(house, 'never mind');
    const waits: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { dueAt } = await dueAgain(house, 'teams');
      waits.push(Number(dueAt) - house.clock.at);
      house.clock.at = Number(dueAt);
      house.reconciler.nudge();
      await leased(house, 'teams');
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('says on the other side since when it has been trying, and afterwards that it arrived', async () => {
    const { house } = await open(openStore);
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:503');
    };
    const since = house.clock.at;
    await write(house, 'news');
    const line = ['Not yet delivered to Nova Pharma, retrying since ', { moment: since, zone: 'Europe/Zurich' }];
    await house.slack.until((sent) => String(JSON.stringify(sent.at(-1)?.view)).includes(JSON.stringify(line)));
    house.teams.obstacle = () => undefined;
    house.clock.at += 60_000;
    await catchUp(house);
    expect(footer(house, 'slack')).toContain('Delivered to Nova Pharma');
    expect(footer(house, 'teams')).toContain('Delivered to Acme Bio');
  });

  it('says since when of a card that waits behind one that fails', async () => {
    const { house } = await open(openStore);
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:503');
    };
    const since = house.clock.at;
    await write(house, 'first');
    const line = ['Not yet delivered to Nova Pharma, retrying since ', { moment: since, zone: 'Europe/Zurich' }];
    const says = (sent: readonly Sent[]) => String(JSON.stringify(sent.at(-1)?.view)).includes(JSON.stringify(line));
    await house.slack.until(says);
    house.clock.at += 500;
    await write(house, 'second');
    await house.slack.until((sent) => titles(sent).includes('second'));
    expect(footer(house, 'slack')).toContainEqual(line);
    house.teams.obstacle = () => undefined;
    house.clock.at += 60_000;
    await catchUp(house);
    expect(footer(house, 'slack')).toContain('Delivered to Nova Pharma');
  });

  it('parks a card that is refused for good, tells the professional of that side, and goes on with the next', async () => {
    const { house } = await open(openStore);
    house.teams.obstacle = async (_how, conversation) => {
      if (conversation === channels.teams)
        throw new DeliveryError('never', 'teams:403', { advice: 'Install Entente in the team again.' });
    };
    await write(house, 'lost');
    await catchUp(house);
    expect((await house.health()).parked).toBe(1);
    const told = house.teams.sent.filter((one) => one.conversation === people.ben.user);
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0]?.view)).toContain('Install Entente in the team again.');
    expect(footer(house, 'slack')).toContain(
      'Could not be delivered to Nova Pharma; its alliance professional has been told',
    );
    house.teams.obstacle = () => undefined;
    await write(house, 'next');
    await catchUp(house);
    expect(titles(house.teams.sent)).toContain('next');
  });

  it('gives a parked card another chance when the app has been installed again', async () => {
    const { house } = await open(openStore);
    house.teams.obstacle = async (_how, conversation) => {
      if (conversation === channels.teams) throw new DeliveryError('never', 'teams:403');
    };
    await write(house, 'later then');
    await catchUp(house);
    house.teams.obstacle = () => undefined;
    const { workspace } = people.ben;
    const spot = { platform: 'teams', workspace, conversation: channels.teams, direct: false } as const;
    await house.inbound.notify({ kind: 'installed', platform: 'teams', workspace, spot });
    await catchUp(house);
    expect(titles(house.teams.sent.filter((one) => one.conversation === channels.teams))).toContain('later then');
    expect((await house.health()).parked).toBe(0);
  });

  it('posts a card anew when its message is gone', async () => {
    const { house, notes } = await open(openStore);
    const id = await write(house, 'deleted by hand');
    await catchUp(house);
    house.slack.obstacle = async (how) => {
      if (how === 'update') throw new DeliveryError('gone', 'slack:message_not_found');
    };
    await house.press('ana', { interaction: 'notes.rewrite', subject: notes.subject(id), values: { text: 'back' } });
    await catchUp(house);
    const posts = house.slack.sent.filter((one) => one.how === 'post');
    expect(titles(posts)).toEqual(['deleted by hand', 'back']);
  });

  it('parks a card that our own bug keeps from being drawn, and goes on with the next', async () => {
    const { house, notes } = await open(openStore, { firstRetryMs: 1, longestRetryMs: 1 });
    const present = notes.feature.present;
    notes.feature.present = async (id, read, audience) => {
      const view = await present?.(id, read, audience);
      if (view?.kind === 'record' && view.title === 'poison') throw new TypeError('a bug');
      return view;
    };
    await write(house, 'poison');
    await write(house, 'next');
    await until('both are settled', async () => {
      house.clock.at += 1;
      house.reconciler.nudge();
      const { behind, parked } = await house.health();
      return behind === 0 && parked === 2;
    });
    expect(new Set(titles(house.teams.sent))).toEqual(new Set(['next', '']));
  });

  it('parks no card for a limit, however long it has failed before', async () => {
    const { house } = await open(openStore);
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:503');
    };
    await write(house, 'long overdue');
    await dueAgain(house, 'teams');
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:paced', { afterMs: 1_000, throttled: true });
    };
    house.clock.at += 25 * HOUR;
    house.reconciler.nudge();
    await until('the limit was met', async () => (await lane(house, 'teams')).dueAt === house.clock.at + 1_000);
    house.teams.obstacle = () => undefined;
    house.clock.at += 1_000;
    await catchUp(house);
    expect(titles(house.teams.sent)[0]).toBe('long overdue');
  });

  it('gives a card a day again once the app has been installed again', async () => {
    const { house } = await open(openStore);
    const failing = async () => {
      throw new DeliveryError('later', 'teams:503');
    };
    house.teams.obstacle = failing;
    await write(house, 'second day');
    await dueAgain(house, 'teams');
    house.clock.at += 25 * HOUR;
    await parkedCards(house, 1);
    const { workspace } = people.ben;
    await house.inbound.notify({ kind: 'installed', platform: 'teams', workspace });
    await dueAgain(house, 'teams');
    expect((await house.health()).parked).toBe(0);
    house.teams.obstacle = () => undefined;
    house.clock.at += 60_000;
    await catchUp(house);
    expect(titles(house.teams.sent)).toContain('second day');
  });

  it('tries a card that was given up again at the next start, and tells the other side', async () => {
    const { house, notes } = await open(openStore);
    const id = await write(house, 'first');
    await catchUp(house);
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:no-token');
    };
    await house.press('ana', { interaction: 'notes.rewrite', subject: notes.subject(id), values: { text: 'second' } });
    await dueAgain(house, 'teams');
    house.clock.at += 25 * HOUR;
    await parkedCards(house, 1);
    const told = () => JSON.stringify(footer(house, 'slack'));
    await until('Slack says so', async () => told().includes('Could not be delivered to Nova Pharma'));
    await house.reconciler.stop();
    house.teams.obstacle = () => undefined;
    const next = createReconciler(house.parts);
    await next.start();
    await until('both are true', async () => {
      // What told Nova's professional was refused as well and waits its time.
      house.clock.at += 1_000;
      next.nudge();
      return (await house.health()).behind === 0;
    });
    await next.stop();
    expect(titles([...house.teams.sent])).toContain('second');
    expect(told()).toContain('Delivered to Nova Pharma');
    expect(await house.health()).toMatchObject({ behind: 0, parked: 0 });
  });

  it('keeps the cards of a platform that is switched off until it is on again', async () => {
    const { house } = await open(openStore);
    await house.reconciler.stop();
    const half = createReconciler({ ...house.parts, platforms: new Map([['slack', house.slack]]) });
    await write(house, 'for both');
    half.nudge();
    await dueAgain(house, 'teams');
    house.clock.at += 25 * HOUR;
    half.nudge();
    await until('it was tried again', async () => Number((await lane(house, 'teams')).dueAt) > house.clock.at);
    await half.stop();
    expect((await house.health()).parked).toBe(0);
    const whole = createReconciler(house.parts);
    house.clock.at += 60_000;
    whole.nudge();
    await house.teams.until((sent) => sent.length > 0);
    await whole.stop();
    expect(titles(house.teams.sent)).toEqual(['for both']);
  });

  it('refuses what a sleeper brings after its lease was taken by another', async () => {
    const { house } = await open(openStore, { leaseMs: 0 });
    const slow = held();
    house.teams.obstacle = () => slow.promise;
    await write(house, 'slept over');
    await leased(house, 'teams');
    const claim = { now: house.clock.at, limit: 10, leaseMs: 60_000, token: 'another' };
    await claimUntil(house, claim);
    slow.release();
    await house.teams.until((sent) => sent.length > 0);
    await house.reconciler.stop();
    const { cards } = cardTables(house.store.read);
    const [row] = await house.store.read
      .select()
      .from(cards)
      .where(eq(cards.laneId, laneId('teams')));
    expect(row).toMatchObject({ shown: 0, ref: null });
  });

  it('sends nothing when it slept past its lease before it sent', async () => {
    const { house, notes } = await open(openStore);
    const present = notes.feature.present;
    const overslept = held();
    notes.feature.present = async (id, read, audience) => {
      house.clock.at += usualPatience.leaseMs;
      await loseLease(house, 'teams');
      await loseLease(house, 'slack');
      overslept.release();
      return present?.(id, read, audience);
    };
    await write(house, 'sent by another');
    await overslept.promise;
    await house.reconciler.stop();
    expect([...house.teams.sent, ...house.slack.sent]).toEqual([]);
  });

  it('draws a card once more when a sleeper may have put an older picture over it', async () => {
    const { house, notes } = await open(openStore);
    const id = await write(house, 'first');
    await catchUp(house);
    const [slow, reached] = [held(), held()];
    house.teams.obstacle = () => {
      reached.release();
      return slow.promise;
    };
    await house.press('ana', { interaction: 'notes.rewrite', subject: notes.subject(id), values: { text: 'second' } });
    await reached.promise;
    await loseLease(house, 'teams');
    house.teams.obstacle = () => undefined;
    slow.release();
    await house.teams.until((sent) => titles(sent).filter((title) => title === 'second').length === 2);
  });

  it('leaves a lane to the worker that still delivers, although its lease is over', async () => {
    const { house } = await open(openStore, { leaseMs: 0 });
    const slow = held();
    house.teams.obstacle = () => slow.promise;
    await write(house, 'once');
    await leased(house, 'teams');
    await write(house, 'twice');
    await house.slack.until((sent) => titles(sent).includes('twice'));
    slow.release();
    await catchUp(house);
    const posts = house.teams.sent.filter((one) => one.how === 'post');
    expect(titles(posts)).toEqual(['once', 'twice']);
  });

  it('notes what a platform took although the database is away meanwhile', async () => {
    const store = await openStore();
    let away = 0;
    const flaky: typeof store = {
      ...store,
      write: (work, options) => (away-- > 0 ? Promise.reject(new Error('away')) : store.write(work, options)),
    };
    const notes = createNotes();
    const house = await openHouse(flaky, { features: [notes.feature] });
    onTestFinished(() => house.reconciler.stop());
    house.teams.obstacle = async () => {
      away = 3;
    };
    await write(house, 'posted once');
    await until('no card is behind', async () => {
      house.clock.at += 100;
      house.reconciler.nudge();
      return (await house.health()).behind === 0;
    });
    expect(house.teams.sent.filter((one) => one.how === 'post')).toHaveLength(1);
    expect(house.slack.sent.filter((one) => one.how === 'post')).toHaveLength(1);
  });

  it('gives a lane back when the database fails before anything is sent', async () => {
    const store = await openStore();
    let away = 0;
    const flaky: typeof store = {
      ...store,
      snapshot: (work) => (away-- > 0 ? Promise.reject(new Error('away')) : store.snapshot(work)),
    };
    const house = await openHouse(flaky, { features: [createNotes().feature] });
    onTestFinished(() => house.reconciler.stop());
    away = 2;
    await write(house, 'late');
    await until('it is posted', async () => {
      house.clock.at += 100;
      house.reconciler.nudge();
      return house.teams.sent.length > 0 && house.slack.sent.length > 0;
    });
    expect(titles(house.teams.sent)[0]).toBe('late');
  });
});

/** As when a lease runs out and another worker takes the lane, shows everything as it is, and gives it back. */
const loseLease = (house: House, side: 'slack' | 'teams'): Promise<unknown> =>
  house.store.write(async (tx) => {
    const { lanes, cards } = cardTables(tx);
    const given = { leaseToken: null, leaseUntil: null, dueAt: null };
    await tx
      .update(lanes)
      .set(given)
      .where(eq(lanes.id, laneId(side)));
    await tx
      .update(cards)
      .set({ shown: sql`${cards.wanted}` })
      .where(eq(cards.laneId, laneId(side)));
  });

const HOUR = 60 * 60 * 1_000;

const parkedCards = (house: House, count: number): Promise<unknown> =>
  until(`${count} cards are parked`, async () => {
    house.reconciler.nudge();
    return (await house.health()).parked === count;
  });

const laneId = (side: 'slack' | 'teams'): string =>
  `${side}/${people[side === 'slack' ? 'ana' : 'ben'].workspace}/channel/${channels[side]}`;

const lane = async (house: House, side: 'slack' | 'teams') => {
  const { lanes } = cardTables(house.store.read);
  const [row] = await house.store.read
    .select()
    .from(lanes)
    .where(eq(lanes.id, laneId(side)));
  if (!row) throw new Error('no lane');
  return row;
};

/** The lane once it has been given back with a later time. */
const dueAgain = (house: House, side: 'slack' | 'teams') =>
  until('the lane is given back', async () => {
    const row = await lane(house, side);
    return row.leaseToken === null && Number(row.dueAt) > house.clock.at && row;
  });

/** Waits until a worker has taken the lane, or has been there and gone. */
const leased = (house: House, side: 'slack' | 'teams'): Promise<unknown> =>
  until('the lane is taken', async () => {
    const row = await lane(house, side);
    return row.leaseToken !== null || row.dueAt === null || row.dueAt > house.clock.at;
  });

const claimUntil = (house: House, claim: Parameters<typeof claimLanes>[1]): Promise<unknown> =>
  until('the lane is claimed', async () =>
    (await claimLanes(house.store, claim)).some((one) => one.id === laneId('teams')),
  );
