import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions, createClients } from './clients.js';
import { type FakeSlack, startFakeSlack } from './fixtures/fake-slack.js';
import history from './fixtures/history.json' with { type: 'json' };
import replies from './fixtures/replies.json' with { type: 'json' };
import { createQuotes } from './quotes.js';

const place = { platform: 'slack', workspace: 'T01ACME', conversation: 'C01JSC' } as const;
const replied = { message: '1766325600.000200', reply: '1766325660.000400' };
const linkTo = (ts: unknown) => `https://acme.slack.com/archives/C01JSC/p${String(ts).replace('.', '')}`;

let slack: FakeSlack;
let quoted: ReturnType<typeof createQuotes>;

beforeEach(async () => {
  slack = await startFakeSlack();
  slack.answer('conversations.history', () => ({ body: history }));
  slack.answer('conversations.replies', () => ({ body: replies }));
  slack.answer('chat.getPermalink', ({ args }) => ({ body: { ok: true, permalink: linkTo(args.message_ts) } }));
  const options = clientOptions({ apiUrl: slack.url }, pino({ level: 'silent' }));
  quoted = createQuotes(createClients(async () => 'xoxb-1', options));
});
afterEach(() => slack.close());

describe('what a reply in a thread is about', () => {
  it('is the message that began it, as plain text, with its link and its time', async () => {
    expect(await quoted(place, replied, true)).toEqual({
      text: 'We meet monthly from now on, @U01ANA & all',
      link: linkTo('1766325600.000200'),
      saidAt: 1_766_325_600_000,
    });
    expect(slack.of('conversations.history')[0]?.args).toMatchObject({
      channel: 'C01JSC',
      latest: replied.message,
      oldest: replied.message,
      inclusive: true,
      limit: '1',
    });
    expect(slack.of('conversations.replies')).toEqual([]);
  });

  it('is the message before the reply where Entente’s own card began it', async () => {
    slack.answer('conversations.history', () => ({ body: { ok: true, messages: replies.messages.slice(0, 1) } }));
    expect(await quoted(place, replied, true)).toEqual({
      text: 'Weekly is too often, we meet monthly',
      link: linkTo('1766325630.000300'),
      saidAt: 1_766_325_630_000,
    });
  });

  it('is its link and time alone where its text is not asked for, without reading anything', async () => {
    const saidAt = 1_766_325_600_000;
    expect(await quoted(place, replied, false)).toEqual({ text: '', link: linkTo(replied.message), saidAt });
    expect(slack.calls.map(({ method }) => method)).toEqual(['chat.getPermalink']);
  });

  it.each(['missing_scope', 'not_in_channel', 'ratelimited'])('goes without its text after %s', async (error) => {
    slack.answer('conversations.history', () => ({ body: { ok: false, error } }));
    expect(await quoted(place, replied, true)).toMatchObject({ text: '', link: linkTo(replied.message) });
  });

  it('is its time alone when Slack does not answer', async () => {
    for (const method of ['conversations.history', 'chat.getPermalink']) slack.answer(method, () => ({ silent: true }));
    expect(await quoted(place, replied, true)).toEqual({ text: '', saidAt: 1_766_325_600_000 });
  });
});
