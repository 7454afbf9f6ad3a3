import { describe, expect, it } from 'vitest';
import { closing, type House, openHouse } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { personOf, planMornings, postedTo, runDue, standingWith } from '../../../test/house/mornings.js';
import { eachEngine } from '../../../test/stores.js';
import { momentOf } from '../../core/days.js';
import type { SpokenDays } from '../../core/spoken-days.js';
import type { FormView, NoticeView } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { lastReminderOn, readSnooze, silentUntil } from './snooze-rules.js';
import { subjectOf } from './views.js';

const saying = (sentence: string) => expect.objectContaining({ sentence: expect.stringContaining(sentence) });

const direct = { conversation: 'D1', direct: true } as const;

describe('a day on which to remind somebody', () => {
  const read = (text: string): SpokenDays | undefined =>
    text === 'Thursday' ? { on: '2026-12-03', text: 'Thursday' } : undefined;
  const startsAt = momentOf('2026-12-11T14:00', 'Europe/Zurich');
  const calendar = { zone: 'Europe/Zurich', holidays: new Map([['2026-12-10', 'One']]) };

  it.each(['Thursday', 'until Thursday', 'remind me Thursday', 'remind me on Thursday', ' on Thursday '])(
    "is read in '%s'",
    (text) => {
      expect(readSnooze(text, read)).toBe('2026-12-03');
    },
  );

  it.each(['', 'until', 'soon', 'Thursday or so', 'x'.repeat(1_000)])("is not guessed from '%s'", (text) => {
    expect(() => readSnooze(text, read)).toThrow(saying('Say one day on which to remind you'));
  });

  it('is a day before the meeting on which somebody works', () => {
    const until = (again: string, today = '2026-12-01') => silentUntil(again, today, startsAt, calendar);
    expect(until('2026-12-03')).toBe('2026-12-02');
    expect(until('2026-12-09')).toBe('2026-12-08');
    expect(lastReminderOn(startsAt, calendar)).toBe('2026-12-09');
    expect(() => until('2026-12-10')).toThrow(saying('Say Wed 9 Dec 2026 or a day before it.'));
    expect(() => until('2026-12-01')).toThrow(saying('Say a day that is still to come'));
    expect(() => until('2026-12-10', '2026-12-09')).toThrow(saying('too near'));
  });
});

eachEngine('being reminded later', (open) => {
  const opened = async (): Promise<House> => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    await planMornings(house);
    await planItem(house, await planMeeting(house), { question: undefined });
    return house;
  };

  it('keeps the daily message silent about the meeting until that day, and home says so', async () => {
    const house = await opened();
    await runDue(house, Date.parse('2026-12-01T08:00Z'));
    const [later] = postedTo(house, 'ana')[0]?.items[0]?.buttons ?? [];
    expect(later).toMatchObject({ label: 'Remind me later', opensWindow: true });
    const press = { subject: later?.subject, values: { ...later?.carry } };
    const form = (await house.press('ana', { ...press, interaction: 'meetings.ask-snooze' }, direct)).view as FormView;
    expect([form.title, form.fields[0]?.value]).toEqual(['Remind me later', 'Thu 3 Dec 2026']);
    const values = { ...form.carry, day: 'Wednesday 9 Dec' };
    const { view } = await house.press(
      'ana',
      { subject: form.subject, interaction: 'meetings.snooze', values },
      direct,
    );
    expect(view).toMatchObject({
      text: [
        'The daily message speaks of JSC · Fri 11 Dec, 14:00 again on ',
        { day: '2026-12-09' },
        '. What is owed still stands at home.',
      ],
    });
    for (const day of ['02', '03', '04', '07', '08']) await runDue(house, Date.parse(`2026-12-${day}T08:00Z`));
    expect(postedTo(house, 'ana')).toHaveLength(1);
    const home = JSON.stringify((await house.inbound.home(house.call('ana', 'D1', true))).view);
    expect(home).toContain('Your daily message is silent about it until ');
    expect(home).toContain('Remind me again');
    await runDue(house, Date.parse('2026-12-09T08:00Z'));
    await runDue(house, Date.parse('2026-12-10T08:00Z'));
    expect(postedTo(house, 'ana')).toHaveLength(3);
    expect(standingWith(house, 'ben')).not.toEqual([]);
  });

  it('is said in words, and taken back', async () => {
    const house = await opened();
    await runDue(house, Date.parse('2026-11-27T08:00Z'));
    const { view } = await house.say('ana', 'meeting snooze M-1 until Wednesday', direct);
    const [undo] = (view as NoticeView).buttons ?? [];
    expect(undo).toMatchObject({ id: 'meetings.unsnooze', label: 'Undo' });
    await house.press('ana', { interaction: 'meetings.unsnooze', subject: undo?.subject, values: { ...undo?.carry } });
    const before = postedTo(house, 'ana').length;
    await runDue(house, Date.parse('2026-12-01T08:00Z'));
    expect(postedTo(house, 'ana')).toHaveLength(before + 1);
  });

  it('says what to do with what is no day, and changes nobody else’s reminders', async () => {
    const house = await opened();
    expect(await house.say('ana', 'meeting snooze M-1 until soon')).toMatchObject({
      outcome: 'refused',
      view: { text: 'Say one day on which to remind you: Thursday, 3 Dec, in two days.' },
    });
    expect(await house.say('ana', 'meeting snooze M-1')).toMatchObject({ view: { kind: 'form' } });
    const meeting = (await house.say('ana', 'meeting show')).view;
    const subject = meeting?.kind === 'record' ? meeting.subject : subjectOf('');
    const values = { for: await personOf(house, 'bob'), day: 'Friday' };
    expect(await house.press('ana', { interaction: 'meetings.snooze', subject, values })).toMatchObject({
      outcome: 'refused',
      view: { text: expect.stringContaining('This was said to somebody else.') },
    });
    expect(
      await house.press('ana', { interaction: 'meetings.snooze', subject, values: { day: 'Friday 18 Dec' } }),
    ).toMatchObject({
      outcome: 'refused',
      view: { text: expect.stringContaining('Say Thu 10 Dec 2026 or a day before it.') },
    });
  });
});
