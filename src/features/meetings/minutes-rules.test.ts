import { describe, expect, it } from 'vitest';
import type { Partner, Role, Seat } from '../../core/context.js';
import type { CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import type { Attendance } from './attendance-rules.js';
import { attendeesOf, lockAt, quorumIn, roomOf } from './minutes-rules.js';
import { mayLeave, mayTake } from './settling-rules.js';
import { readingDays } from './unread-views.js';

const acme: Partner = { id: 'acme' as PartnerId, name: 'Acme Bio' };
const nova: Partner = { id: 'nova' as PartnerId, name: 'Nova Pharma' };

const seat = (person: string, partner: Partner, role: Role, standsFor?: string): Seat => ({
  committee: 'jsc' as CommitteeId,
  person: person as PersonId,
  personName: person,
  partner: partner.id,
  role,
  ...(standsFor && { standsFor: standsFor as PersonId }),
});

const here = (person: string, partner: Partner): Attendance => ({
  person: person as PersonId,
  partner: partner.id,
  present: true,
});

const seats = [
  seat('ana', acme, 'co-chair'),
  seat('ben', nova, 'co-chair'),
  seat('jun', nova, 'member'),
  seat('mei', nova, 'alternate', 'jun'),
];

const noPros = new Set<PersonId>();

describe('who was in the room', () => {
  it('counts an alternate’s vote only where the member is not there', () => {
    const meiForJun = roomOf(seats, [here('ana', acme), here('mei', nova)], noPros);
    expect(meiForJun.find(({ person }) => person === 'mei')).toMatchObject({ votes: true, standsFor: 'jun' });
    expect(quorumIn({ room: meiForJun, quorum: 1 }, [acme, nova])).toMatchObject({ met: true });
    const both = roomOf(seats, [here('ana', acme), here('jun', nova), here('mei', nova)], noPros);
    expect(both.find(({ person }) => person === 'mei')).toMatchObject({ votes: false, here: true });
    expect(quorumIn({ room: both, quorum: 2 }, [acme, nova])).toMatchObject({ met: false, needed: 2 });
  });

  it('has guests who are asked nothing, and alliance professionals without a seat who are', () => {
    const pros = new Set(['pia' as PersonId]);
    const room = roomOf(seats, [here('pia', acme), here('gus', acme)], pros);
    expect(room.filter((one) => one.here).map(({ person, role }) => [person, role])).toEqual([
      ['pia', 'alliance professional'],
      ['gus', 'guest'],
    ]);
    expect(attendeesOf({ room }).map(({ person }) => person)).toEqual(['pia']);
  });
});

describe('the days for reading', () => {
  const zone = 'Europe/Zurich';

  it('are five on which both companies work, and end in the evening where the meeting is', () => {
    const friday = Date.UTC(2026, 11, 11, 14, 10);
    expect(new Date(lockAt(friday, { zone }, new Map())).toISOString()).toBe('2026-12-18T17:00:00.000Z');
    const holidays = new Map([
      ['2026-12-14', 'one'],
      ['2026-12-21', 'another'],
    ]);
    expect(new Date(lockAt(friday, { zone }, holidays)).toISOString()).toBe('2026-12-22T17:00:00.000Z');
    const march = Date.UTC(2027, 2, 24, 14);
    expect(new Date(lockAt(march, { zone }, new Map())).toISOString()).toBe('2027-03-31T16:00:00.000Z');
    expect(new Date(lockAt(march, { zone: 'Asia/Tokyo' }, new Map())).toISOString()).toBe('2027-03-31T09:00:00.000Z');
  });

  it('are told of on a morning before the minutes are agreed, wherever somebody is', () => {
    const kept = { changedAt: Date.UTC(2026, 11, 11, 14), dueAt: Date.UTC(2026, 11, 18, 17) };
    expect(readingDays(kept, zone, new Map())).toEqual(['2026-12-14', '2026-12-18']);
    expect(readingDays(kept, 'Asia/Tokyo', new Map())).toEqual(['2026-12-14', '2026-12-18']);
    expect(readingDays(kept, 'Asia/Tokyo', new Map([['2026-12-18', 'off']]))).toEqual(['2026-12-14', '2026-12-17']);
    const evening = { changedAt: Date.UTC(2026, 11, 17, 14), dueAt: Date.UTC(2026, 11, 18, 9) };
    expect(readingDays(evening, 'America/New_York', new Map())).toEqual(['2026-12-18']);
  });
});

describe('what is proposed', () => {
  const settling = (person: string, partner: Partner, more: Partial<{ seats: Seat[]; partners: Partner[] }> = {}) => ({
    actor: { person: person as PersonId, partner, professional: person === 'pro' },
    seats,
    partners: [acme, nova],
    ...more,
  });
  const byJun = {
    ...({ id: 'p', meeting: 'm', text: 'x', at: 0, status: 'open' } as const),
    person: 'jun' as PersonId,
    partner: nova.id,
  };

  it('is taken by a co-chair of another company, and by its own only where there is no other', () => {
    expect(mayTake(byJun, settling('ana', acme))).toBe(true);
    expect(mayTake(byJun, settling('ben', nova))).toBe(false);
    expect(mayTake(byJun, settling('ben', nova, { partners: [nova] }))).toBe(true);
  });

  it('is taken by the alliance professional of a company without a co-chair, and else not', () => {
    expect(mayTake(byJun, settling('pro', acme))).toBe(false);
    expect(mayTake(byJun, settling('pro', acme, { seats: seats.slice(1) }))).toBe(true);
  });

  it('is left by any co-chair and by who proposed it', () => {
    expect(
      ['ana', 'ben', 'jun', 'mei'].map((who) => mayLeave(byJun, settling(who, who === 'ana' ? acme : nova))),
    ).toEqual([true, true, true, false]);
  });
});
