import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { eachDatabase } from './databases.js';
import { type Death, expectExplained } from './deaths.js';
import { type Dice, patienceMs, rollDice, times } from './dice.js';
import { startLoad } from './load.js';
import { type Outside, openOutside } from './outside.js';
import { readRecord } from './record.js';
import { load, type Replica } from './replica.js';
import { expectTruth } from './truth.js';

const kills = times(6);

/** A dead process's lanes wait for their lease on PostgreSQL. */
const patience = { leaseMs: 1_500 };

/** Waits for a moment to kill at: any, or exactly when a platform has taken a post and nobody has noted it. */
const moment = async ({ sandbox }: Outside, dice: Dice, nth: number): Promise<void> => {
  const side = dice.pick(['slack', 'teams'] as const);
  await sleep(dice.below(700));
  if (dice.draw() < 0.5) return;
  const text = `Marked ${nth}`;
  const posted = sandbox.controls.awaitMessage({ side, match: text, timeoutMs: 10_000 });
  void sandbox.controls.say({ side: 'slack', person: 'U01ANA', conversation: 'C01JSC', text: `/decision ${text}` });
  await posted.catch(() => undefined);
};

const settled = (replica: Replica): Promise<void> =>
  vi.waitFor(async () => expect(await replica.behind()).toBe(0), { timeout: 30_000, interval: 50 });

eachDatabase('killed again and again under load', (newDatabase) => {
  it('has what it acknowledged, once, and ends with every card true on both sides', {
    timeout: patienceMs,
  }, async () => {
    const dice = rollDice();
    const outside = await openOutside();
    const url = await newDatabase();
    const order = outside.order(url, patience);
    let replica = await (await load()).start(order);
    outside.door.lead(replica.port);
    const busy = startLoad(outside.sandbox, dice);
    const deaths: Death[] = [];
    for (let nth = 1; nth <= kills; nth++) {
      const next = await load();
      await moment(outside, dice, nth);
      const at = Date.now();
      await replica.kill();
      outside.door.lead();
      expect(replica.errors()).toEqual([]);
      replica = await next.start(order);
      outside.door.lead(replica.port);
      deaths.push({ at, overAt: Date.now() });
    }
    await busy.stop();
    // Slack's last retry of an event that met a dead process.
    await sleep(2_000);
    await settled(replica);
    expect(replica.errors()).toEqual([]);
    expect(await replica.terminate()).toMatchObject({ code: 0 });

    const recorded = await readRecord(url);
    const texts = recorded.decisions.map(({ text }) => text);
    const byPeople = texts.filter((text) => !text.startsWith('Marked '));
    expect(new Set(texts).size, 'no text twice').toBe(texts.length);
    expect(
      [...busy.acknowledged].filter((text) => !texts.includes(text)),
      'lost',
    ).toEqual([]);
    expect(
      byPeople.filter((text) => !busy.asked.has(text)),
      'invented',
    ).toEqual([]);
    for (const [side, company] of [
      ['slack', 'Acme Bio'],
      ['teams', 'Nova Pharma'],
    ] as const)
      for (const label of busy.confirmed[side])
        expect(recorded.decisions[Number(label.slice(2)) - 1]?.confirmedBy, label).toContain(company);
    const repeats = await expectTruth(recorded, outside.sandbox);
    expectExplained(repeats, deaths);
    expect([...busy.denied]).toEqual([]);
    // Otherwise the test has tested nothing.
    expect(busy.acknowledged.size).toBeGreaterThan(kills);
  });
});
