import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { type BareBot, type BotAnswer, type Received, startBareBot } from '../bare-bot.js';
import { demoSeed, type Sandbox, type SandboxOptions, startSandbox } from '../index.js';
import type { TeamsMessage } from '../model.js';

const CHANNEL = '19:jsc@thread.tacv2';
const BEN = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000001' } as const;
const JUN = 'aaaaaaaa-0000-0000-0000-000000000003';
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

interface Reply {
  readonly id?: string;
  readonly activityId?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

const connector = async ({ teams }: Sandbox, method: string, path: string, body?: object, token = teams.token()) => {
  const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Reply };
};

const at = (conversation: string, message = '') =>
  `conversations/${encodeURIComponent(conversation)}/activities${message}`;

const adaptive = (title: string, more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: title }],
  actions: [{ type: 'Action.Execute', title: 'Confirm wording', verb: 'decisions.confirm', data: { id: 'D-1' } }],
  ...more,
});
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
const withCard = (card: object) => ({ type: 'message', attachments: [{ contentType: CARD_TYPE, content: card }] });
const bodyOf = (received: Received | undefined) => JSON.parse(received?.body ?? '{}');

it('signs what it sends with a token that its published keys verify', async () => {
  const { bot, sandbox } = await begin();
  const outcome = await sandbox.controls.say({
    ...BEN,
    conversation: CHANNEL,
    text: '@Entente decision <at>Jun</at> @Jun Mori',
  });
  const { headers } = bot.received[0] as Received;
  const metadata = (await (await fetch(sandbox.teams.openIdMetadataUrl)).json()) as {
    jwks_uri: string;
    issuer: string;
  };
  const { payload } = await jwtVerify(
    String(headers.authorization).slice(7),
    createRemoteJWKSet(new URL(metadata.jwks_uri)),
    {
      issuer: metadata.issuer,
      audience: sandbox.teams.appId,
      algorithms: ['RS256'],
    },
  );
  expect(payload.serviceurl).toBe(sandbox.teams.serviceUrl);
  expect(bodyOf(bot.received[0])).toMatchObject({
    type: 'message',
    text: '<at>Entente</at> decision <at>Jun</at> <at>Jun Mori</at>',
    channelId: 'msteams',
    serviceUrl: sandbox.teams.serviceUrl,
    recipient: { id: `28:${sandbox.teams.appId}` },
    conversation: { id: `${CHANNEL};messageid=${outcome.said}`, conversationType: 'channel', isGroup: true },
    entities: [{ mentioned: { name: 'Entente' } }, { text: '<at>Jun Mori</at>' }, { type: 'clientInfo' }],
  });
  expect((await sandbox.controls.say({ ...BEN, conversation: CHANNEL, text: 'just us' })).delivered).toBe(false);
});

it('takes posts, threads and updates, and finds a person to write to', async () => {
  const { bot, sandbox } = await begin();
  const created = await connector(sandbox, 'POST', 'conversations', {
    isGroup: true,
    channelData: { channel: { id: CHANNEL } },
    activity: withCard(adaptive('D-1')),
  });
  const { id: thread = '', activityId: message = '' } = created.body;
  expect(thread).toBe(`${CHANNEL};messageid=${message}`);
  await connector(sandbox, 'POST', at(thread), { type: 'message', text: 'In the thread' });
  await connector(sandbox, 'PUT', at(thread, `/${message}`), withCard(adaptive('D-1 agreed')));
  await sandbox.controls.say({ ...BEN, text: 'help' });
  const { from } = bodyOf(bot.received[0]);
  const direct = await connector(sandbox, 'POST', 'conversations', {
    members: [{ id: from.id }],
    tenantId: demoSeed.teams.tenant.id,
  });
  await connector(sandbox, 'POST', at(direct.body.id ?? ''), { type: 'message', text: '**Hello** a\\*b' });
  const { messages } = (await sandbox.controls.state()).teams;
  expect(messages.map(({ plain, thread: root, changes }) => ({ plain, root, changes }))).toEqual([
    { plain: 'D-1 agreed\nConfirm wording', root: undefined, changes: 1 },
    { plain: 'In the thread', root: message, changes: 0 },
    { plain: 'help', root: undefined, changes: 0 },
    { plain: 'Hello a*b', root: undefined, changes: 0 },
  ]);
});

it.each([
  [404, 'ConversationNotFound', at('19:gone@thread.tacv2'), { type: 'message', text: 'x' }],
  [400, 'BadArgument', at(CHANNEL), { type: 'message' }],
  [400, 'BadArgument', at(CHANNEL), withCard(adaptive('x', { version: '1.6' }))],
  [400, 'BadArgument', at(CHANNEL), withCard(adaptive('x', { body: [{ type: 'Carousel' }] }))],
  [400, 'BadArgument', at(CHANNEL), withCard(adaptive('x', { body: [{ type: 'TextBlock', text: 2 }] }))],
  [
    400,
    'BadArgument',
    at(CHANNEL),
    withCard(adaptive('x', { actions: [{ type: 'Action.Submit', isEnabled: false }] })),
  ],
  [413, 'MessageSizeTooBig', at(CHANNEL), withCard(adaptive('x'.repeat(52_000)))],
  [403, 'ForbiddenOperationException', 'conversations', { members: [{ id: BEN.person }], tenantId: 'other' }],
])('refuses with %i %s', async (status, code, path, body) => {
  const { sandbox } = await begin();
  const refused = await connector(sandbox, 'POST', path, body);
  expect([refused.status, refused.body.error?.code]).toEqual([status, code]);
});

