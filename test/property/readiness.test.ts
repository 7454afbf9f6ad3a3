/*
 * Of what one company's people say before a meeting nothing passes to the other but a colour. Two histories are played
 * that come to the same colours at the same moments: in the one Ana speaks where Bob does in the other, a condition is an
 * internal step, and there are notes besides. Whatever the other company gets must be the same, byte for byte.
 *
 * PROPERTY_RUNS draws more of them; PROPERTY_SEED and PROPERTY_PATH draw a failed one again.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { PartnerId } from '../../src/core/ids.js';
import { entryTables, historyTables } from '../../src/core/tables.js';
import { createWork } from '../../src/core/work.js';
import { features } from '../../src/features/index.js';
import type { Item } from '../../src/features/meetings/agenda-rules.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { internalSubject, itemSubject, subjectOf } from '../../src/features/meetings/views.js';
import { permissions } from '../../src/features/permissions.js';
import { allianceWithLanes, type House, lanes, openHouse } from '../house/house.js';
import { jscOf, planItem, planMeeting } from '../house/meetings.js';
import { makeScratch } from '../scratch.js';

const runs = Math.ceil(Number(process.env.PROPERTY_RUNS ?? 500) / 100);
const again = {
  ...(process.env.PROPERTY_SEED && { seed: Number(process.env.PROPERTY_SEED) }),
  ...(process.env.PROPERTY_PATH && { path: process.env.PROPERTY_PATH }),
};

const voters = ['ana', 'bob'] as const;

const saying = fc.record({
  who: fc.nat(1),
  item: fc.nat(1),
  stance: fc.constantFrom('aligned', 'aligned', 'if', 'step', 'not-yet'),
});

type Saying = typeof saying extends fc.Arbitrary<infer T> ? T : never;

/** How the same colours come to be in another way. */
interface Way {
  readonly swapped: boolean;
  readonly words: string;
  readonly notes: boolean;
}

const swappedStance = { aligned: 'aligned', if: 'step', step: 'if', 'not-yet': 'not-yet' } as const;

const announce = async (house: House, meeting: Meeting): Promise<void> => {
  const { committee } = await jscOf(house);
  const { store, alliance, clock, parts } = house;
  const { partners } = directoryTables(store.read);
  const all = await store.read.select().from(partners);
  await store.write(
    async (tx) => {
      const { newId, features: offered } = parts;
      const given = { tx, now: clock.at, newId, alliance, feature: 'meetings', features: offered };
      const work = createWork({ ...given, derive: () => new Uint8Array(32) });
      await work.announce(subjectOf(meeting.id), committee.id);
      for (const { id } of all)
        await work.announce(internalSubject(id as PartnerId, meeting.id), committee.id, id as PartnerId);
    },
    { scope: alliance },
  );
};

const say = async (house: House, items: readonly Item[], one: Saying, way: Way): Promise<void> => {
  const who = voters[way.swapped ? 1 - one.who : one.who] ?? 'ana';
  const stance = way.swapped ? swappedStance[one.stance] : one.stance;
  const values = { condition: way.words, step: way.words };
  const subject = itemSubject(items[one.item]?.id ?? '');
  const answer = await house.press(who, { interaction: `meetings.${stance}`, subject, values });
  expect(answer.outcome).toBe('done');
  if (!way.notes) return;
  expect((await house.say(who, `meeting note ${way.words}`, { conversation: lanes.slack })).outcome).toBe('done');
};

const asked = ['meeting', 'meeting positions', 'meeting prep', 'log', 'catchup', 'M-1', ''];

/** Ids differ from house to house: each is told by when it was first seen. */
const withoutIds = (bytes: string): string => {
  const seen = new Map<string, string>();
  return bytes.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu, (id) => {
    const known = seen.get(id) ?? `id ${seen.size + 1}`;
    seen.set(id, known);
    return known;
  });
};

/** Everything that Nova gets, and everything shared that it can ask for or count. */
const played = async (sayings: readonly Saying[], way: Way): Promise<string> => {
  const folder = await makeScratch('readiness');
  const store = await openStore(`file:${join(folder, 'house.db')}`);
  const house = await openHouse(store, { features, permissions, alliance: allianceWithLanes });
  try {
    const meeting = await planMeeting(house);
    const items = [await planItem(house, meeting), await planItem(house, meeting, { title: 'The budget of 2027' })];
    await announce(house, meeting);
    await house.settle();
    const answers: unknown[] = [];
    for (const one of sayings) {
      house.clock.at += 60_000;
      await say(house, items, one, way);
      await house.settle();
      for (const text of asked) answers.push((await house.say('ben', text)).view);
      await house.settle();
    }
    const { history } = historyTables(store.read);
    const { entries } = entryTables(store.read);
    const shared = await store.read.select().from(history).where(eq(history.allianceId, house.alliance));
    const told = shared.map(({ seq, at, verb, personId, detail }) => ({ seq, at, verb, personId, detail }));
    return withoutIds(
      JSON.stringify([house.teams.sent, answers, told, await store.read.select().from(entries)], null, 1),
    );
  } finally {
    await house.reconciler.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
};

it('lets nothing pass but colours', { timeout: 60_000 + runs * 20_000 }, async () => {
  let colours = 0;
  const property = fc.asyncProperty(fc.array(saying, { minLength: 3, maxLength: 7 }), async (sayings) => {
    const one = await played(sayings, { swapped: false, words: 'the price falls', notes: false });
    const other = await played(sayings, { swapped: true, words: 'the board of Basel says so', notes: true });
    expect(other).toBe(one);
    expect(one).not.toMatch(/price|Basel/u);
    colours += one.match(/"readiness"/gu)?.length ?? 0;
  });
  await fc.assert(property, { numRuns: runs, ...again });
  expect(colours).toBeGreaterThan(runs);
});
