import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import { decisions } from '../../features/decisions/index.js';
import { ownAudience } from '../directory/audience.js';
import { listPartners } from '../directory/reads.js';
import { entryTables } from '../tables.js';
import { fillEntries } from './filling.js';
import { findEntries } from './finding.js';

eachEngine('records of before the log', (open) => {
  it('get their entries at the start, once, each for those who may read it', async () => {
    const house = closing(await openHouse(await open(), { features: [decisions], alliance: allianceWithLanes }));
    const { store } = house;
    for (let n = 1; n <= 105; n += 1) await house.say('ana', `decision Meet ${n}`);
    await house.say('ana', 'decision Offer ten million', { conversation: lanes.slack });
    await store.write(async (tx) => void (await tx.delete(entryTables(tx).entries)));
    await fillEntries(house.parts);
    const [acme, nova] = await listPartners(store.read, house.alliance);
    const find = (partner: typeof acme, text: string) =>
      findEntries(store.read, { text }, ownAudience(house.alliance, partner!.id), { limit: 200 });
    expect(await find(acme, 'meet')).toHaveLength(105);
    expect(await find(acme, 'million')).toMatchObject([{ label: 'ID-1' }]);
    expect(await find(nova, 'million')).toEqual([]);
    await store.write(async (tx) => void (await tx.delete(entryTables(tx).entries)));
    await fillEntries(house.parts);
    expect(await find(acme, 'meet')).toEqual([]);
  });
});
