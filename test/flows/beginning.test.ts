import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../src/config.js';
import { type Demo, startDemo } from '../../src/demo.js';
import { createLog } from '../../src/log.js';
import { type Client, connect } from '../../src/sandbox/client.js';
import type { Beginning } from '../../src/sandbox/model.js';
import { makeScratch } from '../scratch.js';
import { ana, ben, jsc, said } from './flow.js';

const configIn = (folder: string, port = 0): Config => ({
  mode: 'sandbox',
  production: false,
  host: '127.0.0.1',
  port,
  databaseUrl: `file:${join(folder, 'entente.db')}`,
  logLevel: 'silent',
});

const open = async () => {
  const folder = await makeScratch('beginning');
  let demo: Demo = await startDemo(configIn(folder), createLog('silent'));
  onTestFinished(async () => {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { port } = demo.app;
  const base = `http://127.0.0.1:${port}`;
  const client = connect(`${base}/sandbox/api`);
  const again = async () => {
    await demo.stop();
    demo = await startDemo(configIn(folder, port), createLog('silent'));
  };
  return { base, client, again };
};

const begin = (base: string, next: string) =>
  fetch(`${base}/sandbox/api/begin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ with: next }),
  });

/** While Entente restarts, nobody answers. */
const begun = async (client: Client): Promise<Beginning | undefined> =>
  (await client.state().catch(() => undefined))?.begun;

const isBegun = (client: Client, next: Beginning) =>
  expect.poll(() => begun(client), { timeout: 10_000, interval: 50 }).toBe(next);

it('forgets everything and begins empty on the same port, and goes back again', async () => {
  const { base, client } = await open();
  await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
  expect((await begin(base, 'half')).status).toBe(400);
  expect((await begin(base, 'empty')).status).toBe(202);
  await isBegun(client, 'empty');
  const { slack, teams } = await client.state();
  expect([slack.messages, slack.installedIn, teams.messages, teams.installedIn]).toEqual([[], [], [], []]);
  await client.install({ side: 'teams' });
  expect(said(await client.say({ ...ben, text: 'help' }))).toContain('setup');
  await begin(base, 'demo');
  await isBegun(client, 'demo');
  const first = await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet weekly' });
  expect(said(first)).toContain('D-1');
});

it('stays empty, and installed, over a restart', async () => {
  const { base, client, again } = await open();
  await begin(base, 'empty');
  await isBegun(client, 'empty');
  await client.consent({ answer: 'allow' });
  const { installUrl = '' } = await client.state();
  const asked = await fetch(installUrl, { redirect: 'manual' });
  const consent = await fetch(asked.headers.get('location') ?? '', { redirect: 'manual' });
  const cookie = asked.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  await fetch(consent.headers.get('location') ?? '', { headers: { cookie: cookie.join('; ') } });
  await again();
  expect((await client.state()).begun).toBe('empty');
  expect(said(await client.say({ ...ana, text: 'help' }))).toContain('setup');
});

it('begins anew for a page of this machine only', async () => {
  const { base } = await open();
  const foreign = await fetch(`${base}/sandbox/api/begin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    body: JSON.stringify({ with: 'empty' }),
  });
  expect(foreign.status).toBe(403);
});
