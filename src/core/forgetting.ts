/*
 * Forgetting somebody: who they are goes, what they did stays true. It takes two steps. The first, in one transaction
 * with its history, takes everything but the addresses of their direct messages, where cards have to be withdrawn yet;
 * the second, an alarm, takes those once that is done, or a day later whether or not it could be done.
 */
import { z } from 'zod';
import { wantCards } from './cards.js';
import type { Partner, Work } from './context.js';
import {
  actsElsewhere,
  dropProfile,
  leaveAlliance,
  listAccounts,
  listSelves,
  namesOfSelves,
} from './directory/leaving.js';
import type { Erasing, Feature } from './feature.js';
import {
  clearAttempts,
  clearInstaller,
  countUnwithdrawn,
  dropAddresses,
  listCompaniesLeft,
  listTraces,
  wantPersonalCards,
} from './forgotten.js';
import type { PersonId } from './ids.js';
import type { Account } from './platform.js';
import { dropReceiptsOf, renameInReceipts } from './receipts.js';
import { formerName } from './sentences.js';
import type { Subject } from './view.js';
import { createWork, type WorkParts } from './work.js';

/** Subjects of this name are people who were forgotten. */
const FORGETTING = 'forgetting';

const MINUTE_MS = 60_000;
const AGAIN_MS = 10 * MINUTE_MS;
const PATIENCE_MS = 24 * 60 * MINUTE_MS;

const workOf = (parts: WorkParts, feature: string): Work => createWork({ ...parts, feature });

/** @throws Refusal while the company cannot do without them, saying what to do first */
export const checkParting = async (parts: WorkParts, person: PersonId, partner: Partner): Promise<void> => {
  for (const feature of parts.features.values()) await feature.parting?.(person, partner, workOf(parts, feature.name));
};

/** What the second step must know; it stands in the alarm's key and goes with it. */
const leftSchema = z.object({
  people: z.array(z.string().transform((id) => id as PersonId)),
  accounts: z.array(z.object({ platform: z.enum(['slack', 'teams']), workspace: z.string(), user: z.string() })),
  since: z.number(),
});

const forgetProfile = async (parts: WorkParts, selves: readonly PersonId[]): Promise<void> => {
  const { tx, now } = parts;
  const accounts: readonly Account[] = await listAccounts(tx, selves);
  const names = await namesOfSelves(tx, selves);
  const name = formerName(await listCompaniesLeft(tx, FORGETTING, selves));
  await dropProfile(tx, selves, name);
  await clearAttempts(tx, accounts);
  await clearInstaller(tx, accounts);
  await dropReceiptsOf(tx, accounts, now);
  await renameInReceipts(tx, names, name);
  for (const subject of await listTraces(tx, selves)) await wantCards(tx, subject, now);
  const left: z.input<typeof leftSchema> = { people: [...selves], accounts: [...accounts], since: now };
  await workOf(parts, FORGETTING).wakeAt(JSON.stringify(left), now + MINUTE_MS);
};

/**
 * Ends somebody's part in the alliance; with the last one they take part in, everything that tells who they are.
 * @returns false while they take part in another one, which keeps their profile
 * @throws Refusal while the company cannot do without them
 */
export const forgetPerson = async (parts: WorkParts, person: PersonId, partner: Partner): Promise<boolean> => {
  const { tx, now, alliance } = parts;
  await checkParting(parts, person, partner);
  const selves = await listSelves(tx, person);
  const last = !(await actsElsewhere(tx, alliance, selves));
  const how: Erasing = { partner, last, by: parts.person ?? person };
  const touched: Subject[] = [];
  for (const feature of parts.features.values())
    for (const one of selves) touched.push(...((await feature.erase?.(one, workOf(parts, feature.name), how)) ?? []));
  await leaveAlliance(tx, alliance, selves);
  await workOf(parts, FORGETTING).record({ feature: FORGETTING, id: person }, 'forgotten', { partner: partner.id });
  for (const subject of touched) await wantCards(tx, subject, now);
  await wantPersonalCards(tx, selves, now);
  if (last) await forgetProfile(parts, selves);
  return last;
};

/** The second step. */
export const forgottenPeople: Feature = {
  name: FORGETTING,
  async wake(key, work) {
    const { people, accounts, since } = leftSchema.parse(JSON.parse(key));
    const { db, now } = work;
    const waits = now < since + PATIENCE_MS && (await countUnwithdrawn(db, people)) > 0;
    if (waits) return work.wakeAt(key, now + AGAIN_MS);
    await dropAddresses(db, people, accounts, now);
    // Its own answer came after the first step.
    await dropReceiptsOf(db, accounts, since + MINUTE_MS);
  },
};
