import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DeliveryError } from '../../core/errors.js';
import type { Address, MessageRef, Platform } from '../../core/platform.js';
import { createConnector, refusalOf } from './connector.js';
import { around, openAzure, tenant } from './fixtures/azure.js';
import { record } from './fixtures/views.js';
import { trustsLoopback } from './hosts.js';
import { createTeams } from './index.js';

const azure = await openAzure();
afterAll(() => azure.close());

const clock = { at: 0 };
const open = (paced = true): Platform => createTeams(azure.config, around({ paced, now: () => clock.at }));
let platform = open();
beforeEach(() => {
  azure.sent.length = 0;
  azure.answerWith();
  clock.at = 0;
  platform = open();
});

const channel: Address = {
  platform: 'teams',
  workspace: tenant,
  kind: 'channel',
  id: '19:jsc@thread.tacv2',
  detail: { serviceUrl: azure.url },
};
const person: Address = { ...channel, kind: 'person', id: 'ben', detail: { serviceUrl: azure.url, mri: '29:ben' } };
const posted: MessageRef = {
  platform: 'teams',
  workspace: tenant,
  conversation: channel.id,
  message: 'm1',
  detail: { serviceUrl: azure.url },
};

const failure = async (work: Promise<unknown>): Promise<DeliveryError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DeliveryError) return error;
  throw new Error('it was delivered');
};
const calls = () => azure.sent.map((one) => `${one.method} ${one.path}`);

describe('posting', () => {
  test('starts a new post in a channel, with the card, its summary and our token', async () => {
    expect(await platform.post(channel, record)).toEqual({ ...posted, message: expect.stringMatching(/^m\d+$/) });
    expect(azure.sent).toEqual([
      {
        method: 'POST',
        path: '/v3/conversations/19:jsc@thread.tacv2/activities',
        authorization: 'Bearer outgoing',
        body: {
          type: 'message',
          summary: record.summary,
          attachments: [
            {
              contentType: 'application/vnd.microsoft.card.adaptive',
              content: expect.objectContaining({ type: 'AdaptiveCard', version: '1.5' }),
            },
          ],
        },
      },
    ]);
  });

  test('opens the chat with a person once, and writes there', async () => {
    const first = await platform.post(person, record);
    const second = await platform.post(person, record);
    expect([first.conversation, second.conversation]).toEqual(['a:opened', 'a:opened']);
    expect(calls()).toEqual([
      'POST /v3/conversations',
      'POST /v3/conversations/a:opened/activities',
      'POST /v3/conversations/a:opened/activities',
    ]);
    expect(azure.sent[0]?.body).toMatchObject({ isGroup: false, members: [{ id: '29:ben' }], tenantId: tenant });
  });

  test('asks by directory id for a person never met', async () => {
    await platform.post({ ...person, detail: { serviceUrl: azure.url } }, record);
    expect(azure.sent[0]?.body).toMatchObject({ members: [{ id: 'ben' }] });
  });

  test('writes to the chat that is known', async () => {
    await platform.post({ ...person, detail: { ...person.detail, conversation: 'a:known' } }, record);
    expect(calls()).toEqual(['POST /v3/conversations/a:known/activities']);
  });

  test('takes service urls with and without a slash at the end', async () => {
    await platform.post({ ...channel, detail: { serviceUrl: azure.url.slice(0, -1) } }, record);
    expect(calls()).toEqual(['POST /v3/conversations/19:jsc@thread.tacv2/activities']);
  });

  test('waits for a service url where none is known yet', async () => {
    expect(await failure(platform.post({ ...channel, detail: {} }, record))).toMatchObject({
      when: 'later',
      reason: 'teams:no-service-url',
    });
  });

  test('sends nothing to a service url that is not trusted', async () => {
    const to = { ...channel, detail: { serviceUrl: 'http://169.254.169.254/' } };
    expect(await failure(platform.post(to, record))).toMatchObject({
      when: 'never',
      reason: 'teams:untrusted-service-url',
    });
  });

  test.each([{ status: 201 }, { status: 200, body: {} }, { status: 202, body: 'fine' }])(
    'accepts the answer %j, though the message cannot be changed later',
    async (given) => {
      azure.answerWith(() => given);
      const ref = await platform.post(channel, record);
      expect(await failure(platform.update(ref, record))).toMatchObject({ when: 'gone' });
    },
  );
});

describe('updating', () => {
  test('puts the card in place of the message', async () => {
    await platform.update(posted, record);
    expect(calls()).toEqual(['PUT /v3/conversations/19:jsc@thread.tacv2/activities/m1']);
    expect(azure.sent[0]?.body).toMatchObject({ type: 'message', summary: record.summary });
  });

  test('says that a message is gone, so that the card is posted anew', async () => {
    azure.answerWith(() => ({ status: 404, body: { error: { code: 'ActivityNotFound', message: 'secret words' } } }));
    expect(await failure(platform.update(posted, record))).toMatchObject({
      when: 'gone',
      reason: 'teams:ActivityNotFound',
    });
  });
});

