import { readFileSync } from 'node:fs';

import express from 'express';
import { generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TeamsConfig } from '../../config.js';
import { appId, around, openAzure, type Running, runTeams, tenant } from './fixtures/azure.js';
import { createListener, said } from './fixtures/inbound.js';
import { createTeams } from './index.js';

const azure = await openAzure();
const { inbound, heard, answer } = createListener();
const stranger = await generateKeyPair('RS256');
const entente = await runTeams(azure.config, around(), inbound);
afterAll(async () => {
  await entente.close();
  await azure.close();
});
// botbuilder writes every bad token to the console.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  vi.restoreAllMocks();
  heard.length = 0;
  azure.sent.length = 0;
  answer(said('Recorded.'));
});

const recorded = (name: string): Record<string, unknown> => ({
  ...JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')),
  serviceUrl: azure.url,
});

interface Options {
  readonly to?: Running;
  readonly authorization?: string;
  readonly headers?: Record<string, string>;
}

const deliver = async (body: unknown, { to = entente, authorization, headers }: Options = {}) => {
  const response = await fetch(to.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
};
const bearer = async (...given: Parameters<typeof azure.token>) => ({
  authorization: `Bearer ${await azure.token(...given)}`,
});
const past = Math.floor(Date.now() / 1_000) - 3_600;

describe('a call', () => {
  test('with a token of the channel is let in', async () => {
    expect(await deliver(recorded('channel-message'), await bearer())).toEqual({ status: 200, text: '' });
    expect(heard).toHaveLength(1);
  });

  test.each([
    ['without a token', async () => ({})],
    ['with an empty token', async () => ({ authorization: 'Bearer ' })],
    ['with nonsense', async () => ({ authorization: 'Bearer a.b.c' })],
    ['with another scheme', async () => ({ authorization: 'Basic eDp5' })],
    ['with a forged signature', () => bearer({}, stranger.privateKey)],
    ['for another app', () => bearer({ aud: '00000000-0000-0000-0000-00000000ffff' })],
    ['of another issuer', () => bearer({ iss: 'https://evil.example' })],
    ['for another service url', () => bearer({ serviceurl: 'https://smba.trafficmanager.net/emea/' })],
    ['that expired an hour ago', () => bearer({ exp: past })],
    [
      'of the emulator',
      () => bearer({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: appId }),
    ],
  ])('%s is refused, and learns nothing', async (_name, options) => {
    expect(await deliver(recorded('channel-message'), await options())).toEqual({ status: 401, text: '' });
    expect(heard).toEqual([]);
    expect(azure.sent).toEqual([]);
  });

  test('is checked anew when it names another service url with the same token', async () => {
    const options = await bearer();
    expect((await deliver(recorded('channel-message'), options)).status).toBe(200);
    expect((await deliver(recorded('channel-message'), options)).status).toBe(200);
    const elsewhere = { ...recorded('channel-message'), serviceUrl: 'http://127.0.0.1:1/' };
    expect((await deliver(elsewhere, options)).status).toBe(401);
  });

  test('is refused once its token has expired, though it was believed before', async () => {
    const clock = { at: Date.now() };
    const own = await runTeams(azure.config, around({ now: () => clock.at }), inbound);
    const options = { to: own, ...(await bearer()) };
    expect((await deliver(recorded('channel-message'), options)).status).toBe(200);
    clock.at += 16 * 60 * 1_000;
    expect((await deliver(recorded('channel-message'), options)).status).toBe(401);
    await own.close();
  });

  test('of another channel of the Bot Framework is refused', async () => {
    for (const channelId of ['AseChannel', 'directline', 'emulator', undefined]) {
      const answered = await deliver({ ...recorded('channel-message'), channelId }, await bearer());
      expect(answered).toEqual({ status: 403, text: '' });
    }
    expect(heard).toEqual([]);
  });

  test('naming a service url beyond this machine is refused, though its token is good', async () => {
    const serviceUrl = 'http://169.254.169.254/';
    const activity = { ...recorded('channel-message'), serviceUrl };
    expect(await deliver(activity, await bearer({ serviceurl: serviceUrl }))).toEqual({ status: 403, text: '' });
    expect(heard).toEqual([]);
  });

  test.each([
    ['the conversation', { conversation: { id: '19:x@thread.v2', tenantId: 'other' } }],
    ['the channel data', { conversation: { id: '19:x@thread.v2' }, channelData: { tenant: { id: 'other' } } }],
  ])('from a tenant not on the list, as %s says, gets no content and no message', async (_name, more) => {
    const activity = { ...recorded('channel-message'), ...more };
    expect(await deliver(activity, await bearer())).toEqual({ status: 403, text: '' });
    expect(heard).toEqual([]);
    expect(azure.sent).toEqual([]);
  });

  test('of somebody of another tenant is let in where the conversation is of one on the list', async () => {
    const from = { id: '29:x', aadObjectId: 'x', tenantId: 'other' };
    expect((await deliver({ ...recorded('channel-message'), from }, await bearer())).status).toBe(200);
    expect(heard).toMatchObject([{ call: { caller: { workspace: 'other' }, spot: { workspace: tenant } } }]);
  });

  test('that names no tenant is refused', async () => {
    const activity = { ...recorded('personal-message'), conversation: { id: 'a:1' }, channelData: {} };
    expect((await deliver(activity, await bearer())).status).toBe(403);
  });
});

describe('a tenant that nobody knows', () => {
  const elsewhere = (name: string, more: object = {}) => {
    const { conversation, channelData, ...rest } = recorded(name) as Record<string, object>;
    const named = { ...conversation, tenantId: 'new' };
    return { ...rest, conversation: named, channelData: { ...channelData, tenant: { id: 'new' } }, ...more };
  };

  test.each(['install-personal', 'install-team', 'members-added'])('is heard when it says %s', async (name) => {
    expect((await deliver(elsewhere(name), await bearer())).status).toBe(200);
    expect(heard[0]).toMatchObject({ kind: 'notify', event: { kind: 'installed', workspace: 'new' } });
  });

  test('is not heard when it says anything else', async () => {
    const others = [
      elsewhere('personal-message'),
      elsewhere('channel-message'),
      elsewhere('execute'),
      elsewhere('task-submit'),
      elsewhere('menu'),
      elsewhere('channel-deleted'),
      elsewhere('install-team', { action: 'remove' }),
      elsewhere('members-added', { membersAdded: [{ id: '29:mei', aadObjectId: 'mei' }] }),
    ];
    for (const body of others) expect(await deliver(body, await bearer())).toEqual({ status: 403, text: '' });
    expect(heard).toEqual([]);
    expect(azure.sent).toEqual([]);
  });

  test('is not heard without a token of the channel, whatever it says', async () => {
    expect((await deliver(elsewhere('install-team'), await bearer({}, stranger.privateKey))).status).toBe(401);
    expect(heard).toEqual([]);
  });

  test('is heard in everything once it is on the list', async () => {
    const list = new Set([tenant]);
    const own = await runTeams(azure.config, around({ allows: async (_, one) => list.has(one) }), inbound);
    const to = { to: own, ...(await bearer()) };
    expect((await deliver(elsewhere('personal-message'), to)).status).toBe(403);
    list.add('new');
    expect((await deliver(elsewhere('personal-message'), to)).status).toBe(200);
    await own.close();
  });
});

describe('a body', () => {
  test('of 5 MB is refused without a word', async () => {
    const activity = { ...recorded('channel-message'), padding: ' '.repeat(5 * 1024 * 1024) };
    expect(await deliver(activity, await bearer())).toEqual({ status: 413, text: '' });
  });

  test.each(['{', '[]', '"text"', '{}', '{"type":"message"}', '{"type":7,"serviceUrl":"x","conversation":{"id":"1"}}'])(
    '%s is refused without a word',
    async (body) => {
      expect(await deliver(body, await bearer())).toEqual({ status: 400, text: '' });
    },
  );

  test('of another type is refused', async () => {
    const answered = await deliver('a=b', {
      ...(await bearer()),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answered).toEqual({ status: 400, text: '' });
  });

  test('leaves bodies of other routes alone', async () => {
    const http = express();
    const seen: unknown[] = [];
    http.post('/slack/events', (req, res) => {
      seen.push(req.body);
      res.end();
    });
    const both = await runTeams(azure.config, around({ http }), inbound);
    await fetch(both.url.replace('/api/messages', '/slack/events'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await both.close();
    expect(seen).toEqual([undefined]);
  });
});

describe('a fault of ours', () => {
  const running = async (more: Parameters<typeof around>[0], run: (to: Running) => Promise<void>) => {
    const own = await runTeams(azure.config, around(more), inbound);
    await run(own);
    await own.close();
  };
  const secret = new Error('postgres://user:password@db/entente');

  test('in a handler is 500 without a word of it', async () => {
    answer(() => Promise.reject(secret));
    expect(await deliver(recorded('channel-message'), await bearer())).toEqual({ status: 500, text: '' });
    expect(await deliver(recorded('execute'), await bearer())).toEqual({ status: 500, text: '' });
  });

  test('before the handler is 500 without a word of it', async () => {
    const allows = () => Promise.reject(secret);
    await running({ allows }, async (to) => {
      expect(await deliver(recorded('channel-message'), { to, ...(await bearer()) })).toEqual({
        status: 500,
        text: '',
      });
    });
  });

  test('in the list of tenants keeps nobody out who was on it', async () => {
    let list = async (): Promise<boolean> => true;
    await running({ allows: () => list() }, async (to) => {
      await deliver(recorded('channel-message'), { to, ...(await bearer()) });
      list = () => Promise.reject(secret);
      answer({ outcome: 'failed', view: { kind: 'notice', text: 'Nothing was saved.' } });
      expect((await deliver(recorded('channel-message'), { to, ...(await bearer()) })).status).toBe(200);
      expect(azure.sent.at(-1)?.body.text).toBe('Nothing was saved. Please send it again.');
      list = async () => false;
      expect((await deliver(recorded('channel-message'), { to, ...(await bearer()) })).status).toBe(403);
      list = () => Promise.reject(secret);
      expect((await deliver(recorded('channel-message'), { to, ...(await bearer()) })).status).toBe(500);
    });
  });

  test('or of Azure, when there are no keys to check with, is 503', async () => {
    const local = { ...azure.config.local, openIdMetadataUrl: 'http://127.0.0.1:1/openid' } as TeamsConfig['local'];
    const own = await runTeams({ ...azure.config, local }, around(), inbound);
    expect(await deliver(recorded('channel-message'), { to: own, ...(await bearer()) })).toEqual({
      status: 503,
      text: '',
    });
    await own.close();
  });
});

describe('stopping', () => {
  test('answers what is in flight first, and turns the rest away', async () => {
    const own = await runTeams(azure.config, around(), inbound);
    let finish = (): void => {};
    const begun = new Promise<void>((resolve) => {
      answer(() => {
        resolve();
        return new Promise((done) => (finish = () => done(said('Recorded.'))));
      });
    });
    const first = deliver(recorded('execute'), { to: own, ...(await bearer()) });
    await begun;
    const stopped = own.platform.stop();
    expect((await deliver(recorded('execute'), { to: own, ...(await bearer()) })).status).toBe(503);
    finish();
    await stopped;
    expect(await first).toMatchObject({ status: 200, text: expect.stringContaining('Recorded.') });
    await own.close();
  });
});

describe('without an app id', () => {
  const anonymous: TeamsConfig = { appId: '', password: '', appType: 'SingleTenant', tenantId: '', anonymous: true };

  test('Entente does not start unless told that this is meant', () => {
    expect(() => createTeams({ ...anonymous, anonymous: false }, around())).toThrow(
      /MICROSOFT_APP_ID is empty.*TEAMS_ANONYMOUS=1/,
    );
    expect(() => createTeams(anonymous, around())).not.toThrow();
  });

  test('takes calls of this machine without a token, and with any', async () => {
    const own = await runTeams(anonymous, around(), inbound);
    expect((await deliver(recorded('channel-message'), { to: own })).status).toBe(200);
    expect((await deliver(recorded('channel-message'), { to: own, authorization: 'Bearer garbage' })).status).toBe(200);
    expect(azure.sent.map((one) => one.authorization)).toEqual(azure.sent.map(() => undefined));
    await own.close();
  });

  test('refuses calls that came through a proxy', async () => {
    const own = await runTeams(anonymous, around(), inbound);
    const proxied: Record<string, string>[] = [{ 'x-forwarded-for': '203.0.113.9' }, { forwarded: 'for=203.0.113.9' }];
    for (const headers of proxied)
      expect(await deliver(recorded('channel-message'), { to: own, headers })).toEqual({ status: 403, text: '' });
    await own.close();
  });

  test('sends to this machine and nowhere else', async () => {
    const own = await runTeams(anonymous, around(), inbound);
    const serviceUrl = 'https://smba.trafficmanager.net/emea/';
    expect((await deliver({ ...recorded('channel-message'), serviceUrl }, { to: own })).status).toBe(403);
    await own.close();
  });

  test('still keeps to the list of tenants', async () => {
    const own = await runTeams(anonymous, around({ allows: async () => false }), inbound);
    expect((await deliver(recorded('channel-message'), { to: own })).status).toBe(403);
    await own.close();
  });
});

test('with an app of one tenant or of many, asks Azure before it believes anybody', async () => {
  for (const appType of ['SingleTenant', 'MultiTenant'] as const) {
    const config: TeamsConfig = { appId, password: 'secret', appType, tenantId: tenant, anonymous: false };
    const own = await runTeams(config, around(), inbound);
    expect((await deliver(recorded('channel-message'), { to: own, ...(await bearer()) })).status).toBe(401);
    await own.close();
  }
});
