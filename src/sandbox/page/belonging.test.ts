import { expect, it } from 'vitest';
import { demoSeed } from '../demo.js';
import type { Conversation, SlackState } from '../model.js';
import { badgeOf, hasApp, hasDirect, readersOf } from './belonging.js';

const { slack } = demoSeed;

const state: SlackState = {
  team: slack.team,
  bot: slack.bot,
  workplaces: [slack.team, ...(slack.others ?? [])],
  installedIn: [slack.team.id],
  people: slack.people,
  conversations: slack.channels.map((seed) => ({ kind: 'channel', archived: false, present: true, ...seed })),
  messages: [],
  dialogs: [],
  failure: { mode: 'ok' },
  homes: {},
};

const person = (id: string) => slack.people.find((one) => one.id === id);

const place = (name: string): Conversation => {
  const found = state.conversations.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

it('says who reads a channel', () => {
  expect(readersOf(state, place('jsc'))).toEqual({ count: 3, whose: 'Acme Bio only', tag: undefined });
  expect(readersOf(state, place('site-visits'))).toEqual({ count: 3, whose: 'with a guest', tag: 'guests' });
  expect(readersOf(state, place('with-nova'))).toEqual({ count: 3, whose: 'shared with Nova Pharma', tag: 'shared' });
  expect(readersOf(state, place('labs')).whose).toBe('Third Labs only');
});

it('marks guests and people from elsewhere, and nobody else', () => {
  expect(['U01ANA', 'U05NOA', 'U06IVO'].map((id) => badgeOf(state, person(id)))).toEqual([
    undefined,
    'Guest',
    'Nova Pharma',
  ]);
});

it('gives people from elsewhere direct messages, and their own workspace’s commands only when it has the app', () => {
  expect(hasApp(state, person('U05NOA'))).toBe(true);
  expect(hasApp(state, person('U06IVO'))).toBe(false);
  expect(hasDirect('slack', state, person('U06IVO'))).toBe(true);
  expect(hasDirect('slack', state, person('U07TIA'))).toBe(false);
  expect(hasDirect('slack', { ...state, installedIn: [] }, person('U01ANA'))).toBe(false);
});
