import { describe, expect, test } from 'vitest';
import type { CommandCall } from '../../core/platform.js';
import { readActivity } from './activity.js';
import { type Body, recorded } from './fixtures/teams.js';
import { callOf, commandOf } from './payloads.js';

const tenant = '11111111-1111-1111-1111-111111111111';

const commandIn = (name: string, more: Body = {}): CommandCall => {
  const activity = readActivity(recorded(name, more));
  const call = activity && callOf(activity);
  if (!call) throw new Error('nobody called');
  return commandOf(activity, call, () => ({}));
};

const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });
const block = (inside: string) =>
  html(`<blockquote itemtype="http://schema.skype.com/Reply" itemscope itemid="1795390900000">${inside}</blockquote>`);

describe('a reply', () => {
  test('in a channel is about the message that began its thread, of which only its place and time are known', () => {
    const { words, quote } = commandIn('channel-reply');
    expect(words).toEqual(['decision']);
    expect(quote).toEqual({
      text: '',
      link: `https://teams.microsoft.com/l/message/19%3Ajsc%40thread.tacv2/1795390800000?tenantId=${tenant}&groupId=99999999-0000-0000-0000-000000000001&parentMessageId=1795390800000`,
      saidAt: 1_795_390_800_000,
    });
  });

  test('in a chat brings what it quotes', () => {
    const { words, quote } = commandIn('chat-quote');
    expect(words).toEqual(['decision']);
    expect(quote).toEqual({
      text: 'We meet monthly & in Basel, from now on',
      link: 'https://teams.microsoft.com/l/message/19%3Agroupchat%40thread.v2/1795390900000?context=%7B%22contextType%22%3A%22chat%22%7D',
      saidAt: 1_795_390_900_000,
    });
  });

  test('brings it also in the newer shape, whose mark in the text is no word', () => {
    const { words, quote } = commandIn('chat-quoted-reply');
    expect(words).toEqual(['decision']);
    expect(quote).toMatchObject({ text: 'We meet monthly from now on', saidAt: 1_795_390_900_000 });
    expect(quote?.link).toContain('/19%3Agroupchat%40thread.v2/1795390900000?');
  });

  test('takes the whole text where a client sends it', () => {
    const both = '<p itemprop="preview">We meet…</p><p itemprop="copy">We meet<br>monthly</p>';
    expect(commandIn('chat-quote', block(both)).quote?.text).toBe('We meet\nmonthly');
  });

  test('to Entente’s own message takes nothing along', () => {
    const own =
      '<strong itemprop="mri" itemid="28:00000000-0000-0000-0000-00000000e001">Entente</strong><p itemprop="preview">D-3</p>';
    expect(commandIn('chat-quote', block(own))).not.toHaveProperty('quote');
  });

  test('one to one has no link, since nobody else could open it', () => {
    const conversation = { conversationType: 'personal', id: 'a:1personalChatOfBen', tenantId: tenant };
    expect(commandIn('chat-quote', { conversation }).quote).toEqual({
      text: 'We meet monthly & in Basel, from now on',
      saidAt: 1_795_390_900_000,
    });
  });

  test.each([
    ['a message that begins a thread', 'channel-message', {}],
    ['a message with an ordinary block quote', 'chat-quote', html('<blockquote>We meet monthly</blockquote>')],
    ['a message without attachments', 'chat-quote', { attachments: null }],
    ['attachments that are something else', 'chat-quote', { attachments: 'none' }],
  ])('is not seen in %s', (_what, name, more) => {
    expect(commandIn(name, more)).not.toHaveProperty('quote');
  });

  test('that never ends is read in no time', () => {
    const endless = `${'<blockquote schema.skype.com/Reply '.repeat(2_000)}>${'<p itemprop="copy" '.repeat(2_000)}`;
    const startedAt = performance.now();
    commandIn('chat-quote', html(endless));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
