import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../core/platform.js';
import { tenant } from './fixtures/azure.js';
import { failure, refusal, said } from './fixtures/inbound.js';
import { openTeams } from './fixtures/teams.js';
import { form, list, notice, record } from './fixtures/views.js';

const teams = await openTeams();
const { azure, heard, answer, deliver, written, platform } = teams;
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
    azure.answerWith(({ path }) => {
      if (path !== '/v3/conversations') return { status: 201, body: { id: 'm' } };
      return given ? { status: 201, body: { id: 'a:ben' } } : { status: 403, body: { error: { code: 'Forbidden' } } };
    });

  /** A chat once opened is remembered, so each who cannot be reached is somebody new. */
  const sayAs = (user: string) =>
    deliver('channel-message', { from: { id: `29:${user}`, name: user, aadObjectId: user } });

  test('that are done say nothing there: the card is the answer', async () => {
    answer(done(notice));
    await deliver('channel-message');
    expect(azure.sent.filter((one) => one.method === 'POST')).toEqual([]);
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
  });

  test('that fail say so in the thread, without content', async () => {
    answer({ ...failure, view: { kind: 'notice', text: 'Secret.' } });
    await deliver('channel-message');
    expect(written().map(([, text]) => text)).toEqual(['Nothing was saved. Please send it again.']);
  });

  test('and mentioning somebody find out who that is', async () => {
    azure.answerWith(({ path }) =>
      path.includes('/members/')
        ? { status: 200, body: { id: '29:1MeiSatoPerBotId', aadObjectId: 'mei' } }
        : { status: 201, body: { id: 'm' } },
    );
    await deliver('channel-message');
    await deliver('channel-message');
    const words = ['decision Meet monthly with ', expect.objectContaining({ user: 'mei' }), ' because R&D asked'];
    expect(heard).toMatchObject([{ call: { words } }, { call: { words } }]);
    expect(azure.sent.map((one) => one.path)).toEqual([
      '/v3/conversations/19:jsc@thread.tacv2;messageid=1795391065675/members/29:1MeiSatoPerBotId',
    ]);
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

  test('that cannot be kept is answered with 500', async () => {
    answer(() => Promise.reject(new Error('database is gone')));
    expect(await deliver('members-added')).toEqual({ status: 500, body: undefined });
  });

  test.each(['messageReaction', 'typing', 'messageUpdate', 'event'])('of the type %s is let pass', async (type) => {
    expect(await deliver('channel-message', { type })).toEqual({ status: 200, body: undefined });
    expect(heard).toEqual([]);
  });

  test.each(['signin/verifyState', 'composeExtension/query', 'fileConsent/invoke', undefined])(
    'invoking %s is not ours',
    async (name) => {
      expect(await deliver('execute', { name })).toEqual({ status: 501, body: undefined });
      expect(heard).toEqual([]);
    },
  );
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
