import { afterEach, describe, expect, it } from 'vitest';
import { type BareBot, startBareBot } from '../bare-bot.js';
import { connect } from '../client.js';
import { demoSeed, emptySeed, type Sandbox, type SandboxOptions, startSandbox } from '../index.js';

const HOUR_MS = 3_600_000;
const SCOPES = 'commands,chat:write,users:read';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const begin = async (options: Partial<SandboxOptions> = {}) => {
  const bot = await startBareBot();
  const clock = { now: Date.UTC(2026, 10, 23) };
  const sandbox = await startSandbox({ world: emptySeed, now: () => clock.now, ...bot, ...options });
  open.push(sandbox, bot);
  const redirectUri = bot.slackEventsUrl.replace('/slack/events', '/slack/oauth_redirect');
  return { bot, sandbox, clock, redirectUri, client: connect(`${sandbox.url}/control`) };
};

/** biome-ignore lint/suspicious/noExplicitAny: what Slack answers differs by method */
type Reply = any;

const api = async ({ slackApiUrl }: Sandbox, method: string, args: Record<string, string>, token?: string) => {
  const response = await fetch(`${slackApiUrl}${method}`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: new URLSearchParams(args),
  });
  return { headers: response.headers, body: (await response.json()) as Reply };
};

/** The consent page's address, as an app makes it. */
const asking = ({ slackApiUrl, clientId }: Sandbox, more: Record<string, string> = {}): URL => {
  const url = new URL('../oauth/v2/authorize', slackApiUrl);
  url.search = new URLSearchParams({ client_id: clientId, scope: SCOPES, state: 'st4te', ...more }).toString();
  return url;
};

/** Where the browser is sent. */
const answered = async (url: URL): Promise<URLSearchParams> => {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? 'http://nowhere').searchParams;
};

const access = async (sandbox: Sandbox, args: Record<string, string>) =>
  (
    await api(sandbox, 'oauth.v2.access', {
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
      ...args,
    })
  ).body;

const install = async (sandbox: Sandbox) =>
  access(sandbox, { code: (await answered(asking(sandbox))).get('code') ?? '' });

const errorWith = async (sandbox: Sandbox, token: string) => (await api(sandbox, 'auth.test', {}, token)).body.error;

describe('the consent page', () => {
  it('shows what is asked for and who is signed in, and sends back what is pressed', async () => {
    const { sandbox, client, redirectUri } = await begin();
    await client.consent({ answer: 'ask', person: 'U02BOB' });
    const url = asking(sandbox, { redirect_uri: redirectUri });
    const page = await (await fetch(url)).text();
    expect(page).toContain('<option value="U02BOB" selected>Bob Brown, Acme Bio</option>');
    expect(page).toContain('See the people of the workspace');
    expect(page).not.toContain('Noa Berg');
    const decide = (answer: string) =>
      fetch(new URL(`decide${url.search}`, url), {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ answer, person: 'U02BOB' }),
      });
    const back = new URL((await decide('allow')).headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('st4te');
    const refused = new URL((await decide('deny')).headers.get('location') ?? '').searchParams;
    expect(Object.fromEntries(refused)).toEqual({ error: 'access_denied', state: 'st4te' });
  });

  it.each([
    ['invalid_client_id', { client_id: '1.1' }],
    ['invalid_scope', { scope: 'commands,everything' }],
    ['bad_redirect_uri', { redirect_uri: 'https://evil.example/slack/oauth_redirect' }],
  ])('sends nobody back with %s', async (code, wrong) => {
    const { sandbox, client } = await begin();
    await client.consent({ answer: 'allow' });
    const response = await fetch(asking(sandbox, wrong), { redirect: 'manual' });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(code)]);
  });
});

describe('a code', () => {
  it('is exchanged once, within ten minutes, by the app itself, with the address it was asked with', async () => {
    const { sandbox, client, clock, redirectUri } = await begin();
    await client.consent({ answer: 'allow' });
    const fresh = async (more = {}) => (await answered(asking(sandbox, more))).get('code') ?? '';
    const code = await fresh();
    expect((await access(sandbox, { code, client_secret: 'guessed' })).error).toBe('bad_client_secret');
    expect(await access(sandbox, { code })).toMatchObject({
      ok: true,
      token_type: 'bot',
      scope: SCOPES,
      bot_user_id: 'U00ENTENTE',
      team: { id: 'T01ACME', name: 'Acme Bio' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: 'U01ANA' },
    });
    expect((await access(sandbox, { code })).error).toBe('code_already_used');
    expect((await access(sandbox, { code: 'guessed' })).error).toBe('invalid_code');
    const bound = await fresh({ redirect_uri: redirectUri });
    expect((await access(sandbox, { code: bound })).error).toBe('bad_redirect_uri');
    const late = await fresh();
    clock.now += 10 * 60_000 + 1;
    expect((await access(sandbox, { code: late })).error).toBe('code_expired');
  });

  it('changes what watchers see once it is exchanged', async () => {
    const { sandbox, client } = await begin();
    await client.consent({ answer: 'allow' });
    const code = (await answered(asking(sandbox))).get('code') ?? '';
    const before = await client.state();
    await access(sandbox, { code });
    const after = await client.state();
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.slack.installedIn).toEqual(['T01ACME']);
  });

  it('is taken with the client in the header, and leaves no secret among the recorded calls', async () => {
    const { sandbox, client } = await begin();
    await client.consent({ answer: 'allow' });
    const code = (await answered(asking(sandbox))).get('code') ?? '';
    const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64');
    const response = await fetch(`${sandbox.slackApiUrl}oauth.v2.access`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ code }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(JSON.stringify(await client.calls())).not.toContain(code);
  });
});

