import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DeliveryError } from '../../core/errors.js';
import type { Platform, Readers, Spot } from '../../core/platform.js';
import { around, openAzure, type Sent, tenant } from './fixtures/azure.js';
import { createListener } from './fixtures/inbound.js';
import { recorded } from './fixtures/teams.js';
import { createTeams } from './index.js';

const azure = await openAzure();
afterAll(() => azure.close());

const clock = { at: 0 };
let platform: Platform;
beforeEach(() => {
  clock.at = 0;
  azure.sent.length = 0;
  azure.answerWith();
  platform = createTeams(azure.config, around({ now: () => clock.at }));
});

const jsc = '19:jsc@thread.tacv2';
const team = '19:general@thread.tacv2';
const chat: Spot = {
  platform: 'teams',
  workspace: tenant,
  conversation: 'a:1personalChatOfBen',
  direct: true,
  detail: { serviceUrl: azure.url },
};
const channel: Spot = { ...chat, conversation: jsc, direct: false, detail: { serviceUrl: azure.url, team } };
const ben = { platform: 'teams', workspace: tenant, user: 'ben' } as const;
const member = {
  id: '29:ben',
  name: 'Ben Ito',
  aadObjectId: 'ben',
  email: 'ben.ito@nova.example',
  userPrincipalName: 'b.ito@nova.example',
  tenantId: tenant,
  userRole: 'user',
};

const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof DeliveryError ? `${error.when} ${error.reason}` : error),
  );

/** The other side answers a path that ends so with this. */
const serve = (answers: Readonly<Record<string, object | ((sent: Sent) => object)>>) =>
  azure.answerWith((sent) => {
    const [path = ''] = sent.path.split('?');
    const found = Object.entries(answers).find(([end]) => path.endsWith(end))?.[1];
    if (!found) return { status: 404, body: { error: { code: 'NotFound' } } };
    return { status: 200, body: typeof found === 'function' ? found(sent) : found };
  });

describe('a profile', () => {
  test('is what the roster tells of somebody', async () => {
    serve({ '/members/ben': member });
    expect(await platform.profile(ben, chat)).toEqual({
      name: 'Ben Ito',
      workspace: tenant,
      guest: false,
      email: 'ben.ito@nova.example',
    });
    expect(azure.sent.map(({ path }) => path)).toEqual(['/v3/conversations/a:1personalChatOfBen/members/ben']);
  });

  test('is asked for by the id that this bot knows somebody by, where it knows one', async () => {
    serve({ '/members/29:ben': member });
    expect(await platform.profile({ ...ben, detail: { mri: '29:ben' } }, channel)).toMatchObject({ name: 'Ben Ito' });
  });

  test.each(['guest', 'anonymous'])(
    'of a %s says so, and stays in the workspace they were met in',
    async (userRole) => {
      serve({ '/members/ben': { ...member, userRole, tenantId: 'acme' } });
      expect(await platform.profile(ben, channel)).toMatchObject({ guest: true, workspace: tenant });
    },
  );

  test('of somebody of another tenant names their own, where they are no guest', async () => {
    serve({ '/members/ben': { ...member, tenantId: 'acme' } });
    expect(await platform.profile(ben, channel)).toMatchObject({ guest: false, workspace: 'acme' });
  });

  test('has the zone and language that the person’s own device told', async () => {
    const listener = createListener();
    const surroundings = around({ now: () => clock.at });
    const own = createTeams({ ...azure.config, anonymous: true, local: undefined }, surroundings);
    await own.start(listener.inbound);
    const server = surroundings.http.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const body = JSON.stringify(recorded('personal-message', { serviceUrl: azure.url }));
    const headers = { 'content-type': 'application/json' };
    await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers, body });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const user = 'aaaaaaaa-0000-0000-0000-000000000001';
    serve({ [`/members/${user}`]: { ...member, aadObjectId: user } });
    expect(await own.profile({ ...ben, user }, chat)).toMatchObject({ zone: 'Europe/Zurich', locale: 'en-GB' });
  });

  test('and the name of the workspace are one question to Teams', async () => {
    serve({ '/members/ben': member });
    await Promise.all([platform.profile(ben, chat), platform.workspaceName(ben, chat)]);
    expect(azure.sent).toHaveLength(1);
    clock.at += 60_000;
    await platform.profile(ben, chat);
    expect(azure.sent).toHaveLength(2);
  });

  test('of nobody there, or from a platform that fails, is a DeliveryError', async () => {
    serve({});
    expect(await reasonOf(platform.profile(ben, chat))).toBe('never teams:NotFound');
    azure.answerWith(() => ({ status: 503 }));
    expect(await reasonOf(platform.profile(ben, chat))).toBe('later teams:503');
    expect(await reasonOf(platform.profile(ben, { ...chat, detail: {} }))).toBe('later teams:no-service-url');
  });
});

