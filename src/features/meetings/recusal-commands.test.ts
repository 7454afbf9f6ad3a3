import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { cardFor, factsIn, pressOn, submit, textOf } from '../../../test/house/room.js';
import { eachEngine } from '../../../test/stores.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { readRecusal } from './recusal-rules.js';
import { listRecusals } from './recusal-store.js';

it('reads which item somebody takes no part in, and why', () => {
  expect(readRecusal('2 because I sit on their board')).toEqual({
    number: 2,
    back: false,
    reason: 'I sit on their board',
  });
  expect(readRecusal('from item 12.')).toEqual({ number: 12, back: false, reason: '' });
  expect(readRecusal('not 2')).toMatchObject({ number: 2, back: true });
  expect(readRecusal('')).toEqual({ back: false, reason: '' });
});

eachEngine('somebody with a conflict of interest', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions, alliance: allianceWithLanes }));
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    await planItem(house, meeting, { title: 'The budget', question: 'Do we raise the budget?' });
    house.clock.at = meeting.startsAt;
    return { house, item };
  };

  it('is recused from an item, on its card and in its quorum, and records nothing that is decided', async () => {
    const { house, item } = await opened();
    await house.say('ana', 'meeting coming');
    await house.say('bob', 'meeting coming');
    await house.say('ben', 'meeting coming');
    expect(textOf(await house.say('ben', 'meeting recuse 1 because My brother runs the trial'))).toBe(
      'You take no part in deciding item 1 of M-1. Its card and the minutes say so.',
    );
    expect(textOf(await house.say('ben', 'meeting recuse 1'))).toContain('already');
    await house.say('ana', 'open meeting');
    await house.say('ana', 'meeting next');
    const card = await cardFor(house, 'ana');
    expect(factsIn(card)).toMatchObject({
      Recused: 'Ben Ito: My brother runs the trial',
      Decides: 'Acme Bio 2: Ana Ruiz, Bob Brown',
      Quorum: 'Missing · Nova Pharma: 0 of 1',
    });
    expect(textOf(await pressOn(house, 'ben', card, 'Decided'))).toBe(
      'You are recused from M-1 item 1: somebody else of Nova Pharma decides on it.',
    );
    const form = await pressOn(house, 'bob', card, 'Decided');
    await house.say('bob', 'meeting recuse 1');
    expect(await submit(house, 'bob', form)).toMatchObject({ outcome: 'refused' });
    expect((await pressOn(house, 'ben', card, 'Action')).view).toMatchObject({ kind: 'form' });
    expect(await listRecusals(house.store.read, [item.id])).toHaveLength(2);
    const anas = await pressOn(house, 'ana', card, 'Decided');
    await submit(house, 'ana', anas, { text: 'The revised protocol is approved' });
    const decision = (await house.say('ben', 'D-1')).view;
    expect(textOf(await pressOn(house, 'ben', decision, 'Confirm wording'))).toContain(
      'You are recused from M-1 item 1',
    );
    expect(textOf(await pressOn(house, 'jun', decision, 'Confirm wording'))).toContain('D-1 is agreed');
  });

  it('takes it back until the item is done', async () => {
    const { house, item } = await opened();
    const list = await house.say('jun', 'meeting recuse');
    expect(list.view).toMatchObject({ kind: 'list', title: 'M-1: conflicts of interest' });
    const form = await pressOn(house, 'jun', list.view, 'Recuse me');
    expect(form.view).toMatchObject({ kind: 'form', audience: 'Acme Bio and Nova Pharma will see this' });
    const done = await submit(house, 'jun', form, { reason: 'I wrote the paper' });
    expect((await listRecusals(house.store.read, [item.id]))[0]).toMatchObject({ reason: 'I wrote the paper' });
    expect(textOf(await pressOn(house, 'jun', done.view, 'Take back'))).toContain('again.');
    expect(await listRecusals(house.store.read, [item.id])).toEqual([]);
    await pressOn(house, 'jun', list.view, 'Recuse me');
    await house.say('jun', 'meeting recuse 1');
    await house.say('ana', 'open meeting');
    await house.say('ana', 'meeting next');
    await house.say('ana', 'meeting next');
    expect(textOf(await house.say('jun', 'meeting recuse not 1'))).toContain('This item is done');
    expect(await listRecusals(house.store.read, [item.id])).toHaveLength(1);
  });

  it('is told what there is, and needs a seat and a place that all companies read', async () => {
    const { house } = await opened();
    expect(textOf(await house.say('bob', 'meeting recuse 7'))).toContain('M-1 has items 1 to 2.');
    expect(await house.say('zoe', 'meeting recuse 1')).toMatchObject({ outcome: 'refused' });
    expect(textOf(await house.say('bob', 'meeting recuse 1', { conversation: lanes.slack }))).toContain('own lane');
    expect(textOf(await house.say('bob', `meeting recuse 1 because ${'a'.repeat(301)}`))).toContain('300 characters');
  });

  it('is forgotten with their reason, and stays recused from what was decided', async () => {
    const { house, item } = await opened();
    await house.say('bob', 'meeting recuse 1 because My sister owns the site');
    const asked = await house.say('bob', 'forget me', { direct: true, conversation: 'D2' });
    await pressOn(house, 'bob', asked.view, 'Forget me');
    const [kept] = await listRecusals(house.store.read, [item.id]);
    expect(kept).toBeDefined();
    expect(kept).not.toHaveProperty('reason');
  });
});
