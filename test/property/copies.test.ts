/*
 * Whatever people of both companies do, in any order: checking the log finds nothing wrong with it, and a copy that is taken
 * back into an empty database is copied as it was.
 *
 * COPY_RUNS=1000 draws more of them; PROPERTY_SEED and PROPERTY_PATH draw a failed one again.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pagesOf } from '../../src/core/copy/pages.js';
import { restoreCopy } from '../../src/core/copy/restore.js';
import { openStore } from '../../src/core/db/open.js';
import { verifyAlliance } from '../../src/core/verify.js';
import { features } from '../../src/features/index.js';
import { copyFor, openFull } from '../house/copies.js';
import type { House } from '../house/house.js';
import { eachEngine } from '../stores.js';
import { deeds, perform } from './deeds.js';
import { doneSoFar } from './meeting-deeds.js';

const runs = Number(process.env.COPY_RUNS ?? 10);
const again = {
  ...(process.env.PROPERTY_SEED && { seed: Number(process.env.PROPERTY_SEED) }),
  ...(process.env.PROPERTY_PATH && { path: process.env.PROPERTY_PATH }),
};

const within = async <T>(url: string, work: (house: House) => Promise<T>): Promise<T> => {
  // Not the suite's own stores: a hundred of them would stay open until the end.
  const store = await openStore(url);
  const house = await openFull(store);
  try {
    return await work(house);
  } finally {
    await house.reconciler.stop();
    await store.close();
  }
};

const expectSound = async ({ store, clock, alliance }: House): Promise<void> => {
  const { chains, faults } = await verifyAlliance({ ...pagesOf(store, () => clock.at), features }, alliance);
  expect([faults, chains.flatMap(({ broken }) => broken ?? [])]).toEqual([[], []]);
};

/** Takes a copy back, and gives the copy of that. */
const restored = (url: string, company: string, path: string): Promise<string> =>
  within(url, async (house) => {
    const { store, parts, alliance, clock } = house;
    const now = () => clock.at;
    const pages = pagesOf(store, now);
    const plan = await restoreCopy({
      ...{ store, pages, features: parts.features, alliance, path, now, newId: randomUUID },
    });
    expect(plan.faults).toEqual([]);
    await expectSound(house);
    return (await copyFor(house, company, 'csv')).toString();
  });

eachEngine('the log, whatever both companies do', (_open, { dialect, freshUrl }) => {
  const numRuns = Math.ceil(dialect === 'sqlite' ? runs : runs / 5);
  it('is sound, and its copy comes back as it was', { timeout: 300_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'entente-copies-'));
    const path = join(folder, 'copy.csv');
    const holds = fc.asyncProperty(deeds, async (all) => {
      await within(await freshUrl(), async (house) => {
        for (const one of all) await perform(house, one);
        await expectSound(house);
        for (const company of ['Acme Bio', 'Nova Pharma']) {
          const csv = (await copyFor(house, company, 'csv')).toString();
          await writeFile(path, csv);
          expect(await restored(await freshUrl(), company, path)).toBe(csv);
        }
      });
    });
    try {
      await fc.assert(holds, { numRuns, interruptAfterTimeLimit: 240_000, ...again });
      if (again.path || dialect !== 'sqlite') return;
      // Walks in which nothing happens to meetings would find nothing.
      for (const what of ['meeting schedule', 'meeting agenda', 'meeting note', 'open', 'close-now', 'fine'])
        expect(doneSoFar.get(what), what).toBeGreaterThan(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
