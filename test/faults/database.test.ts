import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { ana, ben, jsc, openFlow, said } from '../flows/flow.js';
import { usePostgres } from './databases.js';
import { patienceMs, rollDice, times } from './dice.js';
import { type Gate, openGate } from './gate.js';
import { startLoad } from './load.js';
import { busyWorld } from './newcomers.js';
import { expectPromises } from './promises.js';
import { settledRecord } from './record.js';
import { expectTruth } from './truth.js';

/** Slack's second retry comes after 60 ms then, its third after 300 ms more. */
const quick = { ...busyWorld, enforcePace: false, retryScale: 0.001 };

describe('PostgreSQL goes away', () => {
  const newDatabase = usePostgres();

  const openBehindGate = async () => {
    const gate = await openGate(await newDatabase());
    return { gate, ...(await openFlow(gate.url, quick)) };
  };

  const status = async (base: string, path: string): Promise<number> => (await fetch(`${base}${path}`)).status;

  it('and whoever asks meanwhile is told that nothing was saved', async () => {
    const { gate, client, card, base } = await openBehindGate();
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Before' });
    const onTeams = await card('teams', 'D-1');
    const onSlack = await card('slack', 'D-1');
    await card('teams', 'Delivered to Acme Bio');
    await gate.shut();
    const nothing = /nothing was saved/i;
    expect(said(await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meanwhile' }))).toMatch(nothing);
    expect(said(await client.press({ ...ana, message: onSlack.id, action: 'Confirm wording' }))).toMatch(nothing);
    const typed = { conversation: jsc.teams, text: '@Entente decision Meanwhile' };
    expect(said(await client.say({ ...ben, ...typed }))).toMatch(nothing);
    const pressed = await client.press({ ...ben, message: onTeams.id, action: 'Confirm wording' });
    expect(pressed.error).toBeDefined();
    expect(JSON.stringify(await client.redeliver({ side: 'teams', kind: 'interaction' }))).toMatch(nothing);
    expect(await status(base, '/readyz')).toBe(503);
    expect(await status(base, '/healthz')).toBe(200);
    await gate.open();
    await vi.waitFor(async () => expect(await status(base, '/readyz')).toBe(200), { timeout: 5_000 });
    expect(said(await client.say({ ...ana, conversation: jsc.slack, text: '/decision After' }))).toContain('D-2');
    await client.press({ ...ana, message: onSlack.id, action: 'Confirm wording' });
    await card('teams', 'Agreed');
  });

  it('and Slack delivers again what it told meanwhile', async () => {
    const { gate, client, card } = await openBehindGate();
    await gate.shut();
    const told = await client.say({ ...ana, conversation: jsc.slack, text: '@Entente decision By event' });
    expect(told.status).toBe(500);
    await gate.open();
    await card('slack', 'By event');
    expect((await card('teams', 'By event')).plain).toContain('D-1');
  });

  /** Ends every connection to the database, as an administrator or a failover does. */
  const endConnections = async (url: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await admin.end();
  };

  const goAway = async (gate: Gate, how: 'ended' | 'shut', forMs: number): Promise<void> => {
    if (how === 'ended') return endConnections(gate.url);
    await gate.shut();
    await sleep(forMs);
    await gate.open();
  };

  it('again and again under load, and nothing is lost or stands twice', { timeout: patienceMs }, async () => {
    const dice = rollDice();
    const { gate, app, sandbox } = await openBehindGate();
    const busy = startLoad(sandbox, dice);
    for (let nth = 1; nth <= times(12); nth++) {
      await sleep(dice.below(700));
      await goAway(gate, dice.pick(['ended', 'shut']), dice.below(300));
    }
    await busy.stop();
    await sleep(500);
    const recorded = await settledRecord(app.store);
    expectPromises(busy, recorded);
    expect(await expectTruth(recorded, sandbox)).toEqual([]);
  });
});
