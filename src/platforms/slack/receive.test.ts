import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../core/errors.js';
import type { Answer } from '../../core/platform.js';
import type { FormView } from '../../core/view.js';
import action from './fixtures/action.json' with { type: 'json' };
import command from './fixtures/command.json' with { type: 'json' };
import homeAction from './fixtures/home-action.json' with { type: 'json' };
import shortcut from './fixtures/shortcut.json' with { type: 'json' };
import submission from './fixtures/submission.json' with { type: 'json' };
import { done, soon, startWorkplace, type Workplace } from './fixtures/workplace.js';

const refused: Answer = { outcome: 'refused', view: { kind: 'notice', text: 'Only JSC members decide this.' } };
const failed: Answer = { outcome: 'failed', view: { kind: 'notice', text: 'Nothing was saved.' } };
const form: FormView = {
  kind: 'form',
  id: 'decisions.record',
  title: 'Record a decision',
  submit: 'Record',
  audience: 'Acme and Nova will see this',
  fields: [{ kind: 'text', name: 'text', label: 'Decision', lines: 'many', max: 300 }],
};
const asks: Answer = { outcome: 'done', view: form };

let work: Workplace;

beforeEach(async () => {
  work = await startWorkplace();
});
afterEach(() => work.close());

/** Payloads whose answers go to a response_url of the fake Slack. */
const answerable = <T extends object>(payload: T): T & { response_url: string } => ({
  ...payload,
  response_url: `${work.slack.url}respond`,
});

describe('a slash command', () => {
  it('is acknowledged with its private answer, and only once that is committed', async () => {
    const commit = soon();
    const order: string[] = [];
    work.core.onCommand = () => commit.promise.finally(() => order.push('committed'));
    const answered = work.command(command).finally(() => order.push('acknowledged'));
    await expect.poll(() => work.core.calls.length).toBe(1);
    commit.resolve(done);
    const response = await answered;
    expect(order).toEqual(['committed', 'acknowledged']);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      response_type: 'ephemeral',
      text: 'Recorded.',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Recorded.', verbatim: true } }],
    });
    expect(work.slack.calls).toEqual([]);
  });

  it('arrives as words, also when a proxy names a charset', async () => {
    const body = new URLSearchParams({ ...command, command: '/entente', text: 'help' }).toString();
    const response = await work.send(body, 'application/x-www-form-urlencoded; charset=utf-8');
    expect(response.status).toBe(200);
    expect(work.core.calls).toMatchObject([{ words: ['help'], caller: { user: 'U01ANA' } }]);
  });

  it('opens a form before it is acknowledged, with nothing said besides', async () => {
    work.core.onCommand = async () => asks;
    const response = await work.command(command);
    expect(await response.text()).toBe('');
    expect(work.slack.calls).toMatchObject([
      { method: 'views.open', args: { trigger_id: command.trigger_id, view: { callback_id: 'decisions.record' } } },
    ]);
  });

  it.each([
    ['the trigger has expired', { body: { ok: false, error: 'expired_trigger_id' } }],
    ['Slack is broken', { status: 500 }],
    ['Slack is throttling', { status: 429, headers: { 'retry-after': '3' } }],
  ])('says in one sentence that the form did not open when %s', async (_, answer) => {
    work.core.onCommand = async () => asks;
    work.slack.answer('views.open', () => answer);
    const response = await work.command(command);
    expect(await response.json()).toMatchObject({ text: 'The form did not open in time. Please try again.' });
  });

  it.each([
    ['refused', refused, 'Only JSC members decide this.'],
    ['failed', failed, 'Nothing was saved.'],
  ])('that was %s says so in its acknowledgement', async (_, answer, text) => {
    work.core.onCommand = async () => answer;
    const response = await work.command(command);
    expect([response.status, await response.json()]).toMatchObject([200, { text, response_type: 'ephemeral' }]);
  });

  it('is not acknowledged when the core breaks', async () => {
    work.core.onCommand = async () => Promise.reject(new Error('secret words'));
    expect((await work.command(command)).status).toBe(500);
    expect(work.logged()).not.toContain('secret');
  });

  it('of any workspace reaches the core, which knows who takes part', async () => {
    await work.command({ ...command, team_id: 'T99ZETA' });
    expect(work.core.calls).toMatchObject([{ caller: { workspace: 'T99ZETA' }, spot: { workspace: 'T99ZETA' } }]);
  });
});

