import { expect, it } from 'vitest';
import { closing, openHouse } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { listMade } from '../../core/origins.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { findMeeting, saveMeeting } from './store.js';

eachEngine('a meeting', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  it('shows its card to both companies, and stands in the log', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const { view } = await house.say('ben', 'meeting show');
    expect(view).toMatchObject({ kind: 'record', label: 'M-1', title: 'JSC · Fri 11 Dec 2026, 14:00 Europe/Zurich' });
    expect(await house.say('ana', 'meeting show M-1')).toMatchObject({ view });
    expect(await findMeeting(house.store.read, meeting.id)).toEqual(meeting);
    expect(JSON.stringify((await house.say('ana', 'log')).view)).toContain('JSC meets Fri 11 Dec 2026');
  });

  it('says what to do where there is none', async () => {
    const house = await opened();
    expect((await house.say('ana', 'meeting')).view).toMatchObject({ kind: 'list', items: [] });
    expect(await house.say('ana', 'meeting show')).toMatchObject({
      outcome: 'refused',
      view: { text: expect.stringMatching(/^The JSC has no meeting ahead\. Schedule one: meeting schedule JSC/) },
    });
    expect(await house.say('ana', 'meeting M-7')).toMatchObject({ outcome: 'refused' });
    expect(await house.say('ana', 'meeting dance')).toMatchObject({ outcome: 'refused' });
  });

  it('keeps what is recorded meanwhile for the item that the room is at', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    await house.say('ana', 'decision We meet monthly');
    await house.store.write((tx) =>
      saveMeeting(tx, { ...meeting, status: 'open', item: { id: item.id, since: house.clock.at } }),
    );
    await house.say('ana', 'decision The trial starts in April');
    await house.say('ben', 'action @Jun Mori Send the budget by 12 Dec');
    const made = await listMade(house.store.read, 'meetings', [`item:${item.id}`]);
    expect(made.map((one) => one.made.feature).sort()).toEqual(['actions', 'decisions']);
  });
});
