import { describe, expect, it } from 'vitest';
import { closing, type House, openHouse, type Who } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { livesIn, personOf, planMornings, postedTo, runDue, standingWith } from '../../../test/house/mornings.js';
import { eachEngine } from '../../../test/stores.js';
import { replaceAbsences, saveMute } from '../../core/directory/absences.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { directoryOf } from '../../core/directory/reads.js';
import type { ListView, NoticeView, RecordView, Text } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { saveSnooze } from './duty-store.js';
import { nudgeFor, type Reach } from './missing-rules.js';
import { listAsked } from './missing-store.js';
import { subjectOf } from './views.js';

const plain = (text: Text | undefined): string =>
  [text ?? '']
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : '?'))
    .join('');

describe('a nudge', () => {
  const reach: Reach = {
    ...{ today: '2026-12-02', working: true, told: false, nudgedOn: [], outOn: [] },
    next: { on: '2026-12-03', at: Date.UTC(2026, 11, 3, 8) },
    meets: { on: '2026-12-11', at: Date.UTC(2026, 11, 11, 13) },
  };

  it.each<[string, Partial<Reach>, ReturnType<typeof nudgeFor>]>([
    ['the next daily message', {}, { how: 'then', on: '2026-12-03' }],
    ['a message now after today’s', { told: true }, { how: 'now', on: '2026-12-02' }],
    ['the next daily message in the night', { told: true, working: false }, { how: 'then', on: '2026-12-03' }],
    [
      'a message now on the last day',
      { meets: { on: '2026-12-03', at: Date.UTC(2026, 11, 3, 13) } },
      { how: 'now', on: '2026-12-02' },
    ],
    ['nothing after another one', { nudgedOn: ['2026-12-03'] }, { how: 'already', on: '2026-12-03' }],
    ['the next daily message after one of yesterday', { nudgedOn: ['2026-12-01'] }, { how: 'then', on: '2026-12-03' }],
    ['nothing to whoever is out', { outOn: ['2026-12-03'] }, { how: 'out' }],
    ['nothing to whoever wants quiet', { mutedUntil: '2026-12-03' }, { how: 'muted' }],
    ['nothing to whoever said later', { snoozedUntil: '2026-12-08' }, { how: 'snoozed' }],
    [
      'nothing that comes after the meeting',
      { working: false, meets: { on: '2026-12-03', at: Date.UTC(2026, 11, 3, 7) } },
      { how: 'late' },
    ],
  ])('is %s', (_, more, expected) => {
    expect(nudgeFor({ ...reach, ...more })).toEqual(expected);
  });
});

