import { createHmac } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type BareBot, type BotAnswer, type Received, startBareBot } from '../bare-bot.js';
import { demoSeed, type Sandbox, type SandboxOptions, startSandbox } from '../index.js';
import type { SlackDialog, SlackMessage } from '../model.js';

const CHANNEL = 'C01JSC';
const PATIENT = { timeout: 5000 };
const ANA = { side: 'slack', person: 'U01ANA' } as const;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const begin = async (
  answer: (received: Received) => BotAnswer | Promise<BotAnswer> = () => ({}),
  options: Partial<SandboxOptions> = {},
): Promise<{ bot: BareBot; sandbox: Sandbox }> => {
  const bot = await startBareBot(answer);
  const sandbox = await startSandbox({ world: demoSeed, ...bot, ...options });
  open.push(sandbox, bot);
  return { bot, sandbox };
};

/** biome-ignore lint/suspicious/noExplicitAny: what Slack answers differs by method */
type Reply = any;

const api = async (sandbox: Sandbox, method: string, args: object = {}, token = sandbox.botToken) => {
  const response = await fetch(`${sandbox.slackApiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Reply };
};

const errorOf = async (sandbox: Sandbox, method: string, args: object) => (await api(sandbox, method, args)).body.error;

const fieldsOf = ({ body }: Received) => Object.fromEntries(new URLSearchParams(body));
const payloadOf = (received: Received) => JSON.parse(fieldsOf(received).payload ?? received.body);

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = { type: 'button', action_id: 'd.confirm', text: { type: 'plain_text', text: 'Confirm' }, value: 'v1' };
const modal = (more: object = {}) => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Record' },
  submit: { type: 'plain_text', text: 'Save' },
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: { type: 'plain_text', text: 'What' },
      element: { type: 'plain_text_input', action_id: 'what', max_length: 20 },
    },
  ],
  ...more,
});

it('signs a slash command as Slack documents, and shows its acknowledgement privately', async () => {
  const { bot, sandbox } = await begin(() => ({ json: { text: 'Recorded <@U02BOB> &amp; co' } }));
  const text = '/decision Ask @Bob Brown & @channel in #jsc <@U02BOB> see https://acme.test/a?b=1&c=2';
  const outcome = await sandbox.controls.say({ ...ANA, conversation: CHANNEL, text });
  const [request] = bot.received as [Received];
  const at = request.headers['x-slack-request-timestamp'];
  const mac = createHmac('sha256', sandbox.signingSecret).update(`v0:${at}:${request.body}`).digest('hex');
  expect(request.headers['x-slack-signature']).toBe(`v0=${mac}`);
  expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(fieldsOf(request)).toMatchObject({
    command: '/decision',
    text: 'Ask <@U02BOB> &amp; <!channel> in <#C01JSC|jsc> &lt;@U02BOB&gt; see <https://acme.test/a?b=1&amp;c=2>',
    channel_id: CHANNEL,
    user_id: 'U01ANA',
    team_id: 'T01ACME',
  });
  expect(outcome).toMatchObject({ status: 200, delivered: true });
  expect(outcome.answers).toMatchObject([{ onlyFor: 'U01ANA', plain: 'Recorded @Bob Brown & co', from: 'U00ENTENTE' }]);
});

it.each([
  ['chat.postMessage', 'channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
  ['chat.postMessage', 'no_text', { channel: CHANNEL }],
  ['chat.postMessage', 'invalid_blocks', { channel: CHANNEL, blocks: [section('x'.repeat(3001))] }],
  ['chat.postMessage', 'invalid_blocks', { channel: CHANNEL, blocks: Array(51).fill({ type: 'divider' }) }],
  ['chat.postMessage', 'invalid_blocks', { channel: CHANNEL, blocks: [{ type: 'carousel' }] }],
  ['chat.postMessage', 'invalid_blocks', { channel: CHANNEL, blocks: [{ type: 'section' }] }],
  ['chat.postEphemeral', 'user_not_in_channel', { channel: CHANNEL, user: 'U99', text: 'x' }],
  ['chat.update', 'message_not_found', { channel: CHANNEL, ts: '1.000001', text: 'x' }],
  ['views.open', 'invalid_trigger_id', { trigger_id: '1.2.abc', view: modal() }],
  ['views.open', 'invalid_arguments', { trigger_id: '1.2.abc', view: modal({ submit: undefined }) }],
  ['views.publish', 'invalid_arguments', { user_id: 'U01ANA', view: { type: 'home', blocks: [{ type: 'x' }] } }],
  ['views.open', 'view_too_large', { trigger_id: '1.2.abc', view: modal({ private_metadata: 'x'.repeat(260_000) }) }],
  ['users.info', 'user_not_found', { user: 'U99' }],
  ['chat.shout', 'unknown_method', {}],
])('refuses %s with %s', async (method, code, args) => {
  const { sandbox } = await begin();
  expect(await errorOf(sandbox, method, args)).toBe(code);
});

it('names the place of a fault in blocks', async () => {
  const { sandbox } = await begin();
  const blocks = [
    section('ok'),
    { type: 'actions', elements: [{ ...button, text: { type: 'plain_text', text: '' } }] },
  ];
  const { body } = await api(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'x', blocks });
  expect(body.response_metadata.messages).toEqual([
    '[ERROR] must be more than 0 characters [json-pointer:/blocks/1/elements/0/text/text]',
  ]);
});

it('tells tokens, archived and foreign channels apart', async () => {
  const { sandbox } = await begin();
  const post = { channel: CHANNEL, text: 'x' };
  expect((await api(sandbox, 'chat.postMessage', post, 'xoxb-wrong')).body.error).toBe('invalid_auth');
  expect((await api(sandbox, 'chat.postMessage', post, '')).body.error).toBe('not_authed');
  await sandbox.controls.presence({ side: 'slack', conversation: CHANNEL, present: false });
  expect(await errorOf(sandbox, 'chat.postMessage', post)).toBe('not_in_channel');
  await sandbox.controls.archive({ conversation: CHANNEL, archived: true });
  expect(await errorOf(sandbox, 'chat.postMessage', post)).toBe('is_archived');
});

it('lets a trigger open one modal, within three seconds', async () => {
  let now = Date.UTC(2026, 10, 22);
  const { bot, sandbox } = await begin(() => ({}), { now: () => now });
  const trigger = async () => {
    await sandbox.controls.say({ ...ANA, conversation: CHANNEL, text: '/decision' });
    return fieldsOf(bot.received.at(-1) as Received).trigger_id;
  };
  const used = await trigger();
  expect((await api(sandbox, 'views.open', { trigger_id: used, view: modal() })).body.ok).toBe(true);
  expect(await errorOf(sandbox, 'views.open', { trigger_id: used, view: modal() })).toBe('exchanged_trigger_id');
  const late = await trigger();
  now += 3001;
  expect(await errorOf(sandbox, 'views.open', { trigger_id: late, view: modal() })).toBe('expired_trigger_id');
});

it('shows errors beside their fields, then closes the modal', async () => {
  let sandbox: Sandbox | undefined;
  const answer = async (received: Received): Promise<BotAnswer> => {
    const fields = fieldsOf(received);
    if (fields.command) await api(sandbox as Sandbox, 'views.open', { trigger_id: fields.trigger_id, view: modal() });
    const said = fields.payload ? payloadOf(received).view.state.values.what.what.value : undefined;
    return said === 'bad' ? { json: { response_action: 'errors', errors: { what: 'Say more.' } } } : {};
  };
  sandbox = (await begin(answer)).sandbox;
  const { controls } = sandbox;
  const opened = await controls.say({ ...ANA, conversation: CHANNEL, text: '/decision' });
  expect((opened.dialog as SlackDialog).view).toMatchObject({ title: { text: 'Record' } });
  expect((await controls.submit({ ...ANA, values: {} })).delivered).toBe(false);
  expect((await controls.submit({ ...ANA, values: { what: 'x'.repeat(21) } })).delivered).toBe(false);
  expect((await controls.submit({ ...ANA, values: { what: 'bad' } })).dialog).toMatchObject({
    errors: { what: 'Say more.' },
  });
  expect((await controls.submit({ ...ANA, values: { what: 'good' } })).dialog).toBeUndefined();
});

it('carries a press with its message, and a response_url that works five times', async () => {
  const { bot, sandbox } = await begin();
  const blocks = [section('*D-1* Meet'), { type: 'actions', elements: [button] }];
  const { ts } = (await api(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'D-1', blocks })).body;
  await sandbox.controls.press({ ...ANA, message: ts, action: 'Confirm' });
  const payload = payloadOf(bot.received[0] as Received);
  expect(payload).toMatchObject({
    type: 'block_actions',
    container: { message_ts: ts, channel_id: CHANNEL },
    message: { ts, text: 'D-1' },
    actions: [{ action_id: 'd.confirm', value: 'v1', type: 'button' }],
  });
  const respond = async () =>
    (
      await fetch(payload.response_url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"text":"Done"}',
      })
    ).status;
  const statuses = [];
  for (let use = 1; use <= 6; use += 1) statuses.push(await respond());
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
});

it('updates in place, and drops the blocks when only text is given', async () => {
  const { sandbox } = await begin();
  const { ts } = (
    await api(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'a', blocks: [section('<!here> a')] })
  ).body;
  const before = (await sandbox.controls.state()).slack.messages[0] as SlackMessage;
  expect(before.pings).toEqual(['@here']);
  await api(sandbox, 'chat.update', { channel: CHANNEL, ts, text: 'b &lt;!here&gt;' });
  const after = (await sandbox.controls.state()).slack.messages[0] as SlackMessage;
  expect(after).toMatchObject({ id: ts, changes: 1, plain: 'b <!here>', pings: [] });
  expect(after.blocks).toBeUndefined();
  expect(await errorOf(sandbox, 'chat.update', { channel: CHANNEL, ts, text: 'x'.repeat(4001) })).toBe('msg_too_long');
});

it('answers 429 with Retry-After beyond one message a second and channel', async () => {
  const now = Date.UTC(2026, 10, 22);
  const { sandbox } = await begin(() => ({}), { now: () => now });
  const post = () => api(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'x' });
  for (let count = 1; count <= 4; count += 1) expect((await post()).status).toBe(200);
  const limited = await post();
  expect([limited.status, limited.headers.get('retry-after'), limited.body.error]).toEqual([429, '1', 'ratelimited']);
});

it('sends a failed event again with the retry headers, and nothing else', async () => {
  const { bot, sandbox } = await begin(
    ({ headers }) => ({ status: headers['x-slack-retry-num'] === '2' ? 200 : 500 }),
    {
      retryScale: 0,
    },
  );
  const outcome = await sandbox.controls.say({ ...ANA, conversation: CHANNEL, text: '@Entente help' });
  expect(outcome.error).toBe('http_service_error');
  await expect.poll(() => bot.received.length, PATIENT).toBe(3);
  const retries = bot.received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
  expect(retries).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
  ]);
  const ids = bot.received.map((request) => payloadOf(request).event_id);
  expect(new Set(ids).size).toBe(1);
  expect(payloadOf(bot.received[0] as Received).event).toMatchObject({
    type: 'app_mention',
    text: '<@U00ENTENTE> help',
  });
  expect((await sandbox.controls.say({ ...ANA, conversation: CHANNEL, text: 'just us' })).delivered).toBe(false);
});

it('sends everything over a socket while one is connected', async () => {
  const { bot, sandbox } = await begin();
  const { body } = await api(sandbox, 'apps.connections.open', {}, sandbox.appToken);
  const socket = new WebSocket(body.url);
  const types: string[] = [];
  socket.on('message', (data) => {
    const { type, envelope_id } = JSON.parse(data.toString());
    types.push(type);
    if (envelope_id) socket.send(JSON.stringify({ envelope_id, payload: { text: 'Over the socket' } }));
  });
  await expect.poll(() => types, PATIENT).toEqual(['hello']);
  const outcome = await sandbox.controls.say({ ...ANA, conversation: CHANNEL, text: '/decision x' });
  expect(outcome.answers).toMatchObject([{ plain: 'Over the socket' }]);
  expect(bot.received).toEqual([]);
});
