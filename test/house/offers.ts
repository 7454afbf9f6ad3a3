import { randomUUID } from 'node:crypto';
import type { AgendaOffer } from '../../src/core/agenda.js';
import { createWork } from '../../src/core/work.js';
import type { House } from './house.js';
import { jscOf } from './meetings.js';

/** What all features offer to the next meeting of the JSC. */
export const offersOf = async (house: House): Promise<readonly AgendaOffer[]> => {
  const { committee } = await jscOf(house);
  return house.store.write(
    (tx) =>
      createWork({
        ...{ tx, now: house.clock.at, newId: randomUUID, alliance: house.alliance, feature: 'meetings' },
        ...{ features: house.parts.features, derive: () => new Uint8Array(32) },
      }).offers(committee.id),
    { scope: house.alliance },
  );
};
