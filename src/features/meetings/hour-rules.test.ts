import { describe, expect, it } from 'vitest';
import type { Role, Seat } from '../../core/context.js';
import type { PersonId } from '../../core/ids.js';
import type { Answer } from './attendance-rules.js';
import { isReminded } from './hour-rules.js';

const seat = (person: string, role: Role, standsFor?: string): Seat => ({
  ...{ committee: 'jsc' as never, person: person as PersonId, personName: person, partner: 'acme' as never, role },
  ...(standsFor !== undefined && { standsFor: standsFor as PersonId }),
});

const seats = [
  seat('ana', 'co-chair'),
  seat('bob', 'member'),
  seat('cal', 'alternate', 'bob'),
  seat('dee', 'alternate'),
  seat('eve', 'observer'),
  seat('fay', 'guest'),
  seat('gil', 'alliance professional'),
];

const reminded = (more: { answers?: Record<string, Answer>; out?: string[]; off?: string[] } = {}) => {
  const around = {
    answers: new Map(Object.entries(more.answers ?? {}) as [PersonId, Answer][]),
    out: new Set((more.out ?? []) as PersonId[]),
    off: new Set((more.off ?? []) as PersonId[]),
  };
  return seats.filter((one) => isReminded(one, around)).map(({ person }) => String(person));
};

describe('who is reminded just before a meeting', () => {
  it('is everybody with a seat who has not said that they do not come, but guests and alternates', () => {
    expect(reminded()).toEqual(['ana', 'bob', 'eve', 'gil']);
    expect(reminded({ answers: { ana: 'not-coming', eve: 'not-coming', gil: 'coming' } })).toEqual(['bob', 'gil']);
  });

  it.each([
    ['said so', { answers: { bob: 'not-coming' as const } }],
    ['sends them', { answers: { bob: 'alternate' as const } }],
    ['is away', { out: ['bob'] }],
  ])('is an alternate where their member %s', (_why, more) => {
    expect(reminded(more)).toEqual(['ana', 'cal', 'eve', 'gil']);
  });

  it('is an alternate who says that they come', () => {
    expect(reminded({ answers: { cal: 'coming', dee: 'coming' } })).toEqual(['ana', 'bob', 'cal', 'dee', 'eve', 'gil']);
  });

  it('is nobody who is away, and on a day off only those who said that they come', () => {
    expect(reminded({ out: ['ana', 'bob', 'cal', 'gil'], answers: { ana: 'coming' } })).toEqual(['eve']);
    expect(reminded({ off: ['ana', 'bob', 'eve', 'gil'], answers: { bob: 'coming' } })).toEqual(['bob']);
  });
});
