import { expect, it } from 'vitest';
import { closing, type House, openHouse, type Who } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { livesIn, personOf, planMornings, postedTo, runDue, standingWith } from '../../../test/house/mornings.js';
import { eachEngine } from '../../../test/stores.js';
import { replaceAbsences } from '../../core/directory/absences.js';
import { directoryOf } from '../../core/directory/reads.js';
import type { PartnerId } from '../../core/ids.js';
import type { ListView } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { insertPaper } from './agenda-store.js';
import { saveAttendance } from './attendance-store.js';
import { savePosition } from './position-store.js';
import type { Meeting } from './rules.js';
import { saveMeeting } from './store.js';
import { subjectOf } from './views.js';

const everybody: readonly Who[] = ['ana', 'bob', 'ben', 'mei', 'jun'];
const HOUR_MS = 60 * 60 * 1_000;

const partnerOf = async (house: House, who: Who): Promise<PartnerId> => {
  const directory = directoryOf(house.store.read, house.clock.at);
  return (await directory.partnerOf(house.alliance, await personOf(house, who)))?.id as PartnerId;
};

const answers = async (house: House, { id }: Meeting, who: Who, answer: 'coming' | 'not-coming'): Promise<void> => {
  const one = { person: await personOf(house, who), partner: await partnerOf(house, who) };
  await house.store.write((tx) => saveAttendance(tx, id, { ...one, answer, answeredAt: house.clock.at }));
};

const takesPosition = async (house: House, item: string, who: Who): Promise<void> => {
  const one = { person: await personOf(house, who), partner: await partnerOf(house, who) };
  await house.store.write((tx) => savePosition(tx, { ...one, item, stance: 'aligned', at: house.clock.at }));
};

const addsPaper = async (house: House, item: string, who: Who): Promise<void> => {
  const person = await personOf(house, who);
  const one = { version: 1, link: 'https://papers.example/1', person, at: house.clock.at };
  await house.store.write((tx) => insertPaper(tx, item, one));
};

/** Who was told on which of their days: '2026-12-01 JSC · ...' for each message, by its first line. */
const walk = async (house: House, until: string, doing: Readonly<Record<string, () => Promise<void>>> = {}) => {
  const seen = new Map<Who, string[]>(everybody.map((who) => [who, []]));
  const count = new Map(everybody.map((who) => [who, postedTo(house, who).length]));
  for (let at = house.clock.at; at <= Date.parse(until); at += HOUR_MS) {
    await runDue(house, at);
    for (const who of everybody) {
      const posts = postedTo(house, who);
      for (const view of posts.slice(count.get(who) ?? 0)) {
        const moment = new Date(at).toISOString().slice(0, 13);
        seen.get(who)?.push(`${moment} ${view.items[0]?.title.replace(/^JSC · /, '')}`);
      }
      count.set(who, posts.length);
    }
    await doing[new Date(at).toISOString().slice(0, 13)]?.();
  }
  return Object.fromEntries([...seen].filter(([, told]) => told.length > 0));
};

