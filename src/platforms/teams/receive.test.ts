import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../core/platform.js';
import { tenant } from './fixtures/azure.js';
import { failure, refusal, said } from './fixtures/inbound.js';
import { openTeams } from './fixtures/teams.js';
import { form, list, notice, record } from './fixtures/views.js';

const teams = await openTeams();
const { azure, heard, answer, deliver, written, platform, known } = teams;
afterAll(() => teams.close());
afterEach(() => {
  heard.length = 0;
  azure.sent.length = 0;
  azure.answerWith();
  answer(said('Recorded.'));
});

const done = (view: Answer['view'], more: Partial<Answer> = {}): Answer => ({ outcome: 'done', view, ...more });

describe('words said to Entente alone', () => {
  test.each([
    ['done', done(notice)],
    ['refused', refusal('Only JSC members decide this.')],
  ])('that are %s are answered in the chat', async (_outcome, given) => {
    answer(given);
    expect((await deliver('personal-message')).status).toBe(200);
    expect(heard).toMatchObject([{ kind: 'command', call: { words: ['decision'] } }]);
    const text = given.view.kind === 'notice' && given.view.text;
    expect(written()).toEqual([['a:1personalChatOfBen', text]]);
  });

  test('that fail ask to be sent again', async () => {
    answer(failure);
    await deliver('personal-message');
    expect(written()).toEqual([['a:1personalChatOfBen', 'Nothing was saved. Please send it again.']]);
  });

  test('that are answered with a code do not show it in a notification', async () => {
    answer(done({ kind: 'notice', text: 'Send this to Nova:\n\njoin acid acorn', secret: true }));
    await deliver('personal-message');
    expect(JSON.stringify(azure.sent[0]?.body.attachments)).toContain('acid acorn');
    expect(written()).toEqual([['a:1personalChatOfBen', 'Entente has an answer for you alone.']]);
  });

  test('without a word show what waits', async () => {
    answer(done(list));
    await deliver('personal-message', { text: '  ' });
    expect(heard).toMatchObject([{ kind: 'home' }]);
    expect(written()).toEqual([['a:1personalChatOfBen', 'What waits for you']]);
  });

  test('that want a form get it as a card with its fields', async () => {
    answer(done(form));
    await deliver('personal-message');
    const card = JSON.stringify(azure.sent[0]?.body);
    expect(card).toContain('"type":"Input.Text"');
    expect(card).toContain('"type":"Action.Execute","title":"Record","verb":"decisions.record"');
  });

  test('are taken even when the answer cannot be delivered', async () => {
    azure.answerWith(() => ({ status: 403 }));
    expect((await deliver('personal-message')).status).toBe(200);
    expect(azure.sent).toHaveLength(1);
  });
});

