import { describe, expect, it } from 'vitest';
import type { Item } from './agenda-rules.js';
import { itemAfter, itemBefore, nearest, phaseOf, placed, roomOf, spentOn, timeText } from './room-rules.js';
import type { Meeting } from './rules.js';

const MINUTE = 60_000;
const item = (id: string, status: Item['status'] = 'accepted') => ({ id, status, spentMs: 0, minutes: 20 }) as Item;
const meeting = (more: Partial<Meeting> = {}) =>
  ({ id: 'm', number: 9, startsAt: 0, status: 'open', ...more }) as Meeting;
const at = (id: string) => meeting({ item: { id, since: 0 } });

describe('where the room is', () => {
  it('is before its first item, at one, or past the last', () => {
    expect(phaseOf(roomOf(meeting(), [item('a')]))).toBe('start');
    expect(phaseOf(roomOf(at('a'), [item('a')]))).toBe('item');
    expect(phaseOf(roomOf(meeting(), [item('a', 'done'), item('b', 'parked')]))).toBe('end');
  });

  it('goes on to what is not finished, also to what was left out before', () => {
    const agenda = [item('a'), item('b', 'done'), item('c')];
    expect(itemAfter(roomOf(at('a'), agenda))?.id).toBe('c');
    expect(itemAfter(roomOf(at('c'), agenda))?.id).toBe('a');
    expect(itemAfter(roomOf(at('c'), [item('a', 'parked'), item('c')]))).toBeUndefined();
  });

  it('goes back in order, and from the end to the last item', () => {
    const agenda = [item('a', 'done'), item('b', 'done')];
    expect(itemBefore(roomOf(at('b'), agenda))?.id).toBe('a');
    expect(itemBefore(roomOf(at('a'), agenda))).toBeUndefined();
    expect(itemBefore(roomOf(meeting(), agenda))?.id).toBe('b');
  });
});

describe('time', () => {
  it('counts while the room is there, in whole minutes', () => {
    const spent = spentOn({ id: 'a', spentMs: 5 * MINUTE }, at('a'), 7.9 * MINUTE);
    expect(timeText(spent, 20)).toBe('12 of 20 min');
    expect(spentOn({ id: 'b', spentMs: MINUTE }, at('a'), 9 * MINUTE)).toBe(MINUTE);
  });

  it('is a day at most for a room that was forgotten, and never less than nothing', () => {
    expect(spentOn(item('a'), at('a'), 90 * 24 * 60 * MINUTE)).toBe(24 * 60 * MINUTE);
    expect(spentOn(item('a'), meeting({ item: { id: 'a', since: MINUTE } }), 0)).toBe(0);
  });

  it('starts anew at each item, and stops at none', () => {
    expect(placed(at('a'), item('b'), 7).item).toEqual({ id: 'b', since: 7 });
    expect(placed(at('a'), undefined, 7)).not.toHaveProperty('item');
  });
});

it('opens the meeting that is nearest in time', () => {
  const old = meeting({ number: 8, startsAt: -90 });
  const next = meeting({ number: 9, startsAt: 20 });
  expect(nearest([old, next], 0)?.number).toBe(9);
  expect(nearest([], 0)).toBeUndefined();
});
