/* What people try who want to run, read or break more of a meeting than is theirs: each of these once worked. */
import { expect, it } from 'vitest';
import { allianceWithLanes, closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { planMeeting } from '../../../test/house/meetings.js';
import { holdMeeting } from '../../../test/house/minutes.js';
import { textOf } from '../../../test/house/room.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { historyTables } from '../../core/tables.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { findMeeting, saveMeeting } from './store.js';
import { subjectOf } from './views.js';

const direct = { direct: true, conversation: 'D1' } as const;

const open = async (openStore: Open): Promise<House> =>
  closing(await openHouse(await openStore(), { features, permissions, alliance: allianceWithLanes }));

/** How much has happened so far, in any chain. */
const happened = async ({ store }: House): Promise<number> =>
  (await store.read.select().from(historyTables(store.read).history)).length;

const press = (house: House, who: Who, verb: string, id: string, values: Record<string, string> = {}) =>
  house.press(who, { interaction: `meetings.${verb}`, subject: subjectOf(id), values }, direct);

/** Bob Brown and Jun Mori, who are members of the JSC, chair another committee. */
const withAnother = async (house: House): Promise<void> => {
  await house.say('ana', 'committee add ZDC Development', direct);
  await house.say('ana', ['seat ', { ...people.bob, name: 'Bob Brown' }, ' co-chair ZDC'], direct);
  await house.say('ben', ['seat ', { ...people.jun, name: 'Jun Mori' }, ' co-chair ZDC'], direct);
};

eachEngine('whoever forges what a button of a meeting is about', (openStore) => {
  it('runs no meeting of another committee by a subject of a kind that there is not', async () => {
    const house = await open(openStore);
    await withAnother(house);
    const meeting = await planMeeting(house);
    house.clock.at = meeting.startsAt + 3 * 60 * 60_000;
    for (const verb of ['took-place', 'still-going'])
      for (const kind of ['x', 'item', ''])
        expect(await press(house, 'bob', verb, `${kind}:${meeting.id}:${meeting.startsAt}`)).toMatchObject({
          outcome: 'refused',
        });
    expect((await findMeeting(house.store.read, meeting.id))?.status).toBe('planned');
  });

  it('says nothing of minutes of a committee on which they do not sit', async () => {
    const house = await open(openStore);
    await withAnother(house);
    const { meeting } = await holdMeeting(house);
    await house.say('ben', ['seat ', { ...people.jun, name: 'Jun Mori' }, ' guest JSC'], direct);
    await house.say('jun', 'meeting', direct);
    const before = await happened(house);
    const values = { item: 'meeting', text: 'Jun was there' };
    for (const kind of ['x', '', 'proposal'])
      expect(await press(house, 'jun', 'propose-change', `${kind}:${meeting.id}`, values)).toMatchObject({
        outcome: 'refused',
      });
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'agreed', lockedAt: house.clock.at }));
    expect(await press(house, 'jun', 'correct', `x:${meeting.id}`, values)).toMatchObject({ outcome: 'refused' });
    expect(await happened(house)).toBe(before);
  });

  it('is told that the button is none where its subject cannot be stored', async () => {
    const house = await open(openStore);
    for (const id of ['\0', 'item:\0', `minutes:\uD800`]) {
      const answer = await press(house, 'ana', 'agenda', id);
      expect(answer.outcome).toBe('refused');
      expect(textOf(answer)).toContain('Use a newer card');
    }
  });
});