describe('words said in a channel', () => {
  const reachable = (given: boolean) =>
    azure.answerWith(({ path, body }) => {
      if (path !== '/v3/conversations') return { status: 201, body: { id: 'm' } };
      const chat = `a:${JSON.stringify(body.members).includes('BenIto') ? 'ben' : 'other'}`;
      return given ? { status: 201, body: { id: chat } } : { status: 403, body: { error: { code: 'Forbidden' } } };
    });

  /** A chat once opened is remembered, so each who cannot be reached is somebody new. */
  const sayAs = (user: string) =>
    deliver('channel-message', { from: { id: `29:${user}`, name: user, aadObjectId: user } });

  test('that a card there shows say nothing: the card is the answer', async () => {
    answer(done(notice, { shown: true }));
    await deliver('channel-message');
    expect(azure.sent.filter((one) => one.method === 'POST')).toEqual([]);
  });

  test('that no card there shows are answered one to one', async () => {
    reachable(true);
    answer(said('This channel is bound to the JSC.'));
    await deliver('channel-message');
    expect(written()).toEqual([['a:ben', 'This channel is bound to the JSC.']]);
  });

  test('that are refused are answered one to one', async () => {
    reachable(true);
    answer(refusal('Secret reason.'));
    await deliver('channel-message');
    expect(written()).toEqual([['a:ben', 'Secret reason.']]);
  });

  test('that are refused to somebody who cannot be reached say nothing of why', async () => {
    reachable(false);
    answer(refusal('Secret reason.'));
    await sayAs('gil');
    expect(written()).toEqual([
      ['19:jsc@thread.tacv2;messageid=1795391065675', 'Only you should see why: write to me directly.'],
    ]);
    expect(JSON.stringify(azure.sent)).not.toContain('Secret');
  });

  test('that ask for a list keep it out of the channel', async () => {
    reachable(false);
    answer(done({ ...list, intro: 'Secret intro.' }));
    await sayAs('liv');
    expect(written().map(([, text]) => text)).toEqual(['Only you should see this: write to me directly.']);
    expect(JSON.stringify(azure.sent)).not.toContain('Secret');
  });

  test('that want a form get it one to one, or else in the thread', async () => {
    answer(done(form));
    reachable(true);
    await deliver('channel-message');
    reachable(false);
    await sayAs('mei');
    expect(written()).toEqual([
      ['a:ben', 'Record a decision'],
      ['19:jsc@thread.tacv2;messageid=1795391065675', 'Record a decision'],
    ]);
    answer(done({ ...form, private: true }));
    await sayAs('mei');
    expect(written().at(-1)?.[1]).toBe('Only you should see this: write to me directly.');
  });

  test('that fail say so in the thread, without content', async () => {
    answer({ ...failure, view: { kind: 'notice', text: 'Secret.' } });
    await deliver('channel-message');
    expect(written().map(([, text]) => text)).toEqual(['Nothing was saved. Please send it again.']);
  });

  test('and mentioning somebody find out who that is, and of which tenant, once', async () => {
    azure.answerWith(({ path }) =>
      path.endsWith('/members/29:1MeiSatoPerBotId')
        ? { status: 200, body: { id: '29:1MeiSatoPerBotId', aadObjectId: 'mei', tenantId: 'acme', userRole: 'user' } }
        : { status: 201, body: { id: 'm' } },
    );
    await deliver('channel-message', { from: ben });
    await deliver('channel-message', { from: ben });
    const mei = expect.objectContaining({ user: 'mei', workspace: 'acme' });
    const words = ['decision Meet monthly with ', mei, ' because R&D asked'];
    expect(heard).toMatchObject([{ call: { words } }, { call: { words } }]);
    expect(asked()).toEqual(['/v3/conversations/19:jsc@thread.tacv2/members/29:1MeiSatoPerBotId']);
  });
});

const ben = { id: '29:ben', name: 'Ben Ito', aadObjectId: 'ben', tenantId: tenant };
const asked = () => azure.sent.map(({ path }) => path).filter((path) => path.includes('/members/'));

