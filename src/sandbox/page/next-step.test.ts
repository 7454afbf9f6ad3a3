import { expect, it } from 'vitest';
import type { SlackMessage, World } from '../model.js';
import { nextStep } from './next-step.js';

const after = (...said: readonly string[]): string => {
  const messages = said.map((plain) => ({ from: 'BOT', plain }) as SlackMessage);
  return nextStep({
    begun: 'demo',
    slack: { bot: { id: 'BOT', name: 'Entente' }, messages } as unknown as World['slack'],
  }).next;
};

it('goes from a decision to an action, and from there to the clock', () => {
  const card = (status: string) => `D-1 Meet monthly\nWhy: the data comes monthly\nStatus: ${status}`;
  expect(after()).toBe('confirm');
  expect(after(card('Recorded'))).toBe('confirm');
  expect(after(card('Agreed'))).toBe('accept');
  expect(after(card('Agreed'), 'A-1 Send the revised protocol\nOwner: Ben Ito')).toBe('clock');
});
