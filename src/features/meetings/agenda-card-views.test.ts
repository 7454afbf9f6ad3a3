import { expect, it } from 'vitest';
import { closing, type House, openHouse } from '../../../test/house/house.js';
import { idOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import type { RecordView, Text } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { insertPaper } from './agenda-store.js';

const PAPER = 'https://docs.example.com/protocol';

const plain = (text: Text): string => (typeof text === 'string' ? text : '');

const factsOf = async (house: House): Promise<Record<string, string>> => {
  const { facts } = (await house.say('bob', 'meeting show')).view as RecordView;
  return Object.fromEntries(facts.map(({ label, text }) => [label, plain(text)]));
};

eachEngine('the agenda on a meeting’s card', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  it('shows in a few lines what is for decision, discussed, read beforehand and proposed, with owner and paper', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const protocol = await planItem(house, meeting);
    const paper = { link: PAPER, person: protocol.owner, at: house.clock.at };
    for (const version of [1, 2]) await house.store.write((tx) => insertPaper(tx, protocol.id, { ...paper, version }));
    await planItem(house, meeting, { kind: 'discussion', title: 'Supply', owner: await idOf(house, 'Jun Mori') });
    await planItem(house, meeting, { kind: 'information', title: 'The audit', minutes: 0 });
    await planItem(house, meeting, { title: 'The site', question: 'Do we open Lyon?', status: 'proposed' });
    await house.say('ana', 'action @Ben Ito Send the budget of 2027 by 4 Dec');
    expect(await factsOf(house)).toMatchObject({
      'Open actions from last time': '1 open',
      'For decision': `1. Do we approve the revised protocol? · Ana Ruiz · paper version 2: ${PAPER}`,
      'For discussion': '2. Supply · Jun Mori · no paper yet',
      'To read beforehand': 'The audit · Ana Ruiz · no paper yet',
      Proposed: 'Do we open Lyon? · Ana Ruiz, for decision',
    });
    const { buttons } = (await house.say('bob', 'meeting show')).view as RecordView;
    expect(buttons.map(({ label }) => label)).toEqual(expect.arrayContaining(['Propose an item', 'Agenda']));
  });

  it('counts what does not fit, and says when the time does not', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    for (let at = 1; at <= 30; at += 1)
      await planItem(house, meeting, { kind: 'discussion', title: `${'Long '.repeat(30)}${at}` });
    const { 'For discussion': discussed = '', Time } = await factsOf(house);
    expect(discussed.split('\n')).toHaveLength(6);
    expect(discussed).toMatch(/\nand 25 more$/);
    expect(discussed.length).toBeLessThan(1_500);
    expect(Time).toBe('600 of 90 minutes: 510 too many');
  });

  it('calls an owner without a seat a former member', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting, { owner: 'nobody' as never });
    expect((await factsOf(house))['For decision']).toContain(' · a former member · ');
  });

  it('asks whether it needs to happen while nothing is for decision, from when papers are due', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting, { kind: 'discussion' });
    expect(await factsOf(house)).not.toHaveProperty('For decision');
    house.clock.at = Date.UTC(2026, 11, 1, 9);
    expect((await factsOf(house))['For decision']).toBe('Nothing. Does this meeting need to happen?');
    const subject = { feature: 'meetings', id: meeting.id };
    expect(await house.press('bob', { interaction: 'meetings.keep', subject })).toMatchObject({ outcome: 'refused' });
    await house.press('ana', { interaction: 'meetings.keep', subject });
    expect(await factsOf(house)).not.toHaveProperty('For decision');
  });
});
