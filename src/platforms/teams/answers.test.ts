import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../core/platform.js';
import { failure, refusal, said } from './fixtures/inbound.js';
import { type Body, openTeams, recorded } from './fixtures/teams.js';
import { form, list, notice, record } from './fixtures/views.js';

const teams = await openTeams();
const { azure, heard, answer, deliver } = teams;
afterAll(() => teams.close());
afterEach(() => {
  heard.length = 0;
  azure.sent.length = 0;
  azure.answerWith();
  answer(said('Recorded.'));
});

const done = (view: Answer['view'], more: Partial<Answer> = {}): Answer => ({ outcome: 'done', view, ...more });

describe('a private answer in a dialog', () => {
  const submitDialog = async (view: Answer['view']) => {
    answer(done(view));
    return (await deliver('task-submit')).body.task;
  };

  test('is a message when it is one line', async () => {
    expect(await submitDialog({ kind: 'notice', text: 'Recorded as D-3.' })).toMatchObject({ type: 'message' });
  });

  test.each([
    ['it is several lines', { text: 'One.\nTwo.' }],
    ['it shows a code', { text: 'acid acorn', secret: true }],
    ['it has buttons', { text: 'Recorded.', buttons: notice.buttons }],
  ] as const)('is a card when %s', async (_why, more) => {
    expect(await submitDialog({ kind: 'notice', ...more })).toMatchObject({ type: 'continue' });
  });

  test.each([list, form, record])('may be a $kind', async (view) => {
    expect(await submitDialog(view)).toMatchObject({ type: 'continue', value: { card: { content: {} } } });
  });

  test('keeps its buttons within the dialog, forms too', async () => {
    const task = await submitDialog(list);
    expect(JSON.stringify(task)).not.toContain('Action.Execute');
    expect(JSON.stringify(task)).not.toContain('task/fetch');
  });
});

describe('an Action.Execute', () => {
  const execute = (more: Body = {}) => deliver('execute', more);
  const submitted = recorded('task-submit').value as { data: Body };
  const submit = () => execute({ value: { action: { verb: 'decisions.record', data: submitted.data } } });

  test('on a list that is a card leaves the card to follow, and says what was done below it, with its Undo', async () => {
    const day = { ...list, subject: { feature: 'daily', id: 'm1' }, title: 'What waits now' };
    const card = { feature: 'daily', id: 'm1' };
    answer(done(notice, { card: day }));
    const pressed = {
      verb: 'decisions.confirm',
      data: { subject: { feature: 'decisions', id: 'd1' }, card, view: 'list' },
    };
    const { body } = await execute({ value: { action: pressed } });
    expect(heard).toMatchObject([{ call: { subject: { id: 'd1' }, on: card } }]);
    expect(JSON.stringify(body.value)).toContain('What waits now');
    expect(JSON.stringify(body.value)).toContain('"card":{"feature":"daily","id":"m1"}');
    expect(JSON.stringify(azure.sent)).toContain('"title":"Undo"');
  });

  test('is answered with the pressed card as it is now', async () => {
    answer(done(notice, { card: { ...record, facts: [{ label: 'Status', text: 'Agreed' }] } }));
    const { status, body } = await execute();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5' },
    });
    expect(JSON.stringify(body)).toContain('{"title":"Status","value":"Agreed"}');
    expect(azure.sent.filter(({ method }) => method !== 'GET')).toEqual([]);
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
    expect((await pressOn('notice')).body.value.body[0].items[0].text).toBe('Taken back.');
  });

  const pressOnHome = async (given: Answer, home: Answer) => {
    const answers = [given, home];
    answer(async () => answers.shift() ?? home);
    return pressOn('home');
  };

  test('on the home shows what waits now, what was done before it, and its Undo', async () => {
    const waiting = { ...list, items: list.items.slice(1) };
    const { body } = await pressOnHome(done(notice), done(waiting));
    expect(heard.map(({ kind }) => kind)).toEqual(['press', 'home']);
    expect(body.type).toBe('application/vnd.microsoft.card.adaptive');
    const shown = JSON.stringify(body.value);
    expect(body.value.body[1].text).toContain('The JSC sees it now');
    expect(shown).toContain('"verb":"decisions.undo"');
    expect(shown).not.toContain('"verb":"decisions.confirm"');
    expect(shown).toContain('"view":"home"');
  });

  test.each([
    ['the home cannot be drawn', done(notice), failure],
    ['it is refused', refusal('The JSC sees it now.'), done(list)],
  ])('on the home leaves it where it is when %s', async (_why, given, home) => {
    const { body } = await pressOnHome(given, home);
    expect(body.type).toBe('application/vnd.microsoft.activity.message');
    expect(body.value).toContain('The JSC sees it now.');
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
    expect(azure.sent.filter(({ method }) => method !== 'GET')).toEqual([]);
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
  const fetchTask = () => deliver('task-fetch');
  const submit = (more: Body = {}) => deliver('task-submit', more);
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
    const given = await deliver('menu');
    const quote = { text: expect.stringMatching(/^We meet monthly/), link: expect.stringContaining('https://teams.') };
    expect(heard).toMatchObject([{ kind: 'command', call: { words: ['decision'], quote } }]);
    expect(given.body.task.value.title).toBe('Record a decision');
  });
});
