import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../core/platform.js';
import { around, openAzure, runTeams, tenant } from './fixtures/azure.js';
import { createListener, failure, refusal, said } from './fixtures/inbound.js';
import { form, list, notice, record } from './fixtures/views.js';

const azure = await openAzure();
const { inbound, heard, answer } = createListener();
const entente = await runTeams(azure.config, around(), inbound);
afterAll(async () => {
  await entente.close();
  await azure.close();
});
afterEach(() => {
  heard.length = 0;
  azure.sent.length = 0;
  azure.answerWith();
  answer(said('Recorded.'));
});

type Body = Record<string, unknown>;
const recorded = (name: string, more: Body = {}): Body => ({
  ...JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')),
  serviceUrl: azure.url,
  ...more,
});
const deliver = async (body: Body) => {
  const response = await fetch(entente.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await azure.token()}` },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};

const done = (view: Answer['view'], more: Partial<Answer> = {}): Answer => ({ outcome: 'done', view, ...more });
const thread = '/v3/conversations/19:jsc@thread.tacv2;messageid=1795391065675/activities';
/** What was written where: a text, or the first words of a card. */
const written = () =>
  azure.sent
    .filter((one) => one.method === 'POST' && one.path.endsWith('/activities'))
    .map(({ path, body }) => [
      path.replace('/v3/conversations/', '').replace('/activities', ''),
      body.text ?? body.summary,
    ]);

describe('words said to Entente alone', () => {
  test.each([
    ['done', done(notice)],
    ['refused', refusal('Only JSC members decide this.')],
  ])('that are %s are answered in the chat', async (_outcome, given) => {
    answer(given);
    expect((await deliver(recorded('personal-message'))).status).toBe(200);
    expect(heard).toMatchObject([{ kind: 'command', call: { words: ['decision'] } }]);
    const text = given.view.kind === 'notice' && given.view.text;
    expect(written()).toEqual([['a:1personalChatOfBen', text]]);
  });

  test('that fail ask to be sent again', async () => {
    answer(failure);
    await deliver(recorded('personal-message'));
    expect(written()).toEqual([['a:1personalChatOfBen', 'Nothing was saved. Please send it again.']]);
  });

  test('without a word show what waits', async () => {
    answer(done(list));
    await deliver(recorded('personal-message', { text: '  ' }));
    expect(heard).toMatchObject([{ kind: 'home' }]);
    expect(written()).toEqual([['a:1personalChatOfBen', 'What waits for you']]);
  });

  test('that want a form get it as a card with its fields', async () => {
    answer(done(form));
    await deliver(recorded('personal-message'));
    const card = JSON.stringify(azure.sent[0]?.body);
    expect(card).toContain('"type":"Input.Text"');
    expect(card).toContain('"type":"Action.Execute","title":"Record","verb":"decisions.record"');
  });

  test('are taken even when the answer cannot be delivered', async () => {
    azure.answerWith(() => ({ status: 403 }));
    expect((await deliver(recorded('personal-message'))).status).toBe(200);
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
  const by = (user: string) =>
    recorded('channel-message', { from: { id: `29:${user}`, name: user, aadObjectId: user } });

  test('that are done say nothing there: the card is the answer', async () => {
    answer(done(notice));
    await deliver(recorded('channel-message'));
    expect(azure.sent.filter((one) => one.method === 'POST')).toEqual([]);
  });

  test('that are refused are answered one to one', async () => {
    reachable(true);
    answer(refusal('Secret reason.'));
    await deliver(recorded('channel-message'));
    expect(written()).toEqual([['a:ben', 'Secret reason.']]);
  });

  test('that are refused to somebody who cannot be reached say nothing of why', async () => {
    reachable(false);
    answer(refusal('Secret reason.'));
    await deliver(by('gil'));
    expect(written()).toEqual([
      [
        thread.slice('/v3/conversations/'.length, -'/activities'.length),
        'Only you should see why: write to me directly.',
      ],
    ]);
    expect(JSON.stringify(azure.sent.filter((one) => one.path === thread))).not.toContain('Secret');
  });

  test('that ask for a list keep it out of the channel', async () => {
    reachable(false);
    answer(done({ ...list, intro: 'Secret intro.' }));
    await deliver(by('liv'));
    expect(written().map(([, text]) => text)).toEqual(['Only you should see this: write to me directly.']);
    expect(JSON.stringify(azure.sent)).not.toContain('Secret');
  });

  test('that want a form get it one to one, or else in the thread', async () => {
    answer(done(form));
    reachable(true);
    await deliver(recorded('channel-message'));
    reachable(false);
    await deliver(by('mei'));
    expect(written()).toEqual([
      ['a:ben', 'Record a decision'],
      ['19:jsc@thread.tacv2;messageid=1795391065675', 'Record a decision'],
    ]);
  });

  test('that fail say so in the thread, without content', async () => {
    answer({ ...failure, view: { kind: 'notice', text: 'Secret.' } });
    await deliver(recorded('channel-message'));
    expect(written().map(([, text]) => text)).toEqual(['Nothing was saved. Please send it again.']);
  });

  test('and mentioning somebody find out who that is', async () => {
    azure.answerWith(({ path }) =>
      path.includes('/members/')
        ? { status: 200, body: { id: '29:1MeiSatoPerBotId', aadObjectId: 'mei' } }
        : { status: 201, body: { id: 'm' } },
    );
    await deliver(recorded('channel-message'));
    await deliver(recorded('channel-message'));
    const words = ['decision Meet monthly with ', expect.objectContaining({ user: 'mei' }), ' because R&D asked'];
    expect(heard).toMatchObject([{ call: { words } }, { call: { words } }]);
    expect(azure.sent.map((one) => one.path)).toEqual([
      '/v3/conversations/19:jsc@thread.tacv2;messageid=1795391065675/members/29:1MeiSatoPerBotId',
    ]);
  });
});

describe('an Action.Execute', () => {
  const execute = (more: Body = {}) => deliver(recorded('execute', more));
  const submitted = recorded('task-submit').value as { data: Body };
  const submit = () => execute({ value: { action: { verb: 'decisions.record', data: submitted.data } } });

  test('is answered with the pressed card as it is now', async () => {
    answer(done(notice, { card: { ...record, status: 'Agreed' } }));
    const { status, body } = await execute();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5' },
    });
    expect(JSON.stringify(body)).toContain('{"title":"Status","value":"Agreed"}');
    expect(azure.sent).toEqual([]);
  });

  test('without a card to show is answered with the sentence', async () => {
    answer(said('Taken back.'));
    expect((await execute()).body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Taken back.',
    });
  });

  test('that shows something else does so in a message, and leaves the card', async () => {
    const history = {
      ...list,
      title: 'History of D-14',
      intro: undefined,
      items: [{ title: 'Recorded', text: 'by Ana Ruiz' }, { title: 'Agreed' }],
    };
    answer(done(history, { card: record }));
    expect((await execute()).body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'History of D-14\nRecorded: by Ana Ruiz\nAgreed',
    });
  });

  const pressOn = (view: string) =>
    execute({ value: { action: { verb: 'decisions.undo', data: { subject: record.subject, view } } } });

  test('on a notice turns it into the next one', async () => {
    answer(done({ kind: 'notice', text: 'Taken back.' }, { card: record }));
    expect((await pressOn('notice')).body.value.body[0].text).toBe('Taken back.');
  });

  test('on a list leaves the list where it is', async () => {
    answer(done({ kind: 'notice', text: 'Confirmed.' }, { card: record }));
    expect((await pressOn('list')).body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'Confirmed.',
    });
  });

  test('that is refused is answered with the sentence, to the presser alone', async () => {
    answer(refusal('You already confirmed this wording.'));
    expect((await execute()).body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'You already confirmed this wording.',
    });
    expect(azure.sent).toEqual([]);
  });

  test('that fails is answered with an error', async () => {
    answer(failure);
    expect(await execute()).toEqual({
      status: 200,
      body: {
        statusCode: 500,
        type: 'application/vnd.microsoft.error',
        value: { code: 'NothingSaved', message: 'Something went wrong.' },
      },
    });
  });

  test('that wants a form gets its fields on the card', async () => {
    answer(done(form, { card: record }));
    expect(JSON.stringify((await execute()).body.value)).toContain('"type":"Input.Text"');
  });

  test('that submits a form gets what came of it', async () => {
    answer(done(notice, { card: record }));
    const { body } = await submit();
    expect(heard).toMatchObject([
      { kind: 'press', call: { interaction: 'decisions.record', values: { text: 'Meet monthly', committee: 'jsc' } } },
    ]);
    expect(body.value.body[0].text).toBe('D-14 recorded');
  });

  test('that submits a form in vain gets it back as it was typed', async () => {
    answer(refusal('Say why.', 'because'));
    const { body } = await submit();
    expect(body.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(body.value)).toContain('"value":"Meet monthly"');
    expect(JSON.stringify(body.value)).toContain('"text":"Say why."');
  });

  test('that comes twice is heard with one id, and answered alike', async () => {
    answer(done(notice, { card: record }));
    const [first, second] = [await execute(), await execute()];
    expect(second).toEqual(first);
    const ids = heard.map((one) => (one.kind === 'press' ? one.call.id : ''));
    expect(ids[0]).toBe(ids[1]);
  });

  test('of no shape we know is refused', async () => {
    expect(await execute({ value: { action: { verb: 'x' } } })).toEqual({ status: 400, body: undefined });
    expect(heard).toEqual([]);
  });
});

describe('a dialog', () => {
  const fetchTask = () => deliver(recorded('task-fetch'));
  const submit = (more: Body = {}) => deliver(recorded('task-submit', more));
  const cardOf = ({ body }: Awaited<ReturnType<typeof deliver>>) => JSON.stringify(body.task.value.card.content);

  test('opens with the form', async () => {
    answer(done(form));
    const given = await fetchTask();
    expect(heard).toMatchObject([
      { kind: 'press', call: { interaction: 'decisions.suggest', subject: record.subject, values: {} } },
    ]);
    expect(given.body.task).toMatchObject({
      type: 'continue',
      value: { title: 'Record a decision', card: { contentType: 'application/vnd.microsoft.card.adaptive' } },
    });
    expect(cardOf(given)).toContain('"type":"Action.Submit","title":"Record"');
    expect(cardOf(given)).not.toContain('Action.Execute');
  });

  test('says why it does not open', async () => {
    answer(refusal('Only JSC members decide this.'));
    expect((await fetchTask()).body).toEqual({ task: { type: 'message', value: 'Only JSC members decide this.' } });
  });

  test('ends with the answer, and with a card where there is something to press', async () => {
    expect((await submit()).body).toEqual({ task: { type: 'message', value: 'Recorded.' } });
    answer(done(notice));
    const given = await submit();
    expect(given.body.task).toMatchObject({ type: 'continue', value: { title: 'D-14 recorded' } });
    expect(cardOf(given)).toContain('"title":"Undo","data":{"interaction":"decisions.undo","subject"');
  });

  test('stays open with what was typed when it is refused, the sentence beside its field', async () => {
    answer(refusal('Say why.', 'because'));
    const card = cardOf(await submit());
    expect(card).toContain('"value":"Meet monthly"');
    expect(card).toMatch(/"id":"because".*"text":"Say why\."/);
    expect(card).toContain('"carry":{"committee":"jsc"}');
  });

  test('stays open with what was typed when it fails', async () => {
    answer(failure);
    const card = cardOf(await submit());
    expect(card).toContain('"value":"Meet monthly"');
    expect(card).toContain('"text":"Something went wrong."');
  });

  test('can lead to another', async () => {
    answer(done({ ...form, title: 'One more question' }));
    expect((await submit()).body.task).toMatchObject({ type: 'continue', value: { title: 'One more question' } });
  });

  test('that a client submits again, as another activity, is heard with one id', async () => {
    await submit({ name: 'composeExtension/submitAction' });
    await submit({ name: 'composeExtension/submitAction', id: 'f:retry', timestamp: '2026-11-22T14:02:09.000Z' });
    const ids = heard.map((one) => (one.kind === 'press' ? one.call.id : ''));
    expect(ids[0]).toBe(ids[1]);
  });

  test('opens from the message menu with the message quoted', async () => {
    answer(done(form));
    const given = await deliver(recorded('menu'));
    const quote = { text: expect.stringMatching(/^We meet monthly/), link: expect.stringContaining('https://teams.') };
    expect(heard).toMatchObject([{ kind: 'command', call: { words: ['decision'], quote } }]);
    expect(given.body.task.value.title).toBe('Record a decision');
  });
});

describe('an event', () => {
  test('of a personal install is told, and greeted once', async () => {
    answer(done(list));
    await deliver(recorded('install-personal'));
    await deliver(
      recorded('install-personal', {
        type: 'conversationUpdate',
        id: 'f:2',
        membersAdded: [{ id: '28:00000000-0000-0000-0000-00000000e001' }],
      }),
    );
    expect(heard.map((one) => (one.kind === 'notify' ? one.event.kind : one.kind))).toEqual([
      'installed',
      'met',
      'home',
      'installed',
    ]);
    expect(written()).toEqual([['a:1personalChatOfBen', 'What waits for you']]);
  });

  test('of an install in a team says nothing there', async () => {
    await deliver(recorded('install-team'));
    expect(heard).toMatchObject([
      {
        kind: 'notify',
        event: { kind: 'installed', workspace: tenant, spot: { conversation: '19:general@thread.tacv2' } },
      },
      {},
    ]);
    expect(azure.sent).toEqual([]);
  });

  test('that cannot be kept is answered with 500', async () => {
    answer(() => Promise.reject(new Error('database is gone')));
    expect(await deliver(recorded('members-added'))).toEqual({ status: 500, body: undefined });
  });

  test.each(['messageReaction', 'typing', 'messageUpdate', 'event'])('of the type %s is let pass', async (type) => {
    expect(await deliver(recorded('channel-message', { type }))).toEqual({ status: 200, body: undefined });
    expect(heard).toEqual([]);
  });

  test.each(['signin/verifyState', 'composeExtension/query', 'fileConsent/invoke', undefined])(
    'invoking %s is not ours',
    async (name) => {
      expect(await deliver(recorded('execute', { name }))).toEqual({ status: 501, body: undefined });
      expect(heard).toEqual([]);
    },
  );
});

test('a press of an old client, which comes as a message, is answered in the chat', async () => {
  const value = { interaction: 'decisions.undo', subject: record.subject };
  await deliver(recorded('personal-message', { text: null, value }));
  expect(heard).toMatchObject([{ kind: 'press', call: { interaction: 'decisions.undo', subject: record.subject } }]);
  expect(written()).toEqual([['a:1personalChatOfBen', 'Recorded.']]);
});

test('an address learned from a call serves posts that know none', async () => {
  await deliver(recorded('personal-message'));
  const ref = await entente.platform.post(
    { platform: 'teams', workspace: tenant, kind: 'channel', id: '19:jsc@thread.tacv2', detail: {} },
    record,
  );
  expect(ref.detail).toEqual({ serviceUrl: azure.url });
});
