/*
 * A stretch of an alliance's life at a thousand times its speed: processes of Entente serve it, are killed, and others
 * take over. Hours in which nothing is due and nobody says anything are leapt over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Course, nowOn } from '../faults/course.js';
import type { Death } from '../faults/deaths.js';
import type { Dice } from '../faults/dice.js';
import { type Outside, openOutside } from '../faults/outside.js';
import { type Loaded, load, type Replica } from '../faults/replica.js';
import { openPeek, type Peek } from './peek.js';
import { declared, world } from './place.js';

/** Somebody does something at a moment. */
export interface Act {
  readonly at: number;
  /** @throws Error when Entente refuses it, or does not answer */
  does(outside: Outside): Promise<unknown>;
  /** It may be done again by whoever got no answer, so that somebody may die in the middle of it. */
  readonly again?: true;
}

export interface Life {
  readonly url: string;
  readonly from: number;
  readonly until: number;
  readonly replicas: number;
  /** How likely one of them dies in the middle of what is due, or is said, at a moment. */
  readonly deadliness: number;
  readonly dice: Dice;
  readonly acts: readonly Act[];
}

/** From when until when by the simulated clock. */
export interface Doing {
  readonly from: number;
  readonly until: number;
}

export interface Lived {
  readonly outside: Outside;
  /** When people did something, each until everything that follows from it was there. */
  readonly doings: readonly Doing[];
  /** By the simulated clock. */
  readonly deaths: readonly Death[];
}

const SPEED = 1_000;
const PATIENCE_MS = 30_000;
const LOOK_MS = 5;
/** Of what is due at one moment, in real time: a death within it hits what is under way. */
const BURST_MS = 120;
/** How far the clock goes after what was due; people's reminders of the hour before a meeting are within it. */
const STRETCH_MS = 12 * 60_000;

/** Leases go by this machine's clock, so others take over within half a second of it. */
const patience = { leaseMs: 1_000, wakeLeaseMs: 500, tickMs: 10 };

const createDrive = (from: number) => {
  const courseFrom = (at: number): Course => ({ at, real: Date.now(), speed: SPEED, until: at + STRETCH_MS });
  let course = courseFrom(from);
  return {
    now: () => nowOn(course),
    course: () => course,
    leap: (to: number) => {
      course = courseFrom(Math.max(to, nowOn(course)));
    },
  };
};

/** The processes that serve now, and one that waits with everything loaded. */
const openCrew = async (outside: Outside, life: Life, course: () => Course) => {
  const order = () => {
    const usual = outside.order(life.url, patience);
    return { ...usual, alliance: declared(usual.alliance), course: course() };
  };
  const crew: Replica[] = [];
  const lead = () => outside.door.lead(...crew.map(({ port }) => port));
  const join = async (loaded: Loaded) => {
    crew.push(await loaded.start(order()));
    lead();
  };
  for (const loaded of await Promise.all(Array.from({ length: life.replicas }, load))) await join(loaded);
  const loadSpare = (): Promise<Loaded> => {
    const loading = load();
    // Whoever waits for it hears of it; at the end of a failed test nobody does.
    loading.catch(() => undefined);
    return loading;
  };
  let spare = life.deadliness > 0 ? loadSpare() : undefined;
  return {
    steer: () => {
      for (const one of crew) one.steer(course());
    },
    /** Kills one; @returns what it said of its own faults */
    replace: async (): Promise<readonly string[]> => {
      const next = await (spare ?? load());
      const [victim] = crew.splice(life.dice.below(crew.length), 1);
      await victim?.kill();
      lead();
      await join(next);
      spare = loadSpare();
      return victim?.errors() ?? [];
    },
    /** A death comes at any moment of a burst, once somebody is ready to take over. */
    ready: () => spare,
    stop: async () => {
      const said: string[] = [];
      for (const one of crew) {
        await one.terminate();
        said.push(...one.errors());
      }
      (await spare)?.kill();
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

type Drive = ReturnType<typeof createDrive>;
type Crew = Awaited<ReturnType<typeof openCrew>>;

interface Going {
  readonly life: Life;
  readonly drive: Drive;
  readonly crew: Crew;
  readonly deaths: Death[];
  readonly faults: string[];
}

/** One of those who serve dies within the next moments. */
const strike = async ({ life, drive, crew, deaths, faults }: Going): Promise<void> => {
  await sleep(life.dice.below(BURST_MS));
  const at = drive.now();
  faults.push(...(await crew.replace()));
  deaths.push({ at, overAt: drive.now() + STRETCH_MS });
};

const isStruck = ({ life }: Going): boolean => life.dice.draw() < life.deadliness;

/** Whoever got no answer says it again. */
const perform = async (act: Act, outside: Outside, going: Going): Promise<void> => {
  if (!act.again || !isStruck(going)) return void (await act.does(outside));
  await going.crew.ready();
  const [done] = await Promise.allSettled([act.does(outside), strike(going)]);
  if (done.status === 'rejected') await act.does(outside);
};

/** @throws Error when a process says that something went wrong, or when what is due is never done */
export const liveThrough = async (life: Life): Promise<Lived> => {
  const drive = createDrive(life.from);
  const outside = await openOutside({ world, now: drive.now, keepMessages: 100_000, keepCalls: 200_000 });
  const crew = await openCrew(outside, life, drive.course);
  const peek = await openPeek(life.url);
  onTestFinished(() => peek.close());
  const acts = [...life.acts].sort((a, b) => a.at - b.at);
  const going: Going = { life, drive, crew, deaths: [], faults: [] };
  const doings: Doing[] = [];
  let began: number | undefined;
  for (;;) {
    const dueAt = await untilIdle(peek, drive.now);
    if (began !== undefined) doings.push({ from: began, until: drive.now() });
    began = undefined;
    const [act] = acts;
    const next = Math.min(dueAt, act?.at ?? Number.POSITIVE_INFINITY);
    if (next >= life.until) break;
    const struck = !(act && act.at <= dueAt) && isStruck(going);
    if (struck) await crew.ready();
    drive.leap(next);
    crew.steer();
    if (act && act.at <= dueAt) {
      began = drive.now();
      await perform(acts.shift() ?? act, outside, going);
    } else if (struck) await strike(going);
  }
  going.faults.push(...(await crew.stop()));
  if (going.faults.length > 0) throw new Error(`Entente said:\n${going.faults.join('\n')}`);
  return { outside, doings, deaths: going.deaths };
};
