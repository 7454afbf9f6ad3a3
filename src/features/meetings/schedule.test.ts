import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { closing, type House, openHouse, type Who } from '../../../test/house/house.js';
import { planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { wallTimeOf } from '../../core/days.js';
import type { Button, NoticeView } from '../../core/view.js';
import { wakeTables } from '../../core/wake-tables.js';
import { runDueWakes } from '../../core/wakes.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { meetingTables } from './tables.js';

const DAY_MS = 86_400_000;

const rowsOf = async ({ store }: House) => {
  const { meetings } = meetingTables(store.read);
  return (await store.read.select().from(meetings)).sort((a, b) => a.number - b.number);
};

const timesOf = async (house: House) =>
  (await rowsOf(house)).map(
    ({ number, startsAt, zone, status }) => `${number} ${wallTimeOf(startsAt, zone)} ${status}`,
  );

const seriesOf = async ({ store }: House) => {
  const { series } = meetingTables(store.read);
  return store.read.select().from(series);
};

const alarmsOf = async ({ store }: House, id = '') => {
  const { wakes } = wakeTables(store.read);
  const rows = await store.read.select().from(wakes).where(eq(wakes.feature, 'meetings'));
  return rows.filter(({ key }) => key.endsWith(id)).map(({ key, dueAt }) => [key.split(':')[0], dueAt] as const);
};

const ring = (house: House) =>
  runDueWakes({
    ...{ store: house.store, features: house.parts.features, newId: house.parts.newId, now: () => house.clock.at },
    ...{ log: pino({ level: 'silent' }), nudge: () => {}, derive: () => new Uint8Array(32) },
  });

const noticeOf = (answer: { view: unknown }) => answer.view as NoticeView;
const textOf = (answer: { view: unknown }): string => {
  const { text } = noticeOf(answer);
  const spans = typeof text === 'string' ? [text] : text;
  return spans.map((span) => (typeof span === 'string' ? span : JSON.stringify(span))).join('');
};

const undo = async (house: House, who: Who, answer: { view: unknown }) => {
  const [button] = noticeOf(answer).buttons ?? [];
  const { id, subject, carry } = button as Button;
  return house.press(who, { interaction: id, ...(subject && { subject }), values: { ...carry } });
};

eachEngine('scheduling a meeting', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  it('plans it once, says when by its own clocks, and who will see it', async () => {
    const house = await opened();
    const answer = await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich 90 min in room 4');
    expect(answer.outcome).toBe('done');
    expect(textOf(answer)).toBe(
      'M-1 is scheduled: the JSC meets Fri 11 Dec 2026, 14:00 Europe/Zurich, 90 minutes, room 4. It is 22:00 in Tokyo for 2 people. Acme Bio and Nova Pharma will see this.',
    );
    expect(await timesOf(house)).toEqual(['1 2026-12-11T14:00 planned']);
    const kinds = (await alarmsOf(house)).map(([kind]) => kind);
    expect(kinds.sort()).toEqual(['brief', 'end', 'hour', 'internal', 'papers', 'positions', 'topics']);
  });

  it('makes a series as far as it is near, and the rest as it comes near, each once', async () => {
    const house = await opened();
    const answer = await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich 90 min every month');
    expect(textOf(answer)).toContain('and again on the second Friday of every month. M-2, M-3 come after it.');
    const near = ['1 2026-12-11T14:00 planned', '2 2027-01-08T14:00 planned', '3 2027-02-12T14:00 planned'];
    expect(await timesOf(house)).toEqual(near);
    await ring(house);
    house.clock.at = Date.UTC(2026, 11, 2, 12, 59);
    await ring(house);
    expect(await timesOf(house)).toEqual(near);
    house.clock.at = Date.UTC(2026, 11, 2, 13, 1);
    await ring(house);
    await ring(house);
    expect(await timesOf(house)).toEqual([...near, '4 2027-03-12T14:00 planned']);
  });

  it('makes only what is still ahead after it was down for a year', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich 90 min every month');
    house.clock.at += 365 * DAY_MS;
    await ring(house);
    const made = (await timesOf(house)).slice(3);
    expect(made).toEqual(['4 2027-12-10T14:00 planned', '5 2028-01-14T14:00 planned', '6 2028-02-11T14:00 planned']);
    expect((await alarmsOf(house)).filter(([kind]) => kind === 'series')).toHaveLength(1);
  });

  it('makes the next one however far it is, and no alarm once a series is over', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 1 Jun 2027 10:00 Zurich every year 2 times');
    expect(await timesOf(house)).toEqual(['1 2027-06-01T10:00 planned']);
    house.clock.at = Date.UTC(2028, 5, 1);
    await ring(house);
    expect(await timesOf(house)).toEqual(['1 2027-06-01T10:00 planned', '2 2028-06-06T10:00 planned']);
    expect((await alarmsOf(house)).filter(([kind]) => kind === 'series')).toEqual([]);
  });

  it('says that a holiday of the other company is in the way, and never what it is called', async () => {
    const house = await opened();
    await house.say('ben', 'holidays 11 Dec Secret founders day', { direct: true });
    const answer = await house.say('ana', 'meeting schedule JSC 11 Dec 9:00 Zurich every two weeks 3 times');
    expect(textOf(answer)).toContain('Fri 11 Dec 2026 is a holiday of Nova Pharma.');
    expect(JSON.stringify(answer)).not.toContain('founders');
    const weekend = await house.say('ana', 'meeting schedule JSC 12 Dec 22:00 Tokyo 1 hour');
    expect(textOf(weekend)).toContain('Sat 12 Dec 2026 is on a weekend. ');
    expect(textOf(weekend)).toContain('It is 22:00 in Tokyo for 2 people.');
    expect(textOf(weekend)).toContain('(for you {"moment":');
  });

  it('says that the committee meets at that time already', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 10 Dec 9:00 Zurich 90 min');
    const answer = await house.say('ben', 'meeting schedule JSC 10 Dec 10:00 Zurich 90 min');
    expect(textOf(answer)).toContain(' M-1 of the same committee is at the time of M-2. ');
    const after = await house.say('ben', 'meeting schedule JSC 10 Dec 11:30 Zurich 90 min');
    expect(textOf(after)).not.toContain('same committee');
  });

  it('is undone for five minutes, with all of its series, and by whoever did it', async () => {
    const house = await opened();
    const answer = await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich every month');
    expect(await undo(house, 'ben', answer)).toMatchObject({ outcome: 'refused' });
    expect(textOf(await undo(house, 'ana', answer))).toMatch(/^M-1, M-2, M-3 are undone: cancelled/);
    expect((await rowsOf(house)).every(({ status }) => status === 'cancelled')).toBe(true);
    expect(await alarmsOf(house)).toEqual([]);
    expect(await undo(house, 'ana', answer)).toMatchObject({
      outcome: 'refused',
      view: { text: 'This was undone already.' },
    });
    const late = await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich');
    house.clock.at += 6 * 60_000;
    expect(textOf(await undo(house, 'ana', late))).toBe("Undo works for five minutes. Say 'meeting cancel M-4'.");
  });

  it('is for those who run the committee, and never from a company’s own lane', async () => {
    const house = await opened();
    for (const who of ['bob', 'mei', 'jun'] as const)
      expect(await house.say(who, 'meeting schedule JSC 11 Dec 14:00 Zurich')).toMatchObject({
        outcome: 'refused',
        view: {
          text: expect.stringMatching(/^Only the alliance professional of .* and co-chairs of the JSC do this\./),
        },
      });
    expect(await rowsOf(house)).toEqual([]);
  });

  it('asks in a form, and refuses at the field', async () => {
    const house = await opened();
    const { view } = await house.say('ana', 'meeting schedule');
    expect(view).toMatchObject({
      ...{ kind: 'form', id: 'meetings.schedule', title: 'Schedule a meeting', submit: 'Schedule' },
      audience: 'Acme Bio and Nova Pharma will see this',
    });
    const form = view as Extract<typeof view, { kind: 'form' }>;
    expect(form.fields.map(({ name }) => name)).toEqual(['day', 'time', 'zone', 'length', 'repeats', 'place']);
    const filled = {
      ...form.carry,
      day: '11 Dec',
      time: '14:00',
      zone: 'Zurich',
      length: '90 min',
      repeats: '',
      place: '',
    };
    const submit = (more: Record<string, string>) =>
      house.press('ana', { interaction: 'meetings.schedule', values: { ...filled, ...more } });
    for (const [field, value] of [
      ...[
        ['day', ''],
        ['day', 'soon'],
        ['day', '11 Dec 2025'],
        ['day', '11 Dec 2036'],
        ['day', '11 Dec or 12 Dec'],
      ],
      ...[
        ['time', ''],
        ['time', '25:00'],
        ['zone', 'Atlantis'],
        ['zone', 'IST'],
        ['length', '0'],
        ['length', '3 days'],
      ],
      ...[
        ['repeats', 'every 31st'],
        ['repeats', 'every day'],
        ['repeats', 'now and then'],
        ['repeats', 'every second Friday'],
      ],
      ['place', 'x'.repeat(301)],
    ] as const)
      expect(await submit({ [field]: value }), `${field} ${value}`).toMatchObject({ outcome: 'refused', field });
    expect(await rowsOf(house)).toEqual([]);
    expect(await seriesOf(house)).toEqual([]);
    const answer = await submit({ repeats: 'every quarter until June 2027', place: 'https://teams.example/1' });
    expect(textOf(answer)).toContain(
      'on the second Friday of March, June, September and December, until 30 June 2027.',
    );
    expect(await rowsOf(house)).toMatchObject([{ place: 'https://teams.example/1', minutes: 90 }]);
  });

  it.each([
    ['11 Dec 2025 14:00', 'over'],
    ['11 Dec 25:00 Zurich', 'no-time'],
    ['11 Dec 14:00 Atlantis', 'no-zone'],
    ['every 31st 14:00 Zurich', 'no-rule'],
    ['11 Dec 14:00 Zurich 0 min', 'length'],
    ['11 Dec 14:00 Zurich 3 days', 'length'],
  ])('refuses %s, and keeps nothing of it', async (text) => {
    const house = await opened();
    expect(await house.say('ana', `meeting schedule JSC ${text}`)).toMatchObject({ outcome: 'refused' });
    expect([...(await rowsOf(house)), ...(await seriesOf(house)), ...(await alarmsOf(house))]).toEqual([]);
  });
});

