import { once } from 'node:events';
import { Agent, request as ask, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.js';
import type { Part } from './health.js';
import { type CardsHealth, createMetrics } from './metrics.js';
import { createWeb, type Served, type Web } from './server.js';

const running: Served[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close(0)));
});

interface Options {
  parts?: () => Promise<readonly Part[]>;
  cards?: () => Promise<CardsHealth>;
  mount?: (app: Web['app']) => void;
}

const calm: CardsHealth = { behind: 0, oldestMs: 0, parked: 0 };

const serve = async ({ parts = async () => [], cards = async () => calm, mount = () => {} }: Options = {}) => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', { to: { write: (line) => void lines.push(JSON.parse(line)) } });
  const metrics = createMetrics({ cardsHealth: cards, log });
  const web = createWeb({ log, metrics, ready: parts, readyWithinMs: 50 });
  mount(web.app);
  const served = await web.listen('127.0.0.1', 0);
  running.push(served);
  return { served, server: web.server, lines, metrics, url: `http://127.0.0.1:${served.port}` };
};

const value = (metrics: string, line: string): string | undefined =>
  metrics
    .split('\n')
    .find((one) => one.startsWith(`${line} `))
    ?.slice(line.length + 1);

describe('health', () => {
  it('says that the process is up', async () => {
    const { url } = await serve({ parts: () => Promise.reject(new Error('down')) });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('is ready when every part is', async () => {
    const { url } = await serve({ parts: async () => [{ name: 'database' }, { name: 'slack' }] });
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ready: true, parts: { database: 'ready', slack: 'ready' } });
  });

  it('says which part is not ready', async () => {
    const { url } = await serve({ parts: async () => [{ name: 'database', problem: 'no answer' }, { name: 'slack' }] });
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, parts: { database: 'no answer', slack: 'ready' } });
  });

  it('is not ready when the check fails or hangs', async () => {
    const failing = await serve({ parts: () => Promise.reject(new Error('down')) });
    const hanging = await serve({ parts: () => new Promise(() => {}) });
    const answers = await Promise.all([fetch(`${failing.url}/readyz`), fetch(`${hanging.url}/readyz`)]);
    expect(answers.map((answer) => answer.status)).toEqual([503, 503]);
  });
});

describe('metrics', () => {
  it('measures acknowledgements by platform and outcome', async () => {
    const { url, metrics } = await serve({
      mount: (app) => {
        app.post('/slack/events', (_req, res) => void res.send('ok'));
        app.post('/api/messages', (_req, res) => void res.status(401).end());
      },
    });
    await (await fetch(`${url}/slack/events`, { method: 'POST' })).text();
    await (await fetch(`${url}/api/messages`, { method: 'POST' })).text();
    metrics.retried('teams');
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(value(text, 'entente_acknowledgement_seconds_count{platform="slack",outcome="taken"}')).toBe('1');
    expect(value(text, 'entente_acknowledgement_seconds_count{platform="teams",outcome="refused"}')).toBe('1');
    expect(value(text, 'entente_card_retries_total{platform="teams"}')).toBe('1');
  });

  it('shows how far behind the cards are, in seconds', async () => {
    const { url } = await serve({ cards: async () => ({ behind: 3, oldestMs: 1500, parked: 1 }) });
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(value(text, 'entente_cards_behind')).toBe('3');
    expect(value(text, 'entente_cards_oldest_undelivered_seconds')).toBe('1.5');
    expect(value(text, 'entente_cards_parked')).toBe('1');
  });

  it('answers without a database, and shows no stale number', async () => {
    const { url } = await serve({ cards: () => Promise.reject(new Error('down')) });
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).toBe(200);
    expect(value(await answer.text(), 'entente_cards_behind')).toBe('Nan');
  });
});

