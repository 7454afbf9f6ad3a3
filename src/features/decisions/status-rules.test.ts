import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../core/errors.js';
import {
  checkReplaceable,
  checkReview,
  checkSameReaders,
  checkTakeBack,
  checkWithdraw,
  nextReview,
} from './replacing-rules.js';
import { type Decision, hasEffect, isLive, type Status, type StepName, statusLine, steps, takeStep } from './rules.js';

const statuses: readonly Status[] = ['recorded', 'agreed', 'disputed', 'superseded', 'withdrawn'];
const names = Object.keys(steps) as StepName[];

const draft = (more: Partial<Decision> = {}): Decision =>
  ({
    ...{ id: 'd', number: 14, committee: 'jsc', visibility: '', status: 'agreed', confirmations: [], replacedBy: [] },
    wording: { revision: 1, text: 'Meet monthly', person: 'ana', at: 0 },
    ...{ recordedBy: 'ana', recordedFor: 'acme', recordedAt: 0 },
    ...more,
  }) as unknown as Decision;

const allows = (from: Status, step: StepName, to: Status): boolean => {
  const { from: begins, to: ends }: { from: readonly Status[]; to: readonly Status[] } = steps[step];
  return begins.includes(from) && ends.includes(to);
};

const refusalOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
};

const actor = (partner: string) => ({ person: 'ana', partner: { id: partner, name: partner } }) as never;
const partners = [
  { id: 'acme', name: 'Acme' },
  { id: 'nova', name: 'Nova' },
] as never;

describe('the states of a decision', () => {
  it('change as the table says, and in no other way, whatever is tried in whatever order', () => {
    const tried = fc.record({ step: fc.constantFrom(...names), to: fc.constantFrom(...statuses) });
    fc.assert(
      fc.property(fc.array(tried, { maxLength: 40 }), (sequence) => {
        let status: Status = 'recorded';
        for (const { step, to } of sequence) {
          const before = status;
          try {
            status = takeStep(draft({ status }), step, to);
            expect(allows(before, step, status)).toBe(true);
          } catch {
            expect(allows(before, step, to)).toBe(false);
          }
          expect(statuses).toContain(status);
        }
      }),
    );
  });

  it.each(names.flatMap((step) => statuses.map((status) => ({ step, status }))))(
    'are told in one sentence where $step is not for what is $status',
    ({ step, status }) => {
      const from: readonly Status[] = steps[step].from;
      const to = steps[step].to[0];
      const sentence = refusalOf(() => takeStep(draft({ status }), step, to));
      if (from.includes(status)) expect(sentence).toBeUndefined();
      else expect(sentence).toMatch(/^D-14 (is|was) [^!]+\.$/u);
    },
  );

  it('lead from the beginning to each of them, and back from none but what is over', () => {
    const reached = new Set<Status>(['recorded']);
    for (let round = 0; round < statuses.length; round += 1)
      for (const name of names)
        if (steps[name].from.some((from) => reached.has(from))) for (const to of steps[name].to) reached.add(to);
    expect([...reached].sort()).toEqual([...statuses].sort());
  });

  it('are live, or have an effect on what they replace, never as one by chance', () => {
    expect(statuses.filter(isLive)).toEqual(['recorded', 'agreed', 'disputed']);
    expect(statuses.filter(hasEffect)).toEqual(['agreed', 'disputed', 'superseded']);
    expect(statusLine({ status: 'superseded', supersededBy: { id: 'x', label: 'D-31' } })).toBe('Superseded by D-31');
  });
});

describe('superseding and amending', () => {
  it.each([
    ['recorded', 'D-14 is not agreed yet.'],
    ['withdrawn', 'D-14 was withdrawn.'],
    ['superseded', 'D-14 was superseded by D-31.'],
  ] as const)('are refused for one that is %s', (status, begin) => {
    for (const how of ['supersedes', 'amends'] as const)
      expect(
        refusalOf(() => checkReplaceable(draft({ status, supersededBy: { id: 'x', label: 'D-31' } }), how)),
      ).toContain(begin);
  });

  it('supersede what is disputed, and do not amend it', () => {
    const disputed = draft({ status: 'disputed' });
    expect(refusalOf(() => checkReplaceable(disputed, 'supersedes'))).toBeUndefined();
    expect(refusalOf(() => checkReplaceable(disputed, 'amends'))).toContain('there is nothing to amend');
  });

  it('wait for one that is to supersede it already', () => {
    const pending = { id: 'x', label: 'D-31', title: '', status: 'recorded', how: 'supersedes' } as const;
    expect(refusalOf(() => checkReplaceable(draft({ replacedBy: [pending] }), 'amends'))).toContain(
      'D-31 waits to supersede D-14 already.',
    );
    const amended = { ...pending, how: 'amends', status: 'agreed' } as const;
    expect(refusalOf(() => checkReplaceable(draft({ replacedBy: [amended] }), 'supersedes'))).toBeUndefined();
  });

  it('stay among those who read both', () => {
    const shared = draft();
    const own = draft({ visibility: 'acme' as never });
    expect(refusalOf(() => checkSameReaders(shared, 'acme' as never, 'supersedes', actor('acme')))).toContain(
      'D-14 is shared',
    );
    expect(refusalOf(() => checkSameReaders(own, '', 'amends', actor('acme')))).toContain('ID-14 is acme’s alone');
    expect(refusalOf(() => checkSameReaders(own, 'acme' as never, 'amends', actor('acme')))).toBeUndefined();
  });
});

describe('a dispute', () => {
  const dispute = { partner: 'nova', person: 'ben', at: 0, reason: 'x' } as never;
  const disputed = draft({ status: 'disputed', dispute });

  it('is taken back by the company whose it is', () => {
    expect(refusalOf(() => checkTakeBack(disputed, actor('nova'), partners))).toBeUndefined();
    expect(refusalOf(() => checkTakeBack(disputed, actor('acme'), partners))).toContain('Nova disputes D-14');
  });

  it('lets the other side let go of the decision, and not the one that disputes', () => {
    expect(refusalOf(() => checkWithdraw(disputed, actor('acme')))).toBeUndefined();
    expect(refusalOf(() => checkWithdraw(disputed, actor('nova')))).toContain('is for the other side');
    expect(refusalOf(() => checkWithdraw(draft(), actor('acme')))).toContain('is agreed by both sides');
  });
});

describe('a review', () => {
  it('is answered once', () => {
    const due = draft({ reviewOn: '2027-06-01' });
    expect(refusalOf(() => checkReview(due, '2027-06-01'))).toBeUndefined();
    expect(refusalOf(() => checkReview(due, '2026-12-01'))).toContain('was answered already');
    expect(refusalOf(() => checkReview(draft(), undefined))).toContain('was answered already');
  });

  it('comes again after the same time', () => {
    expect(nextReview({ reviewDays: 30 }, '2027-06-01')).toBe('2027-07-01');
    expect(nextReview({}, '2027-01-01')).toBe('2027-07-02');
  });
});
