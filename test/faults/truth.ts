import { expect } from 'vitest';
import { drawMessage } from '../../src/platforms/slack/render.js';
import { createDraw } from '../../src/platforms/teams/render.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Call, Message, Side, World } from '../../src/sandbox/model.js';
import { jsc } from '../flows/flow.js';
import type { Recorded, RecordedCard } from './record.js';

const drawTeams = createDraw();

/** The alliance of the demo file. */
const demoName = 'Acme and Nova';

/** What a card must look like on its platform, as exactly as the platform keeps it. */
const expectedOf = ({ platform, view }: RecordedCard): unknown => {
  if (!view) return undefined;
  return platform === 'slack' ? drawMessage(view) : { card: JSON.parse(JSON.stringify(drawTeams(view))) };
};

/** A card that stands twice: a post that was taken, and noted by nobody. */
export interface Repeat {
  readonly side: Side;
  readonly conversation: string;
  readonly label: string;
  /** When the first of them was posted and when the second was, epoch ms; either may be the one that counts. */
  readonly from: number;
  readonly until: number;
}

const expectNumbers = ({ decisions, counters }: Recorded): void => {
  const numbers = new Map<string, number[]>();
  for (const { series, number } of decisions) numbers.set(series, [...(numbers.get(series) ?? []), number]);
  for (const [series, found] of numbers) {
    expect(found, `numbers of ${series}`).toEqual(found.map((_, index) => index + 1));
    expect(counters[series]).toBe(found.length);
  }
};

/** What the record says of itself: nothing torn, nothing waiting, nobody let in who should not be. */
const expectSound = (recorded: Recorded): void => {
  const { seating } = recorded;
  expectNumbers(recorded);
  expect(recorded.broken).toEqual([]);
  expect(recorded.leased).toBe(0);
  expect(recorded.cards.filter(({ behind, parked }) => behind || parked !== null)).toEqual([]);
  expect(recorded.trespasses).toEqual([]);
  expect(seating.torn, 'changes of a seat as it was not').toEqual([]);
  expect(seating.unchaired, 'changes that left a company without a co-chair').toEqual([]);
  expect(seating.standing).toEqual(seating.told);
};

/** What each message said when it was posted, by its id: later changes may have taken all of that away. */
const postedWords = (calls: readonly Call[]): ReadonlyMap<string, string> =>
  new Map(
    calls.flatMap(({ message, method, body, status }) => {
      const isPost = method === 'chat.postMessage' || method === 'POST activities';
      const { text, summary } = (body ?? {}) as { readonly text?: string; readonly summary?: string };
      return isPost && message !== undefined && status === 200 ? [[message, `${summary ?? text}`] as const] : [];
    }),
  );

/** What stays the same of a card, whenever it is drawn: its number, or all of the one line that it is. */
const labelOf = (words: string): string => /^I?D-\d+\b/.exec(words)?.[0] ?? words;

interface Standing {
  /** Everything that Entente says in channels, to all who read them. */
  readonly posted: readonly Message[];
  /** Ids of the messages that are the cards of the record. */
  readonly kept: ReadonlySet<string>;
  readonly words: ReadonlyMap<string, string>;
}

/**
 * Messages in channels that are no card which Entente knows of, each with the card that it repeats; or, where a channel
 * was unbound before its card was posted again, with one that never will be.
 */
const findRepeats = ({ posted, kept, words }: Standing, cards: readonly RecordedCard[]): Repeat[] => {
  const nameOf = ({ id, plain }: Message): string => labelOf(words.get(id) ?? plain);
  const unposted = cards.filter(({ view, ref }) => !view && ref === null).map(({ conversation }) => conversation);
  const repeats: Repeat[] = [];
  for (const one of posted.filter(({ id }) => !kept.has(id))) {
    const { side, conversation, at } = one;
    const label = nameOf(one);
    const here = posted.filter((other) => kept.has(other.id) && other.conversation === conversation);
    const moments = here.filter((other) => nameOf(other) === label).map((other) => other.at);
    const forsaken = moments.length === 0 ? unposted.indexOf(conversation) : -1;
    if (forsaken >= 0) unposted.splice(forsaken, 1);
    else expect(moments, `'${label}' in ${conversation} on ${side} repeats no card: '${one.plain}'`).not.toEqual([]);
    const until = forsaken >= 0 ? Number.POSITIVE_INFINITY : Math.max(at, ...moments);
    repeats.push({ side, conversation, label, from: Math.min(at, ...moments), until });
  }
  return repeats;
};

/** What a company keeps to itself was sent to nobody else. */
const expectUnseen = ({ decisions }: Recorded, calls: readonly Call[]): void => {
  for (const { onlyOn, text } of decisions.filter((one) => one.onlyOn !== undefined)) {
    const elsewhere = calls.filter(({ side, body }) => side !== onlyOn && JSON.stringify(body ?? {}).includes(text));
    expect(elsewhere, `'${text}' was sent to the other company`).toEqual([]);
  }
};

/** What both companies share has its card in the committee's channel on each side. */
const expectOnBothSides = ({ decisions, cards }: Recorded): void => {
  for (const { id } of decisions.filter((one) => one.alliance === demoName && one.onlyOn === undefined)) {
    const shown = cards.filter(({ subject }) => subject === id).map(({ conversation }) => conversation);
    expect(shown).toEqual(expect.arrayContaining(Object.values(jsc)));
  }
};

/** Each card stands where the record says, and looks as it is now. Gives the ids of their messages. */
const expectDrawn = ({ cards }: Recorded, { slack, teams }: World): ReadonlySet<string> => {
  const messages = new Map<string, Message>([...slack.messages, ...teams.messages].map((one) => [one.id, one]));
  const kept = new Set<string>();
  for (const card of cards.filter(({ view, ref }) => view || ref !== null)) {
    const message = messages.get(card.ref?.message ?? '');
    expect(message, `a card of ${card.subject} on ${card.platform}`).toMatchObject(expectedOf(card) as object);
    kept.add(message?.id ?? '');
  }
  return kept;
};

/** What Entente says in channels to all who read them; an answer without a card is said to one person. */
const postedIn = ({ slack, teams }: World): readonly Message[] => {
  const places = [...slack.conversations, ...teams.conversations].filter(({ kind }) => kind !== 'direct');
  const channels = new Set(places.map(({ id }) => id));
  return [...slack.messages, ...teams.messages].filter(
    (one) =>
      channels.has(one.conversation) &&
      one.onlyFor === undefined &&
      one.from === (one.side === 'slack' ? slack : teams).bot.id &&
      (one.side === 'slack' || one.card !== undefined),
  );
};

/**
 * Holds what people see to what is recorded: numbers without gaps, unbroken histories, nothing waiting, and each card on
 * each side exactly as its record. Gives the cards that stand twice; it is for the caller to say how many may.
 */
export const expectTruth = async (recorded: Recorded, { controls }: Sandbox): Promise<Repeat[]> => {
  expectSound(recorded);
  const world = await controls.state();
  const kept = expectDrawn(recorded, world);
  expectOnBothSides(recorded);
  const calls = await controls.calls();
  expectUnseen(recorded, calls);
  return findRepeats({ posted: postedIn(world), kept, words: postedWords(calls) }, recorded.cards);
};
