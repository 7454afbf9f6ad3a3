import { describe, expect, it } from 'vitest';
import { createLine, fewAtOnce } from './turns.js';

describe('a line', () => {
  it('lets those go first for whom somebody waits, each in the order in which they came', () => {
    const line = createLine<string>();
    line.add('alarm', true);
    line.add('first', false);
    line.add('second', false);
    expect([line.next(), line.next(), line.next(), line.next()]).toEqual(['first', 'second', 'alarm', undefined]);
    expect(line.isEmpty()).toBe(true);
  });

  it('lets a patient one go after eight others, however many more there are', () => {
    const line = createLine<string>();
    line.add('alarm', true);
    for (let n = 0; n < 20; n += 1) line.add(`command ${n}`, false);
    const turns = Array.from({ length: 10 }, () => line.next());
    expect(turns.indexOf('alarm')).toBe(8);
  });

  it('gives none of the patient ones where only others are meant', () => {
    const line = createLine<string>();
    line.add('alarm', true);
    expect(line.nextUrgent()).toBeUndefined();
    expect(line.next()).toBe('alarm');
  });
});

describe('few at once', () => {
  it('runs no more than that, and all of them, also after one has failed', async () => {
    const take = fewAtOnce(2);
    let running = 0;
    let most = 0;
    const one = (n: number) =>
      take(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (n === 1) throw new Error('broken');
        return n;
      });
    const done = await Promise.allSettled([0, 1, 2, 3, 4].map(one));
    expect(most).toBe(2);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  });
});