eachEngine('changing a meeting', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  it('moves it with its alarms, tells what it was, and takes that back', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 30 Jan 14:00 Zurich 90 min in room 4');
    const before = await alarmsOf(house);
    const answer = await house.say('ana', 'meeting move M-1 to 6 Feb 15:00');
    expect(textOf(answer)).toMatch(
      /^M-1 is moved to Sat 6 Feb 2027, 15:00 Europe\/Zurich, 90 minutes, room 4, instead of \{"moment".*Sat 6 Feb 2027 is on a weekend\./,
    );
    expect(await timesOf(house)).toEqual(['1 2027-02-06T15:00 planned']);
    expect((await rowsOf(house))[0]?.sequence).toBe(1);
    expect(await alarmsOf(house)).not.toEqual(before);
    expect(textOf(await undo(house, 'ana', answer))).toMatch(/^M-1 is back at Sat 30 Jan 2027, 14:00 Europe\/Zurich/);
    expect(await timesOf(house)).toEqual(['1 2027-01-30T14:00 planned']);
    expect((await alarmsOf(house)).sort()).toEqual(before.sort());
    expect(await undo(house, 'ana', answer)).toMatchObject({ outcome: 'refused' });
  });

  it('moves by what is said, and keeps the rest: its own clocks, its length, its place', async () => {
    const house = await opened();
    await planMeeting(house, { place: 'room 4' });
    await house.say('ben', 'meeting move to 15:30');
    expect(await timesOf(house)).toEqual(['1 2026-12-11T15:30 planned']);
    await house.say('ben', 'meeting move M-1 to 18 Dec');
    await house.say('ben', 'meeting move M-1 2 hours at https://teams.example/2');
    expect(await rowsOf(house)).toMatchObject([{ minutes: 120, place: 'https://teams.example/2', sequence: 3 }]);
    expect(await timesOf(house)).toEqual(['1 2026-12-18T15:30 planned']);
    for (const text of ['to 18 Dec 15:30', 'to 11 Dec 2025', 'every week', 'to 25:00', 'to 6 Feb all'])
      expect(await house.say('ben', `meeting move M-1 ${text}`), text).toMatchObject({ outcome: 'refused' });
    expect(await house.say('bob', 'meeting move M-1 to 10:00')).toMatchObject({ outcome: 'refused' });
  });

  it('cancels it with its alarms, says why on its card, and takes that back', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich');
    const before = await alarmsOf(house);
    const answer = await house.say('ana', 'meeting cancel M-1 because the data come in January');
    expect(textOf(answer)).toMatch(/^M-1 of the JSC is cancelled, which was to be .*It keeps its number\./);
    expect(await alarmsOf(house)).toEqual([]);
    expect(JSON.stringify((await house.say('ben', 'meeting show M-1')).view)).toContain('the data come in January');
    expect(await house.say('ana', 'meeting cancel M-1')).toMatchObject({ outcome: 'refused' });
    expect(await house.say('ana', 'meeting move M-1 to 15:00')).toMatchObject({ outcome: 'refused' });
    await undo(house, 'ana', answer);
    expect(await rowsOf(house)).toMatchObject([{ status: 'planned', reason: null, sequence: 2 }]);
    expect((await alarmsOf(house)).sort()).toEqual(before.sort());
  });

  it('skips one of a series, and the others stay', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich every month');
    await house.say('ana', 'meeting skip M-2');
    await ring(house);
    expect(await timesOf(house)).toEqual([
      ...['1 2026-12-11T14:00 planned', '2 2027-01-08T14:00 cancelled', '3 2027-02-12T14:00 planned'],
    ]);
  });

  it('moves a series in place while nothing of it is over', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich every month 5 times');
    await house.say('ana', 'meeting move M-3 to 10 Feb');
    const answer = await house.say('ana', 'meeting move M-1 to 17 Dec 15:00 all');
    expect(textOf(answer)).toMatch(/^M-1 and all later ones of its series are moved to Thu 17 Dec 2026, 15:00/);
    expect(await timesOf(house)).toEqual([
      ...['1 2026-12-17T15:00 planned', '2 2027-01-21T15:00 planned'],
      // It was moved on its own, and stays.
      '3 2027-02-10T14:00 planned',
    ]);
    expect(await seriesOf(house)).toMatchObject([
      { rule: 'FREQ=MONTHLY;BYDAY=3TH;COUNT=5', startsAt: '2026-12-17T15:00' },
    ]);
    await undo(house, 'ana', answer);
    expect(await timesOf(house)).toEqual([
      ...['1 2026-12-11T14:00 planned', '2 2027-01-08T14:00 planned', '3 2027-02-10T14:00 planned'],
    ]);
    expect(await seriesOf(house)).toMatchObject([{ rule: 'FREQ=MONTHLY;BYDAY=2FR;COUNT=5' }]);
  });

  it('moves this one and all later ones, and what was before stays as it was', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich every month 5 times');
    await house.say('ana', 'meeting move M-2 to 15 Jan 16:00 all');
    expect(await timesOf(house)).toEqual([
      ...['1 2026-12-11T14:00 planned', '2 2027-01-15T16:00 planned', '3 2027-02-19T16:00 planned'],
    ]);
    const [old, fresh] = (await seriesOf(house)).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
    expect(old).toMatchObject({ rule: 'FREQ=MONTHLY;BYDAY=2FR;UNTIL=20270107T225959Z', sequence: 1 });
    expect(fresh).toMatchObject({ rule: 'FREQ=MONTHLY;BYDAY=3FR;COUNT=4', sequence: 0, endedAt: null });
    house.clock.at += 200 * DAY_MS;
    await ring(house);
    expect((await timesOf(house)).slice(3)).toEqual([]);
    house.clock.at = Date.UTC(2026, 11, 20);
    await ring(house);
    expect(new Set((await rowsOf(house)).map((row) => `${row.seriesId} ${row.original}`)).size).toBe(
      (await rowsOf(house)).length,
    );
  });

  it('ends a series with one and all later ones, and takes that back', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich every month');
    const answer = await house.say('ana', 'meeting end M-2');
    expect(textOf(answer)).toMatch(/^The series ends with M-2 of the JSC, and so is M-3\. M-2 is cancelled/);
    house.clock.at += 60_000;
    await ring(house);
    expect(await timesOf(house)).toEqual([
      ...['1 2026-12-11T14:00 planned', '2 2027-01-08T14:00 cancelled', '3 2027-02-12T14:00 cancelled'],
    ]);
    expect(await house.say('ana', 'meeting end M-1')).toMatchObject({ outcome: 'refused' });
    await undo(house, 'ana', answer);
    expect((await rowsOf(house)).map(({ status }) => status)).toEqual(['planned', 'planned', 'planned']);
    expect(await seriesOf(house)).toMatchObject([{ rule: 'FREQ=MONTHLY;BYDAY=2FR', endedAt: null }]);
    expect((await alarmsOf(house)).filter(([kind]) => kind === 'series')).toHaveLength(1);
  });

  it('keeps its time on the wall over daylight saving', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 5 Mar 14:00 Zurich every week 6 times');
    expect((await rowsOf(house)).map(({ startsAt }) => new Date(startsAt).toISOString().slice(5, 16))).toEqual([
      '03-05T13:00',
    ]);
    house.clock.at = Date.UTC(2027, 1, 20);
    await ring(house);
    expect((await rowsOf(house)).map(({ startsAt }) => new Date(startsAt).toISOString().slice(5, 16))).toEqual([
      ...['03-05T13:00', '03-12T13:00', '03-19T13:00', '03-26T13:00', '04-02T12:00', '04-09T12:00'],
    ]);
  });

  it('is offered on the list to those who run the committee, in the reader’s own zone', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich 90 min every month');
    const labels = (view: unknown) =>
      (view as { items: { title: string; buttons: Button[] }[] }).items.map(({ title, buttons }) => [
        ...[title, ...buttons.map(({ label }) => label)],
      ]);
    const own = await house.say('ana', 'meeting');
    expect(labels(own.view)).toEqual(
      ['M-1 JSC', 'M-2 JSC', 'M-3 JSC'].map((title) => [title, 'Open', 'Move', 'Cancel', 'Add to my calendar']),
    );
    const others = await house.say('jun', 'meeting');
    expect(labels(others.view)[0]).toEqual(['M-1 JSC', 'Open', 'Add to my calendar']);
    expect(JSON.stringify(others.view)).toContain('"zone":"Asia/Tokyo"');
    const [id = ''] = (await rowsOf(house)).map((row) => row.id);
    const subject = { feature: 'meetings', id };
    expect((await house.press('ana', { interaction: 'meetings.ask-move', subject })).view).toMatchObject({
      ...{ kind: 'form', id: 'meetings.move', title: 'Move a meeting' },
    });
    const values = { day: '12 Jan', time: '9:00', zone: 'Boston', length: '45 min', place: '', which: 'one' };
    await house.press('ana', { interaction: 'meetings.move', subject, values });
    expect((await timesOf(house))[0]).toBe('1 2027-01-12T09:00 planned');
    expect((await house.press('ana', { interaction: 'meetings.ask-cancel', subject })).view).toMatchObject({
      ...{ kind: 'form', id: 'meetings.cancel' },
    });
    await house.press('ana', {
      interaction: 'meetings.cancel',
      subject,
      values: { reason: 'no topics', which: 'all' },
    });
    expect((await rowsOf(house)).map(({ status, reason }) => [status, reason])).toEqual(
      Array(3).fill(['cancelled', 'no topics']),
    );
  });

  it('keeps a committee from being closed while one is ahead', async () => {
    const house = await opened();
    await house.say('ana', 'meeting schedule JSC 11 Dec 14:00 Zurich');
    expect(JSON.stringify((await house.say('ana', 'committee close JSC')).view)).toContain('M-1 JSC');
  });
});
