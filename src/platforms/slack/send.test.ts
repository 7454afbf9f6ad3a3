import { inspect } from 'node:util';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryError } from '../../core/errors.js';
import type { Address, MessageRef } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { clientOptions, createClients } from './clients.js';
import { type ApiAnswer, type FakeSlack, startFakeSlack } from './fixtures/fake-slack.js';
import { createPace } from './pace.js';
import { createSender, type Sender } from './send.js';

const view: View = { kind: 'notice', text: 'Recorded <!channel>' };
const channel: Address = { platform: 'slack', workspace: 'T01ACME', kind: 'channel', id: 'C01JSC', detail: {} };
const person: Address = { ...channel, kind: 'person', id: 'U01ANA' };
const message: MessageRef = {
  platform: 'slack',
  workspace: 'T01ACME',
  conversation: 'C01JSC',
  message: '1766325600.000200',
  detail: {},
};

let slack: FakeSlack;
const token = 'xoxb-test';
let sender: Sender;

const senderAt = (apiUrl: string, paced = false): Sender =>
  createSender(
    createClients(async () => token, clientOptions({ apiUrl }, pino({ level: 'silent' }))),
    createPace(() => 0, paced),
  );

beforeEach(async () => {
  slack = await startFakeSlack();
  sender = senderAt(slack.url);
});
afterEach(() => slack.close());

const refused = (work: Promise<unknown>): Promise<DeliveryError> =>
  work.then(
    () => expect.unreachable('it was taken'),
    (error) => error,
  );

const failWith = (answer: ApiAnswer) => slack.answer('chat.postMessage', () => answer);

describe('posting', () => {
  it('sends text and blocks without unfurling, and keeps where the message stands', async () => {
    slack.answer('chat.postMessage', () => ({ body: { ok: true, channel: 'C01JSC', ts: '1766325600.000200' } }));
    expect(await sender.post(channel, view)).toEqual(message);
    expect(slack.calls[0]?.args).toEqual({
      channel: 'C01JSC',
      text: 'Recorded &lt;!channel&gt;',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Recorded &lt;!channel&gt;', verbatim: true } }],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it('writes to a person without opening a conversation first, and updates where the message stands', async () => {
    slack.answer('chat.postMessage', () => ({ body: { ok: true, channel: 'D01ANA', ts: '1766325600.000200' } }));
    const first = await sender.post(person, view);
    await sender.update(first, view);
    expect(slack.of('conversations.open')).toHaveLength(0);
    expect(slack.of('chat.postMessage')[0]?.args.channel).toBe('U01ANA');
    expect(slack.of('chat.update')[0]?.args.channel).toBe('D01ANA');
  });

  it('is paced before Slack has to say so', async () => {
    const paced = senderAt(slack.url, true);
    await paced.post(channel, view);
    expect(await refused(paced.post(channel, view))).toMatchObject({ reason: 'slack:paced', throttled: true });
    expect(slack.calls).toHaveLength(1);
  });
});

describe('updating', () => {
  it('sends text and blocks together, or Slack would drop the blocks', async () => {
    await sender.update(message, view);
    expect(slack.of('chat.update')[0]?.args).toEqual({
      channel: 'C01JSC',
      ts: '1766325600.000200',
      text: 'Recorded &lt;!channel&gt;',
      blocks: [expect.objectContaining({ type: 'section' })],
    });
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'knows from %s that the message is gone',
    async (error) => {
      slack.answer('chat.update', () => ({ body: { ok: false, error } }));
      expect(await refused(sender.update(message, view))).toMatchObject({ when: 'gone', reason: `slack:${error}` });
    },
  );
});

describe('a refusal', () => {
  it.each([
    ['not_in_channel', /invite @Entente/],
    ['channel_not_found', /invite @Entente/],
    ['is_archived', /archived/],
    ['token_revoked', /Install the app again/],
    ['account_inactive', /Install the app again/],
    ['missing_scope', /permission/],
    ['restricted_action', /workspace admin/],
    ['msg_blocks_too_long', /Shorten/],
  ])('with %s is final, and says what to do', async (error, advice) => {
    failWith({ body: { ok: false, error } });
    const fault = await refused(sender.post(channel, view));
    expect(fault).toMatchObject({ when: 'never', reason: `slack:${error}` });
    expect(fault.advice).toMatch(advice);
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'never_heard_of'])(
    'with %s is for later, and told once',
    async (error) => {
      failWith({ body: { ok: false, error } });
      const fault = await refused(sender.post(channel, view));
      expect(fault).toMatchObject({ when: 'later', throttled: false, reason: `slack:${error}` });
      expect(slack.calls).toHaveLength(1);
    },
  );

  it('with a broken server is for later and never repeated blindly', async () => {
    failWith({ status: 502 });
    expect(await refused(sender.post(channel, view))).toMatchObject({ when: 'later', reason: 'slack:http_502' });
    expect(slack.calls).toHaveLength(1);
  });

  it('with a page instead of an answer names no word of it', async () => {
    failWith({ page: '<h1>Our secret plan</h1>' });
    const fault = await refused(sender.post(channel, view));
    expect(fault).toMatchObject({ when: 'later', reason: 'slack:unreadable' });
    expect(inspect(fault)).not.toContain('secret');
  });

  it('of a connection is for later', async () => {
    const unreachable = senderAt('http://127.0.0.1:1/api/');
    expect(await refused(unreachable.post(channel, view))).toMatchObject({
      when: 'later',
      reason: 'slack:unreachable',
    });
  });

  it.each([
    ['says for how long', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
    ['does not say for how long', { status: 429 }, 30_000],
    ['says so without a status', { body: { ok: false, error: 'ratelimited' } }, 30_000],
  ])('for calling too often, where Slack %s, closes the method meanwhile', async (_, answer, afterMs) => {
    failWith(answer);
    const throttled = { when: 'later', throttled: true, reason: 'slack:ratelimited', afterMs };
    expect(await refused(sender.post(channel, view))).toMatchObject(throttled);
    expect(await refused(sender.post(channel, view))).toMatchObject(throttled);
    expect(slack.calls).toHaveLength(1);
    await sender.update(message, view);
  });
});