describe('somebody of another tenant in a shared channel', () => {
  const thread = '19:jsc@thread.tacv2;messageid=1795391065675';
  const gil = { id: '29:gil', name: 'Gil', aadObjectId: 'gil' };
  const toStranger =
    'I answer the people of the companies that work together here; ask whoever invited you to speak for you.';
  const roster =
    (member: object, chat: number = 201) =>
    ({ method, path }: { method: string; path: string }) => {
      if (method === 'GET') return { status: 200, body: { aadObjectId: 'x', ...member } };
      return path === '/v3/conversations'
        ? { status: chat, body: { id: 'a:own' } }
        : { status: 201, body: { id: 'm' } };
    };
  const speak = (from: object, more: object = {}) => deliver('channel-message', { from, ...more });
  afterEach(() => known.delete('acme'));

  test('is known by the roster where the activity does not tell, and asked about once', async () => {
    azure.answerWith(roster({ tenantId: 'acme' }));
    await speak(gil, { entities: [] });
    await speak(gil, { entities: [] });
    expect(heard).toMatchObject([{ call: { caller: { workspace: 'acme', user: 'gil' } } }, {}]);
    expect(asked()).toEqual(['/v3/conversations/19:jsc@thread.tacv2/members/29:gil']);
  });

  test('is not asked about in a standard channel, where nobody else speaks', async () => {
    const channels = [{ id: '19:jsc@thread.tacv2', name: 'JSC', type: 'standard' }];
    azure.answerWith(({ path }) =>
      path.startsWith('/v3/teams/')
        ? { status: 200, body: { conversations: channels } }
        : { status: 200, body: { aadObjectId: 'x', tenantId: 'acme' } },
    );
    for (const name of ['lou', 'max']) {
      const from = { id: `29:${name}`, aadObjectId: name };
      await speak(from, { entities: [], channelData: { team: { id: 'a-team' }, tenant: { id: tenant } } });
    }
    expect(heard).toMatchObject([{ call: { caller: { workspace: tenant } } }, {}]);
    expect(asked()).toEqual([]);
    expect(azure.sent.filter(({ path }) => path.startsWith('/v3/teams/'))).toHaveLength(1);
  });

  test('is a guest’s account of this tenant when the roster says so', async () => {
    azure.answerWith(roster({ tenantId: 'acme', userRole: 'guest' }));
    await speak({ id: '29:gus', aadObjectId: 'gus' });
    expect(heard).toMatchObject([{ call: { caller: { workspace: tenant, user: 'gus' } } }]);
  });

  test('is taken for one of the conversation’s where the roster does not answer', async () => {
    azure.answerWith(({ method }) => ({ status: method === 'GET' ? 403 : 201, body: { id: 'm' } }));
    await speak({ id: '29:eve', aadObjectId: 'eve' });
    expect(heard).toMatchObject([{ call: { caller: { workspace: tenant, user: 'eve' } } }]);
  });

  test('whom nobody knows gets one polite sentence there, whatever the core answers, and no message', async () => {
    for (const given of [refusal('Secret reason.'), done(list), done(notice), done(form)]) {
      answer(given);
      await speak({ ...gil, tenantId: 'nobody' });
    }
    expect(written()).toEqual(Array.from({ length: 4 }, () => [thread, toStranger]));
    expect(azure.sent.map(({ path }) => path)).not.toContain('/v3/conversations');
    expect(JSON.stringify(azure.sent)).not.toContain('Secret');
  });

  test('whose tenant takes part is answered one to one in their own', async () => {
    known.add('acme');
    azure.answerWith(roster({}));
    await deliver('personal-message', {
      conversation: { id: 'a:x', conversationType: 'personal', tenantId: 'acme' },
      channelData: { tenant: { id: 'acme' } },
    });
    azure.sent.length = 0;
    answer(refusal('Secret reason.'));
    await speak({ ...gil, tenantId: 'acme' });
    expect(azure.sent[0]?.body).toMatchObject({ members: [{ id: '29:gil' }], tenantId: 'acme' });
    expect(written()).toEqual([['a:own', 'Secret reason.']]);
  });

  test('whose tenant takes part and who cannot be reached is told where to write', async () => {
    known.add('acme');
    azure.answerWith(roster({}, 403));
    answer(refusal('Secret reason.'));
    await speak({ id: '29:ina', aadObjectId: 'ina', tenantId: 'acme' });
    const sentence = 'Only you should see why: write to me directly in your own company’s Teams.';
    expect(written()).toEqual([[thread, sentence]]);
  });

  test('who presses a button gets the answer in place', async () => {
    answer(refusal('This workspace has not joined.'));
    const { body } = await deliver('execute', { from: { ...gil, tenantId: 'nobody' } });
    expect(body.value).toBe('This workspace has not joined.');
    expect(azure.sent).toEqual([]);
  });
});

