import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import { decisions } from '../../features/decisions/index.js';
import { ownAudience, sharedAudience } from '../directory/audience.js';
import { listPartners } from '../directory/reads.js';
import { findCalled, findNear, listEntries } from './entries.js';

eachEngine('the entries of the log', (open) => {
  const openLog = async () => {
    const house = closing(await openHouse(await open(), { features: [decisions], alliance: allianceWithLanes }));
    const [acme, nova] = await listPartners(house.store.read, house.alliance);
    const audiences = {
      acme: ownAudience(house.alliance, acme!.id),
      nova: ownAudience(house.alliance, nova!.id),
      all: await sharedAudience(house.store.read, house.alliance),
    };
    return { house, audiences };
  };

  it('follow the record, and are found by what people call it', async () => {
    const { house, audiences } = await openLog();
    await house.say('ana', 'decision Meet monthly because weekly is too often');
    const found = await findCalled(house.store.read, ' d-1', audiences.all);
    expect(found).toMatchObject({ label: 'D-1', title: 'Meet monthly', status: 'Recorded', live: true });
    await house.press('ana', { interaction: 'decisions.withdraw', subject: found!.subject });
    expect(await findCalled(house.store.read, 'D-1', audiences.nova)).toMatchObject({
      status: 'Withdrawn',
      live: false,
    });
    expect(await listEntries(house.store.read, 'decisions', [found!.subject.id], audiences.all)).toHaveLength(1);
  });

  it('of one company are for that company alone', async () => {
    const { house, audiences } = await openLog();
    await house.say('ana', 'decision Offer ten million at most', { conversation: lanes.slack });
    expect(await findCalled(house.store.read, 'ID-1', audiences.acme)).toMatchObject({ label: 'ID-1' });
    expect(await findCalled(house.store.read, 'ID-1', audiences.nova)).toBeUndefined();
    expect(await findCalled(house.store.read, 'ID-1', audiences.all)).toBeUndefined();
    const near = { feature: 'decisions', limit: 3 };
    expect(await findNear(house.store.read, 'offer ten million', audiences.nova, near)).toEqual([]);
    expect(await findNear(house.store.read, 'offer ten million', audiences.acme, near)).toHaveLength(1);
  });

  it('are near to a text that says nearly the same, as long as they are in force', async () => {
    const { house, audiences } = await openLog();
    await house.say('ana', 'decision Submit the protocol to the agency in May');
    await house.say('ana', 'decision Meet in Basel');
    const near = (text: string) => findNear(house.store.read, text, audiences.all, { feature: 'decisions', limit: 3 });
    expect((await near('Submit the Protocol in June')).map(({ label }) => label)).toEqual(['D-1']);
    expect(await near('Hire a new statistician soon')).toEqual([]);
    const found = await findCalled(house.store.read, 'D-1', audiences.all);
    await house.press('ana', { interaction: 'decisions.withdraw', subject: found!.subject });
    expect(await near('Submit the Protocol in June')).toEqual([]);
  });
});
