import { expect, it } from 'vitest';
import { type House, openHouse, people } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import type { AllianceId, PartnerId, PersonId, Zone } from '../ids.js';
import { meet } from '../meeting.js';
import { insertAlliance, insertPartner, joinWorkspace } from './alliances.js';
import { ensureIdentity, findPerson } from './people.js';
import { listActors } from './resolve.js';

/** An account of Ben's, who is Nova's, in Acme's workspace: he was a guest there when he linked it. */
const account = { platform: 'slack', workspace: people.ana.workspace, user: 'U77BEN' } as const;
const near = { ...account, conversation: 'C1', direct: false };

const companies = async ({ store, alliance }: House) =>
  (await Promise.all([account, people.ben].map((one) => listActors(store.read, one, 0))))
    .flat()
    .filter((actor) => actor.alliance === alliance)
    .map(({ partner }) => partner.name);

const linked = async (house: House): Promise<House> => {
  const { store } = house;
  const ben = (await findPerson(store.read, people.ben)) as PersonId;
  await store.write((tx) => ensureIdentity(tx, ben, account));
  return house;
};

eachEngine('somebody whose guest account is linked', (openStore) => {
  it('acts for their own company alone when they become one of the people of the other', async () => {
    const house = await linked(await openHouse(await openStore(), { features: [] }));
    await meet(house.parts, account, near);
    expect(await companies(house)).toEqual(['Nova Pharma', 'Nova Pharma']);
  });

  it('acts for one company of an alliance that their other company joins later', async () => {
    const house = await linked(await openHouse(await openStore(), { features: [] }));
    const [alliance, kilo, acme] = ['a2' as AllianceId, 'p1' as PartnerId, 'p2' as PartnerId];
    await house.store.write(async (tx) => {
      await insertAlliance(tx, { id: alliance, name: 'Acme and Kilo', zone: 'UTC' as Zone });
      await insertPartner(tx, alliance, acme, 'Acme Bio');
      await joinWorkspace(tx, acme, account);
    });
    await meet(house.parts, account, near);
    await house.store.write(async (tx) => {
      await insertPartner(tx, alliance, kilo, 'Kilo');
      await joinWorkspace(tx, kilo, people.ben);
    });
    const actors = await listActors(house.store.read, account, 0);
    expect(actors.filter((actor) => actor.alliance === alliance).map(({ partner }) => partner.name)).toEqual([
      'Acme Bio',
    ]);
    expect(await companies(house)).toEqual(['Nova Pharma', 'Nova Pharma']);
  });
});