describe('a token', () => {
  it('does what its scopes allow, in its own workspace, and says them with every answer', async () => {
    const { sandbox, client } = await begin();
    expect(await errorWith(sandbox, sandbox.botToken)).toBe('account_inactive');
    await client.consent({ answer: 'allow', person: 'U07TIA' });
    const { access_token: token } = await install(sandbox);
    const who = await api(sandbox, 'auth.test', {}, token);
    expect(who.body).toMatchObject({ team_id: 'T03THIRD', enterprise_id: 'E03LABS', is_enterprise_install: false });
    expect(who.headers.get('x-oauth-scopes')).toBe(SCOPES);
    const ask = async (method: string, args: Record<string, string>) =>
      (await api(sandbox, method, args, token)).body.error;
    expect(await ask('team.info', {})).toBe('missing_scope');
    expect(await ask('users.info', { user: 'U01ANA' })).toBe('user_not_found');
    expect(await ask('chat.postMessage', { channel: 'C01JSC', text: 'x' })).toBe('channel_not_found');
    expect((await api(sandbox, 'users.info', { user: 'U07TIA' }, token)).body.user.profile.email).toBeUndefined();
    expect((await client.state()).slack.installedIn).toEqual(['T03THIRD']);
    const { user } = (await api(sandbox, 'users.info', { user: 'U00ENTENTE' }, token)).body;
    expect([user.team_id, user.profile.team]).toEqual(['T03THIRD', 'T03THIRD']);
  });

  it('stays the same when the app is installed again, and dies with it', async () => {
    const { sandbox, client, bot } = await begin();
    await client.consent({ answer: 'allow' });
    const { access_token: token } = await install(sandbox);
    expect((await install(sandbox)).access_token).toBe(token);
    await client.uninstall({ side: 'slack' });
    expect(bot.received.slice(-2).map(({ body }) => JSON.parse(body).event.type)).toEqual([
      'tokens_revoked',
      'app_uninstalled',
    ]);
    expect(await errorWith(sandbox, token)).toBe('account_inactive');
    const { access_token: next } = await install(sandbox);
    expect(next).not.toBe(token);
    await client.revoke({ side: 'slack' });
    expect(await errorWith(sandbox, next)).toBe('token_revoked');
    expect(await errorWith(sandbox, 'xoxb-guessed')).toBe('invalid_auth');
  });

  it('ends when it is revoked by the app', async () => {
    const { sandbox } = await begin({ world: demoSeed });
    expect((await api(sandbox, 'auth.revoke', { test: 'true' }, sandbox.botToken)).body.revoked).toBe(false);
    expect((await api(sandbox, 'auth.revoke', {}, sandbox.botToken)).body.revoked).toBe(true);
    expect(await errorWith(sandbox, sandbox.botToken)).toBe('token_revoked');
  });
});

describe('rotation', () => {
  const refresh = (sandbox: Sandbox, token: string) =>
    access(sandbox, { grant_type: 'refresh_token', refresh_token: token });

  it('gives a token for twelve hours, and a new pair for the refresh token, once', async () => {
    const { sandbox, client, clock } = await begin();
    await client.consent({ answer: 'allow', rotating: true });
    const first = await install(sandbox);
    expect(first.expires_in).toBe(43_200);
    clock.now += 12 * HOUR_MS;
    expect(await errorWith(sandbox, first.access_token)).toBe('token_expired');
    const second = await refresh(sandbox, first.refresh_token);
    expect(await errorWith(sandbox, second.access_token)).toBeUndefined();
    clock.now += 11_000;
    expect((await refresh(sandbox, first.refresh_token)).error).toBe('invalid_refresh_token');
  });

  it('lets two tokens of an installation work at a time', async () => {
    const { sandbox, client } = await begin();
    await client.consent({ answer: 'allow', rotating: true });
    const first = await install(sandbox);
    const second = await refresh(sandbox, first.refresh_token);
    const raced = await refresh(sandbox, first.refresh_token);
    const tokens = [first, second, raced].map(({ access_token }) => access_token);
    expect(await Promise.all(tokens.map((token) => errorWith(sandbox, token)))).toEqual([
      'token_revoked',
      undefined,
      undefined,
    ]);
  });
});

it('installs for a whole organisation, which then has to say which workspace it means', async () => {
  const { sandbox, client, bot } = await begin();
  await client.consent({ answer: 'allow', person: 'U07TIA', org: true });
  const { access_token: token, ...granted } = await install(sandbox);
  expect(granted).toMatchObject({ team: null, enterprise: { id: 'E03LABS' }, is_enterprise_install: true });
  expect((await api(sandbox, 'auth.test', {}, token)).body).toMatchObject({ team_id: 'E03LABS' });
  const list = async (args: Record<string, string>) => (await api(sandbox, 'users.list', args, token)).body;
  expect((await list({})).error).toBe('missing_argument');
  expect((await list({ team_id: 'T01ACME' })).error).toBe('team_access_not_granted');
  expect((await list({ team_id: 'T04THIRD' })).members.map(({ id }: Reply) => id)).toEqual(['U08UDO', 'U00ENTENTE']);
  await client.say({ side: 'slack', person: 'U08UDO', text: 'help' });
  expect(JSON.parse((bot.received.at(-1) as BareBot['received'][number]).body)).toMatchObject({
    team_id: 'T04THIRD',
    enterprise_id: 'E03LABS',
    authorizations: [{ team_id: null, enterprise_id: 'E03LABS', is_enterprise_install: true }],
  });
});
