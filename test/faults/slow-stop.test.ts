import { isNotNull } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { cardsHealth } from '../../src/core/cards-health.js';
import { cardTables } from '../../src/core/tables.js';
import { ana, jsc, openFlow } from '../flows/flow.js';
import { eachDatabase } from './databases.js';

/** Slow, but within what a call to a platform may take. */
const delayMs = 6_000;

eachDatabase('stopped while both platforms are slow', (newDatabase) => {
  it('waits for what was sent to be taken, notes it, and is gone within ten seconds', async () => {
    const flow = await openFlow(await newDatabase());
    const { client, sandbox } = flow;
    for (const side of ['slack', 'teams'] as const) await client.fail({ side, mode: 'slow', delayMs });
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    const { lanes } = cardTables(flow.app.store.read);
    await expect.poll(() => flow.app.store.read.$count(lanes, isNotNull(lanes.leaseUntil))).toBe(2);
    const startedAt = performance.now();
    await flow.restart();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    for (const side of ['slack', 'teams'] as const) await client.fail({ side, mode: 'ok' });
    await expect
      .poll(async () => (await cardsHealth(flow.app.store.read, Date.now())).behind, { timeout: 20_000 })
      .toBe(0);
    const { slack, teams } = await sandbox.controls.state();
    for (const { messages } of [slack, teams])
      expect(messages.filter((one) => one.plain.includes('D-1') && !one.onlyFor)).toHaveLength(1);
  });
});
