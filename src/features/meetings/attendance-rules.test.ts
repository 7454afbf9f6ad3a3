import { describe, expect, it } from 'vitest';
import type { Partner, Role, Seat } from '../../core/context.js';
import type { CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { type Attendance, presentAtOpening, quorumOf, votesOf } from './attendance-rules.js';

const id = (name: string) => name as PersonId;
const acme = { id: 'acme' as PartnerId, name: 'Acme Bio' };
const nova = { id: 'nova' as PartnerId, name: 'Nova Pharma' };

const seat = (person: string, { id: partner }: Partner, role: Role, more: Partial<Seat> = {}): Seat => ({
  ...{ committee: 'jsc' as CommitteeId, person: id(person), personName: person, partner, role },
  ...more,
});

const seats = [
  seat('ana', acme, 'co-chair'),
  seat('bob', acme, 'member'),
  seat('ben', nova, 'co-chair'),
  seat('jun', nova, 'member'),
  seat('mei', nova, 'alternate', { standsFor: id('jun') }),
  seat('kim', nova, 'observer'),
];

const said = (person: string, answer?: Attendance['answer'], present?: boolean): Attendance => ({
  person: id(person),
  partner: seats.find((one) => one.person === person)?.partner ?? acme.id,
  ...(answer && { answer }),
  ...(present !== undefined && { present }),
});

const partners = [acme, nova];

describe('votes in the room', () => {
  it('are those of co-chairs and members who come, and of nobody else', () => {
    const votes = votesOf(seats, [said('ana', 'coming'), said('kim', 'coming'), said('mei', 'coming')], false);
    expect(votes).toEqual([{ person: 'ana', partner: 'acme' }]);
  });

  it('are an alternate’s for the member who sends them, unless they do not come', () => {
    const meiForJun = { person: 'mei', partner: 'nova', standsFor: 'jun' };
    expect(votesOf(seats, [said('jun', 'alternate')], false)).toEqual([meiForJun]);
    expect(votesOf(seats, [said('jun', 'alternate'), said('mei', 'not-coming')], false)).toEqual([]);
    expect(votesOf(seats, [said('jun', 'not-coming')], false)).toEqual([]);
    expect(votesOf(seats, [said('jun', 'not-coming'), said('mei', 'coming')], false)).toEqual([meiForJun]);
    const out = seats.map((one) => (one.person === 'mei' ? { ...one, standsIn: true as const } : one));
    expect(votesOf(out, [said('mei', 'coming')], false)).toEqual([meiForJun]);
  });

  it('go by who is there once it has begun', () => {
    const there = [said('jun', 'alternate', true), said('mei', undefined, true), said('ana', 'coming', false)];
    expect(votesOf(seats, there, true)).toEqual([{ person: 'jun', partner: 'nova' }]);
    expect(votesOf(seats, [said('mei', undefined, true)], true)).toMatchObject([{ person: 'mei', standsFor: 'jun' }]);
  });
});

describe('a quorum', () => {
  it('is met by one vote of each company, unless the committee wants more', () => {
    const attendance = [said('ana', 'coming'), said('ben', 'coming')];
    const room = { seats, attendance, partners, begun: false };
    expect(quorumOf(room).map(({ met }) => met)).toEqual([true, true]);
    const [one, other] = quorumOf({ ...room, quorum: 2 });
    expect(one).toMatchObject({ met: false, unsaid: ['bob'] });
    expect(other).toMatchObject({ met: false, unsaid: ['jun'], needed: 2 });
  });

  it('is missing where the vote that it needs is recused', () => {
    const attendance = [said('ana', 'coming', true), said('ben', 'coming', true)];
    const shares = quorumOf({ seats, attendance, partners, begun: true, recused: [id('ben')] });
    expect(shares.map(({ met, unsaid }) => [met, unsaid])).toEqual([
      [true, []],
      [false, []],
    ]);
  });
});

it('takes for there who said so, and alternates who come for somebody', () => {
  const present = presentAtOpening(seats, [said('ana', 'coming'), said('bob', 'not-coming'), said('jun', 'alternate')]);
  expect(present).toMatchObject([
    { person: 'ana', answer: 'coming', present: true },
    { person: 'mei', present: true },
  ]);
});
