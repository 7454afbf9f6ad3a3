import { afterEach, expect, it } from 'vitest';
import { type Received, startBareBot } from '../bare-bot.js';
import { demoSeed, emptySeed, type Sandbox, type SandboxOptions, startSandbox } from '../index.js';

const SHARED = '19:trials@thread.tacv2';
const VISITS = '19:visits@thread.tacv2';
const JSC = '19:jsc@thread.tacv2';
const NOVA = '11111111-1111-1111-1111-111111111111';
const ACME = '22222222-2222-2222-2222-222222222222';
const LABS = '33333333-3333-3333-3333-333333333333';
const ADA = { side: 'teams', person: 'bbbbbbbb-0000-0000-0000-000000000001' } as const;
const TOM = { side: 'teams', person: 'cccccccc-0000-0000-0000-000000000001' } as const;
const GUS = 'aaaaaaaa-0000-0000-0000-000000000007';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const begin = async (options: Partial<SandboxOptions> = {}) => {
  const bot = await startBareBot();
  const sandbox = await startSandbox({ world: demoSeed, ...bot, ...options });
  open.push(sandbox, bot);
  return { bot, sandbox };
};

/** biome-ignore lint/suspicious/noExplicitAny: what the connector answers differs by operation */
type Reply = any;

const ask = async ({ teams }: Sandbox, path: string, body?: object): Promise<Reply> => {
  const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${teams.token()}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
};

const bodyOf = (received: Received | undefined): Reply => JSON.parse(received?.body ?? '{}');

it('tells guests and people of other tenants among the members', async () => {
  const { sandbox } = await begin();
  const member = async (conversation: string, id: string) =>
    (await ask(sandbox, `conversations/${encodeURIComponent(conversation)}/members/${id}`)).body;
  expect(await member(VISITS, 'ben@nova.example')).toMatchObject({
    tenantId: NOVA,
    userRole: 'user',
    email: 'ben@nova.example',
    userPrincipalName: 'ben@nova.example',
  });
  expect(await member(VISITS, GUS)).toMatchObject({
    tenantId: NOVA,
    userRole: 'guest',
    email: 'gus@acme.example',
    userPrincipalName: 'gus_acme.example#EXT#@nova.example',
  });
  expect(await member(SHARED, ADA.person)).toMatchObject({ tenantId: ACME, aadObjectId: ADA.person });
  const page = await ask(sandbox, `conversations/${encodeURIComponent(SHARED)}/pagedmembers`);
  expect(page.body.members.map(({ tenantId }: Reply) => tenantId)).toEqual([NOVA, NOVA, ACME]);
});

it('carries what an external person says with their own tenant, and lets nobody write to them directly', async () => {
  const { bot, sandbox } = await begin();
  await sandbox.controls.say({ ...ADA, conversation: SHARED, text: '@Entente help' });
  expect(bodyOf(bot.received[0])).toMatchObject({
    from: { aadObjectId: ADA.person, tenantId: ACME },
    conversation: { tenantId: NOVA },
    channelData: { tenant: { id: NOVA }, channel: { type: 'shared' } },
  });
  const direct = { members: [{ id: ADA.person }], tenantId: NOVA };
  expect(await ask(sandbox, 'conversations', direct)).toMatchObject({
    status: 403,
    body: { error: { code: 'ForbiddenOperationException' } },
  });
});

it('tells of people who come and go, and of sharing', async () => {
  const { bot, sandbox } = await begin();
  const { member, share } = sandbox.controls;
  const here = { side: 'teams', conversation: JSC } as const;
  await member({ ...here, person: GUS, here: true });
  await expect(member({ ...here, person: ADA.person, here: true })).rejects.toThrow('Share JSC with Acme Bio first.');
  await share({ ...here, shared: true });
  await member({ ...here, person: ADA.person, here: true });
  await share({ ...here, shared: false });
  await expect(member({ side: 'teams', conversation: SHARED, person: GUS, here: true })).rejects.toThrow('no guests');
  expect(bot.received.map(bodyOf)).toMatchObject([
    { membersAdded: [{ aadObjectId: GUS }], channelData: { eventType: 'teamMemberAdded' } },
    { channelData: { eventType: 'channelShared', sharedWithTeams: [{ tenantId: ACME }] } },
    {
      membersAdded: [{ aadObjectId: ADA.person }],
      channelData: { eventType: 'channelMemberAdded', membershipSource: { tenantId: ACME } },
    },
    { channelData: { eventType: 'channelUnshared' } },
  ]);
});

it('begins without the app, and is told of it everywhere once it is added', async () => {
  const { bot, sandbox } = await begin({ world: emptySeed });
  const { say, install, presence } = sandbox.controls;
  const ben = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000001' } as const;
  expect((await say({ ...ben, text: 'help' })).delivered).toBe(false);
  await expect(presence({ side: 'teams', conversation: JSC, present: true })).rejects.toThrow('not installed');
  await install({ side: 'teams' });
  const told = bot.received.map(bodyOf).filter(({ type }) => type === 'installationUpdate');
  expect(new Set(told.map(({ conversation }) => conversation.tenantId))).toEqual(new Set([NOVA]));
  expect(told.filter(({ conversation }) => conversation.conversationType === 'personal')).toHaveLength(5);
  expect(told.map(({ conversation }) => conversation.id)).toEqual(expect.arrayContaining([VISITS]));
  expect((await say({ ...ben, text: 'help' })).delivered).toBe(true);
});

it('serves a second tenant of its own', async () => {
  const { bot, sandbox } = await begin();
  expect((await sandbox.controls.say({ ...TOM, text: 'help' })).delivered).toBe(false);
  await sandbox.controls.install({ side: 'teams', workplace: LABS });
  await sandbox.controls.say({ ...TOM, text: 'help' });
  const said = bodyOf(bot.received.at(-1));
  expect(said).toMatchObject({
    type: 'message',
    conversation: { tenantId: LABS },
    channelData: { tenant: { id: LABS } },
  });
  expect((await ask(sandbox, 'conversations', { members: [{ id: TOM.person }], tenantId: LABS })).status).toBe(201);
});
