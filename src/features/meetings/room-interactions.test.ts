import { expect, it } from 'vitest';
import { closing, type House, openHouse } from '../../../test/house/house.js';
import { idOf, jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { cardFor, factsIn, inviteGuest, labelsIn, pressOn, reseat, submit, textOf } from '../../../test/house/room.js';
import { eachEngine } from '../../../test/stores.js';
import { ownAudience } from '../../core/directory/audience.js';
import { directoryOf } from '../../core/directory/reads.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { listItems } from './agenda-store.js';
import type { Meeting } from './rules.js';
import { findMeeting } from './store.js';

const MINUTE = 60_000;

eachEngine('a meeting that is run', (open) => {
  /** Eleven o'clock on its day, three hours before it begins, with an item of each kind. */
  const opened = async (): Promise<{ house: House; meeting: Meeting }> => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    await planItem(house, meeting, {
      title: 'The budget',
      question: 'Do we raise the budget to four million?',
      minutes: 30,
    });
    await planItem(house, meeting, {
      title: 'How the trial goes',
      kind: 'discussion',
      question: undefined,
      minutes: 10,
    });
    house.clock.at = meeting.startsAt;
    return { house, meeting };
  };

  const itemsOf = async (house: House, meeting: Meeting) => {
    const [partner] = await directoryOf(house.store.read, house.clock.at).partners(house.alliance);
    return listItems(house.store.read, meeting.id, ownAudience(house.alliance, partner!.id));
  };

  it('begins with who decides and who listens, and open actions from last time', async () => {
    const { house, meeting } = await opened();
    await reseat(house, 'Mei Sato', 'alternate', 'Jun Mori');
    await inviteGuest(house, (await itemsOf(house, meeting))[1]!.id, 'Dr Lee');
    for (const who of ['ana', 'bob', 'ben'] as const) await house.say(who, 'meeting coming');
    await house.say('jun', 'meeting alternate');
    expect(textOf(await house.say('ana', 'open meeting'))).toContain('M-1 is open. 4 people are taken to be here');
    const card = await cardFor(house, 'ben');
    expect(card.status).toBe('Under way');
    expect(factsIn(card)).toMatchObject({
      Now: 'Open actions from last time: none',
      Time: 'meeting 0 of 90 min',
      Next: 'Item 1 · The revised protocol, 20 min',
      Decides: 'Acme Bio 2: Ana Ruiz, Bob Brown · Nova Pharma 2: Ben Ito, Mei Sato for Jun Mori',
      Listens: 'Dr Lee (item 2)',
    });
    await house.settle();
    for (const side of [house.slack, house.teams])
      expect(
        [...side.standing().values()].filter((view) => view.kind === 'record' && view.label === 'M-1'),
      ).toHaveLength(1);
  });

  it('goes through its items, and counts the time of each', async () => {
    const { house, meeting } = await opened();
    await house.say('ana', 'open meeting');
    house.clock.at += 5 * MINUTE;
    await pressOn(house, 'ana', await cardFor(house, 'ana'), 'Next');
    house.clock.at += 12 * MINUTE;
    const card = await cardFor(house, 'ben');
    expect(factsIn(card)).toMatchObject({
      Now: 'Item 1 of 3 · Do we approve the revised protocol?',
      Owner: 'Ana Ruiz',
      Time: '12 of 20 min · meeting 17 of 90 min',
      Next: 'Item 2 · The budget, 30 min',
    });
    expect(labelsIn(card)).toEqual(['Decided', 'Action', 'Park', 'Next', 'Back', 'Close meeting']);
    await pressOn(house, 'ben', card, 'Park');
    house.clock.at += 3 * MINUTE;
    await house.say('ana', 'meeting next');
    expect(factsIn(await cardFor(house, 'ana')).Now).toBe('Item 3 of 3 · How the trial goes');
    expect(labelsIn(await cardFor(house, 'ana'))).not.toContain('Decided');
    house.clock.at += MINUTE;
    await house.say('ana', 'meeting item 1');
    house.clock.at += 2 * MINUTE;
    await house.say('ana', 'meeting back');
    const items = await itemsOf(house, meeting);
    expect(items.map(({ status, spentMs }) => [status, spentMs / MINUTE])).toEqual([
      ['accepted', 14],
      ['done', 3],
      ['accepted', 1],
    ]);
    await house.say('ana', 'meeting next');
    await house.say('ana', 'meeting next');
    expect(textOf(await house.say('ana', 'meeting next'))).toContain('That was the last item.');
    expect(factsIn(await cardFor(house, 'ana')).Now).toBe('All items are done');
    expect(textOf(await house.say('ana', 'meeting next'))).toContain("All items are done. Say 'close meeting'.");
  });

  it('moves on once where two press at once, and takes it back', async () => {
    const { house, meeting } = await opened();
    await house.say('ana', 'open meeting');
    await house.say('ana', 'meeting next');
    const card = await cardFor(house, 'ana');
    house.clock.at += 4 * MINUTE;
    const answers = await Promise.all([pressOn(house, 'ana', card, 'Next'), pressOn(house, 'ben', card, 'Next')]);
    const [done, refused] = [...answers].sort((a, b) => a.outcome.localeCompare(b.outcome));
    expect([done?.outcome, refused?.outcome]).toEqual(['done', 'refused']);
    expect(textOf(refused!)).toBe('Somebody has moved on already: the room is at item 2. Nothing has changed.');
    house.clock.at += 2 * MINUTE;
    expect(textOf(await pressOn(house, 'ana', done!.view, 'Undo'))).toBe('Undone. Item 1 of 3 · The revised protocol');
    expect(await pressOn(house, 'ana', done!.view, 'Undo')).toMatchObject({ outcome: 'refused' });
    house.clock.at += MINUTE;
    expect(factsIn(await cardFor(house, 'ana')).Time).toBe('7 of 20 min · meeting 7 of 90 min');
    expect((await itemsOf(house, meeting)).map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('records what was decided as from the item that was pressed, filled in from its question', async () => {
    const { house } = await opened();
    await house.say('ana', 'open meeting');
    await house.say('ana', 'meeting next');
    const form = await pressOn(house, 'bob', await cardFor(house, 'bob'), 'Decided');
    expect(form.view).toMatchObject({ kind: 'form', title: 'Record a decision' });
    expect(form.view.kind === 'form' && form.view.fields[0]).toMatchObject({
      value: 'Do we approve the revised protocol?',
      hint: 'Say it as what was decided, not as the question',
    });
    // The room moves on while Bob writes.
    await house.say('ana', 'meeting next');
    const text = 'We approve the revised protocol, version 3';
    expect(textOf(await submit(house, 'bob', form, { text }))).toContain('Recorded as D-1');
    const action = await pressOn(house, 'ben', await cardFor(house, 'ben'), 'Action');
    const owner = await idOf(house, 'Jun Mori');
    await submit(house, 'ben', action, { text: 'Send the new budget', owner, due: '18 Dec' });
    expect(factsIn(await cardFor(house, 'ana')).Actions).toBe('A-1');
    await house.say('ana', 'meeting back');
    expect(factsIn(await cardFor(house, 'ana')).Decided).toBe('D-1');
    expect(factsIn((await house.say('ben', 'D-1')).view)).toMatchObject({ Meeting: 'M-1' });
    expect(factsIn((await house.say('ana', 'open A-1')).view)).toMatchObject({ From: 'M-1 item 2' });
    await house.say('ana', 'decision The report comes in June');
    expect(factsIn((await house.say('ben', 'D-2')).view)).toMatchObject({ Meeting: 'M-1 item 1' });
  });

  it('takes nothing for its source that a button made up', async () => {
    const { house } = await opened();
    const values = {
      text: 'Buy the company',
      committee: (await jscOf(house)).committee.id,
      from: 'meetings/item:none',
    };
    expect(await house.press('bob', { interaction: 'decisions.begin', values })).toMatchObject({ outcome: 'refused' });
    const recorded = await house.press('bob', { interaction: 'decisions.record', values });
    expect(textOf(recorded)).toContain('Recorded as D-1');
    expect(factsIn((await house.say('bob', 'D-1')).view)).not.toHaveProperty('Meeting');
  });

  it('lets whoever runs it correct who is here', async () => {
    const { house } = await opened();
    await house.say('ana', 'meeting coming');
    const answer = await house.say('ana', 'open meeting');
    const list = await pressOn(house, 'ana', answer.view, 'Who is here');
    expect(list.view).toMatchObject({ kind: 'list', title: 'M-1: who is here' });
    const ben = list.view.kind === 'list' ? list.view.items.find(({ title }) => title.startsWith('Ben')) : undefined;
    const button = ben?.buttons?.[0];
    const again = await house.press('ana', {
      interaction: button!.id,
      subject: button!.subject,
      values: { ...button!.carry },
    });
    expect(again.view).toMatchObject({ kind: 'list', instead: true });
    expect(factsIn(await cardFor(house, 'ben'))).toMatchObject({
      Decides: 'Acme Bio 1: Ana Ruiz · Nova Pharma 1: Ben Ito',
      Quorum: 'Met · Acme Bio 1 · Nova Pharma 1',
    });
    expect(await house.say('bob', 'meeting here')).toMatchObject({ outcome: 'refused' });
  });

  it('is opened and run by those who run the committee, and by nobody else', async () => {
    const { house } = await opened();
    for (const who of ['bob', 'mei', 'zoe'] as const) {
      expect(await house.say(who, 'open meeting')).toMatchObject({ outcome: 'refused' });
      expect(await house.say(who, 'meeting open M-1')).toMatchObject({ outcome: 'refused' });
    }
    await house.say('ben', 'open meeting');
    const card = await cardFor(house, 'mei');
    for (const label of ['Next', 'Close meeting'])
      expect(await pressOn(house, 'mei', card, label)).toMatchObject({ outcome: 'refused' });
    expect(await house.say('bob', 'meeting next')).toMatchObject({ outcome: 'refused' });
  });

  it('opens once, not with another one, not long before its time, and not when it was cancelled', async () => {
    const { house, meeting } = await opened();
    const other = await planMeeting(house, { at: '2026-12-12T15:00' });
    house.clock.at = meeting.startsAt - 25 * 60 * MINUTE;
    expect(textOf(await house.say('ana', 'open meeting'))).toContain('M-1 is more than a day away.');
    house.clock.at += 2 * 60 * MINUTE;
    const answer = await house.say('ana', 'open meeting');
    expect(textOf(await house.say('ben', 'open meeting'))).toContain('M-1 is under way already.');
    house.clock.at = meeting.startsAt;
    expect(textOf(await house.say('ben', 'meeting open M-2'))).toBe(
      "M-1 is still under way. Say 'close meeting' first, then open M-2.",
    );
    expect(textOf(await pressOn(house, 'ana', answer.view, 'Undo'))).toContain('Undo works for five minutes.');
    await planMeeting(house, { status: 'cancelled', at: '2026-12-12T17:00' });
    expect(textOf(await house.say('ana', 'meeting open M-3'))).toContain('M-3 was cancelled.');
    expect((await findMeeting(house.store.read, other.id))?.status).toBe('planned');
  });

  it('is as it was when its opening is taken back', async () => {
    const { house, meeting } = await opened();
    await house.say('bob', 'meeting coming');
    const before = await findMeeting(house.store.read, meeting.id);
    const answer = await house.say('ana', 'open meeting');
    expect(textOf(await pressOn(house, 'ana', answer.view, 'Undo'))).toBe('M-1 is not open after all.');
    expect(await findMeeting(house.store.read, meeting.id)).toEqual(before);
    expect(factsIn(await cardFor(house, 'ana')).Coming).toBe('Acme Bio 1: Bob Brown');
  });

  it('keeps what else people say that begins with open', async () => {
    const { house } = await opened();
    await house.say('ana', 'decision We meet in Basel');
    expect((await house.say('bob', 'open D-1')).view).toMatchObject({ kind: 'record', label: 'D-1' });
    expect((await house.say('bob', 'open m-1')).view).toMatchObject({ kind: 'record', status: 'Planned' });
    expect(textOf(await house.say('ana', 'open the door'))).toBe("Say 'open meeting', or 'open D-14' to see a record.");
    expect(textOf(await house.say('ana', 'close JSC'))).toBe("Say 'close meeting'.");
  });
});
