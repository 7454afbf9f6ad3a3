import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { eachDatabase } from './databases.js';
import { patienceMs, rollDice, times } from './dice.js';
import { countTold, marksWhere, unanswered } from './ledger.js';
import { startLoad } from './load.js';
import { openOutside } from './outside.js';
import { expectPromises } from './promises.js';
import { readRecord } from './record.js';
import { load } from './replica.js';
import { expectTruth } from './truth.js';

const stops = times(3);
const limitMs = 10_000;
/** Each call to a platform takes this long, so that some are always under way. */
const delayMs = 60;

eachDatabase('stopped and started under load', (newDatabase) => {
  it('finishes what is in flight, gives its lanes back and posts nothing twice', { timeout: patienceMs }, async () => {
    const dice = rollDice();
    const outside = await openOutside();
    const { controls } = outside.sandbox;
    for (const side of ['slack', 'teams'] as const) await controls.fail({ side, mode: 'slow', delayMs });
    const url = await newDatabase();
    const order = outside.order(url);
    let replica = await (await load()).start(order);
    outside.door.lead(replica.port);
    const busy = startLoad(outside.sandbox, dice);
    for (let nth = 1; nth <= stops; nth++) {
      const next = await load();
      await sleep(dice.below(500));
      const end = await replica.terminate();
      expect(end).toMatchObject({ code: 0, signal: null });
      expect(end.ms).toBeLessThan(limitMs);
      expect(replica.errors()).toEqual([]);
      replica = await next.start(order);
      outside.door.lead(replica.port);
    }
    await busy.stop();
    await vi.waitFor(async () => expect(await replica.behind()).toBe(0), { timeout: 60_000, interval: 50 });
    expect(await replica.terminate()).toMatchObject({ code: 0 });

    const recorded = await readRecord(url);
    expectPromises(busy, recorded);
    expect(unanswered(busy.ledger, recorded.marks)).toEqual([]);
    expect(marksWhere(busy.ledger, ({ denied }) => denied > 0)).toEqual([]);
    expect(await expectTruth(recorded, outside.sandbox)).toEqual([]);
    expect(countTold(busy.ledger, 'decision ')).toBeGreaterThan(stops);
  });
});
