import { expect, it } from 'vitest';
import { closing, openHouse } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { cardFor, factsIn, pressOn, textOf } from '../../../test/house/room.js';
import { eachEngine } from '../../../test/stores.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';

eachEngine('what is only read before a meeting', (open) => {
  it('is no item of the room, which goes by the numbers of the agenda, and is not left over at its end', async () => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    const meeting = await planMeeting(house);
    const report = { title: 'Enrolment so far', kind: 'information', question: undefined, minutes: 0 } as const;
    await planItem(house, meeting, report);
    await planItem(house, meeting);
    house.clock.at = meeting.startsAt;
    expect(factsIn(await cardFor(house, 'ana'))['For decision']).toMatch(/^1\. Do we approve/);
    await house.say('ana', 'open meeting');
    await pressOn(house, 'ana', await cardFor(house, 'ana'), 'Next');
    expect(factsIn(await cardFor(house, 'ben')).Now).toMatch(/^Item 1 of 1 · Do we approve/);
    await pressOn(house, 'ana', await cardFor(house, 'ana'), 'Next');
    expect(factsIn(await cardFor(house, 'ben')).Now).toBe('All items are done');
    const asked = await house.say('ana', 'close meeting');
    expect(textOf(asked)).not.toContain('Enrolment');
    await pressOn(house, 'ana', asked.view, 'Yes, close');
    const { view } = await house.say('ana', 'meeting minutes M-1');
    const told = JSON.stringify(view);
    expect(told).toContain('For information, Ana Ruiz. Read beforehand.');
    expect(told).not.toContain('Not reached');
  });
});