describe('an event', () => {
  test('of a personal install is told, and greeted once', async () => {
    answer(done(list));
    await deliver('install-personal');
    await deliver('install-personal', {
      type: 'conversationUpdate',
      id: 'f:2',
      membersAdded: [{ id: '28:00000000-0000-0000-0000-00000000e001' }],
    });
    expect(heard.map((one) => (one.kind === 'notify' ? one.event.kind : one.kind))).toEqual([
      'installed',
      'met',
      'home',
      'installed',
    ]);
    expect(written()).toEqual([['a:1personalChatOfBen', 'What waits for you']]);
  });

  test('of an install in a team says nothing there', async () => {
    await deliver('install-team');
    expect(heard).toMatchObject([
      {
        kind: 'notify',
        event: { kind: 'installed', workspace: tenant, spot: { conversation: '19:general@thread.tacv2' } },
      },
      { kind: 'notify', event: { kind: 'installed', workspace: tenant } },
      { kind: 'notify', event: { kind: 'met' } },
    ]);
    expect(azure.sent).toEqual([]);
  });

  const listed = (conversations: object[] | undefined) =>
    azure.answerWith(({ path }) =>
      path.endsWith('/conversations') && path !== '/v3/conversations'
        ? { status: conversations ? 200 : 403, body: { conversations } }
        : { status: 201, body: { id: 'm' } },
    );
  const readersOf = () =>
    heard.flatMap((one) => (one.kind === 'notify' && one.event.kind === 'readers' ? [one.event] : []));
  const guest = { id: '29:gil', aadObjectId: 'gil', userRole: 'guest' };

  test('of a guest in a team means all its standard channels', async () => {
    listed([
      { id: '19:general@thread.tacv2', name: null, type: 'standard' },
      { id: '19:jsc@thread.tacv2', name: 'JSC' },
      { id: '19:open@thread.tacv2', name: 'Open', type: 'shared' },
    ]);
    await deliver('members-added', { membersAdded: [guest] });
    expect(readersOf()).toMatchObject([
      { outsiders: true, spot: { conversation: '19:general@thread.tacv2', detail: { type: 'standard' } } },
      { outsiders: true, spot: { conversation: '19:jsc@thread.tacv2', detail: { team: '19:general@thread.tacv2' } } },
    ]);
  });

  test('of somebody who left a team means them too, and asks nobody to believe the event', async () => {
    listed([{ id: '19:jsc@thread.tacv2', name: 'JSC', type: 'standard' }]);
    await deliver('members-added', { membersAdded: [], membersRemoved: [guest] });
    expect(readersOf()).toEqual([expect.not.objectContaining({ outsiders: true })]);
    expect(readersOf()[0]?.spot?.conversation).toBe('19:jsc@thread.tacv2');
  });

  test('in a team whose channels cannot be listed means the one it names', async () => {
    listed(undefined);
    await deliver('members-added', { membersAdded: [guest] });
    expect(readersOf()).toMatchObject([{ spot: { conversation: '19:general@thread.tacv2' } }]);
  });

  test('that cannot be kept is answered with 500', async () => {
    answer(() => Promise.reject(new Error('database is gone')));
    expect(await deliver('members-added')).toEqual({ status: 500, body: undefined });
  });

  test.each(['messageReaction', 'typing', 'messageUpdate', 'event'])('of the type %s is let pass', async (type) => {
    expect(await deliver('channel-message', { type })).toEqual({ status: 200, body: undefined });
    expect(heard).toEqual([]);
  });

  test.each(['signin/verifyState', 'composeExtension/query', undefined])('invoking %s is not ours', async (name) => {
    expect(await deliver('execute', { name })).toEqual({ status: 501, body: undefined });
    expect(heard).toEqual([]);
  });
});

test('a press of an old client, which comes as a message, is answered in the chat', async () => {
  const value = { interaction: 'decisions.undo', subject: record.subject };
  await deliver('personal-message', { text: null, value });
  expect(heard).toMatchObject([{ kind: 'press', call: { interaction: 'decisions.undo', subject: record.subject } }]);
  expect(written()).toEqual([['a:1personalChatOfBen', 'Recorded.']]);
});

test('an address learned from a call serves posts that know none', async () => {
  await deliver('personal-message');
  const ref = await platform.post(
    { platform: 'teams', workspace: tenant, kind: 'channel', id: '19:jsc@thread.tacv2', detail: {} },
    record,
  );
  expect(ref.detail).toEqual({ serviceUrl: azure.url });
});

describe('a pasted link', () => {
  const paste = (url: unknown) => deliver('task-fetch', { name: 'composeExtension/queryLink', value: { url } });

  test('to a record is answered with a door to it, which Teams is asked not to keep', async () => {
    const { status, body } = await paste('https://entente.example.com/r/a/D-14');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      composeExtension: {
        type: 'result',
        cacheInfo: { cacheType: 'no_cache' },
        attachments: [{ content: { version: '1.3' }, preview: { content: { text: 'D-14' } } }],
      },
    });
  });

  test('to anything else is answered with nothing to show', async () => {
    expect((await paste('https://entente.example.com/about')).body).toMatchObject({
      composeExtension: { attachments: [] },
    });
    expect((await paste(undefined)).status).toBe(400);
  });
});
