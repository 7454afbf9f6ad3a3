import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import type { Failure } from '../../src/sandbox/model.js';
import { ana, jsc, openFlow } from '../flows/flow.js';
import { eachDatabase, newSqlite } from './databases.js';
import { type Dice, patienceMs, rollDice, times } from './dice.js';
import { countTold } from './ledger.js';
import { startLoad } from './load.js';
import { busyWorld } from './newcomers.js';
import { expectPromises } from './promises.js';
import { recordIn, settledRecord } from './record.js';
import { expectTruth } from './truth.js';

const changes = times(20);
const sides = ['slack', 'teams'] as const;

const weathers: readonly ((dice: Dice) => Failure)[] = [
  () => ({ mode: 'ok' }),
  () => ({ mode: 'error' }),
  () => ({ mode: 'down' }),
  (dice) => ({ mode: 'ratelimited', retryAfter: dice.below(2) }),
  (dice) => ({ mode: 'slow', delayMs: dice.below(300) }),
  (dice) => ({ mode: 'random', seed: dice.below(1_000_000), share: dice.draw() }),
];

eachDatabase('while both platforms fail in every way', (newDatabase) => {
  it('ends with both sides true, and each card there once', { timeout: patienceMs }, async () => {
    const dice = rollDice();
    const { app, sandbox } = await openFlow(await newDatabase(), {
      ...busyWorld,
      enforcePace: false,
      retryScale: 0.005,
    });
    const busy = startLoad(sandbox, dice);
    for (let nth = 1; nth <= changes; nth++) {
      const side = dice.pick(sides);
      await sandbox.controls.fail({ side, ...dice.pick(weathers)(dice) });
      await sleep(dice.below(800));
    }
    for (const side of sides) await sandbox.controls.fail({ side, mode: 'ok' });
    await busy.stop();
    const recorded = await settledRecord(app.store);
    expectPromises(busy, recorded);
    expect(await expectTruth(recorded, sandbox)).toEqual([]);
    const failed = (await sandbox.controls.calls()).filter(({ status }) => status === 0 || status >= 400);
    expect(Math.min(failed.length, countTold(busy.ledger, 'decision ')), 'enough was tried').toBeGreaterThan(10);
  });
});

/** A little longer than Entente waits for a platform. */
const tooLongMs = 10_500;

it('gives up on a platform that takes too long, and tries again', async () => {
  const { app, client, sandbox } = await openFlow(await newSqlite(), { enforcePace: false });
  for (const side of sides) await client.fail({ side, mode: 'slow', delayMs: tooLongMs });
  await client.say({ ...ana, conversation: jsc.slack, text: '/decision Take your time' });
  await vi.waitFor(async () => expect((await recordIn(app.store)).leased).toBe(2), { timeout: 5_000 });
  // Both calls are under way and meet the slowness; those that follow do not.
  for (const side of sides) await client.fail({ side, mode: 'ok' });
  const abandoned = async (): Promise<number> => {
    const calls = await client.calls();
    return sides.filter((side) => calls.some((call) => call.side === side && call.status === 0)).length;
  };
  await vi.waitFor(async () => expect(await abandoned()).toBe(2), { timeout: 20_000, interval: 100 });
  expect(await expectTruth(await settledRecord(app.store), sandbox)).toEqual([]);
});
