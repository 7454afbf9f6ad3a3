import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type BareBot, startBareBot } from './bare-bot.js';
import { connect } from './client.js';
import { drawTrouble } from './failure.js';
import { demoSeed, type Sandbox, type SandboxOptions, startSandbox } from './index.js';

const CHANNEL = 'C01JSC';
const PATIENT = { timeout: 5000 };
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const begin = async (options: Partial<SandboxOptions> = {}): Promise<{ bot: BareBot; sandbox: Sandbox }> => {
  const bot = await startBareBot();
  const sandbox = await startSandbox({ world: demoSeed, ...bot, ...options });
  open.push(sandbox, bot);
  return { bot, sandbox };
};

const post = ({ slackApiUrl, botToken }: Sandbox, text: string) =>
  fetch(`${slackApiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}` },
    body: new URLSearchParams({ channel: CHANNEL, text }),
  });

it('fails Entente’s calls as told, records them, and recovers', async () => {
  const { sandbox } = await begin();
  const client = connect(`${sandbox.url}/control`);
  await client.fail({ side: 'slack', mode: 'ratelimited', retryAfter: 7 });
  const limited = await post(sandbox, 'a');
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  await client.fail({ side: 'slack', mode: 'error' });
  expect((await post(sandbox, 'b')).status).toBe(500);
  await client.fail({ side: 'slack', mode: 'down' });
  await expect(post(sandbox, 'c')).rejects.toThrow();
  await client.fail({ side: 'slack', mode: 'slow', delayMs: 1 });
  expect((await post(sandbox, 'd')).status).toBe(200);
  const calls = await client.calls({ side: 'slack', method: 'chat.postMessage' });
  expect(calls.map(({ status, error }) => [status, error])).toEqual([
    [429, 'ratelimited'],
    [500, 'internal_error'],
    [0, undefined],
    [200, undefined],
  ]);
  expect((await client.state()).slack.messages.map(({ plain }) => plain)).toEqual(['d']);
});

it('does not serve a caller that hung up while it was slow', async () => {
  const { sandbox } = await begin();
  await sandbox.controls.fail({ side: 'slack', mode: 'slow', delayMs: 500 });
  const impatient = { method: 'POST', headers: { authorization: `Bearer ${sandbox.botToken}` } };
  const body = new URLSearchParams({ channel: CHANNEL, text: 'lost' });
  const url = `${sandbox.slackApiUrl}chat.postMessage`;
  await expect(fetch(url, { ...impatient, body, signal: AbortSignal.timeout(20) })).rejects.toThrow();
  await expect.poll(async () => (await sandbox.controls.calls()).map(({ status }) => status), PATIENT).toEqual([0]);
  expect((await sandbox.controls.state()).slack.messages).toEqual([]);
});

it('draws the same random troubles for the same seed, in the share asked for', () => {
  const draw = (seed: number) =>
    Array.from({ length: 400 }, (_, index) => drawTrouble({ mode: 'random', seed, share: 0.25 }, index)?.kind);
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const troubles = draw(1).filter(Boolean);
  expect(troubles.length).toBeGreaterThan(60);
  expect(troubles.length).toBeLessThan(140);
  expect(new Set(troubles)).toEqual(new Set(['ratelimited', 'error', 'slow', 'cut']));
});

it('wakes whoever awaits a message, and gives up in time', async () => {
  const { sandbox } = await begin();
  const client = connect(`${sandbox.url}/control`);
  const awaited = client.awaitMessage({ side: 'slack', conversation: CHANNEL, match: 'Agreed' });
  await post(sandbox, '*Agreed* by both');
  expect(await awaited).toMatchObject({ plain: 'Agreed by both' });
  await expect(client.awaitMessage({ side: 'teams', match: 'never', timeoutMs: 5 })).rejects.toThrow("said 'never'");
});

it('says what is wrong with a control request', async () => {
  const { sandbox } = await begin();
  const client = connect(`${sandbox.url}/control`);
  await expect(client.say({ side: 'slack', person: 'U99', text: 'x' })).rejects.toMatchObject({ status: 404 });
  await expect(client.say({ side: 'slack', persn: 'U01ANA', text: 'x' } as never)).rejects.toMatchObject({
    status: 400,
  });
});

/** node:http, since fetch sets Host itself. */
const stateWith = (sandbox: Sandbox, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve) => {
    request(`${sandbox.url}/control/state`, { headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    }).end();
  });

it('obeys no foreign web page', async () => {
  const { sandbox } = await begin();
  expect(await stateWith(sandbox, {})).toBe(200);
  expect(await stateWith(sandbox, { origin: sandbox.url })).toBe(200);
  expect(await stateWith(sandbox, { host: 'evil.example' })).toBe(403);
  expect(await stateWith(sandbox, { origin: 'https://evil.example' })).toBe(403);
  expect(await stateWith(sandbox, { origin: 'null' })).toBe(403);
});

it('tells watchers that something changed', async () => {
  const { sandbox } = await begin();
  const response = await fetch(`${sandbox.url}/control/events`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const version = async () => JSON.parse((await reader.read()).value!.slice('data: '.length)).version;
  const first = await version();
  await post(sandbox, 'x');
  expect(await version()).toBeGreaterThan(first);
  await reader.cancel();
});

it('sends forged, old and large requests, and repeats the last one', async () => {
  const { bot, sandbox } = await begin();
  const client = connect(`${sandbox.url}/control`);
  await client.raw({ side: 'slack', body: { type: 'event_callback' }, signature: 'forged', padTo: 5_000_000 });
  await client.raw({
    side: 'slack',
    body: 'payload=x',
    contentType: 'application/x-www-form-urlencoded',
    signature: 'old',
  });
  await client.raw({ side: 'teams', body: { type: 'message' }, signature: 'none' });
  const [large, old, unsigned] = bot.received;
  expect(large!.body.length).toBe(5_000_000);
  expect(Number(old!.headers['x-slack-request-timestamp'])).toBeLessThan(Date.now() / 1000 - 300);
  expect(unsigned!.headers.authorization).toBeUndefined();
  await client.say({ side: 'slack', person: 'U01ANA', text: '/decision x' });
  await client.redeliver({ side: 'slack', kind: 'command' });
  const [first, second] = bot.received.slice(-2);
  expect(second!.body).toBe(first!.body);
});

it('keeps channels and messages over a restart, and forgets the oldest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const persistPath = join(folder, 'sandbox.json');
  const bot = await startBareBot();
  const before = await startSandbox({ world: demoSeed, ...bot, persistPath, keepMessages: 2 });
  for (const text of ['a', 'b', 'c']) await post(before, text);
  await before.close();
  const after = await startSandbox({ world: demoSeed, ...bot, persistPath });
  open.push(after, bot, { close: async () => rmSync(folder, { recursive: true }) });
  expect((await after.controls.state()).slack.messages.map(({ plain }) => plain)).toEqual(['b', 'c']);
});

it('keeps its clock ahead over a restart, and goes by real time again once it begins anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-clock-'));
  const kept = { persistPath: join(folder, 'places.json'), now: () => 1_000 };
  const { sandbox: first } = await begin(kept);
  await connect(`${first.url}/control`).clock({ by: 5_000 });
  await first.close();
  const { sandbox } = await begin(kept);
  expect(sandbox.now()).toBe(6_000);
  sandbox.begin(demoSeed);
  expect(sandbox.now()).toBe(1_000);
  open.push({ close: async () => rmSync(folder, { recursive: true }) });
});
