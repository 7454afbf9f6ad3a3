import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Message } from '../../src/sandbox/model.js';
import { ana, ben, bob, jsc, kai, zoe } from '../flows/flow.js';
import type { Dice } from './dice.js';
import { type Agenda, type Doing, governAs, nameProfessional, type Professional } from './governing.js';
import { joinUp } from './joining.js';
import { createLedger, type Ledger } from './ledger.js';
import { encounters } from './newcomers.js';
import { isAcknowledged, isDenied, type Scene, vexedMs } from './telling.js';

const jun = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000003' } as const;

type Who = typeof ana | typeof bob | typeof ben | typeof jun;

// Whom the alliance file names has at each start what it says of them, so the seats on the JSC that change are others'.
const acme = { company: 'Acme Bio', colleagues: ['Ana Ruiz', 'Bob Brown', 'Zoe Quinn'], movable: ['Zoe Quinn'] };
const nova = {
  company: 'Nova Pharma',
  colleagues: ['Ben Ito', 'Jun Mori', 'Mei Sato', 'Kai Wolf'],
  movable: ['Kai Wolf'],
};
const anaRuns: Professional = { ...ana, ...acme, name: 'Ana Ruiz', lane: 'C02GENERAL' };
const zoeRuns: Professional = { ...zoe, ...acme, name: 'Zoe Quinn' };
const benRuns: Professional = { ...ben, ...nova, name: 'Ben Ito', lane: '19:desk@thread.v2' };
const kaiRuns: Professional = { ...kai, ...nova, name: 'Kai Wolf' };

/** What people did and what they were told, while processes came and went. */
export interface Load {
  readonly ledger: Ledger;
  /** What was shown to companies that nobody had let in yet. */
  readonly leaks: readonly string[];
  /** Resolves when nobody waits for an answer any more. */
  stop(): Promise<void>;
}

const labelIn = (message: Message): string => /\bD-\d+\b/.exec(message.plain)?.[0] ?? '';

/** Milliseconds that a person waits between two doings, at most. */
const pauseMs = 400;
/** The same of those who govern: they do less often what changes more. */
const thoughtMs = 1_500;
/** Nobody goes on while nothing is seen of what they did: a machine that is busy otherwise would never catch up. */
const backlogMax = 10;

/** Those who record decisions in the committee's channels, and confirm them. */
const createRecorders = ({ controls, dice, ledger }: Scene) => {
  let count = 0;
  let told = 0;

  /** Decisions that have a card on one side at most. */
  const backlog = async (): Promise<number> => {
    const state = await controls.state();
    const shown = (['slack', 'teams'] as const).map((side) => {
      const messages: readonly Message[] = state[side].messages;
      return messages.filter((one) => one.conversation === jsc[side] && /^D-\d/.test(one.plain)).length;
    });
    return told - Math.min(...shown);
  };

  const record = async (who: Who, how: 'command' | 'mention'): Promise<boolean> => {
    if ((await backlog()) > backlogMax) return true;
    count += 1;
    const text = `${how} ${count} of ${who.side}`;
    const mark = `decision ${text}`;
    // Slack delivers what was mentioned again.
    ledger.ask(mark, who.side === 'teams' || how === 'command' ? 'plain' : undefined);
    const typed = how === 'command' ? `/decision ${text}` : `@Entente decision ${text}`;
    const outcome = await controls.say({ ...who, conversation: jsc[who.side], text: typed });
    const denied = isDenied(outcome);
    if (denied) ledger.deny(mark);
    if (denied || !isAcknowledged(outcome)) return false;
    ledger.tell(mark);
    told += 1;
    return true;
  };

  const confirm = async (who: Who): Promise<boolean> => {
    const company = who.side === 'slack' ? acme.company : nova.company;
    const markOf = (message: Message) => `confirmed ${labelIn(message)} for ${company}`;
    const messages: readonly Message[] = (await controls.state())[who.side].messages;
    const isOpen = (one: Message): boolean =>
      one.conversation === jsc[who.side] &&
      /Confirm wording/.test(one.plain) &&
      // Whoever records with a vote has confirmed by that.
      !one.plain.includes(`${company} confirmed`) &&
      ledger.told(markOf(one)) === 0;
    const open = messages.filter(isOpen);
    if (open.length === 0) return true;
    const card = dice.pick(open);
    ledger.ask(markOf(card));
    const outcome = await controls.press({ ...who, message: card.id, action: 'Confirm wording' });
    const told = isAcknowledged(outcome) && !isDenied(outcome);
    if (told) ledger.tell(markOf(card));
    return told;
  };
  return { record, confirm };
};

/** People of both companies, and of others that meet, who go on without pause until they are stopped. */
export const startLoad = ({ controls }: Sandbox, dice: Dice): Load => {
  let stopping = false;
  const leaks: string[] = [];
  const agenda: Agenda = { keys: [], count: 0 };
  const scene: Scene = { controls, dice, ledger: createLedger(), stopping: () => stopping };
  const { record, confirm } = createRecorders(scene);

  /** One thing after the other, since whatever a person is told meanwhile counts as the answer. */
  const live = async (longestMs: number, ...doings: readonly Doing[]): Promise<void> => {
    while (!stopping) {
      const done = await dice.pick(doings)();
      await sleep(done ? dice.below(longestMs) : vexedMs);
    }
  };
  /** Two professionals of a company; the second one is told that they are none until the first has named them. */
  const run = async (who: Professional, second: Professional, ...more: readonly Doing[]): Promise<void> => {
    const name = nameProfessional(scene, who, second.name);
    await Promise.all([
      live(pauseMs, name, name, name, ...more, ...governAs(scene, agenda, who)),
      live(thoughtMs, ...governAs(scene, agenda, second)),
    ]);
  };
  const waiting = encounters.values();
  const meet = async (): Promise<void> => {
    for (const encounter of waiting) {
      if (stopping) return;
      await joinUp(scene, encounter, leaks);
    }
  };

  const people = [
    run(
      anaRuns,
      zoeRuns,
      () => record(ana, 'command'),
      () => confirm(ana),
    ),
    live(
      pauseMs,
      () => record(bob, 'command'),
      () => record(bob, 'mention'),
    ),
    run(
      benRuns,
      kaiRuns,
      () => record(ben, 'mention'),
      () => confirm(ben),
    ),
    live(pauseMs, () => record(jun, 'mention')),
    meet(),
    meet(),
  ];
  return {
    ledger: scene.ledger,
    leaks,
    stop: async () => {
      stopping = true;
      await Promise.all(people);
    },
  };
};
