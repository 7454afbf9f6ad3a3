import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer } from '../../core/platform.js';
import command from './fixtures/command.json' with { type: 'json' };
import { startFakeSlack } from './fixtures/fake-slack.js';
import mention from './fixtures/mention.json' with { type: 'json' };
import { done, startWorkplace, type Workplace } from './fixtures/workplace.js';

const failed: Answer = { outcome: 'failed', view: { kind: 'notice', text: 'Nothing was saved.' } };

/** The other end of the socket: greets whoever connects, and hears the acknowledgements. */
const startSockets = async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const heard: { envelope_id: string; payload: unknown }[] = [];
  const sockets: WebSocket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard,
    sockets,
    say: (envelope: object) => sockets.at(-1)?.send(JSON.stringify(envelope)),
    close: () => {
      for (const socket of sockets) socket.terminate();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};

describe('Socket Mode', () => {
  let sockets: Awaited<ReturnType<typeof startSockets>>;
  let work: Workplace;

  beforeEach(async () => {
    sockets = await startSockets();
    const opening = await startFakeSlack();
    opening.answer('apps.connections.open', () => ({ body: { ok: true, url: sockets.url } }));
    work = await startWorkplace({ appToken: 'xapp-test', apiUrl: opening.url });
    closeOpening = opening.close;
    await expect.poll(() => sockets.sockets.length).toBe(1);
  });
  let closeOpening: () => Promise<void>;
  afterEach(async () => {
    await sockets.close();
    await work.close();
    await closeOpening();
  });

  it('takes calls over the socket and none over HTTP', async () => {
    expect((await work.command(command)).status).toBe(404);
    sockets.say({ type: 'slash_commands', envelope_id: 'e1', payload: command, accepts_response_payload: true });
    await expect
      .poll(() => sockets.heard)
      .toMatchObject([{ envelope_id: 'e1', payload: { response_type: 'ephemeral', text: 'Recorded.' } }]);
  });

  it('acknowledges an event after the commit, and leaves a failed one to be told again', async () => {
    const answers = [failed, done];
    work.core.onCommand = async () => answers.shift() ?? done;
    sockets.say({ type: 'events_api', envelope_id: 'e1', payload: mention, retry_attempt: 0 });
    await expect.poll(() => work.core.calls.length).toBe(1);
    sockets.say({ type: 'events_api', envelope_id: 'e2', payload: mention, retry_attempt: 1 });
    await expect.poll(() => sockets.heard).toEqual([{ envelope_id: 'e2', payload: {} }]);
  });

  it('connects again when the connection ends', async () => {
    sockets.say({ type: 'disconnect', reason: 'refresh_requested' });
    await expect.poll(() => sockets.sockets.length, { timeout: 5_000 }).toBe(2);
  });
});

describe('Socket Mode while Slack is away', () => {
  it('starts all the same, and keeps trying until it is stopped', async () => {
    const work = await startWorkplace({ appToken: 'xapp-test', apiUrl: 'http://127.0.0.1:1/api/' });
    await expect.poll(() => work.logged()).toContain('socket not connected');
    await work.close();
  });
});
