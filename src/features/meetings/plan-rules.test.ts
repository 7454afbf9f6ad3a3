import { describe, expect, it } from 'vitest';
import { Refusal } from '../../core/errors.js';
import { beforeWords, type PlanStep, planMark, planSteps, readPlan, usualPlan } from './plan-rules.js';

const usual: Record<PlanStep, string> = {
  ...{ topics: '21', papers: '10', positions: '10', internal: '5', brief: '1', hour: '60' },
};

const refusal = (more: Partial<Record<PlanStep, string>>) => {
  try {
    readPlan({ ...usual, ...more });
  } catch (error) {
    if (error instanceof Refusal) return { field: error.field, sentence: error.sentence };
    throw error;
  }
  return undefined;
};

describe('a plan', () => {
  it('is read as people write it, and a step left empty is one that the committee does without', () => {
    expect(readPlan(usual)).toEqual(usualPlan);
    expect(readPlan({ ...usual, topics: ' 28 days before ', internal: 'never', brief: '', hour: '30 min' })).toEqual({
      ...usualPlan,
      ...{ topics: 28, internal: null, brief: null, hour: 30 },
    });
    expect(planMark(readPlan({ ...usual, positions: '-' }))).toBe('21 10 - 5 1 60');
    const nothing = Object.fromEntries(planSteps.map((step) => [step, 'never'])) as Record<PlanStep, string>;
    expect(Object.values(readPlan(nothing))).toEqual([null, null, null, null, null, null]);
  });

  it.each([
    ['topics', 'three weeks'],
    ['topics', '1'],
    ['topics', '121'],
    ['papers', '-3'],
    ['papers', '1.5'],
    ['internal', '0'],
    ['brief', '15'],
    ['hour', '2'],
    ['hour', '721'],
    ['hour', '99999'],
  ] as const)('refuses %s %s at its field, with what it may be', (step, said) => {
    const refused = refusal({ [step]: said });
    expect(refused?.field).toBe(step);
    expect(refused?.sentence).toMatch(
      /: say a number of (days|minutes) before the meeting from \d+ to \d+, or 'never'\.$/,
    );
  });

  it.each([
    [
      { papers: '21' },
      'papers',
      "Papers and questions due: this comes after 'Call for topics', so say 20 days or fewer, or 'never'.",
    ],
    [
      { positions: '11' },
      'positions',
      "Positions asked: this comes after 'Papers and questions due', so say 10 days or fewer, or 'never'.",
    ],
    [
      { internal: '10' },
      'internal',
      "Internal preparation: this comes after 'Positions asked', so say 9 days or fewer, or 'never'.",
    ],
    [
      { positions: 'never', internal: '10' },
      'internal',
      "Internal preparation: this comes after 'Papers and questions due', so say 9 days or fewer, or 'never'.",
    ],
    [
      { internal: '1', brief: '1' },
      'brief',
      "Final brief: there is no day left after 'Internal preparation'. Set that earlier, or say 'never' here.",
    ],
  ] as const)('refuses steps out of order: %o', (more, field, sentence) => {
    expect(refusal(more)).toEqual({ field, sentence });
  });

  it('is said in words', () => {
    expect(planSteps.map((step) => beforeWords(step, usualPlan[step]))).toEqual([
      ...['21 days before', '10 days before', '10 days before', '5 days before', 'The day before', 'An hour before'],
    ]);
    expect([beforeWords('hour', 30), beforeWords('topics', null)]).toEqual(['30 minutes before', 'Never']);
  });
});
