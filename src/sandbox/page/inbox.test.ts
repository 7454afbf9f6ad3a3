import { describe, expect, it } from 'vitest';
import type { SlackMessage, SlackState } from '../model.js';
import { isUnread, messagesIn, placesOf, seenKey, threadsOf } from './inbox.js';

const message = (id: string, more: Partial<SlackMessage> = {}): SlackMessage => ({
  side: 'slack',
  id,
  conversation: 'C1',
  from: 'BOT',
  at: Number(id),
  changes: 0,
  text: '',
  plain: '',
  pings: [],
  ...more,
});

const channel = (id: string, members: readonly string[]) =>
  ({ id, kind: 'channel', name: id, members, present: true, archived: false }) as const;

const stateWith = (messages: readonly SlackMessage[]): SlackState => ({
  team: { id: 'T', name: 'Acme', domain: 'acme' },
  workplaces: [],
  installedIn: [],
  bot: { id: 'BOT', name: 'Entente' },
  people: [],
  conversations: [channel('C1', ['ANA', 'BOB']), channel('C2', ['BOB'])],
  messages,
  dialogs: [],
  failure: { mode: 'ok' },
  homes: {},
});

describe('inbox', () => {
  it('shows a private answer to its person alone', () => {
    const state = stateWith([message('1'), message('2', { onlyFor: 'ANA' })]);
    expect(messagesIn(state, 'C1', 'ANA').map(({ id }) => id)).toEqual(['1', '2']);
    expect(messagesIn(state, 'C1', 'BOB').map(({ id }) => id)).toEqual(['1']);
  });

  it('lists a person’s places and last the direct messages with Entente, even before there are any', () => {
    expect(placesOf(stateWith([]), 'ANA').map(({ kind, id }) => [kind, id])).toEqual([
      ['channel', 'C1'],
      ['direct', 'direct'],
    ]);
  });

  it('puts replies under what they answer', () => {
    const messages = [message('1'), message('2', { thread: '9' }), message('3', { thread: '1' })];
    expect(threadsOf(messages).map(({ head, replies }) => [head.id, replies.length])).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
  });

  it('calls unread what somebody else said since the page was opened or the place was last read', () => {
    const state = stateWith([message('5'), message('9', { from: 'ANA' })]);
    expect(isUnread(state, 'C1', 'ANA', {}, 3)).toBe(true);
    expect(isUnread(state, 'C1', 'ANA', {}, 5)).toBe(false);
    expect(isUnread(state, 'C1', 'ANA', { [seenKey('ANA', 'C1')]: 5 }, 3)).toBe(false);
  });
});