describe('a refusal by Teams', () => {
  test.each([
    [408, undefined, 'later'],
    [412, 'PreconditionFailed', 'later'],
    [429, undefined, 'later'],
    [500, 'ServiceError', 'later'],
    [502, undefined, 'later'],
    [503, undefined, 'later'],
    [504, undefined, 'later'],
    [401, undefined, 'later'],
    [400, 'BadSyntax', 'never'],
    [403, 'MessageWritesBlocked', 'never'],
    [403, 'BotNotInConversationRoster', 'never'],
    [403, 'SomethingNew', 'never'],
    [404, 'ConversationNotFound', 'never'],
    [413, 'MessageSizeTooBig', 'never'],
  ] as const)('with %i %s means %s for a post', (status, code, when) => {
    const error = refusalOf('POST', status, code, undefined);
    expect(error).toMatchObject({ when, reason: `teams:${code ?? status}`, throttled: status === 429 });
    if (status === 403 || status === 404) expect(error.advice).toMatch(/Add/);
  });

  test.each([
    [404, undefined, 'gone'],
    [404, 'ConversationNotFound', 'gone'],
    [400, 'ActivityNotFoundInConversation', 'gone'],
    [403, 'MessageWritesBlocked', 'never'],
    [500, undefined, 'later'],
  ] as const)('with %i %s means %s for an update', (status, code, when) => {
    expect(refusalOf('PUT', status, code, undefined).when).toBe(when);
  });

  test('is asked once: a failed post may have arrived', async () => {
    azure.answerWith(() => ({ status: 500, body: { error: { code: 'ServiceError' } } }));
    expect(await failure(platform.post(channel, record))).toMatchObject({
      when: 'later',
      reason: 'teams:ServiceError',
    });
    expect(azure.sent).toHaveLength(1);
  });

  test('with 429 is obeyed for the time it names, for this conversation alone', async () => {
    azure.answerWith(() => ({ status: 429, headers: { 'retry-after': '7' } }));
    const throttled = { when: 'later', throttled: true, afterMs: 7_000 };
    expect(await failure(platform.post(channel, record))).toMatchObject(throttled);
    expect(await failure(platform.update(posted, record))).toMatchObject({ ...throttled, reason: 'teams:paced' });
    expect(azure.sent).toHaveLength(1);
    azure.answerWith();
    await platform.post({ ...channel, id: '19:finance@thread.tacv2' }, record);
    clock.at = 7_000;
    await platform.post(channel, record);
    expect(azure.sent).toHaveLength(3);
  });

  test('may name a date to wait for', async () => {
    clock.at = Date.UTC(2026, 10, 22);
    azure.answerWith(() => ({ status: 503, headers: { 'retry-after': new Date(clock.at + 30_000).toUTCString() } }));
    expect(await failure(platform.post(channel, record))).toMatchObject({ afterMs: 30_000, throttled: false });
  });

  test('never shows in its reason what Teams wrote', async () => {
    azure.answerWith(() => ({
      status: 403,
      body: { error: { code: 'no <code> at all', message: 'Ben Ito blocked you' } },
    }));
    expect((await failure(platform.post(channel, record))).reason).toBe('teams:403');
  });

  test('that is a redirect is not followed', async () => {
    azure.answerWith(() => ({ status: 307, headers: { location: `${azure.url}elsewhere` } }));
    expect(await failure(platform.post(channel, record))).toMatchObject({ when: 'later', reason: 'teams:unreachable' });
    expect(azure.sent).toHaveLength(1);
  });
});

describe('no answer', () => {
  const connector = (callMs: number, token = async (): Promise<string | undefined> => undefined) =>
    createConnector({ trusts: trustsLoopback, token, now: () => 0, callMs });
  const request = { method: 'POST', serviceUrl: azure.url, path: ['conversations'], body: {} } as const;

  test('within the time limit is tried later', async () => {
    azure.answerWith(() => undefined);
    expect(await failure(connector(30)(request))).toMatchObject({ when: 'later', reason: 'teams:timeout' });
  });

  test('from a port that nobody listens on is tried later', async () => {
    const nobody = { ...request, serviceUrl: 'http://127.0.0.1:1/' };
    expect(await failure(connector(1_000)(nobody))).toMatchObject({ when: 'later', reason: 'teams:unreachable' });
  });

  test('about a token sends nothing', async () => {
    const refused = connector(1_000, () => Promise.reject(new Error('AADSTS7000215')));
    expect(await failure(refused(request))).toMatchObject({ when: 'later', reason: 'teams:no-token' });
    const hanging = connector(30, () => new Promise(() => {}));
    expect(await failure(hanging(request))).toMatchObject({ when: 'later', reason: 'teams:timeout' });
    expect(azure.sent).toEqual([]);
  });

  test('of 401 asks for a fresh token the next time, once', async () => {
    const asked: boolean[] = [];
    const send = createConnector({
      trusts: trustsLoopback,
      token: async ({ fresh }) => String(asked.push(fresh)),
      now: () => 0,
      callMs: 1_000,
    });
    azure.answerWith(() => ({ status: 401 }));
    await failure(send(request));
    azure.answerWith();
    await send(request);
    await send(request);
    expect(asked).toEqual([false, true, false]);
  });
});

describe('pacing', () => {
  test('refuses the eighth post of a second before Teams has to', async () => {
    for (let post = 0; post < 7; post += 1) await platform.post(channel, record);
    expect(await failure(platform.post(channel, record))).toMatchObject({
      reason: 'teams:paced',
      throttled: true,
      afterMs: 1_000,
    });
    expect(azure.sent).toHaveLength(7);
  });

  test('can be switched off for measuring', async () => {
    platform = open(false);
    await Promise.all(Array.from({ length: 20 }, () => platform.post(channel, record)));
    expect(azure.sent).toHaveLength(20);
  });
});
