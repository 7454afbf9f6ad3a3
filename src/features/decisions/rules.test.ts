import { describe, expect, it } from 'vitest';
import { splitDecision, statusAfter, wordingSchema } from './rules.js';

describe('the words of a decision', () => {
  it.each([
    ['Meet monthly', { text: 'Meet monthly' }],
    ['Meet monthly because we drift', { text: 'Meet monthly', because: 'we drift' }],
    ['Use A instead of B because it is cheaper', { text: 'Use A', insteadOf: 'B', because: 'it is cheaper' }],
    ['Use A because it is cheaper instead of B', { text: 'Use A', because: 'it is cheaper', insteadOf: 'B' }],
    ['Use A, BECAUSE\nit is cheaper', { text: 'Use A', because: 'it is cheaper' }],
    ['because we can', { text: 'because we can' }],
    ['Name it Becausewear', { text: 'Name it Becausewear' }],
    ['Stop because x because y', { text: 'Stop', because: 'x because y' }],
  ])('%j', (said, parts) => {
    expect(splitDecision(said)).toEqual(parts);
  });

  it('are refused when there are none, or too many, with a sentence that says what to do', () => {
    expect(wordingSchema.safeParse({ text: ' \n ' }).error?.issues[0]?.message).toBe('Write what was decided.');
    expect(wordingSchema.safeParse({ text: 'x'.repeat(10_000) }).error?.issues[0]?.message).toBe(
      'A decision fits in 2,000 characters. Shorten it and link to the paper that holds the rest.',
    );
  });

  it('count as people count, not as UTF-16 does', () => {
    expect(wordingSchema.safeParse({ text: '💊'.repeat(2_000) }).success).toBe(true);
  });
});

it('is agreed only when every partner has confirmed', () => {
  const partners = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ] as never;
  expect(statusAfter(['a'] as never, partners)).toBe('recorded');
  expect(statusAfter(['b', 'a'] as never, partners)).toBe('agreed');
});
