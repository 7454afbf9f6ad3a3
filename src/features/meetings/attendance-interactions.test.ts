import { expect, it } from 'vitest';
import { closing, openHouse } from '../../../test/house/house.js';
import { idOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { cardFor, factsIn, inviteGuest, pressOn, reseat, textOf } from '../../../test/house/room.js';
import { eachEngine } from '../../../test/stores.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { listAttendance } from './attendance-store.js';
import { saveMeeting } from './store.js';

eachEngine('who comes to a meeting', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  it('is said with a button or a word, by company, with what is missing for a quorum', async () => {
    const house = await opened();
    await planMeeting(house);
    const before = factsIn(await cardFor(house, 'ana'));
    expect(before.Coming).toBe('Nobody has said so yet');
    expect(before.Quorum).toBeUndefined();
    const pressed = await pressOn(house, 'ana', await cardFor(house, 'ana'), 'Coming');
    expect(textOf(pressed)).toBe('You are coming to M-1.');
    await house.say('bob', 'meeting not coming');
    await house.say('ben', 'meeting coming');
    await house.say('mei', 'meeting coming M-1');
    const facts = factsIn(await cardFor(house, 'jun'));
    expect(facts).toMatchObject({
      Coming: 'Acme Bio 1: Ana Ruiz · Nova Pharma 2: Ben Ito, Mei Sato',
      'Not coming': 'Bob Brown',
      Quorum: 'Met · Acme Bio 1 · Nova Pharma 1',
    });
    await house.say('ana', 'committee quorum JSC 2');
    expect(factsIn(await cardFor(house, 'ben')).Quorum).toBe(
      'Missing · Acme Bio: 1 of 2 · Nova Pharma: 1 of 2, Jun Mori has not said',
    );
  });

  it('may be said anew, and the same twice changes nothing', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await house.say('bob', 'meeting coming');
    expect(textOf(await house.say('bob', 'meeting coming'))).toContain('You said so already.');
    await house.say('bob', 'meeting not coming');
    const known = await listAttendance(house.store.read, meeting.id);
    expect(known.map(({ answer }) => answer)).toEqual(['not-coming']);
  });

  it('is said of the next one, not of one that nobody opened in its time', async () => {
    const house = await opened();
    await planMeeting(house, { at: '2026-11-20T14:00' });
    expect(textOf(await house.say('bob', 'meeting coming'))).toBe('You are coming to M-1.');
    await planMeeting(house);
    expect(textOf(await house.say('bob', 'meeting coming'))).toBe('You are coming to M-2.');
    house.clock.at += 18 * 24 * 60 * 60_000;
    expect(textOf(await house.say('ana', 'open meeting'))).toContain('M-2 is open.');
  });

  it('counts an alternate who comes for a member, and says how to get one', async () => {
    const house = await opened();
    await planMeeting(house);
    const none = await house.say('jun', 'meeting alternate');
    expect(none.outcome).toBe('refused');
    expect(textOf(none)).toContain('seat @colleague alternate JSC for @Jun Mori');
    expect(textOf(await house.say('mei', 'meeting alternate'))).toContain('You have no vote on the JSC');
    await reseat(house, 'Mei Sato', 'alternate', 'Jun Mori');
    expect(textOf(await house.say('jun', 'meeting alternate'))).toContain('Mei Sato comes to M-1 for you');
    await house.say('ana', 'meeting coming');
    expect(factsIn(await cardFor(house, 'ana'))).toMatchObject({
      Coming: 'Acme Bio 1: Ana Ruiz · Nova Pharma 1: Mei Sato for Jun Mori',
      Quorum: 'Met · Acme Bio 1 · Nova Pharma 1',
    });
  });

  it('is nothing that somebody without a seat says', async () => {
    const house = await opened();
    await planMeeting(house);
    const said = await house.say('zoe', 'meeting coming');
    expect(said.outcome).toBe('refused');
    expect(textOf(said)).toContain('You have no seat on the JSC.');
    await reseat(house, 'Mei Sato', 'guest');
    expect(textOf(await house.say('mei', 'meeting coming'))).toContain('You are a guest of the JSC.');
  });

  it('lists guests of an item as guests', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    const item = await planItem(house, meeting, { title: 'The budget' });
    await inviteGuest(house, item.id, 'Dr Lee');
    expect(factsIn(await cardFor(house, 'ben')).Guests).toBe('Dr Lee (item 2)');
  });

  it('is not said of what is over or under way', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const card = await cardFor(house, 'ana');
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'cancelled' }), { scope: house.alliance });
    expect(textOf(await pressOn(house, 'ana', card, 'Coming'))).toBe(
      "M-1 is cancelled. Say 'meeting' for the next one.",
    );
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'open' }), { scope: house.alliance });
    expect(textOf(await pressOn(house, 'ana', card, 'Coming'))).toContain('M-1 is under way.');
  });

  it('forgets what somebody said of a meeting to come with them, and makes two people one', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await house.say('bob', 'meeting coming');
    await house.say('jun', 'meeting coming');
    const [jun, mei] = [await idOf(house, 'Jun Mori'), await idOf(house, 'Mei Sato')];
    const feature = house.parts.features.get('meetings');
    await house.store.write(async (tx) => feature?.merged?.(mei, jun, tx), { scope: house.alliance });
    const after = await listAttendance(house.store.read, meeting.id);
    expect(after.map(({ person }) => person)).toContain(mei);
    expect(after.map(({ person }) => person)).not.toContain(jun);
    const asked = await house.say('bob', 'forget me', { direct: true, conversation: 'D2' });
    await pressOn(house, 'bob', asked.view, 'Forget me');
    expect((await listAttendance(house.store.read, meeting.id)).map(({ person }) => person)).toEqual([mei]);
  });
});
