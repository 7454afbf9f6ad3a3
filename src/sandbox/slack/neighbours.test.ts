import { afterEach, expect, it } from 'vitest';
import { type Received, startBareBot } from '../bare-bot.js';
import { demoSeed, type Sandbox, startSandbox } from '../index.js';

const SHARED = 'C03WITHNOVA';
const IVO = { side: 'slack', person: 'U06IVO' } as const;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const begin = async () => {
  const bot = await startBareBot();
  const sandbox = await startSandbox({ world: demoSeed, ...bot });
  open.push(sandbox, bot);
  return { bot, sandbox };
};

/** biome-ignore lint/suspicious/noExplicitAny: what Slack answers differs by method */
type Reply = any;

const ask = async ({ slackApiUrl, botToken }: Sandbox, method: string, args: Record<string, string>): Promise<Reply> =>
  (
    await fetch(`${slackApiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}` },
      body: new URLSearchParams(args),
    })
  ).json();

const bodyOf = (received: Received | undefined): Reply => {
  const { body = '{}' } = received ?? {};
  return JSON.parse(new URLSearchParams(body).get('payload') ?? body);
};

it('tells guests and people of other workspaces from its own', async () => {
  const { sandbox } = await begin();
  const info = async (user: string, more: Record<string, string> = {}) =>
    (await ask(sandbox, 'users.info', { user, ...more })).user;
  expect(await info('U01ANA', { include_locale: 'true' })).toMatchObject({
    team_id: 'T01ACME',
    is_restricted: false,
    tz: 'Europe/Zurich',
    locale: 'en-GB',
    profile: { email: 'ana@acme.example' },
  });
  expect((await info('U01ANA')).locale).toBeUndefined();
  expect(await info('U05NOA')).toMatchObject({
    team_id: 'T01ACME',
    is_restricted: true,
    profile: { email: 'noa@nova.example' },
  });
  const ivo = await info('U06IVO', { include_locale: 'true' });
  expect(ivo).toMatchObject({ team_id: 'T02NOVAEXT', is_restricted: false, is_stranger: false });
  expect(ivo.locale).toBeUndefined();
  expect((await ask(sandbox, 'users.info', { user: 'U07TIA' })).error).toBe('user_not_found');
  const { members } = await ask(sandbox, 'users.list', {});
  expect(members.map(({ id }: Reply) => id)).not.toContain('U06IVO');
});

it('says which channels are shared, and with whom', async () => {
  const { sandbox } = await begin();
  const info = async (channel: string) => (await ask(sandbox, 'conversations.info', { channel })).channel;
  expect(await info(SHARED)).toMatchObject({ is_ext_shared: true, shared_team_ids: ['T01ACME', 'T02NOVAEXT'] });
  expect(await info('C01JSC')).toMatchObject({ is_ext_shared: false });
  const first = await ask(sandbox, 'conversations.members', { channel: SHARED, limit: '3' });
  expect(first.members).toEqual(['U01ANA', 'U02BOB', 'U06IVO']);
  const cursor = first.response_metadata.next_cursor;
  expect((await ask(sandbox, 'conversations.members', { channel: SHARED, cursor })).members).toEqual(['U00ENTENTE']);
  expect((await ask(sandbox, 'team.info', {})).team).toMatchObject({ name: 'Acme Bio', domain: 'acme' });
});

it('carries what an external person says and presses with their own team, and gives them no commands', async () => {
  const { bot, sandbox } = await begin();
  await sandbox.controls.say({ ...IVO, conversation: SHARED, text: '@Entente help' });
  expect(bodyOf(bot.received[0])).toMatchObject({
    team_id: 'T01ACME',
    is_ext_shared_channel: true,
    event: { type: 'app_mention', user: 'U06IVO', user_team: 'T02NOVAEXT', source_team: 'T02NOVAEXT' },
  });
  const element = { type: 'button', action_id: 'd.yes', text: { type: 'plain_text', text: 'Yes' }, value: '1' };
  const blocks = JSON.stringify([{ type: 'actions', elements: [element] }]);
  const { ts } = await ask(sandbox, 'chat.postMessage', { channel: SHARED, text: 'D-1', blocks });
  await sandbox.controls.press({ ...IVO, message: ts, action: 'Yes' });
  expect(bodyOf(bot.received[1])).toMatchObject({ team: { id: 'T01ACME' }, user: { team_id: 'T02NOVAEXT' } });
  const refused = await sandbox.controls.say({ ...IVO, conversation: SHARED, text: '/decision x' });
  expect(refused).toMatchObject({ delivered: false, error: '/decision is not a valid command.' });
});

it('knows Slack’s own /invite, for Entente and for people', async () => {
  const { bot, sandbox } = await begin();
  const here = { side: 'slack', conversation: 'C02GENERAL' } as const;
  await sandbox.controls.presence({ ...here, present: false });
  await sandbox.controls.say({ ...here, person: 'U01ANA', text: '/invite @Entente @Noa Berg' });
  expect(bot.received.map((one) => bodyOf(one).event)).toMatchObject([
    { type: 'member_joined_channel', user: 'U00ENTENTE', channel: 'C02GENERAL' },
    { type: 'member_joined_channel', user: 'U05NOA', channel: 'C02GENERAL' },
  ]);
});

it('tells of people who come and go, and of sharing', async () => {
  const { bot, sandbox } = await begin();
  const { member, share } = sandbox.controls;
  const here = { side: 'slack', conversation: 'C01JSC' } as const;
  await expect(member({ ...here, person: 'U06IVO', here: true })).rejects.toThrow('Share #jsc with Nova Pharma first.');
  await share({ ...here, shared: true });
  await member({ ...here, person: 'U06IVO', here: true });
  await share({ ...here, shared: false });
  await member({ ...here, person: 'U09ZOE', here: false });
  expect(bot.received.map((one) => bodyOf(one).event)).toMatchObject([
    { type: 'channel_shared', connected_team_id: 'T02NOVAEXT', channel: 'C01JSC' },
    { type: 'member_joined_channel', user: 'U06IVO', team: 'T02NOVAEXT' },
    { type: 'channel_unshared', previously_connected_team_id: 'T02NOVAEXT', is_ext_shared: false },
    { type: 'member_left_channel', user: 'U09ZOE', team: 'T01ACME' },
  ]);
  const state = await sandbox.controls.state();
  expect(state.slack.conversations.find(({ id }) => id === 'C01JSC')?.members).toEqual(['U01ANA', 'U02BOB']);
});
