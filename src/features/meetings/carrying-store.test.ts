import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { closing, type House, openHouse } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import type { Work } from '../../core/context.js';
import { ownAudience, sharedAudience } from '../../core/directory/audience.js';
import { createWork } from '../../core/work.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { insertPaper, listItems, listPapers } from './agenda-store.js';
import { bringBack, carryOver, takeUnfinished } from './carrying-store.js';
import { insertGuest, listGuests } from './guest-store.js';
import { saveMeeting } from './store.js';

const within = <T>(house: House, act: (work: Work) => Promise<T>): Promise<T> =>
  house.store.write(
    (tx) =>
      act(
        createWork({
          ...{ tx, now: house.clock.at, newId: randomUUID, alliance: house.alliance, feature: 'meetings' },
          ...{ features: house.parts.features, derive: () => new Uint8Array(32) },
        }),
      ),
    { scope: house.alliance },
  );

eachEngine('unfinished items', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  const statuses = async (house: House, meeting: { readonly id: string }) => {
    const items = await listItems(house.store.read, meeting.id, await sharedAudience(house.store.read, house.alliance));
    return items.map(({ title, status }) => `${title} ${status}`);
  };

  const held = async (house: House) => {
    const meeting = await planMeeting(house);
    await planItem(house, meeting, { title: 'Done', status: 'done' });
    await planItem(house, meeting, { title: 'Parked', status: 'parked' });
    await planItem(house, meeting, { title: 'Not reached' });
    await planItem(house, meeting, { title: 'Read', kind: 'information', minutes: 0 });
    await planItem(house, meeting, { title: 'Proposed', status: 'proposed' });
    await planItem(house, meeting, { title: 'Declined', status: 'declined' });
    const over = { ...meeting, status: 'held' as const };
    await house.store.write((tx) => saveMeeting(tx, over));
    return over;
  };

  it('stand first on the next planned meeting, and the old ones say so', async () => {
    const house = await opened();
    const old = await held(house);
    const next = await planMeeting(house, { at: '2027-03-12T14:00' });
    await planItem(house, next, { title: 'New' });
    expect(await within(house, (work) => carryOver(old, work))).toBe(3);
    expect(await statuses(house, next)).toEqual([
      'Parked accepted',
      'Not reached accepted',
      'Proposed proposed',
      'New accepted',
    ]);
    expect(await statuses(house, old)).toEqual([
      ...[
        'Done done',
        'Parked carried',
        'Not reached carried',
        'Read accepted',
        'Proposed carried',
        'Declined declined',
      ],
    ]);
    expect(await within(house, (work) => carryOver(old, work))).toBe(0);
  });

  it('come back with a meeting that takes place after all, once', async () => {
    const house = await opened();
    const old = await held(house);
    const next = await planMeeting(house, { at: '2027-03-12T14:00' });
    await within(house, (work) => carryOver(old, work));
    expect(await within(house, (work) => bringBack(old, work))).toBe(3);
    expect(await statuses(house, old)).toContain('Not reached accepted');
    expect(new Set(await statuses(house, next))).toEqual(
      new Set(['Parked removed', 'Not reached removed', 'Proposed removed']),
    );
    expect(await within(house, (work) => bringBack(old, work))).toBe(0);
  });

  it('wait where there is no next meeting, and are taken when one is made', async () => {
    const house = await opened();
    const old = await held(house);
    expect(await within(house, (work) => carryOver(old, work))).toBe(0);
    const next = await planMeeting(house, { at: '2027-03-12T14:00', minutes: 15 });
    expect(await within(house, (work) => takeUnfinished(next, work))).toBe(3);
    expect(await within(house, (work) => takeUnfinished(next, work))).toBe(0);
    const items = await listItems(house.store.read, next.id, await sharedAudience(house.store.read, house.alliance));
    expect(items.map(({ minutes }) => minutes)).toEqual([15, 15, 15]);
  });

  it('take their papers, their guests and their message along', async () => {
    const house = await opened();
    const old = await planMeeting(house);
    const link = 'https://acme.slack.com/archives/C01JSC/p1700000000000100';
    const item = await planItem(house, old, { status: 'parked', link });
    const { owner: person, proposedFor } = item;
    await house.store.write(async (tx) => {
      for (const version of [1, 2])
        await insertPaper(tx, item.id, { version, link: 'https://docs.example.com/x', person, at: 0 });
      await insertGuest(tx, { id: 'g', item: item.id, name: 'Dr Kim', invitedBy: person, invitedFor: proposedFor });
      await saveMeeting(tx, { ...old, status: 'cancelled' });
    });
    const next = await planMeeting(house, { at: '2027-03-12T14:00' });
    await within(house, (work) => takeUnfinished(next, work));
    const [carried] = await listItems(house.store.read, next.id, ownAudience(house.alliance, proposedFor));
    expect(carried).toMatchObject({ carriedFrom: item.id, link, paper: { version: 2 } });
    const id = carried?.id ?? '';
    expect(await listPapers(house.store.read, id)).toHaveLength(2);
    expect((await listGuests(house.store.read, [id])).get(id)).toMatchObject([{ name: 'Dr Kim' }]);
  });
});
