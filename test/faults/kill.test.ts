import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { eachDatabase } from './databases.js';
import { type Death, expectExplained } from './deaths.js';
import { type Dice, patienceMs, rollDice, times } from './dice.js';
import { countTold, marksWhere } from './ledger.js';
import { type Load, startLoad } from './load.js';
import { type Outside, openOutside } from './outside.js';
import { expectPromises } from './promises.js';
import { readRecord } from './record.js';
import { load, type Replica } from './replica.js';
import { expectTruth } from './truth.js';

const kills = times(6);

/** A dead process's lanes wait for their lease on PostgreSQL. */
const patience = { leaseMs: 1_500 };

/** Waits for a moment to kill at: any, or exactly when a platform has taken a post and nobody has noted it. */
const moment = async ({ sandbox }: Outside, { ledger }: Load, dice: Dice, nth: number): Promise<void> => {
  const side = dice.pick(['slack', 'teams'] as const);
  await sleep(dice.below(700));
  if (dice.draw() < 0.5) return;
  const text = `Marked ${nth}`;
  ledger.ask(`decision ${text}`);
  const posted = sandbox.controls.awaitMessage({ side, match: text, timeoutMs: 10_000 });
  void sandbox.controls.say({ side: 'slack', person: 'U01ANA', conversation: 'C01JSC', text: `/decision ${text}` });
  await posted.catch(() => undefined);
};

const settled = (replica: Replica): Promise<void> =>
  vi.waitFor(async () => expect(await replica.behind()).toBe(0), { timeout: 60_000, interval: 50 });

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
      await moment(outside, busy, dice, nth);
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
    expectPromises(busy, recorded);
    const repeats = await expectTruth(recorded, outside.sandbox);
    expectExplained(repeats, deaths);
    expect(marksWhere(busy.ledger, ({ denied }) => denied > 0)).toEqual([]);
    // Otherwise the test has tested nothing.
    expect(countTold(busy.ledger, 'decision ')).toBeGreaterThan(kills);
    for (const verb of ['seated', 'joined']) expect(countTold(busy.ledger, `${verb} `), verb).toBeGreaterThan(0);
  });
});