it('refuses a foreign token, a roster without the bot, and a message that is gone', async () => {
  const { sandbox } = await begin();
  const text = { type: 'message', text: 'x' };
  expect((await connector(sandbox, 'POST', at(CHANNEL), text, 'stolen')).status).toBe(401);
  expect((await connector(sandbox, 'PUT', at(CHANNEL, '/17'), text)).body.error?.code).toBe(
    'ActivityNotFoundInConversation',
  );
  await sandbox.controls.presence({ side: 'teams', conversation: CHANNEL, present: false });
  expect((await connector(sandbox, 'POST', at(CHANNEL), text)).body.error?.code).toBe('BotNotInConversationRoster');
});

it('answers 429 with Retry-After beyond seven sends a second and thread', async () => {
  const now = Date.UTC(2026, 10, 22);
  const { sandbox } = await begin(() => ({}), { now: () => now });
  const statuses = [];
  for (let count = 1; count <= 8; count += 1) {
    const { status, headers } = await connector(sandbox, 'POST', at(CHANNEL), { type: 'message', text: 'x' });
    statuses.push(`${status} ${headers.get('retry-after') ?? ''}`.trim());
  }
  expect(statuses).toEqual([...Array(7).fill('201'), '429 1']);
});

it('gives the presser their own card, until the message changes for all', async () => {
  const { bot, sandbox } = await begin(({ body }) => {
    const { verb } = JSON.parse(body).value.action;
    const value = verb === 'decisions.confirm' ? adaptive('Yours') : 'Only members decide this.';
    const type = verb === 'decisions.confirm' ? CARD_TYPE : 'application/vnd.microsoft.activity.message';
    return { json: { statusCode: 200, type, value } };
  });
  const card = adaptive('D-1', {
    body: [
      { type: 'TextBlock', text: 'D-1' },
      { type: 'Input.Text', id: 'why', isRequired: true },
    ],
  });
  const { id: message = '' } = (await connector(sandbox, 'POST', at(CHANNEL), withCard(card))).body;
  expect(await sandbox.controls.press({ ...BEN, message, action: 'Confirm wording' })).toMatchObject({
    delivered: false,
  });
  await sandbox.controls.press({ ...BEN, message, action: 'Confirm wording', inputs: { why: 'so' } });
  expect(bodyOf(bot.received[0])).toMatchObject({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { verb: 'decisions.confirm', data: { id: 'D-1', why: 'so' } } },
    replyToId: message,
  });
  const shown = async () => ((await sandbox.controls.state()).teams.messages[0] as TeamsMessage).localCards;
  expect(await shown()).toMatchObject({ [BEN.person]: { body: [{ text: 'Yours' }] } });
  await connector(
    sandbox,
    'PUT',
    at(CHANNEL, `/${message}`),
    withCard(adaptive('All', { actions: [{ type: 'Action.Execute', title: 'No', verb: 'no' }] })),
  );
  expect(await shown()).toEqual({});
  const refused = await sandbox.controls.press({ side: 'teams', person: JUN, message, action: 'No' });
  expect(refused.answers).toMatchObject([{ onlyFor: JUN, plain: 'Only members decide this.' }]);
});

it('opens, continues and closes a dialog from the message menu', async () => {
  const task = (title: string) => ({
    task: {
      type: 'continue',
      value: {
        title,
        card: {
          contentType: CARD_TYPE,
          content: adaptive(title, { actions: [{ type: 'Action.Submit', title: 'Save', data: { step: title } }] }),
        },
      },
    },
  });
  const { bot, sandbox } = await begin(({ body }) => {
    const { name, value } = JSON.parse(body);
    if (name === 'composeExtension/fetchTask') return { json: task('First') };
    return value?.data?.step === 'First' ? { json: task('Second') } : {};
  });
  const said = await sandbox.controls.say({ ...BEN, conversation: CHANNEL, text: 'We meet monthly' });
  const opened = await sandbox.controls.menu({ ...BEN, message: said.said ?? '', entry: 'decisions.log' });
  expect(opened.dialog).toMatchObject({ title: 'First', changes: 0 });
  expect((await sandbox.controls.submit({ ...BEN, values: {} })).dialog).toMatchObject({ title: 'Second', changes: 1 });
  expect(bodyOf(bot.received[1])).toMatchObject({
    name: 'composeExtension/submitAction',
    value: {
      commandId: 'decisions.log',
      data: { step: 'First' },
      messagePayload: { body: { content: '<p>We meet monthly</p>' } },
    },
  });
  expect((await sandbox.controls.submit({ ...BEN, values: {} })).dialog).toBeUndefined();
});