eachEngine('what each person owes a meeting', (open) => {
  const opened = async (): Promise<House> => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    await livesIn(house, 'bob', 'America/New_York');
    await planMornings(house);
    return house;
  };

  it('comes to them alone, on the days on which it is asked for, due, and missing in the end', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const jun = await personOf(house, 'jun');
    const [protocol, budget] = [
      await planItem(house, meeting, { owner: jun }),
      await planItem(house, meeting, { kind: 'information', title: 'The budget so far', question: undefined }),
    ];
    await addsPaper(house, budget.id, 'ana');
    for (const who of ['ana', 'ben'] as const) await answers(house, meeting, who, 'coming');
    for (const who of ['ana', 'ben', 'jun'] as const) await takesPosition(house, protocol.id, who);
    const told = await walk(house, '2026-12-14T23:00Z', {
      '2026-12-01T01': () => addsPaper(house, protocol.id, 'jun'),
      '2026-12-04T15': () => takesPosition(house, protocol.id, 'bob'),
    });
    expect(told).toEqual({
      jun: [
        '2026-11-26T00 Fri 11 Dec, 22:00: 1 paper, about 10 min',
        '2026-12-01T00 Fri 11 Dec, 22:00: 1 paper, whether you come, about 10 min',
        '2026-12-10T00 Fri 11 Dec, 22:00: whether you come, about 1 min',
      ],
      bob: [
        '2026-12-01T14 Fri 11 Dec, 08:00: 1 position, whether you come, about 5 min',
        '2026-12-04T14 Fri 11 Dec, 08:00: 1 position, whether you come, about 5 min',
        '2026-12-10T14 Fri 11 Dec, 08:00: whether you come, about 1 min',
      ],
    });
  });

  it('is one message with a heading and a line for each thing, with the buttons to do it', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    await planItem(house, meeting, { kind: 'decision', title: 'The budget', question: undefined });
    await runDue(house, Date.parse('2026-12-01T08:00Z'));
    const [message, ...others] = postedTo(house, 'ana');
    expect(others).toEqual([]);
    expect(message?.items.map(({ title, buttons = [] }) => [title, ...buttons.map(({ label }) => label)])).toEqual([
      [
        'JSC · Fri 11 Dec, 14:00: 2 papers, 1 question, 2 positions, whether you come, about 35 min',
        'Remind me later',
        'Open',
      ],
      ['Paper: The revised protocol', 'Add the paper', 'Not mine'],
      ['Paper: The budget', 'Add the paper', 'Not mine'],
      ['Question to decide: The budget', 'Write the question', 'Not mine'],
      ['Your position: The revised protocol', 'Aligned', 'Aligned if ...', 'We need an internal step', 'Not yet'],
      ['Your position: The budget', 'Aligned', 'Aligned if ...', 'We need an internal step', 'Not yet'],
      ['Do you come?', 'Coming', 'Not coming', 'Alternate comes'],
    ]);
    const open = await house.press('ana', { interaction: 'meetings.card', subject: subjectOf(meeting.id) });
    expect(open.view).toMatchObject({ kind: 'record', label: 'M-1' });
  });

  it('is nothing at all for an observer, for whoever has done it, and after the meeting was cancelled', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    await addsPaper(house, item.id, 'ana');
    for (const who of ['ana', 'bob', 'ben', 'jun'] as const) {
      await answers(house, meeting, who, 'coming');
      if (who !== 'bob') await takesPosition(house, item.id, who);
    }
    const told = await walk(house, '2026-12-03T23:00Z');
    expect(Object.keys(told)).toEqual(['bob']);
    const home = async (who: Who) => JSON.stringify((await house.inbound.home(house.call(who, 'D1', true))).view);
    for (const who of ['ana', 'ben', 'mei', 'jun'] as const) expect(await home(who)).not.toContain('JSC ·');
    expect(await home('bob')).toContain('1 position, about 5 min');
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'cancelled' }));
    expect(await walk(house, '2026-12-12T23:00Z')).toEqual({});
    expect(await home('bob')).not.toContain('JSC ·');
  });

  it('moves with the meeting, and what its new days have passed comes with the next message', async () => {
    const house = await opened();
    const meeting = await planMeeting(house, { at: '2027-01-15T14:00' });
    const item = await planItem(house, meeting, { kind: 'information' });
    await addsPaper(house, item.id, 'ana');
    for (const who of ['ana', 'ben', 'jun'] as const) await answers(house, meeting, who, 'coming');
    expect(await walk(house, '2026-11-25T12:00Z')).toEqual({});
    // A Wednesday: the meeting is on Tuesday now, and its days are over.
    const moved = { ...meeting, startsAt: Date.parse('2026-12-01T13:00Z') };
    await house.store.write(
      async (tx) => {
        await saveMeeting(tx, moved);
      },
      { scope: house.alliance },
    );
    const told = await walk(house, '2026-12-02T23:00Z');
    const needed = ['2026-11-26T08 M-1 JSC · Tue 1 Dec 2026, 14:00 Europe/Zurich: Does this meeting need to happen?'];
    expect(told).toEqual({
      ...{ ana: needed, ben: needed },
      bob: [
        '2026-11-25T14 Tue 1 Dec, 08:00: whether you come, about 1 min',
        '2026-11-30T14 Tue 1 Dec, 08:00: whether you come, about 1 min',
      ],
    });
  });

  it('stays true in the message that told of it', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    await runDue(house, Date.parse('2026-12-01T08:00Z'));
    const item = postedTo(house, 'ana')[0]?.items[1]?.buttons?.[0]?.subject;
    const heir = await personOf(house, 'bob');
    await house.press('ana', { interaction: 'meetings.hand-over', subject: item, values: { owner: heir } });
    await house.settle();
    expect(standingWith(house, 'ana')[0]?.items[0]?.title).toBe(
      'JSC · Fri 11 Dec, 14:00: 1 position, whether you come, about 5 min',
    );
    await runDue(house, Date.parse('2026-12-01T14:00Z'));
    expect(postedTo(house, 'bob').map(({ items }) => items[0]?.title)).toEqual([
      'JSC · Fri 11 Dec, 08:00: 1 position, whether you come, about 5 min',
    ]);
    await runDue(house, Date.parse('2026-12-02T14:00Z'));
    expect(postedTo(house, 'bob')[1]?.items[0]?.title).toBe(
      'JSC · Fri 11 Dec, 08:00: 1 paper, 1 position, whether you come, about 15 min',
    );
  });

  it('goes to a cover as far as a cover can do it', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    await answers(house, meeting, 'bob', 'coming');
    const [person, cover] = [await personOf(house, 'ana'), await personOf(house, 'bob')];
    const absence = { fromOn: '2026-11-30', untilOn: '2026-12-04', cover };
    await house.store.write((tx) => replaceAbsences(tx, house.alliance, person, { before: [], after: [absence] }));
    await runDue(house, Date.parse('2026-12-01T14:00Z'));
    const titles = postedTo(house, 'bob').flatMap(({ items }) => items.map(({ title }) => title));
    expect(titles).toEqual([
      'JSC · Fri 11 Dec, 14:00: 1 paper, about 10 min',
      'Paper: The revised protocol',
      'JSC · Fri 11 Dec, 08:00: 1 position, about 5 min',
      'Your position: The revised protocol',
    ]);
    expect(postedTo(house, 'ana')).toEqual([]);
  });

  it('is one line where it is much, with all of it in a window', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    for (let at = 1; at <= 9; at += 1) await planItem(house, meeting, { title: `Item ${at}` });
    await runDue(house, Date.parse('2026-12-01T14:00Z'));
    const [message] = postedTo(house, 'bob');
    expect(message?.items.map(({ title }) => title)).toEqual([
      'JSC · Fri 11 Dec, 08:00: 9 positions, whether you come, about 45 min',
    ]);
    const [all] = message?.items[0]?.buttons ?? [];
    expect(all).toMatchObject({ label: 'Show all', opensWindow: true });
    const press = { interaction: 'meetings.duties', subject: all?.subject, values: { ...all?.carry } } as const;
    const shown = await house.press('bob', press, { conversation: 'D1', direct: true });
    expect((shown.view as ListView).items).toHaveLength(10);
    expect(await house.press('ana', press)).toMatchObject({ outcome: 'refused' });
  });

  it('tells nobody where the other company stands', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    await takesPosition(house, item.id, 'jun');
    await runDue(house, Date.parse('2026-12-01T14:00Z'));
    const before = postedTo(house, 'bob').map(({ items }) => items);
    await takesPosition(house, item.id, 'ben');
    const home = async () => JSON.stringify((await house.inbound.home(house.call('bob', 'D1', true))).view);
    const one = await home();
    expect(one).toContain('1 position');
    await house.settle();
    expect(standingWith(house, 'bob').map(({ items }) => items)).toEqual(before);
    expect(await home()).toBe(one);
  });
});
