import { eq } from 'drizzle-orm';
import { writeCopy } from '../../src/core/copy/files.js';
import { pagesOf } from '../../src/core/copy/pages.js';
import type { Store } from '../../src/core/db/store.js';
import { ownAudience } from '../../src/core/directory/audience.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { PartnerId } from '../../src/core/ids.js';
import type { Answer, PressCall } from '../../src/core/platform.js';
import { features } from '../../src/features/index.js';
import { permissions } from '../../src/features/permissions.js';
import { allianceWithLanes, type House, lanes, openHouse, type Who } from './house.js';

/** A house with every feature, and each company's own lane. */
export const openFull = (store: Store): Promise<House> =>
  openHouse(store, { features, permissions, alliance: allianceWithLanes });

export const partnerCalled = async (store: Store, name: string): Promise<PartnerId> => {
  const { partners } = directoryTables(store.read);
  const [row] = await store.read.select().from(partners).where(eq(partners.name, name));
  return row?.id as PartnerId;
};

/** A copy for one company, as text. */
export const copyFor = async (house: House, company: string, format: 'csv' | 'jsonl' | 'docx'): Promise<Buffer> => {
  const own = await partnerCalled(house.store, company);
  const source = { ...pagesOf(house.store, () => house.clock.at), features };
  const pieces: Uint8Array[] = [];
  for await (const piece of writeCopy(source, format, ownAudience(house.alliance, own), own)) pieces.push(piece);
  return Buffer.concat(pieces);
};

const done = (answer: Answer): Answer => {
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer.view));
  return answer;
};

/** Presses a button of a decision, by its number. */
const pressOn = async (house: House, who: Who, number: number, press: Partial<PressCall>): Promise<void> => {
  const { decisionTables } = await import('../../src/features/decisions/tables.js');
  const { decisions } = decisionTables(house.store.read);
  const rows = await house.store.read.select().from(decisions).where(eq(decisions.number, number));
  const id = rows.find((row) => row.visibility === '')?.id ?? '';
  const { interaction = 'decisions.confirm', values } = press;
  done(await house.press(who, { interaction, subject: { feature: 'decisions', id }, values: { ...values } }));
};

/** Three decisions that all share, agreed, reworded and withdrawn, and one of each company alone. */
export const fill = async (house: House): Promise<void> => {
  done(await house.say('ana', 'decision Meet monthly, "often"; because weekly\nis too much instead of =weekly'));
  house.clock.at += 60_000;
  await pressOn(house, 'ben', 1, { values: { revision: '1' } });
  done(await house.say('ben', 'decision Start in May'));
  house.clock.at += 60_000;
  const values = { revision: '1', reason: 'sites are late', text: 'Start in June' };
  await pressOn(house, 'bob', 2, { interaction: 'decisions.revise', values });
  done(await house.say('bob', 'decision @everybody -1 & <b>too early</b> 😀'));
  house.clock.at += 60_000;
  await pressOn(house, 'ana', 3, { interaction: 'decisions.withdraw' });
  done(await house.say('ana', 'decision Ask for more money', { conversation: lanes.slack }));
  done(await house.say('ben', 'decision Offer less', { conversation: lanes.teams }));
};
