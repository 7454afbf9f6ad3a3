/*
 * A stretch of an alliance's life at a thousand times its speed: processes of Entente serve it, are killed, and others
 * take over. Hours in which nothing is due and nobody says anything are leapt over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { demoSeed } from '../../src/sandbox/index.js';
import { type Course, nowOn } from '../faults/course.js';
import type { Dice } from '../faults/dice.js';
import { type Outside, openOutside } from '../faults/outside.js';
import { type Loaded, load, type Replica } from '../faults/replica.js';
import { openPeek, type Peek } from './peek.js';

/** Somebody does something at a moment. */
export interface Act {
  readonly at: number;
  readonly does: (outside: Outside) => Promise<unknown>;
}

export interface Life {
  readonly url: string;
  readonly from: number;
  readonly until: number;
  readonly replicas: number;
  /** How likely one of them dies in the middle of what is due at a moment. */
  readonly deadliness: number;
  readonly dice: Dice;
  readonly acts: readonly Act[];
}

export interface Lived {
  readonly outside: Outside;
  readonly deaths: number;
}

const SPEED = 1_000;
const PATIENCE_MS = 30_000;
const LOOK_MS = 10;
/** Of what is due at one moment, in real time: a death within it hits what is under way. */
const BURST_MS = 150;

const patience = { leaseMs: 1_000, wakeLeaseMs: 500, tickMs: 25 };

const createDrive = (from: number) => {
  let course: Course = { at: from, real: Date.now(), speed: SPEED };
  return {
    now: () => nowOn(course),
    course: () => course,
    leap: (to: number) => {
      course = { at: Math.max(to, nowOn(course)), real: Date.now(), speed: SPEED };
    },
  };
};

/** The processes that serve now, and one that waits with everything loaded. */
const openCrew = async (outside: Outside, life: Life, course: () => Course) => {
  const order = () => ({ ...outside.order(life.url, patience), course: course() });
  const crew: Replica[] = [];
  const lead = () => outside.door.lead(...crew.map(({ port }) => port));
  const join = async (loaded: Loaded) => {
    crew.push(await loaded.start(order()));
    lead();
  };
  for (let nth = 0; nth < life.replicas; nth += 1) await join(await load());
  return {
    steer: () => {
      for (const one of crew) one.steer(course());
    },
    /** Kills one; @returns what it said of its own faults */
    replace: async (): Promise<readonly string[]> => {
      const next = await load();
      const [victim] = crew.splice(life.dice.below(crew.length), 1);
      await sleep(life.dice.below(BURST_MS));
      await victim?.kill();
      lead();
      await join(next);
      return victim?.errors() ?? [];
    },
    stop: async () => {
      const said: string[] = [];
      for (const one of crew) {
        await one.terminate();
        said.push(...one.errors());
      }
      return said;
    },
  };
};

/** Waits until nothing is due and every card is as it should be. */
const untilIdle = async (peek: Peek, now: () => number): Promise<number> => {
  const begun = Date.now();
  for (;;) {
    const { dueAt, behind } = await peek.look();
    if (behind === 0 && dueAt > now()) return dueAt;
    if (Date.now() - begun > PATIENCE_MS) throw new Error(`${behind} cards behind, an alarm of ${dueAt} at ${now()}`);
    await sleep(LOOK_MS);
  }
};

/** @throws Error when a process says that something went wrong, or when what is due is never done */
export const liveThrough = async (life: Life): Promise<Lived> => {
  const drive = createDrive(life.from);
  const outside = await openOutside({ world: demoSeed, now: drive.now, keepMessages: 100_000 });
  const crew = await openCrew(outside, life, drive.course);
  const peek = await openPeek(life.url);
  onTestFinished(() => peek.close());
  const acts = [...life.acts].sort((a, b) => a.at - b.at);
  const faults: string[] = [];
  let deaths = 0;
  for (;;) {
    const dueAt = await untilIdle(peek, drive.now);
    const [act] = acts;
    const next = Math.min(dueAt, act?.at ?? Number.POSITIVE_INFINITY);
    if (next >= life.until) break;
    drive.leap(next);
    crew.steer();
    if (act && act.at <= dueAt) {
      acts.shift();
      await act.does(outside);
    } else if (life.dice.draw() < life.deadliness) {
      deaths += 1;
      faults.push(...(await crew.replace()));
    }
  }
  faults.push(...(await crew.stop()));
  if (faults.length > 0) throw new Error(`Entente said:\n${faults.join('\n')}`);
  return { outside, deaths };
};
