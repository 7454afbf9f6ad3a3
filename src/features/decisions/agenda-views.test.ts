import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../../test/house/house.js';
import { idOf } from '../../../test/house/meetings.js';
import { offersOf } from '../../../test/house/offers.js';
import { eachEngine } from '../../../test/stores.js';
import type { Subject } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { decisions } from './index.js';

const DAY_MS = 86_400_000;

eachEngine('decisions for an agenda', (open) => {
  const opened = async () =>
    closing(await openHouse(await open(), { features: [decisions], permissions, alliance: allianceWithLanes }));

  it('are those that a company has not confirmed, disputes, or wanted to review; never a company’s own', async () => {
    const house = await opened();
    await house.say('ana', 'decision Our fallback is Lyon', { conversation: lanes.slack });
    expect(await offersOf(house)).toEqual([]);
    const { view } = await house.say('ana', 'decision We meet monthly review on 1 Dec');
    const subject = view.kind === 'notice' ? view.buttons?.[0]?.subject : undefined;
    const press = (
      interaction: 'decisions.confirm' | 'decisions.dispute' | 'decisions.revisit',
      values: Record<string, string>,
    ) => house.press('ben', { interaction, subject: subject as Subject, values });
    const about = { subject, kind: 'decision', title: 'D-1 We meet monthly', owner: await idOf(house, 'Ana Ruiz') };
    expect(await offersOf(house)).toEqual([
      {
        ...about,
        question: 'Do we confirm D-1 as it is worded?',
        why: 'Recorded on Mon 23 Nov 2026 and not confirmed by Nova Pharma yet',
      },
    ]);
    await press('decisions.confirm', { revision: '1' });
    expect(await offersOf(house)).toEqual([]);
    house.clock.at += 10 * DAY_MS;
    expect(await offersOf(house)).toEqual([
      { ...about, question: 'Is D-1 still right?', why: 'Its review was due on Tue 1 Dec 2026' },
    ]);
    await press('decisions.revisit', { on: '2026-12-01' });
    expect(await offersOf(house)).toEqual([
      { ...about, question: 'What changes about D-1?', why: 'To be revisited since Thu 3 Dec 2026' },
    ]);
    await press('decisions.dispute', { reason: 'Holidays make it impossible', revision: '1' });
    expect(await offersOf(house)).toEqual([
      { ...about, question: 'Does D-1 stand?', why: 'Disputed by Nova Pharma: Holidays make it impossible' },
    ]);
  });
});
