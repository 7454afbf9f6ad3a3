import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import { ana, jsc } from '../flows/flow.js';
import { usePostgres } from './databases.js';
import { expectExplained } from './deaths.js';
import { rollDice } from './dice.js';
import { startLoad } from './load.js';
import { type Outside, openOutside } from './outside.js';
import { expectPromises } from './promises.js';
import { readRecord, recordIn } from './record.js';
import { load, type Replica } from './replica.js';
import { expectTruth } from './truth.js';

const sides = ['slack', 'teams'] as const;

describe('two replicas on one PostgreSQL', () => {
  const newDatabase = usePostgres();

  const startTwo = async (leaseMs: number) => {
    const outside = await openOutside();
    const url = await newDatabase();
    const order = outside.order(url, { leaseMs });
    const loaded = await Promise.all([load(), load()]);
    const [one, other] = await Promise.all(loaded.map((process) => process.start(order)));
    if (!one || !other) throw new Error('two were started');
    return { outside, url, one, other };
  };

  const settled = (replica: Replica): Promise<void> =>
    vi.waitFor(async () => expect(await replica.behind()).toBe(0), { timeout: 60_000, interval: 50 });

  /** Both of a decision's posts are under way, by whoever answered the command. */
  const postsUnderWay = async ({ sandbox }: Outside, url: string): Promise<void> => {
    for (const side of sides) await sandbox.controls.fail({ side, mode: 'slow', delayMs: 700 });
    await sandbox.controls.say({ ...ana, conversation: jsc.slack, text: '/decision Somebody posts this' });
    const store = await openStore(url);
    await vi.waitFor(async () => expect((await recordIn(store)).leased).toBe(2), { timeout: 5_000, interval: 20 });
    await store.close();
  };

  const clear = async ({ sandbox }: Outside): Promise<void> => {
    for (const side of sides) await sandbox.controls.fail({ side, mode: 'ok' });
  };

  it('migrate an empty database at once, share the work, and deliver every card once', async () => {
    const { outside, url, one, other } = await startTwo(60_000);
    outside.door.lead(one.port, other.port);
    const busy = startLoad(outside.sandbox, rollDice());
    await sleep(6_000);
    await busy.stop();
    await settled(one);
    expect(await one.answered()).toBeGreaterThan(5);
    expect(await other.answered()).toBeGreaterThan(5);
    for (const replica of [one, other]) expect(await replica.terminate()).toMatchObject({ code: 0 });
    for (const replica of [one, other]) expect(replica.errors()).toEqual([]);
    const recorded = await readRecord(url);
    expectPromises(busy, recorded);
    expect(await expectTruth(recorded, outside.sandbox)).toEqual([]);
  });

  it('take over what one of them was delivering when it is killed', async () => {
    const { outside, url, one, other } = await startTwo(1_500);
    outside.door.lead(one.port);
    await postsUnderWay(outside, url);
    const at = Date.now();
    await one.kill();
    outside.door.lead(other.port);
    await clear(outside);
    await settled(other);
    expect(await other.terminate()).toMatchObject({ code: 0 });
    const recorded = await readRecord(url);
    expect(recorded.decisions).toHaveLength(1);
    expectExplained(await expectTruth(recorded, outside.sandbox), [{ at, overAt: Date.now() }]);
  });

  it('take over what one of them was delivering when it freezes, and refuse its late note', async () => {
    const { outside, url, one, other } = await startTwo(1_500);
    outside.door.lead(one.port);
    await postsUnderWay(outside, url);
    const at = Date.now();
    one.freeze();
    outside.door.lead(other.port);
    await clear(outside);
    await settled(other);
    one.thaw();
    const overAt = Date.now();
    outside.door.lead(one.port);
    const again = await outside.sandbox.controls.say({ ...ana, conversation: jsc.slack, text: '/decision After that' });
    expect(again.status).toBe(200);
    await settled(one);
    for (const replica of [one, other]) expect(await replica.terminate()).toMatchObject({ code: 0 });
    const recorded = await readRecord(url);
    expect(recorded.decisions).toHaveLength(2);
    expectExplained(await expectTruth(recorded, outside.sandbox), [{ at, overAt }]);
  });

  it('go on after one froze at any moment, in the middle of a write too', async () => {
    const dice = rollDice();
    const { outside, url, one, other } = await startTwo(1_500);
    outside.door.lead(one.port, other.port);
    const busy = startLoad(outside.sandbox, dice);
    const freezes = [];
    for (let nth = 1; nth <= 3; nth++) {
      await sleep(500 + dice.below(1_000));
      const at = Date.now();
      one.freeze();
      outside.door.lead(other.port);
      const before = await other.answered();
      // A frozen write holds its alliance for 15 s at most.
      await vi.waitFor(async () => expect(await other.answered()).toBeGreaterThan(before + 3), { timeout: 25_000 });
      await sleep(dice.below(3_000));
      one.thaw();
      outside.door.lead(one.port, other.port);
      freezes.push({ at, overAt: Date.now() });
    }
    await busy.stop();
    await sleep(2_000);
    await settled(other);
    for (const replica of [one, other]) expect(await replica.terminate()).toMatchObject({ code: 0 });
    const recorded = await readRecord(url);
    expectPromises(busy, recorded);
    expectExplained(await expectTruth(recorded, outside.sandbox), freezes);
  });
});
