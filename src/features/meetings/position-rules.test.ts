import { describe, expect, it } from 'vitest';
import type { Role, Seat } from '../../core/context.js';
import type { CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { readPreparing } from './internal-rules.js';
import { colourOf, conditionSchema, type Stance, stanceWords, stepSchema, votesOf } from './position-rules.js';

const acme = 'acme' as PartnerId;
const [ana, bob, cai] = ['ana', 'bob', 'cai'] as unknown as [PersonId, PersonId, PersonId];

const seat = (person: PersonId, role: Role, more: Partial<Seat> = {}): Seat => ({
  ...{ committee: 'jsc' as CommitteeId, person, personName: person, partner: acme, role },
  ...more,
});

let at = 0;
const says = (person: PersonId, stance: Stance) => {
  at += 1;
  return { person, stance, at };
};

describe('the votes of a company', () => {
  it('are those of co-chairs and members, of its own only', () => {
    const seats = [
      seat(ana, 'co-chair'),
      seat(bob, 'member'),
      seat(cai, 'observer'),
      seat('ben' as PersonId, 'member', { partner: 'nova' as PartnerId }),
    ];
    expect(votesOf(seats, acme)).toEqual([[ana], [bob]]);
  });

  it('go without whoever takes no part in deciding', () => {
    expect(votesOf([seat(ana, 'co-chair'), seat(bob, 'member')], acme, new Set([ana]))).toEqual([[bob]]);
  });

  it('are one for a member who is out and the alternate who stands in', () => {
    const seats = [seat(bob, 'member'), seat(cai, 'alternate', { standsFor: bob, standsIn: true })];
    expect(votesOf(seats, acme)).toEqual([[bob, cai]]);
    expect(votesOf(seats, acme, new Set([bob]))).toEqual([[cai]]);
    expect(votesOf([seat(bob, 'member'), seat(cai, 'alternate', { standsFor: bob })], acme)).toEqual([[bob]]);
  });
});

describe('the colour of a company', () => {
  const votes = [[ana], [bob]];

  it.each<[string, readonly Stance[], string | undefined]>([
    ['none before anybody answers', [], undefined],
    ['amber while somebody has not answered', ['aligned'], 'amber'],
    ['green once all are aligned', ['aligned', 'aligned'], 'green'],
    ['amber on a condition', ['aligned', 'if'], 'amber'],
    ['amber with an internal step', ['step', 'aligned'], 'amber'],
    ['red as soon as somebody says not yet', ['not-yet'], 'red'],
    ['red whatever others say', ['aligned', 'not-yet'], 'red'],
  ])('is %s', (_, said, colour) => {
    const positions = said.flatMap((stance, index) => says(index === 0 ? ana : bob, stance));
    expect(colourOf(positions, votes)).toBe(colour);
  });

  it('counts what was said last for a vote, and nobody without one', () => {
    expect(colourOf([says(bob, 'not-yet'), says(cai, 'aligned')], [[bob, cai]])).toBe('green');
    expect(colourOf([says(cai, 'not-yet')], votes)).toBeUndefined();
    expect(colourOf([says(ana, 'aligned')], [])).toBeUndefined();
  });
});

describe('what is said', () => {
  it('is read as people write it', () => {
    expect(conditionSchema.parse({ condition: '  If the budget\n holds ' })).toEqual({ condition: 'the budget holds' });
    expect(conditionSchema.safeParse({ condition: '  ' }).error?.issues[0]?.message).toMatch(/^Say on which condition/);
    expect(conditionSchema.safeParse({}).error?.issues[0]?.message).toMatch(/^Say on which condition/);
    expect(conditionSchema.safeParse({ condition: 'x'.repeat(301) }).success).toBe(false);
    expect(stepSchema.safeParse({ step: '' }).error?.issues[0]?.path).toEqual(['step']);
  });

  it('is told in words, also once the words of whoever said it are gone', () => {
    expect(stanceWords({ stance: 'if', condition: 'the budget holds' })).toBe('aligned if the budget holds');
    expect(stanceWords({ stance: 'if' })).toBe('aligned on a condition');
    expect(stanceWords({ stance: 'step', condition: 'the board', stepOn: '2026-12-04' })).toBe(
      'needs an internal step: the board, Fri 4 Dec 2026',
    );
  });
});

it('reads whose preparation a subject is of', () => {
  expect(readPreparing('acme:m1')).toEqual({ partner: 'acme', meeting: 'm1' });
  expect(['', ':m1', 'acme'].map(readPreparing)).toEqual([undefined, undefined, undefined]);
});
