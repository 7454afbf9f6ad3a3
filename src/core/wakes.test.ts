import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type House, openHouse } from '../../test/house/house.js';
import { createNotes } from '../../test/house/notes.js';
import { eachEngine, type Open } from '../../test/stores.js';
import type { Store } from './db/store.js';
import type { Feature } from './feature.js';
import { runDueWakes } from './wakes.js';

const minutes = (count: number) => count * 60_000;

const open = async (openStore: Open) => {
  const notes = createNotes();
  const house = await openHouse(await openStore(), { features: [notes.feature] });
  return { house, notes };
};

const tick = (house: House, feature: Feature, store: Store = house.store) =>
  runDueWakes({
    derive: () => new Uint8Array(32),
    store,
    features: new Map([[feature.name, feature]]),
    now: () => house.clock.at,
    newId: randomUUID,
    log: pino({ level: 'silent' }),
    nudge: () => {},
  });

eachEngine('wakes', (openStore, engine) => {
  it('come when due, once', async () => {
    const { house, notes } = await open(openStore);
    await house.say('ana', 'alarm tea 5');
    await tick(house, notes.feature);
    expect(notes.woken).toEqual([]);
    house.clock.at += minutes(5);
    await tick(house, notes.feature);
    await tick(house, notes.feature);
    expect(notes.woken).toEqual(['tea']);
  });

  it('with the same key replace, and can be cancelled', async () => {
    const { house, notes } = await open(openStore);
    await house.say('ana', 'alarm tea 5');
    await house.say('ana', 'alarm tea 30');
    await house.say('ana', 'alarm coffee 5');
    await house.say('ana', 'calm coffee');
    house.clock.at += minutes(10);
    await tick(house, notes.feature);
    expect(notes.woken).toEqual([]);
    house.clock.at += minutes(20);
    await tick(house, notes.feature);
    expect(notes.woken).toEqual(['tea']);
  });

  it('that are useless by now are dropped', async () => {
    const { house, notes } = await open(openStore);
    await house.say('ana', 'alarm tea 5 10');
    house.clock.at += minutes(60);
    await tick(house, notes.feature);
    expect(notes.woken).toEqual([]);
  });

  it('whose handler fails come again after their lease', async () => {
    const { house, notes } = await open(openStore);
    await house.say('ana', 'alarm tea 5');
    house.clock.at += minutes(5);
    let broken = true;
    const feature: Feature = {
      ...notes.feature,
      wake: async (key, work) => {
        if (broken) throw new Error('a bug');
        await notes.feature.wake?.(key, work);
      },
    };
    await tick(house, feature);
    broken = false;
    await tick(house, feature);
    expect(notes.woken).toEqual([]);
    await house.store.write(async (tx) => {
      const { wakeTables } = await import('./wake-tables.js');
      await tx.update(wakeTables(tx).wakes).set({ leaseUntil: 0 });
    });
    await tick(house, feature);
    expect(notes.woken).toEqual(['tea']);
  });

  it('come once although two workers look at the same time', async () => {
    const url = await engine.freshUrl();
    const notes = createNotes();
    const house = await openHouse(await openStore(url), { features: [notes.feature] });
    const other = engine.dialect === 'postgres' ? await openStore(url) : house.store;
    for (let n = 0; n < 20; n += 1) await house.say('ana', `alarm tea${n} 5`);
    house.clock.at += minutes(5);
    await Promise.all([tick(house, notes.feature), tick(house, notes.feature, other)]);
    await Promise.all([tick(house, notes.feature), tick(house, notes.feature, other)]);
    expect([...notes.woken].sort()).toEqual([...new Set(notes.woken)].sort());
    expect(notes.woken).toHaveLength(20);
  });
});
