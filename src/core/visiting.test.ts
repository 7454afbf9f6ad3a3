import { expect, it } from 'vitest';
import { z } from 'zod';
import { type House, openHouse, people } from '../../test/house/house.js';
import { eachEngine, type Open } from '../../test/stores.js';
import { insertAlliance, insertPartner, joinWorkspace } from './directory/alliances.js';
import { DeliveryError } from './errors.js';
import { type Feature, openCommand, openInteraction } from './feature.js';
import type { AllianceId, PartnerId } from './ids.js';
import type { Call } from './platform.js';

/** Makes an alliance out of nothing, as setup does. */
const founding = (): { feature: Feature; met: string[] } => {
  const met: string[] = [];
  return {
    met,
    feature: {
      name: 'founding',
      welcome: [{ id: 'founding.begin', label: 'Begin' }],
      commands: [
        openCommand({
          name: 'found',
          summary: 'Found an alliance.',
          usage: '[name]',
          args: z.object({ text: z.string() }),
          visit: async ({ text }, visit) => {
            met.push(`${visit.profile.name} of ${visit.workspaceName}, ${visit.actors.length} alliances`);
            const alliance = visit.newId() as AllianceId;
            const partner = visit.newId() as PartnerId;
            await insertAlliance(visit.db, { id: alliance, name: text, zone: 'Europe/Zurich' });
            await insertPartner(visit.db, alliance, partner, 'Ours');
            await joinWorkspace(visit.db, partner, visit.caller);
            await visit.work(alliance).record({ feature: 'founding', id: alliance }, 'founded', {});
            return { kind: 'notice', text: `Founded ${text}.` };
          },
        }),
      ],
      interactions: [
        openInteraction({
          id: 'founding.begin',
          values: z.object({}),
          visit: async () => ({ kind: 'notice', text: 'Say found and a name.' }),
        }),
      ],
    },
  };
};

const outside = (house: House): Call => {
  const call = house.call('zoe', 'D1', true);
  return { ...call, caller: { ...call.caller, workspace: 'T77NEW' }, spot: { ...call.spot, workspace: 'T77NEW' } };
};

const open = async (openStore: Open) => {
  const { feature, met } = founding();
  return { house: await openHouse(await openStore(), { features: [feature] }), met };
};

eachEngine('a visit', (openStore) => {
  it('lets somebody whose workspace takes part in nothing begin, knowing who they are', async () => {
    const { house, met } = await open(openStore);
    house.slack.profiles.set(people.zoe.user, { name: 'Zoe Fox' });
    const call = { ...outside(house), words: ['found First'] };
    expect((await house.inbound.command(call)).view).toMatchObject({ text: 'Founded First.' });
    expect(met).toEqual(['Zoe Fox of workspace T77NEW, 0 alliances']);
    await house.inbound.command(call);
    expect(met).toHaveLength(1);
  });

  it('makes somebody one of their company’s people in the alliance that it has begun', async () => {
    const { house } = await open(openStore);
    const call = outside(house);
    await house.inbound.command({ ...call, words: ['found First'] });
    const { view } = await house.inbound.home({ ...call, id: 'later' });
    expect(view).toMatchObject({ kind: 'list', intro: 'U09ZOE, Ours. You have no seat on a committee yet.' });
  });

  it('is refused to guests, and while the platform does not tell who calls', async () => {
    const { house, met } = await open(openStore);
    house.slack.profiles.set(people.zoe.user, { guest: true });
    const guest = await house.inbound.command({ ...outside(house), words: ['found First'] });
    expect(guest.outcome).toBe('refused');
    house.slack.profiles.clear();
    house.slack.workspaceName = async () => {
      throw new DeliveryError('later', 'slack:timeout');
    };
    const nameless = await house.inbound.command({ ...outside(house), words: ['found First'] });
    expect(nameless.view).toMatchObject({
      text: 'Entente could not look up your workspace just now. Please try again in a minute.',
    });
    expect(met).toEqual([]);
  });

  it('offers newcomers where to begin, and nothing that they may not say', async () => {
    const { house } = await open(openStore);
    const { view } = await house.inbound.home(outside(house));
    expect(view).toMatchObject({ title: 'Welcome to Entente', buttons: [{ id: 'founding.begin' }] });
    const pressed = await house.inbound.press({ ...outside(house), interaction: 'founding.begin', values: {} });
    expect(pressed.view).toMatchObject({ text: 'Say found and a name.' });
  });
});
