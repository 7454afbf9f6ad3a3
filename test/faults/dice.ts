import { onTestFailed } from 'vitest';

/** Draws that follow from the seed alone. */
export interface Dice {
  /** From 0 up to 1. */
  draw(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32. */
export const createDice = (seed: number): Dice => {
  let state = seed | 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(draw() * limit);
  return { draw, below, pick: (from) => from[below(from.length)] as (typeof from)[number] };
};

/** Another seed in each run, told when the test fails; FAULTS_SEED repeats one. */
export const rollDice = (): Dice => {
  const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
  onTestFailed(() => console.error(`Run it again with FAULTS_SEED=${seed}`));
  return createDice(seed);
};

/** How often something is done to Entente; FAULTS_TIMES=10 does it ten times as often, for a night. */
export const times = (usual: number): number => usual * Number(process.env.FAULTS_TIMES ?? 1);

/** Milliseconds that a test may take which does that. */
export const patienceMs = times(240_000);
