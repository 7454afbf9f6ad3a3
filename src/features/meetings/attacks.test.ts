/* What people try who want to run, read or break more of a meeting than is theirs: each of these once worked. */
import { expect, it } from 'vitest';
import {
  allianceWithLanes,
  closing,
  type House,
  lanes,
  openHouse,
  people,
  type Who,
} from '../../../test/house/house.js';
import { jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { holdMeeting } from '../../../test/house/minutes.js';
import { pressOn, submit, textOf } from '../../../test/house/room.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { historyTables } from '../../core/tables.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import type { Meeting } from './rules.js';
import { findMeeting, saveMeeting } from './store.js';
import { unclosedView } from './unclosed-views.js';
import { subjectOf } from './views.js';

const direct = { direct: true, conversation: 'D1' } as const;

const open = async (openStore: Open): Promise<House> =>
  closing(await openHouse(await openStore(), { features, permissions, alliance: allianceWithLanes }));

/** How much has happened so far, in any chain. */
const happened = async ({ store }: House): Promise<number> =>
  (await store.read.select().from(historyTables(store.read).history)).length;

const unclosed = (meeting: Meeting, { committee }: Awaited<ReturnType<typeof jscOf>>) => ({
  view: unclosedView({ meeting, committee, startsAt: meeting.startsAt }),
});

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

eachEngine('whoever says or presses what they did not mean', (openStore) => {
  it('cancels and opens no other meeting than the one they named', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const before = await happened(house);
    for (const said of [
      ...[
        'cancel M-1234567890',
        'cancel M-1x',
        'cancel D-14',
        'cancel XYZ',
        'cancel JSC XYZ',
        'skip tomorrow',
        'end XYZ',
      ],
      ...['open M-1234567890', 'open M-1x', 'move M-1x to 12 Dec', 'show M-1234567890', 'snooze M-1x until Thursday'],
    ])
      expect(await house.say('ana', `meeting ${said}`, direct), said).toMatchObject({ outcome: 'refused' });
    expect(await happened(house)).toBe(before);
    for (const said of ['cancel because nobody can come', 'skip JSC']) {
      expect(await house.say('ana', `meeting ${said}`, direct), said).toMatchObject({ outcome: 'done' });
      await house.store.write((tx) => saveMeeting(tx, meeting));
    }
  });

  it('is asked why before a meeting is cancelled by a button', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const { view } = unclosed(meeting, await jscOf(house));
    const button = (view.buttons ?? []).find(({ label }) => label === 'Cancel the meeting');
    expect(button?.opensWindow).toBe(true);
    const answer = await house.press(
      'ana',
      { interaction: button?.id ?? 'x.y', subject: subjectOf(meeting.id) },
      direct,
    );
    expect(answer.view).toMatchObject({ kind: 'form', submit: 'Cancel the meeting' });
    expect((await findMeeting(house.store.read, meeting.id))?.status).toBe('planned');
  });
});

eachEngine('whoever takes no part in deciding an item', (openStore) => {
  const atItem = async (house: House): Promise<void> => {
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    house.clock.at = meeting.startsAt;
    for (const said of ['meeting recuse 1', 'open meeting', 'meeting next']) await house.say('ana', said);
  };

  it('confirms for their company neither what they record while the room is at it, nor a new wording', async () => {
    const house = await open(openStore);
    await atItem(house);
    const said = textOf(await house.say('ana', 'decision The revised protocol is approved'));
    expect(said).toContain('You are recused from M-1 item 1, so somebody else of Acme Bio confirms it');
    const card = (await house.say('ben', 'D-1')).view;
    expect(textOf(await pressOn(house, 'ben', card, 'Confirm wording'))).toContain('What is missing is Acme Bio');
    const form = await pressOn(house, 'ana', card, 'Suggest a change');
    const words = { text: 'The revised protocol is approved for Japan', reason: 'As was said' };
    expect(await submit(house, 'ana', form, words)).toMatchObject({ outcome: 'done' });
    const next = (await house.say('ben', 'D-1')).view;
    expect(textOf(await pressOn(house, 'ben', next, 'Confirm wording'))).toContain('What is missing is Acme Bio');
    const last = (await house.say('bob', 'D-1')).view;
    expect(textOf(await pressOn(house, 'bob', last, 'Confirm wording'))).toContain('D-1 is agreed');
  });

  it('confirms as ever what the room decides at another item, and what their company decides for itself', async () => {
    const house = await open(openStore);
    await atItem(house);
    const own = await house.say('ana', 'decision We pay up to a tenth more', { conversation: lanes.slack });
    expect(textOf(own)).not.toContain('recused');
    expect(textOf(own)).toContain('It is agreed.');
    await house.say('ana', 'meeting next');
    const said = textOf(await house.say('ana', 'decision The office moves to Basel'));
    expect(said).toContain('It is agreed when Nova Pharma has confirmed');
  });
});
