import { expect, it } from 'vitest';
import { closing, type House, openHouse } from '../../../test/house/house.js';
import { idOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { cardFor, factsIn, pressOn, submit, textOf } from '../../../test/house/room.js';
import { eachEngine } from '../../../test/stores.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { listHistory } from '../../core/history.js';
import { wakeTables } from '../../core/wake-tables.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { getItem } from './agenda-store.js';
import { findMeeting } from './store.js';

const MINUTE = 60_000;

eachEngine('a meeting that is closed', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    const meeting = await planMeeting(house);
    const protocol = await planItem(house, meeting);
    const budget = await planItem(house, meeting, { title: 'The budget', question: 'Do we raise the budget?' });
    const site = await planItem(house, meeting, { title: 'A new site', question: 'Do we open a site?' });
    house.clock.at = meeting.startsAt;
    await house.say('ana', 'open meeting');
    await house.say('ana', 'meeting next');
    return { house, meeting, protocol, budget, site };
  };

  const wakes = async ({ store }: House) => {
    const { wakes: table } = wakeTables(store.read);
    return (await store.read.select({ key: table.key, due: table.dueAt }).from(table)).filter(({ key }) =>
      key.includes(':'),
    );
  };

  const decide = async (house: House, text: string) =>
    submit(house, 'ana', await pressOn(house, 'ana', await cardFor(house, 'ana'), 'Decided'), { text });

  it('reads back what came of it, and books what is left of the time', async () => {
    const { house, meeting, protocol, budget, site } = await opened();
    await decide(house, 'The revised protocol is approved');
    const action = await pressOn(house, 'ben', await cardFor(house, 'ben'), 'Action');
    await submit(house, 'ben', action, {
      text: 'Send the site list',
      owner: await idOf(house, 'Jun Mori'),
      due: '18 Dec',
    });
    await house.say('ana', 'meeting park');
    house.clock.at += 8 * MINUTE;
    const question = await house.say('ben', 'close meeting');
    expect(textOf(question)).toBe(
      [
        'Close M-1?',
        '1 decision, 1 action. Correct?',
        'D-1 The revised protocol is approved',
        'A-1 Send the site list',
        'Parked: 1. The revised protocol',
        'Not finished, for the next meeting: 2. The budget; 3. A new site',
      ].join('\n'),
    );
    expect(textOf(await pressOn(house, 'ben', question.view, 'Not yet'))).toContain('M-1 goes on.');
    const done = await pressOn(house, 'ben', question.view, 'Yes, close');
    expect(textOf(done)).toBe('M-1 is closed: 1 decision, 1 action. Its minutes are drafted.');
    expect(await findMeeting(house.store.read, meeting.id)).toMatchObject({ status: 'held', closedAt: house.clock.at });
    expect(await findMeeting(house.store.read, meeting.id)).not.toHaveProperty('item');
    const audience = await sharedAudience(house.store.read, house.alliance);
    const items = await Promise.all([protocol, budget, site].map(({ id }) => getItem(house.store.read, id, audience)));
    expect(items.map((one) => [one?.status, (one?.spentMs ?? 0) / MINUTE])).toEqual([
      ['parked', 0],
      ['accepted', 8],
      ['accepted', 0],
    ]);
    expect((await wakes(house)).map(({ key }) => key)).toEqual([`lock:${meeting.id}`]);
  });

  it('asks again where more was recorded meanwhile', async () => {
    const { house } = await opened();
    const question = await house.say('ana', 'close meeting');
    expect(textOf(question)).toContain('No decisions, no actions. Correct?');
    await house.say('bob', 'decision The site in Osaka opens in May');
    const again = await pressOn(house, 'ana', question.view, 'Yes, close');
    expect(textOf(again)).toContain('1 decision, no actions. Correct?');
    expect(textOf(await pressOn(house, 'ana', again.view, 'Yes, close'))).toContain('M-1 is closed');
    expect(textOf(await pressOn(house, 'ben', again.view, 'Yes, close'))).toContain('M-1 is closed already.');
  });

  it('takes the item that the room was at for done where something was decided', async () => {
    const { house, protocol } = await opened();
    await decide(house, 'The revised protocol is approved');
    const question = await house.say('ana', 'close meeting');
    expect(textOf(question)).toContain('for the next meeting: 2. The budget; 3. A new site');
    await pressOn(house, 'ana', question.view, 'Yes, close');
    const audience = await sharedAudience(house.store.read, house.alliance);
    expect(await getItem(house.store.read, protocol.id, audience)).toMatchObject({ status: 'done' });
  });

  it('is open again for five minutes, at the item that it was at', async () => {
    const { house, meeting } = await opened();
    await decide(house, 'The revised protocol is approved');
    house.clock.at += 10 * MINUTE;
    const question = await house.say('ana', 'close meeting');
    const done = await pressOn(house, 'ana', question.view, 'Yes, close');
    house.clock.at += 2 * MINUTE;
    expect(textOf(await pressOn(house, 'ana', done.view, 'Undo'))).toBe('M-1 is open again.');
    expect(factsIn(await cardFor(house, 'ana'))).toMatchObject({
      Now: 'Item 1 of 3 · Do we approve the revised protocol?',
      Time: '12 of 20 min · meeting 12 of 90 min',
    });
    expect((await wakes(house)).map(({ key, due }) => [key, due])).toEqual([
      [`end:${meeting.id}`, meeting.startsAt + 105 * MINUTE],
    ]);
    const twice = await pressOn(house, 'ana', (await house.say('ana', 'close meeting')).view, 'Yes, close');
    house.clock.at += 6 * MINUTE;
    expect(textOf(await pressOn(house, 'ana', twice.view, 'Undo'))).toContain('Undo works for five minutes.');
  });

  it('must have been opened, and ends late where it began late', async () => {
    const { house } = await opened();
    const later = await planMeeting(house, { at: '2027-01-14T14:00' });
    expect(textOf(await house.say('ana', 'meeting close M-2'))).toBe(
      "M-2 has not been opened. Say 'meeting open M-2' to begin it.",
    );
    const question = await house.say('ana', 'close meeting');
    await pressOn(house, 'ana', question.view, 'Yes, close');
    expect(textOf(await house.say('ana', 'close meeting'))).toContain('The JSC has no meeting open.');
    house.clock.at = later.startsAt + 40 * MINUTE;
    await house.say('ana', 'open meeting');
    expect((await wakes(house)).find(({ key }) => key === `end:${later.id}`)?.due).toBe(house.clock.at + 105 * MINUTE);
  });

  it('lists what its last meeting left open at the beginning of the next one', async () => {
    const { house } = await opened();
    await house.say('ben', 'action @Jun Mori Send the site list by 18 Dec');
    await pressOn(house, 'ana', (await house.say('ana', 'close meeting')).view, 'Yes, close');
    const next = await planMeeting(house, { at: '2027-01-14T14:00' });
    house.clock.at = next.startsAt;
    await house.say('ana', 'open meeting');
    expect(factsIn(await cardFor(house, 'ana', 'M-2')).Now).toBe(
      'Open actions from last time:\nA-1 Send the site list, Jun Mori, due Fri 18 Dec 2026',
    );
  });

  it('notes each record once in its history, with its label', async () => {
    const { house, meeting } = await opened();
    await decide(house, 'The revised protocol is approved');
    const feature = house.parts.features.get('meetings');
    expect(feature?.verbs?.['led-to']?.word).toBe('Recorded in the meeting');
    await house.store.snapshot(async (db) => {
      const entries = await listHistory(db, house.alliance, { feature: 'meetings', id: meeting.id });
      expect(entries.filter(({ verb }) => verb === 'led-to').map(({ detail }) => detail.label)).toEqual(['D-1']);
    });
  });
});
