import { describe, expect, it } from 'vitest';
import { clockLine, clockMoves } from './clock-moves.js';

const movesAt = (when: string, zone = 'Europe/Zurich') =>
  clockMoves(Date.parse(when), zone).map(({ to }) => new Date(to).toISOString());

describe('the sandbox’s clock', () => {
  it('is read in the zone of whoever is acted as', () => {
    expect(clockLine(Date.parse('2026-11-27T08:00Z'), 'Europe/Zurich')).toBe('Friday 27 Nov, 09:00');
    expect(clockLine(Date.parse('2026-11-27T16:30Z'), 'Asia/Tokyo')).toBe('Saturday 28 Nov, 01:30');
  });

  it('goes to nine tomorrow, to Friday at nine, and a week on', () => {
    expect(movesAt('2026-11-25T12:00Z')).toEqual([
      '2026-11-26T08:00:00.000Z',
      '2026-11-27T08:00:00.000Z',
      '2026-12-02T12:00:00.000Z',
    ]);
  });

  it('goes to this Friday before nine, and to the next one after', () => {
    expect(movesAt('2026-11-27T07:59Z')[1]).toBe('2026-11-27T08:00:00.000Z');
    expect(movesAt('2026-11-27T08:00Z')[1]).toBe('2026-12-04T08:00:00.000Z');
  });

  it('goes on from a Friday or Saturday to Monday, since on weekends nobody is reminded', () => {
    const first = (when: string) => clockMoves(Date.parse(when), 'Europe/Zurich')[0];
    expect(first('2026-11-27T12:00Z')).toEqual({ label: 'to Monday 09:00', to: Date.parse('2026-11-30T08:00Z') });
    expect(first('2026-11-28T12:00Z')).toEqual({ label: 'to Monday 09:00', to: Date.parse('2026-11-30T08:00Z') });
    expect(first('2026-11-29T12:00Z')).toEqual({ label: 'to 09:00 tomorrow', to: Date.parse('2026-11-30T08:00Z') });
  });

  it('keeps the hour when the clocks change', () => {
    expect(movesAt('2027-03-26T08:00Z')[2]).toBe('2027-04-02T07:00:00.000Z');
  });
});