describe('requests', () => {
  it('are logged by id and route, without address, query or body', async () => {
    const { url, lines } = await serve({
      mount: (app) => app.get('/install/:code', (_req, res) => void res.send('ok')),
    });
    const answer = await fetch(`${url}/install/c0de?state=hush`, { headers: { 'x-request-id': 'forged' } });
    await answer.text();
    await expect.poll(() => lines).toHaveLength(1);
    const request = answer.headers.get('x-request-id');
    expect(lines[0]).toMatchObject({ level: 'info', request, method: 'GET', route: '/install/:code', status: 200 });
    expect(JSON.stringify(lines)).not.toMatch(/c0de|hush|forged/);
  });

  it('get headers that keep a page from being misused', async () => {
    const { url } = await serve();
    const { headers } = await fetch(`${url}/healthz`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('reach a webhook with their body unread', async () => {
    const { url } = await serve({
      mount: (app) => app.post('/slack/events', express.raw({ type: '*/*' }), (req, res) => void res.send(req.body)),
    });
    const answer = await fetch(`${url}/slack/events`, { method: 'POST', body: 'raw=1' });
    expect(await answer.text()).toBe('raw=1');
  });

  it('for the page that the Teams app points to are answered', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/about`);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('What it keeps');
  });

  it('for nothing get one sentence', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/nowhere`);
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'There is nothing here.' }]);
  });

  it('that fail get one sentence with an id, and no stack', async () => {
    const { url, lines } = await serve({
      mount: (app) =>
        app.get('/broken', () => {
          throw new Error('what people wrote');
        }),
    });
    const answer = await fetch(`${url}/broken`);
    const body = await answer.text();
    expect(answer.status).toBe(500);
    expect(body).toContain(answer.headers.get('x-request-id'));
    expect(body + JSON.stringify(lines)).not.toContain('people');
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(1);
  });

  it('that are too large or unreadable are refused as such', async () => {
    const { url } = await serve({ mount: (app) => app.post('/api/messages', express.json({ limit: 100 })) });
    const send = (body: string) =>
      fetch(`${url}/api/messages`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect((await send('"'.padEnd(200))).status).toBe(413);
    const unread = await send('{');
    expect([unread.status, await unread.json()]).toEqual([400, { error: 'That request could not be read.' }]);
  });
});

describe('closing', () => {
  const get = (url: string, agent: Agent): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => ask(url, { agent }, resolve).on('error', reject).end());

  it('finishes what is in flight, then drops idle connections and takes no new ones', async () => {
    const release: (() => void)[] = [];
    const { url, served } = await serve({
      mount: (app) => app.get('/slow', (_req, res) => void release.push(() => res.send('done'))),
    });
    const agent = new Agent({ keepAlive: true });
    const slow = get(`${url}/slow`, agent);
    await expect.poll(() => release).toHaveLength(1);
    const closed = served.close(5000);
    release[0]?.();
    expect((await slow).resume().statusCode).toBe(200);
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    agent.destroy();
  });

  it('cuts what does not finish in time', async () => {
    const { url, served } = await serve({ mount: (app) => app.get('/never', () => {}) });
    const never = get(`${url}/never`, new Agent());
    const idle = connect(served.port, '127.0.0.1').on('error', () => {});
    await once(idle, 'connect');
    const cut = expect(never).rejects.toThrow('socket hang up');
    await served.close(20);
    await cut;
    idle.destroy();
  });

  it('cuts a WebSocket that stays open', async () => {
    const { served, server } = await serve();
    server.on('upgrade', (_req, socket) => socket.on('error', () => {}).write('HTTP/1.1 101 Hello\r\n\r\n'));
    const socket = connect(served.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    await once(socket, 'data');
    await Promise.all([once(socket, 'close'), served.close(20)]);
  });

  it('refuses a port that is taken', async () => {
    const { served } = await serve();
    const log = createLog('silent');
    const metrics = createMetrics({ cardsHealth: async () => calm, log });
    const second = createWeb({ log, metrics, ready: async () => [] });
    await expect(second.listen('127.0.0.1', served.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
