import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { planDaily } from '../../src/core/daily/plan.js';
import { findPerson } from '../../src/core/directory/people.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { PersonId, Zone } from '../../src/core/ids.js';
import type { ListView } from '../../src/core/view.js';
import { runDueWakes } from '../../src/core/wakes.js';
import { type House, people, type Who } from './house.js';

/** Everybody has an alarm for their daily message. */
export const planMornings = (house: House): Promise<void> => planDaily(house.store, house.clock.at);

/** Runs what has come due by a moment, and delivers it. */
export const runDue = async (house: House, at: number): Promise<void> => {
  house.clock.at = at;
  const { store, features, now, newId, log } = house.parts;
  const derive = (purpose: string) => createHash('sha256').update(purpose).digest();
  await runDueWakes({ store, features, now, newId, log, derive, nudge: house.reconciler.nudge });
  await house.settle();
};

export const personOf = async ({ store }: House, who: Who): Promise<PersonId> => {
  const found = await findPerson(store.read, people[who]);
  if (!found) throw new Error(`${who} is nobody`);
  return found as PersonId;
};

export const livesIn = async (house: House, who: Who, timeZone: Zone): Promise<void> => {
  const { people: rows } = directoryTables(house.store.read);
  const id = await personOf(house, who);
  await house.store.write(async (tx) => {
    await tx.update(rows).set({ timeZone }).where(eq(rows.id, id));
  });
};

/** What was posted to somebody directly, in order: each as it stood when it was posted. */
export const postedTo = (house: House, who: Who): readonly ListView[] => {
  const { platform, user } = people[who];
  return house[platform].sent
    .filter(({ how, conversation }) => how === 'post' && conversation === user)
    .map(({ view }) => view as ListView);
};

/** The same as each of them stands now. */
export const standingWith = (house: House, who: Who): readonly ListView[] => {
  const { platform, user } = people[who];
  const standing = house[platform].standing();
  return house[platform].sent
    .filter(({ how, conversation }) => how === 'post' && conversation === user)
    .map(({ message }) => standing.get(message) as ListView);
};
