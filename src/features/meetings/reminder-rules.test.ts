import { describe, expect, it } from 'vitest';
import { momentOf } from '../../core/days.js';
import type { Duty } from './duty-rules.js';
import { dutyWords, groupDays, reminderDays, shortTitle, timeWords } from './reminder-rules.js';

const startsAt = momentOf('2026-12-11T14:00', 'Europe/Zurich');
const calendar = { zone: 'Europe/Zurich', holidays: new Map() };
const duty = {
  kind: 'position',
  person: 'ana',
  askedOn: '2026-12-01',
  dueOn: '2026-12-04',
  minutes: 5,
} as never as Duty;

describe('the days on which somebody is reminded', () => {
  it('are when it is asked for, when it is due, and the last working day before the meeting', () => {
    expect(reminderDays(duty, startsAt, calendar)).toEqual(['2026-12-01', '2026-12-04', '2026-12-10']);
  });

  it('are one where they are one', () => {
    const late = { askedOn: '2026-12-10', dueOn: '2026-12-10' };
    expect(reminderDays(late, startsAt, calendar)).toEqual(['2026-12-10']);
  });

  it.each([
    ['asked', ['2026-12-01'], ['2026-12-02', '2026-12-04', '2026-12-10']],
    ['due', ['2026-12-04'], ['2026-12-01', '2026-12-03', '2026-12-10']],
    ['last', ['2026-12-10', '2026-12-09'], ['2026-12-01', '2026-12-04', '2026-12-08']],
    ['every', ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'], ['2026-12-07', '2026-12-10']],
  ])('move from a holiday on the day it is %s', (_, days, expected) => {
    const holidays = new Map(days.map((day) => [day, 'Holiday']));
    const all = reminderDays(duty, startsAt, { ...calendar, holidays });
    expect(all).toEqual(expected);
  });

  it('are never before it is asked for, and none where nobody works until the meeting is over', () => {
    const holidays = new Map([
      ['2026-12-10', 'One'],
      ['2026-12-11', 'Two'],
    ]);
    expect(reminderDays({ askedOn: '2026-12-10', dueOn: '2026-12-10' }, startsAt, { ...calendar, holidays })).toEqual(
      [],
    );
  });

  it('are those of the reader’s own calendar', () => {
    const night = momentOf('2026-12-10T14:00', 'America/New_York');
    const one = { askedOn: '2026-12-01', dueOn: '2026-12-09' };
    const inZone = (zone: string) => reminderDays(one, night, { ...calendar, zone }).at(-1);
    expect([inZone('Asia/Tokyo'), inZone('America/New_York')]).toEqual(['2026-12-10', '2026-12-09']);
  });

  it('are shared by all that is owed to one meeting', () => {
    const paper = { ...duty, askedOn: '2026-11-26', dueOn: '2026-12-01' };
    expect(groupDays([duty, paper], startsAt, calendar, { nudgedOn: ['2026-12-08'] })).toEqual([
      '2026-11-26',
      '2026-12-01',
      '2026-12-04',
      '2026-12-08',
      '2026-12-10',
    ]);
  });

  it('are none until somebody wants to hear of it again, and then that day', () => {
    const wishes = { snoozedUntil: '2026-12-05', nudgedOn: ['2026-12-03'] };
    expect(groupDays([duty], startsAt, calendar, wishes)).toEqual(['2026-12-07', '2026-12-10']);
  });
});

describe('what is owed, in a few words', () => {
  const of = (kind: Duty['kind'], minutes: number) => ({ kind, minutes });

  it('counts each kind, and says how long it takes', () => {
    const duties = [of('position', 5), of('paper', 10)];
    expect([dutyWords(duties), timeWords(duties)]).toEqual(['1 paper, 1 position', 'about 15 min']);
  });

  it.each([
    [[of('answer', 1)], 'whether you come', 'about 1 min'],
    [[of('answer', 1), of('paper', 10), of('paper', 10)], '2 papers, whether you come', 'about 20 min'],
    [Array.from({ length: 12 }, () => of('position', 5)), '12 positions', 'about 1 h'],
    [Array.from({ length: 13 }, () => of('position', 5)), '13 positions', 'about 1 h 5 min'],
    [[of('accept', 2), of('accept', 2)], '2 proposed items', 'about 4 min'],
  ])('%#', (duties, words, time) => {
    expect([dutyWords(duties), timeWords(duties)]).toEqual([words, time]);
  });

  it('names the meeting as the reader’s clock has it', () => {
    expect(shortTitle('JSC', startsAt, 'Europe/Zurich')).toBe('JSC · Fri 11 Dec, 14:00');
    expect(shortTitle('JSC', startsAt, 'Asia/Tokyo')).toBe('JSC · Fri 11 Dec, 22:00');
  });
});