describe('the name of a workspace', () => {
  const id = '11111111';
  test.each([
    ['the domain of the sign-in name', {}, 'nova.example'],
    ['the domain in small letters', { userPrincipalName: 'B.Ito@Nova.Example' }, 'nova.example'],
    [
      'an e-mail address only with the tenant, which may write anything there',
      { userPrincipalName: null },
      `nova.example, tenant ${id}`,
    ],
    ['the tenant where there is no domain', { userPrincipalName: 'ben', email: 'x@y z' }, `tenant ${id}`],
    ['the tenant where nothing is told', { userPrincipalName: undefined, email: undefined }, `tenant ${id}`],
  ])('is %s', async (_what, more, name) => {
    serve({ '/members/ben': { ...member, ...more } });
    expect(await platform.workspaceName(ben, chat)).toBe(name);
  });
});

describe('the readers of a conversation', () => {
  const channels = (type?: string) => ({
    '/teams/19:general@thread.tacv2/conversations': {
      conversations: [
        { id: team, name: null, type: 'standard' },
        { id: jsc, name: 'JSC', ...(type && { type }) },
      ],
    },
  });
  const roster = (...members: object[]) => ({ members });
  const ask = (place: Spot = channel): Promise<Readers> => platform.readers(place);

  test('of a standard channel are the people of its team', async () => {
    serve({ ...channels('standard'), [`${team}/pagedmembers`]: roster(member) });
    expect(await ask()).toEqual({ name: 'JSC', outsiders: false });
  });

  test('of the first channel of a team, which Teams does not name, are the same', async () => {
    serve({ ...channels(), [`${team}/pagedmembers`]: roster(member) });
    expect(await ask({ ...channel, conversation: team })).toEqual({ name: 'General', outsiders: false });
  });

  test('of a channel whose type Teams does not tell are those of its own roster', async () => {
    serve({ ...channels(), [`${jsc}/pagedmembers`]: roster(member, { ...member, tenantId: 'acme' }) });
    expect(await ask()).toEqual({ name: 'JSC', outsiders: true });
  });

  test('of a shared channel are others, whoever is in it', async () => {
    serve(channels('shared'));
    expect(await ask()).toEqual({ name: 'JSC', outsiders: true });
    serve({});
    expect(await ask({ ...channel, detail: { serviceUrl: azure.url, type: 'shared' } })).toEqual({ outsiders: true });
  });

  test('of a chat without a name are those of its roster', async () => {
    serve({ '/19:desk@thread.v2/pagedmembers': roster(member) });
    expect(await ask({ ...chat, conversation: '19:desk@thread.v2', direct: false })).toEqual({ outsiders: false });
  });

  test.each([
    ['a guest', { userRole: 'guest' }, true],
    ['somebody without an account', { userRole: 'anonymous' }, true],
    ['somebody of another tenant', { tenantId: 'acme' }, true],
    ['nobody from outside', {}, false],
    ['somebody of whom Teams tells nothing', { tenantId: undefined, userRole: undefined }, false],
  ])('with %s among them are told', async (_who, more, outsiders) => {
    serve({ ...channels('standard'), [`${team}/pagedmembers`]: roster(member, { ...member, ...more }) });
    expect(await ask()).toMatchObject({ outsiders });
  });

  const paged = (pages: number, last: object) => (sent: Sent) => {
    const at = Number(/continuationToken=(\d+)/.exec(sent.path)?.[1] ?? 0);
    return at < pages - 1 ? { members: [member], continuationToken: String(at + 1) } : { members: [last] };
  };

  test('are looked through page by page, until somebody from outside is seen', async () => {
    serve({ ...channels('standard'), [`${team}/pagedmembers`]: paged(3, { ...member, userRole: 'guest' }) });
    expect(await ask()).toMatchObject({ outsiders: true });
    expect(azure.sent.filter(({ path }) => path.includes('pageSize=500'))).toHaveLength(3);
  });

  test('are not known of a roster longer than can be looked through, or one that Teams shows nothing of', async () => {
    serve({ ...channels('standard'), [`${team}/pagedmembers`]: paged(50, member) });
    expect(await reasonOf(ask())).toBe('never teams:too-many-members');
    for (const nothing of [roster(), {}, []]) {
      serve({ ...channels('standard'), [`${team}/pagedmembers`]: nothing });
      expect(await reasonOf(ask())).toBe('later teams:unknown-answer');
    }
  });

  test('are not known where Teams refuses', async () => {
    serve({});
    expect(await reasonOf(ask())).toBe('never teams:NotFound');
  });

  test('are asked about once by several askers at the same moment, and anew by the next', async () => {
    serve({ ...channels('standard'), [`${team}/pagedmembers`]: roster(member) });
    await Promise.all([ask(), ask()]);
    expect(azure.sent).toHaveLength(2);
    clock.at += 60_000;
    await ask();
    expect(azure.sent).toHaveLength(4);
  });
});

test('nobody waits for an answer longer than two seconds', async () => {
  azure.answerWith(() => undefined);
  const asked = [platform.profile(ben, chat), platform.workspaceName(ben, chat), platform.readers(channel)];
  expect(await Promise.all(asked.map(reasonOf))).toEqual(asked.map(() => 'later teams:timeout'));
});