eachEngine('readiness for a meeting', (open) => {
  const opened = async (at = '2026-12-02T09:30Z') => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    await planMornings(house);
    const meeting = await planMeeting(house);
    await planItem(house, meeting, { owner: await personOf(house, 'ben') });
    await planItem(house, meeting, { kind: 'information', title: 'The budget', owner: await personOf(house, 'jun') });
    await livesIn(house, 'bob', 'America/New_York');
    house.clock.at = Date.parse(at);
    return { house, meeting };
  };
  const listed = async (house: House, who: Who, direct = true) => {
    const { view } = await house.say(who, 'meeting readiness', direct ? { conversation: 'D1', direct } : {});
    return view as ListView;
  };
  const nudge = async (house: House, who: Who, meeting: string) =>
    plain(
      ((await house.press(who, { interaction: 'meetings.nudge', subject: subjectOf(meeting) })).view as NoticeView)
        .text,
    );

  it('stands on the card that both companies read, without anybody’s position', async () => {
    const { house } = await opened();
    const { facts } = (await house.say('ana', 'meeting show')).view as RecordView;
    expect(facts.find(({ label }) => label === 'Missing')?.text).toBe(
      'Paper for 1: Ben Ito · Paper for 2: Jun Mori · Not said whether they come: Ana Ruiz, Ben Ito, Bob Brown, Jun Mori',
    );
    house.clock.at = Date.parse('2026-11-23T09:00Z');
    expect(((await house.say('ana', 'meeting show')).view as RecordView).facts.map(({ label }) => label)).not.toContain(
      'Missing',
    );
  });

  it('tells those who run the meeting by name, and positions of their own company alone', async () => {
    const { house } = await opened();
    const acme = await listed(house, 'ana');
    expect(acme.items.map(({ title, text }) => `${title}: ${plain(text)}`)).toEqual([
      'Ana Ruiz, Acme Bio: Position: The revised protocol · Whether they come (about 5 min)',
      'Bob Brown, Acme Bio: Position: The revised protocol · Whether they come (about 5 min)',
      'Ben Ito, Nova Pharma: Paper: The revised protocol · Whether they come (about 10 min)',
      'Jun Mori, Nova Pharma: Paper: The budget · Whether they come (about 10 min)',
    ]);
    expect(acme.buttons?.map(({ label }) => label)).toEqual(['Nudge these 3']);
    const nova = (await listed(house, 'ben')).items.map(({ text }) => plain(text));
    expect(nova.filter((text) => text.includes('Position'))).toHaveLength(2);
    expect(await house.say('bob', 'meeting readiness')).toMatchObject({ outcome: 'refused' });
    expect(await house.say('mei', 'meeting readiness M-1')).toMatchObject({ outcome: 'refused' });
  });

  it('tells no positions where others read too', async () => {
    const { house, meeting } = await opened();
    const db = house.store.read;
    const read = { db, now: house.clock.at, directory: directoryOf(db, house.clock.at) };
    const asked = await listAsked(meeting, read, await sharedAudience(db, house.alliance));
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(['paper', 'answer']));
  });

  it('nudges in the next daily message, in a message now for whoever had theirs, and once a day', async () => {
    const { house, meeting } = await opened('2026-12-01T07:00Z');
    await runDue(house, Date.parse('2026-12-01T08:30Z'));
    const before = { ben: postedTo(house, 'ben').length, bob: postedTo(house, 'bob').length };
    expect(before).toEqual({ ben: 1, bob: 0 });
    await runDue(house, Date.parse('2026-12-01T09:00Z'));
    // Bob's day has not begun; Ben is of the other company.
    expect(await nudge(house, 'ana', meeting.id)).toBe(
      'Ben Ito hears of it by the morning of 2026-12-02. Bob Brown hears of it in the daily message of 2026-12-01. Jun Mori hears of it by the morning of 2026-12-02.',
    );
    await house.settle();
    const [, now] = postedTo(house, 'ben');
    expect(now?.title).toBe('JSC · Fri 11 Dec, 14:00: 1 paper, 1 position, whether you come, about 15 min');
    expect(now?.items.map(({ title }) => title)).toEqual([
      'Paper: The revised protocol',
      'Your position: The revised protocol',
      'Do you come?',
    ]);
    expect(await nudge(house, 'ana', meeting.id)).toBe(
      'Ben Ito was nudged already. Bob Brown was nudged already, for 2026-12-01. Jun Mori was nudged already.',
    );
    for (const day of ['01T14', '02T00', '02T08', '02T14', '03T08', '03T14'])
      await runDue(house, Date.parse(`2026-12-${day}:00Z`));
    expect([postedTo(house, 'ben').length, postedTo(house, 'bob').length]).toEqual([2, 1]);
    // It follows what becomes of what it tells.
    const jun = await personOf(house, 'jun');
    const subject = now?.items[0]?.buttons?.[0]?.subject;
    await house.press('ben', { interaction: 'meetings.hand-over', subject, values: { owner: jun } });
    await house.settle();
    expect(standingWith(house, 'ben')[1]?.items.map(({ title }) => title)).toEqual([
      'Your position: The revised protocol',
      'Do you come?',
    ]);
  });

  it('brings a nudge on a day on which no reminder is due', async () => {
    const { house, meeting } = await opened('2026-12-01T07:00Z');
    for (const hour of ['01T08', '01T14', '02T08']) await runDue(house, Date.parse(`2026-12-${hour}:00Z`));
    house.clock.at = Date.parse('2026-12-02T15:00Z');
    expect(await nudge(house, 'ana', meeting.id)).toContain(
      'Bob Brown hears of it in the daily message of 2026-12-03.',
    );
    expect(postedTo(house, 'bob')).toHaveLength(1);
    await runDue(house, Date.parse('2026-12-03T14:00Z'));
    expect(postedTo(house, 'bob')).toHaveLength(2);
  });

  it('nudges nobody who is out, wants quiet or said later, and tells the other company not even why', async () => {
    const { house, meeting } = await opened();
    const [bob, jun, ben] = [await personOf(house, 'bob'), await personOf(house, 'jun'), await personOf(house, 'ben')];
    await house.store.write(async (tx) => {
      const absence = { fromOn: '2026-12-01', untilOn: '2026-12-04' };
      await replaceAbsences(tx, house.alliance, bob, { before: [], after: [absence] });
      await saveMute(tx, house.alliance, jun, '2026-12-04');
      await saveSnooze(tx, meeting.id, ben, '2026-12-06');
    });
    const lost = (name: string) =>
      `${name} cannot be reminded at the moment. Ask the alliance professional of their company.`;
    expect(await nudge(house, 'ana', meeting.id)).toBe(
      `${lost('Ben Ito')} Bob Brown is not nudged: Bob Brown is out. ${lost('Jun Mori')}`,
    );
    await runDue(house, Date.parse('2026-12-03T09:00Z'));
    expect(postedTo(house, 'jun')).toEqual([]);
    expect(await house.press('bob', { interaction: 'meetings.nudge', subject: subjectOf(meeting.id) })).toMatchObject({
      outcome: 'refused',
    });
  });
});