describe('a press', () => {
  it('is answered privately beside the card, which it never replaces', async () => {
    const response = await work.interact(answerable(action));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect((await work.slack.next('respond')).args).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'Recorded.',
    });
    expect(work.core.calls).toMatchObject([{ interaction: 'decisions.confirm', values: { revision: '2' } }]);
  });

  it('on a private message takes that message away once it is done', async () => {
    const pressed = answerable({ ...action, container: { ...action.container, is_ephemeral: true } });
    await work.interact(pressed);
    expect((await work.slack.next('respond')).args.replace_original).toBe(true);
    work.core.onPress = async () => refused;
    await work.interact({ ...pressed, trigger_id: '2.2.2' });
    expect((await work.slack.next('respond')).args.replace_original).toBe(false);
  });

  it('is answered by the bot itself when the address for answers has expired', async () => {
    work.slack.answer('respond', () => ({ status: 404 }));
    await work.interact(answerable({ ...action, message: { ...action.message, thread_ts: '1766325500.1' } }));
    expect((await work.slack.next('chat.postEphemeral')).args).toMatchObject({
      channel: 'C01JSC',
      user: 'U01ANA',
      thread_ts: '1766325500.1',
      text: 'Recorded.',
    });
  });

  it('opens a form that remembers where it was asked for', async () => {
    work.core.onPress = async () => asks;
    await work.interact(answerable(action));
    const { view } = work.slack.of('views.open')[0]!.args as { view: { private_metadata: string } };
    expect(JSON.parse(view.private_metadata)).toEqual({
      origin: { workspace: 'T01ACME', conversation: 'C01JSC', direct: false },
    });
    expect(work.slack.of('respond')).toEqual([]);
  });

  it('says so when its form does not open', async () => {
    work.core.onPress = async () => asks;
    await work.interact({ ...answerable(action), trigger_id: undefined });
    expect((await work.slack.next('respond')).args.text).toMatch(/did not open/);
  });

  it('at home opens a window with the answer and draws the home anew', async () => {
    await work.interact(homeAction);
    expect((await work.slack.next('views.open')).args.view).toMatchObject({ type: 'modal', close: { text: 'Close' } });
    expect((await work.slack.next('views.publish')).args).toMatchObject({ user_id: 'U01ANA', view: { type: 'home' } });
  });

  it('in a window changes that window', async () => {
    const { private_metadata } = submission.view;
    await work.interact({
      ...homeAction,
      view: { ...homeAction.view, id: 'V01DONE', type: 'modal', private_metadata },
    });
    expect((await work.slack.next('views.update')).args).toMatchObject({
      view_id: 'V01DONE',
      view: { blocks: [{ text: { text: 'Recorded.' } }] },
    });
  });

  it('of the button under a question says the command again and opens its form', async () => {
    work.core.onCommand = async () => asks;
    const pressed = { action_id: 'entente.form', value: '{"words":["decision"]}', action_ts: '1.2' };
    await work.interact(answerable({ ...action, actions: [pressed] }));
    expect(work.core.calls).toMatchObject([{ words: ['decision'] }]);
    expect(work.slack.of('views.open')).toHaveLength(1);
  });

  it('of that button brings back which message a thread is about', async () => {
    const replied = { message: '1766325600.000200', reply: '1766325660.000400' };
    const value = JSON.stringify({ words: ['decision'], replied });
    await work.interact(answerable({ ...action, actions: [{ action_id: 'entente.form', value, action_ts: '1.2' }] }));
    expect(work.core.calls).toMatchObject([{ words: ['decision'], replied }]);
  });

  it('by somebody from outside in a shared channel reaches the core with their own workspace', async () => {
    await work.interact(answerable({ ...action, user: { ...action.user, team_id: 'T99ZETA' } }));
    expect(work.core.calls).toMatchObject([{ caller: { workspace: 'T99ZETA' }, spot: { workspace: 'T01ACME' } }]);
  });
});

