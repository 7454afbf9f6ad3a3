import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../core/platform.js';
import command from './fixtures/command.json' with { type: 'json' };
import direct from './fixtures/direct.json' with { type: 'json' };
import homeOpened from './fixtures/home-opened.json' with { type: 'json' };
import joined from './fixtures/joined.json' with { type: 'json' };
import mention from './fixtures/mention.json' with { type: 'json' };
import { done, FORM, signed, soon, startWorkplace, type Workplace } from './fixtures/workplace.js';

const failed: Answer = { outcome: 'failed', view: { kind: 'notice', text: 'Nothing was saved.' } };
const body = new URLSearchParams(command).toString();

const form = {
  kind: 'form',
  id: 'a.b',
  title: 'Record',
  submit: 'Record',
  audience: 'Acme sees this',
  fields: [],
} as const;

let work: Workplace;

beforeEach(async () => {
  work = await startWorkplace();
});
afterEach(() => work.close());

describe('the webhook', () => {
  it.each([
    ['forged', { ...signed(body), 'x-slack-signature': `v0=${'0'.repeat(64)}` }],
    ['signed for another body', signed('something else')],
    ['ten minutes old', signed(body, Math.floor(Date.now() / 1_000) - 600)],
    ['not signed', {}],
  ])('refuses a request that is %s', async (_, headers) => {
    expect((await work.send(body, FORM, headers)).status).toBe(401);
    expect(work.core.calls).toEqual([]);
  });

  it('refuses a body of five megabytes', async () => {
    const large = ' '.repeat(5 * 1_048_576);
    expect((await work.send(large, 'application/json')).status).toBe(413);
  });

  it('refuses what it cannot parse, and logs no word of it', async () => {
    expect((await work.send('{"secret": our plan', 'application/json')).status).toBe(400);
    expect(work.logged()).toContain('Parsing request body failed');
    expect(work.logged()).not.toMatch(/secret|plan|v0=/);
  });

  it('answers Slack’s question whether the address is ours', async () => {
    const response = await work.event({ type: 'url_verification', challenge: '3eZbrw1aB' });
    expect(await response.json()).toEqual({ challenge: '3eZbrw1aB' });
  });

  it('starts without asking Slack anything', () => {
    expect(work.slack.calls).toEqual([]);
  });

  it('answers what it has begun before it stops, and takes nothing new', async () => {
    const commit = soon();
    work.core.onCommand = () => commit.promise;
    const answered = work.command(command);
    await expect.poll(() => work.core.calls.length).toBe(1);
    const stopped = work.platform.stop();
    expect((await work.command(command)).status).toBe(503);
    commit.resolve(done);
    expect((await answered).status).toBe(200);
    await stopped;
  });
});

describe('an event', () => {
  it('is acknowledged after the commit, and told again after a failure', async () => {
    const answers = [failed, done];
    work.core.onCommand = async () => answers.shift() ?? done;
    expect((await work.event(mention)).status).toBe(500);
    expect((await work.event(mention)).status).toBe(200);
    const ids = work.core.calls.map((call) => 'id' in call && call.id);
    expect(ids).toEqual(['slack:Ev01MENTION', 'slack:Ev01MENTION']);
  });

  it('that mentions Entente is answered privately, in its thread', async () => {
    await work.event(mention);
    expect((await work.slack.next('chat.postEphemeral')).args).toMatchObject({
      channel: 'C01JSC',
      user: 'U01ANA',
      thread_ts: '1766325600.000200',
      text: 'Recorded.',
    });
  });

  it('in direct messages is answered there', async () => {
    await work.event(direct);
    expect((await work.slack.next('chat.postMessage')).args).toMatchObject({ channel: 'D01ANA', text: 'Recorded.' });
  });

  it('that needs a form is answered with a button that opens it', async () => {
    work.core.onCommand = async () => ({ outcome: 'done', view: form });
    await work.event(direct);
    const { blocks } = (await work.slack.next('chat.postMessage')).args as { blocks: object[] };
    expect(blocks.at(-1)).toMatchObject({
      elements: [{ action_id: 'entente.form', value: '{"words":["decision Meet monthly"]}' }],
    });
  });

  it('in a thread whose answer is a form is answered there with a button that remembers the thread', async () => {
    work.core.onCommand = async () => ({ outcome: 'done', view: form });
    await work.event(mention);
    const { blocks, thread_ts } = (await work.slack.next('chat.postEphemeral')).args as Record<string, unknown>;
    expect(thread_ts).toBe('1766325600.000200');
    const replied = { message: '1766325600.000200', reply: '1766325660.000400' };
    const { value } = (blocks as { elements?: { value: string }[] }[]).at(-1)?.elements?.[0] ?? { value: '{}' };
    expect(JSON.parse(value)).toMatchObject({ replied });
  });

  it('that opens the home publishes it', async () => {
    expect((await work.event(homeOpened)).status).toBe(200);
    expect((await work.slack.next('views.publish')).args).toMatchObject({
      user_id: 'U01ANA',
      view: { type: 'home', blocks: [{ text: { text: 'Recorded.' } }] },
    });
  });

  it('about the bot itself is told on, and told again when that fails', async () => {
    work.core.onNotify = async () => Promise.reject(new Error('database away'));
    expect((await work.event(joined)).status).toBe(500);
    work.core.onNotify = async () => undefined;
    expect((await work.event(joined)).status).toBe(200);
    expect(work.core.calls.at(-1)).toMatchObject({ kind: 'installed', spot: { conversation: 'C01JSC' } });
  });

  it('of an uninstalled app needs no authorisation', async () => {
    const uninstalled = { ...joined, authorizations: undefined, event: { type: 'app_uninstalled' } };
    expect((await work.event(uninstalled)).status).toBe(200);
    expect(work.core.calls).toEqual([{ kind: 'removed', platform: 'slack', workspace: 'T01ACME' }]);
  });

  it('that does not say who the bot is asks once, and lets the answer fail', async () => {
    work.slack.answer('auth.test', () => ({ status: 500 }));
    const nameless = { ...joined, authorizations: undefined };
    expect((await work.event(nameless)).status).toBe(200);
    expect(work.core.calls).toMatchObject([{ kind: 'readers' }]);
    work.slack.answer('auth.test', () => ({ body: { ok: true, user_id: 'U00ENTENTE' } }));
    await work.event(nameless);
    await work.event({ ...nameless, event_id: 'Ev02' });
    expect(work.core.calls.slice(1)).toMatchObject([{ kind: 'installed' }, { kind: 'installed' }]);
    expect(work.slack.of('auth.test')).toHaveLength(2);
  });

  it('that cannot be read is let go, since telling it again would not help', async () => {
    expect((await work.event({ ...mention, event: { ...mention.event, text: 7 } })).status).toBe(200);
    expect(work.logged()).toContain('event not understood');
    expect(work.core.calls).toEqual([]);
  });

  it('is acknowledged even when its answer cannot be delivered', async () => {
    work.slack.answer('chat.postEphemeral', () => ({ body: { ok: false, error: 'not_in_channel' } }));
    expect((await work.event(mention)).status).toBe(200);
    await work.platform.stop();
    expect(work.logged()).toContain('slack:not_in_channel');
  });
});
