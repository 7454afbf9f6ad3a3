import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { before, changed, changes, type Next, statusAfterDate, statusFor, type Verb } from './change-rules.js';
import { type Action, checkDue, type Status, statuses } from './rules.js';

const [ben, ana] = ['ben', 'ana'] as PersonId[] as [PersonId, PersonId];
const [nova, acme] = ['nova', 'acme'] as PartnerId[] as [PartnerId, PartnerId];

const proposed: Action = {
  ...{ id: 'a', number: 1, committee: 'c' as CommitteeId, visibility: '', text: 'Send it', status: 'proposed' },
  ...{ owner: ben, ownerFor: nova, givenBy: ana, givenAt: 0, dueOn: '2026-11-27' },
  ...{ recordedBy: ana, recordedFor: acme, recordedAt: 0 },
};

const verbs = Object.keys(changes) as Verb[];
const step = fc.record({
  verb: fc.constantFrom(...verbs),
  person: fc.constantFrom(ben, ana),
  status: fc.constantFrom(...statuses),
  dueOn: fc.option(fc.constantFrom('2026-11-27', '2026-12-04'), { nil: undefined }),
  reason: fc.option(fc.constant('because'), { nil: undefined }),
});

const allowed = (verb: Verb, from: Status, to: Status): boolean => {
  const { from: before, to: after }: { from: readonly Status[]; to: readonly Status[] } = changes[verb];
  return before.includes(from) && after.includes(to);
};

describe('what may happen to an action', () => {
  it('is what the table says, after any sequence of attempts, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let action = proposed;
        for (const [at, { verb, person, status, dueOn, reason }] of steps.entries()) {
          const by = { person, partner: person === ben ? nova : acme, at };
          const next: Next = { status, ...(dueOn && { dueOn }), ...(reason && { reason }) };
          let after: Action | undefined;
          try {
            after = changed(action, verb, by, next);
          } catch (error) {
            // What the table does not lead to is a bug of ours; what it does not begin with is refused.
            const starts = (changes[verb].from as readonly Status[]).includes(action.status);
            expect(error instanceof Refusal).toBe(!starts);
          }
          expect(after !== undefined).toBe(allowed(verb, action.status, status));
          action = after ?? action;
        }
      }),
    );
  });

  it('ends with done and dropped, but for taking that back', () => {
    const ended = verbs.filter((verb) => changes[verb].from.some((one) => one === 'done' || one === 'dropped'));
    expect(ended).toEqual(['undo-done', 'undo-drop']);
  });

  it('keeps the old day, and who changed it', () => {
    const moved = changed(
      proposed,
      'date',
      { person: ben, partner: nova, at: 5 },
      { status: 'open', dueOn: '2026-12-04' },
    );
    expect(moved).toMatchObject({ dueOn: '2026-12-04', dueWas: '2026-11-27', dueBy: ben });
  });

  it('is taken back as it was, reason and all', () => {
    const by = { person: ben, partner: nova, at: 5 };
    const open = changed(proposed, 'accept', by, { status: 'open' });
    const blocked = changed(open, 'block', by, { status: 'blocked', reason: 'legal' });
    const done = changed(blocked, 'done', by, { status: 'done' });
    expect(done.reason).toBeUndefined();
    expect(changed(done, 'undo-done', by, before(done))).toMatchObject({ status: 'blocked', reason: 'legal' });
  });

  it('needs the owner again when another company gives it or moves it', () => {
    expect([statusFor(nova, { partner: nova }), statusFor(nova, { partner: acme })]).toEqual(['open', 'proposed']);
    const open: Action = { ...proposed, status: 'open' };
    const by = (person: PersonId, partner: PartnerId) => ({ person, partner, at: 0 });
    expect(statusAfterDate(proposed, by(ben, nova))).toBe('open');
    expect(statusAfterDate(open, by(ana, acme))).toBe('proposed');
    expect(statusAfterDate(open, by('jun' as PersonId, nova))).toBe('open');
    expect(statusAfterDate(proposed, by('jun' as PersonId, nova))).toBe('proposed');
  });
});

it('is due from today on, and not in another century', () => {
  expect(() => checkDue('2026-11-23', '2026-11-23')).not.toThrow();
  for (const day of ['2026-11-22', '2426-11-23']) expect(() => checkDue(day, '2026-11-23')).toThrow(Refusal);
});
