/*
 * Nothing of one company's reaches another, whatever anybody does: random alliances, channels, people and steps, and a
 * search of every byte that the platforms are given for what its readers must not see.
 *
 * PROPERTY_RUNS=10000 draws more worlds; PROPERTY_SEED and PROPERTY_PATH draw a failed one again.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import { features } from '../../src/features/index.js';
import { makeScratch } from '../scratch.js';
import { type Mutation, openTown, type Town } from './town.js';
import { step, walkThrough } from './walk.js';
import { buildWorld, worldSpec } from './world.js';

const runs = Number(process.env.PROPERTY_RUNS ?? 500);
const again = {
  ...(process.env.PROPERTY_SEED && { seed: Number(process.env.PROPERTY_SEED) }),
  ...(process.env.PROPERTY_PATH && { path: process.env.PROPERTY_PATH }),
};
/** Worlds that share a database: one deployment serves many alliances, and a small one is quicker. */
const PER_TOWN = 100;

const worldAndSteps = fc.record({
  spec: worldSpec,
  steps: fc.array(step, { minLength: 6, maxLength: 12, size: 'max' }),
});

const open = async (mutation?: Mutation): Promise<Town> => {
  const folder = await makeScratch('property');
  const store = await openStore(`file:${join(folder, 'town.db')}`);
  const town = openTown(store, features, mutation);
  return {
    ...town,
    close: async () => {
      await town.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Draws worlds and walks through each. @throws with the smallest one in which something was read that must not be */
const search = async (numRuns: number, mutation?: Mutation): Promise<Town[]> => {
  const towns: Town[] = [];
  let left = 0;
  const property = fc.asyncProperty(worldAndSteps, async ({ spec, steps }) => {
    if (left === 0) {
      left = PER_TOWN;
      towns.push(await open(mutation));
    }
    left -= 1;
    const town = towns.at(-1) as Town;
    await walkThrough(town, await buildWorld(town, spec), steps);
    expect(town.leaks.splice(0)).toEqual([]);
  });
  try {
    await fc.assert(property, { numRuns, ...again });
    return towns;
  } finally {
    onTestFinished(() => Promise.all(towns.map((town) => town.close())).then(() => undefined));
  }
};

it('shows nobody what is not for them', { timeout: 60_000 + runs * 400 }, async () => {
  const towns = await search(runs);
  const happened = (what: string) => towns.reduce((sum, town) => sum + (town.tally.get(what) ?? 0), 0);
  expect(happened('failed')).toBe(0);
  // A search among worlds in which nothing happens would find nothing.
  expect(happened('recorded for company')).toBeGreaterThan(runs / 5);
  expect(happened('recorded for sides')).toBeGreaterThan(runs / 2);
  expect(happened('exposed')).toBeGreaterThan(runs / 10);
  for (const town of towns) {
    expect(town.secrets.foundIn(town.log.join(''))).toEqual([]);
    expect(town.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  }
});
