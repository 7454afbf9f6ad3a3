import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../src/sandbox/index.js';
import { ana, ben, bob, kai, zoe } from '../flows/flow.js';
import type { Dice } from './dice.js';
import { type Agenda, type Doing, governAs, nameProfessional, type Professional } from './governing.js';
import { joinUp } from './joining.js';
import { createLedger, type Ledger } from './ledger.js';
import { encounters } from './newcomers.js';
import { createRecorders } from './recording.js';
import { type Scene, vexedMs } from './telling.js';

const jun = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000003' } as const;

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

/** Milliseconds that a person waits between two doings, at most. */
const pauseMs = 400;
/** The same of those who govern: they do less often what changes more. */
const thoughtMs = 1_500;
interface Crowd {
  readonly scene: Scene;
  readonly agenda: Agenda;
  readonly leaks: string[];
}

/** One thing after the other, since whatever a person is told meanwhile counts as the answer. */
const live = async ({ dice, stopping }: Scene, longestMs: number, ...doings: readonly Doing[]): Promise<void> => {
  while (!stopping()) {
    const done = await dice.pick(doings)();
    await sleep(done ? dice.below(longestMs) : vexedMs);
  }
};

/** Two professionals of a company; the second one is told that they are none until the first has named them. */
const runBoth = async (
  { scene, agenda }: Crowd,
  [who, second]: readonly [Professional, Professional],
  ...more: readonly Doing[]
): Promise<void> => {
  const name = nameProfessional(scene, who, second.name);
  await Promise.all([
    live(scene, pauseMs, name, name, name, ...more, ...governAs(scene, agenda, who)),
    live(scene, thoughtMs, ...governAs(scene, agenda, second)),
  ]);
};

/** The first of them alone: what they are refused is refused again however often it is delivered. */
const runAlone = ({ scene, agenda }: Crowd, [who]: readonly [Professional, Professional], ...more: readonly Doing[]) =>
  live(scene, pauseMs, ...more, ...governAs(scene, agenda, who));

const meetAll = ({ scene, leaks }: Crowd): Promise<void>[] => {
  const waiting = encounters.values();
  const meet = async (): Promise<void> => {
    for (const encounter of waiting) {
      if (scene.stopping()) return;
      await joinUp(scene, encounter, leaks);
    }
  };
  return [meet(), meet()];
};

/** People of both companies, and of others that meet, who go on without pause until they are stopped. */
export const startLoad = ({ controls }: Sandbox, dice: Dice, alone?: 'alone'): Load => {
  let stopping = false;
  const scene: Scene = { controls, dice, ledger: createLedger(), stopping: () => stopping };
  const crowd: Crowd = { scene, agenda: { keys: [], count: 0 }, leaks: [] };
  const { record, confirm } = createRecorders(scene);
  const run = alone ? runAlone : runBoth;
  const people = [
    run(
      crowd,
      [anaRuns, zoeRuns],
      () => record(ana, 'command'),
      () => confirm(ana),
    ),
    live(
      scene,
      pauseMs,
      () => record(bob, 'command'),
      () => record(bob, 'mention'),
    ),
    run(
      crowd,
      [benRuns, kaiRuns],
      () => record(ben, 'mention'),
      () => confirm(ben),
    ),
    live(scene, pauseMs, () => record(jun, 'mention')),
    ...meetAll(crowd),
  ];
  return {
    ledger: scene.ledger,
    leaks: crowd.leaks,
    stop: async () => {
      stopping = true;
      await Promise.all(people);
    },
  };
};
