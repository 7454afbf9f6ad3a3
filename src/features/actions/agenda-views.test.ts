import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../../test/house/house.js';
import { offersOf } from '../../../test/house/offers.js';
import { eachEngine } from '../../../test/stores.js';
import type { Subject } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { actions } from './index.js';

const DAY_MS = 86_400_000;

eachEngine('actions for an agenda', (open) => {
  it('are those that are overdue or blocked; never a company’s own', async () => {
    const house = closing(
      await openHouse(await open(), { features: [actions], permissions, alliance: allianceWithLanes }),
    );
    await house.say('ana', 'action @Ana Ruiz Write our fallback down by 25 Nov', { conversation: lanes.slack });
    const { view } = await house.say('ana', 'action @Ana Ruiz Send the revised protocol to Nova by 25 Nov');
    await house.say('ana', 'action @Bob Brown Write the budget of 2027 by 11 Dec');
    await house.say('ana', 'action @Ben Ito Name a site in Osaka by 26 Nov');
    const subject = (view.kind === 'notice' ? view.buttons?.[0]?.subject : undefined) as Subject;
    const told = async () => (await offersOf(house)).map(({ kind, title, why }) => `${kind}: ${title}. ${why}`);
    expect(await told()).toEqual([]);
    await house.press('ana', { interaction: 'actions.block', subject, values: { reason: 'The ethics board is out' } });
    expect(await told()).toEqual([
      'discussion: A-1 Send the revised protocol to Nova. Blocked: The ethics board is out',
    ]);
    house.clock.at += 4 * DAY_MS;
    expect(await told()).toEqual([
      'discussion: A-1 Send the revised protocol to Nova. Blocked, and overdue since Wed 25 Nov 2026: The ethics board is out',
      'discussion: A-3 Name a site in Osaka. Not accepted by its owner, and overdue since Thu 26 Nov 2026',
    ]);
    await house.press('ana', { interaction: 'actions.unblock', subject });
    expect((await told())[0]).toMatch(/Overdue since Wed 25 Nov 2026$/);
    await house.press('ana', { interaction: 'actions.done', subject });
    expect(await told()).toHaveLength(1);
  });
});
