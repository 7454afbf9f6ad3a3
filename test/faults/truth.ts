import { expect } from 'vitest';
import { drawMessage } from '../../src/platforms/slack/render.js';
import { createDraw } from '../../src/platforms/teams/render.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Message } from '../../src/sandbox/model.js';
import { jsc } from '../flows/flow.js';
import type { Recorded, RecordedCard } from './record.js';

const drawTeams = createDraw();

/** What a card must look like on its platform, as exactly as the platform keeps it. */
const expectedOf = ({ platform, view }: RecordedCard): unknown => {
  if (!view) return undefined;
  return platform === 'slack' ? drawMessage(view) : { card: JSON.parse(JSON.stringify(drawTeams(view))) };
};

/** A card that stands twice: a post that was taken, and noted by nobody. */
export interface Repeat {
  readonly side: Message['side'];
  readonly label: string;
  /** When the first of them was posted and when the second was, epoch ms; either may be the one that counts. */
  readonly from: number;
  readonly until: number;
}

const labelIn = (message: Message): string | undefined => /\bD-\d+\b/.exec(message.plain)?.[0];

/**
 * Holds what people see to what is recorded: numbers without gaps, an unbroken history, nothing waiting, and each card on
 * each side exactly as its record. Gives the cards that stand twice; it is for the caller to say how many may.
 */
export const expectTruth = async (recorded: Recorded, { controls }: Sandbox): Promise<Repeat[]> => {
  const { decisions, cards, lastNumber } = recorded;
  expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, index) => index + 1));
  expect(lastNumber).toBe(decisions.length);
  expect(recorded.broken).toBeUndefined();
  expect(recorded.leased).toBe(0);
  expect(cards.filter(({ behind, parked }) => behind || parked !== null)).toEqual([]);

  const { slack, teams } = await controls.state();
  const messages = new Map<string, Message>([...slack.messages, ...teams.messages].map((one) => [one.id, one]));
  const kept = new Set<string>();
  for (const card of cards) {
    const message = messages.get(card.ref?.message ?? '');
    expect(message, `a card of ${card.subject} on ${card.platform}`).toMatchObject(expectedOf(card) as object);
    kept.add(message?.id ?? '');
  }
  for (const { id } of decisions) expect(cards.filter(({ subject }) => subject === id)).toHaveLength(2);

  const isCard = (one: Message): boolean =>
    one.conversation === jsc[one.side] &&
    one.onlyFor === undefined &&
    one.from === (one.side === 'slack' ? slack : teams).bot.id &&
    labelIn(one) !== undefined;
  const posted = [...slack.messages, ...teams.messages].filter(isCard);
  const counted = posted.filter(({ id }) => kept.has(id));
  return posted
    .filter(({ id }) => !kept.has(id))
    .map((one) => {
      const label = labelIn(one) ?? '';
      const real = counted.find((other) => other.side === one.side && labelIn(other) === label);
      expect(real, `${label} on ${one.side} is no repeat: '${one.plain}'`).toBeDefined();
      const both = [one.at, real?.at ?? one.at];
      return { side: one.side, label, from: Math.min(...both), until: Math.max(...both) };
    });
};
