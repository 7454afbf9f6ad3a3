import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Message, Outcome } from '../../src/sandbox/model.js';
import { ana, ben, bob, jsc, said } from '../flows/flow.js';
import type { Dice } from './dice.js';

const jun = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000003' } as const;

type Who = typeof ana | typeof bob | typeof ben | typeof jun;

/** What people did and what they were told, while processes came and went. */
export interface Load {
  /** Texts of decisions that were asked for: all, and those whose request was answered without a complaint. */
  readonly asked: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
  /** Asked for by slash command or on Teams: nothing repeats these, so what was not acknowledged was lost or stored, once. */
  readonly once: ReadonlySet<string>;
  /** Decisions, by label, whose wording was confirmed with an answer: on each side. */
  readonly confirmed: { readonly slack: ReadonlySet<string>; readonly teams: ReadonlySet<string> };
  /** Texts whose sender was told that nothing was saved. */
  readonly denied: ReadonlySet<string>;
  /** Resolves when nobody waits for an answer any more. */
  stop(): Promise<void>;
}

const isAcknowledged = (outcome: Outcome): boolean =>
  outcome.delivered && outcome.status === 200 && outcome.error === undefined;

const labelIn = (message: Message): string => /\bD-\d+\b/.exec(message.plain)?.[0] ?? '';

/** Milliseconds that a person waits between two doings, at most; and after one without an answer. */
const pauseMs = 400;
const vexedMs = 100;
/** Nobody goes on while nothing is seen of what they did: a machine that is busy otherwise would never catch up. */
const backlogMax = 10;

/** People of both companies who record and confirm without pause until they are stopped. */
export const startLoad = ({ controls }: Sandbox, dice: Dice): Load => {
  const asked = new Set<string>();
  const acknowledged = new Set<string>();
  const once = new Set<string>();
  const confirmed = { slack: new Set<string>(), teams: new Set<string>() };
  const denied = new Set<string>();
  let stopping = false;
  let count = 0;

  const isDenied = (outcome: Outcome): boolean => /nothing was saved/i.test(said(outcome));

  const record = async (who: Who, how: 'command' | 'mention'): Promise<boolean> => {
    if ((await backlog()) > backlogMax) return true;
    count += 1;
    const text = `${how} ${count} of ${who.side}`;
    asked.add(text);
    if (who.side === 'teams' || how === 'command') once.add(text);
    const typed = how === 'command' ? `/decision ${text}` : `@Entente decision ${text}`;
    const outcome = await controls.say({ ...who, conversation: jsc[who.side], text: typed });
    if (isDenied(outcome)) denied.add(text);
    const told = isAcknowledged(outcome) && !denied.has(text);
    if (told) acknowledged.add(text);
    return told;
  };

  /** Decisions that have a card on one side at most. */
  const backlog = async (): Promise<number> => {
    const { slack, teams } = await controls.state();
    const shown = [slack, teams].map(({ messages, bot }) => messages.filter(({ from }) => from === bot.id).length);
    return acknowledged.size - Math.min(...shown);
  };

  const confirm = async (who: Who): Promise<boolean> => {
    const state = (await controls.state())[who.side];
    const open = state.messages.filter(
      (message) => /Confirm wording/.test(message.plain) && !confirmed[who.side].has(labelIn(message)),
    );
    if (open.length === 0) return true;
    const card = dice.pick<Message>(open);
    const outcome = await controls.press({ ...who, message: card.id, action: 'Confirm wording' });
    const told = isAcknowledged(outcome) && !isDenied(outcome);
    if (told) confirmed[who.side].add(labelIn(card));
    return told;
  };

  /** One thing after the other, since whatever a person is told meanwhile counts as the answer. */
  const live = async (...doings: readonly (() => Promise<boolean>)[]): Promise<void> => {
    while (!stopping) {
      const done = await dice.pick(doings)();
      await sleep(done ? dice.below(pauseMs) : vexedMs);
    }
  };

  const people = [
    live(
      () => record(ana, 'command'),
      () => confirm(ana),
    ),
    live(
      () => record(bob, 'command'),
      () => record(bob, 'mention'),
    ),
    live(
      () => record(ben, 'mention'),
      () => confirm(ben),
    ),
    live(() => record(jun, 'mention')),
  ];
  return {
    asked,
    acknowledged,
    once,
    confirmed,
    denied,
    stop: async () => {
      stopping = true;
      await Promise.all(people);
    },
  };
};