describe('a submitted form', () => {
  const answer = async () => (await work.interact(submission)).json();

  it('is acknowledged with its private answer in the window, buttons included', async () => {
    const undo = { id: 'decisions.undo' as const, label: 'Undo', subject: { feature: 'decisions', id: 'd3' } };
    const view = { kind: 'notice' as const, title: 'Recorded D-3', text: 'The JSC sees it.', buttons: [undo] };
    work.core.onPress = async () => ({ outcome: 'done', view });
    expect(await answer()).toMatchObject({
      response_action: 'update',
      view: {
        type: 'modal',
        title: { text: 'Recorded D-3' },
        close: { text: 'Close' },
        blocks: [{ text: { text: 'The JSC sees it.' } }, { elements: [{ action_id: 'decisions.undo' }] }],
      },
    });
    expect(work.slack.calls).toEqual([]);
  });

  it('that is refused keeps what was typed, with the sentence beside its field', async () => {
    work.core.onPress = async () => ({ ...refused, field: 'because' });
    expect(await answer()).toEqual({
      response_action: 'errors',
      errors: { because: 'Only JSC members decide this.' },
    });
  });

  it.each([
    ['refused without a field', refused],
    ['refused at a field it does not have', { ...refused, field: 'elsewhere' }],
    ['lost to a fault', failed],
  ])('that is %s says so beside its first field', async (_, given) => {
    work.core.onPress = async () => given;
    expect(await answer()).toEqual({
      response_action: 'errors',
      errors: { text: given.view.kind === 'notice' && given.view.text },
    });
  });

  it('can lead to the next form', async () => {
    work.core.onPress = async () => asks;
    expect(await answer()).toMatchObject({ response_action: 'update', view: { callback_id: 'decisions.record' } });
  });

  it('draws the home anew when it came from there', async () => {
    const origin = { workspace: 'T01ACME', conversation: 'U01ANA', direct: true };
    await work.interact({ ...submission, view: { ...submission.view, private_metadata: JSON.stringify({ origin }) } });
    expect((await work.slack.next('views.publish')).args.user_id).toBe('U01ANA');
  });
});

describe('the message menu', () => {
  it('opens the form of its command for the message', async () => {
    work.core.onCommand = async () => asks;
    await work.interact(answerable(shortcut));
    expect(work.core.calls).toMatchObject([{ words: ['decision'], quote: { saidAt: 1_766_325_650_000 } }]);
    expect(work.slack.calls.map(({ method }) => method)).toEqual(['views.open']);
  });

  it('asks for the message’s address only when it cannot be built, and can do without', async () => {
    const team = { id: 'T01ACME' };
    work.slack.answer('chat.getPermalink', () => ({ body: { ok: true, permalink: 'https://acme.example/p1' } }));
    await work.interact(answerable({ ...shortcut, team }));
    work.slack.answer('chat.getPermalink', () => ({ status: 500 }));
    await work.interact(answerable({ ...shortcut, team, trigger_id: '3.3.3' }));
    const [first, second] = work.core.calls;
    expect(first).toMatchObject({ quote: { link: 'https://acme.example/p1' } });
    expect(second).toMatchObject({ quote: { link: undefined } });
  });

  it('lets entries of others go', async () => {
    expect((await work.interact({ ...shortcut, callback_id: 'other' })).status).toBe(200);
    expect(work.core.calls).toEqual([]);
  });
});

describe('interactive calls', () => {
  it('never wait for a delivery that Slack throttles', async () => {
    work.slack.answer('chat.postMessage', () => ({ status: 429, headers: { 'retry-after': '60' } }));
    const to = { platform: 'slack', workspace: 'T01ACME', kind: 'channel', id: 'C01JSC', detail: {} } as const;
    await expect(work.platform.post(to, done.view)).rejects.toThrow(DeliveryError);
    work.core.onCommand = async () => asks;
    const startedAt = performance.now();
    await work.command(command);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(work.slack.of('views.open')).toHaveLength(1);
  });
});
