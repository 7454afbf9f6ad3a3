import { describe, expect, it } from 'vitest';
import { statusAfter } from './rules.js';
import { labelIn, linkSchema, readReplacing, splitDecision, splitReview, wordingSchema } from './wording-rules.js';

const wrongWith = (input: object): string | undefined => wordingSchema.safeParse(input).error?.issues[0]?.message;

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

  it.each([
    ['zero-width', '\u200b\u200c\u200d\u2060\ufeff'],
    ['of direction', '\u202e\u2066\u200f\u2069\u202c'],
    ['a filler for a letter', '\u3164 \uffa0 \u115f'],
    ['an empty Braille cell', '\u2800'],
    ['a soft hyphen', '\u00ad'],
    ['control', '\u0007\u001b'],
  ])('are none where a reader sees nothing: %s', (_kind, nothing) => {
    expect(wrongWith({ text: nothing })).toBe('Write what was decided.');
    const because = wordingSchema.safeParse({ text: 'Meet monthly', because: nothing, insteadOf: nothing }).data;
    expect(because).toEqual({ text: 'Meet monthly', because: undefined, insteadOf: undefined });
  });

  it('are some where a reader sees one sign', () => {
    for (const text of ['\u{1F44D}\u{1F3FD}', '\u05D0', '不', '?', '\u{1F469}\u200D\u{1F52C}'])
      expect(wrongWith({ text })).toBeUndefined();
  });

  it('get a sentence of ours even where a client leaves them out', () => {
    expect(wrongWith({})).toBe('Write what was decided.');
  });

  it('are taken apart at once, however many commas and spaces they are', () => {
    const startedAt = performance.now();
    for (const unit of [',', ' ,', ', ', '; ', '\n']) splitDecision(`x${unit.repeat(40_000)}y`);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });

  it('count as people count, not as UTF-16 does', () => {
    expect(wordingSchema.safeParse({ text: '💊'.repeat(2_000) }).success).toBe(true);
  });
});

it('links to web addresses only', () => {
  expect(linkSchema.safeParse('https://acme.slack.com/archives/C1/p1').success).toBe(true);
  for (const link of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'x',
    `https://x/${'y'.repeat(2_000)}`,
  ])
    expect(linkSchema.safeParse(link).success).toBe(false);
});

it('is agreed only when every partner has confirmed', () => {
  const partners = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ] as never;
  expect(statusAfter(['a'] as never, partners)).toBe('recorded');
  expect(statusAfter(['b', 'a'] as never, partners)).toBe('agreed');
});

describe('what is said of another decision', () => {
  it.each([
    ['supersede D-14 Meet weekly', { how: 'supersedes', label: 'D-14', rest: 'Meet weekly' }],
    ['Amend d14: add Basel', { how: 'amends', label: 'D-14', rest: 'add Basel' }],
    ['supersedes ID-3', { how: 'supersedes', label: 'ID-3', rest: '' }],
    ['supersede D-014, x', { how: 'supersedes', label: 'D-14', rest: 'x' }],
    ['Amend the protocol', undefined],
    ['Supersede 14 sites', undefined],
    ['amend A-27 too', undefined],
  ])('%j', (said, found) => {
    expect(readReplacing(said)).toEqual(found);
  });

  it.each([
    ['D-14', 'D-14'],
    ['d14', 'D-14'],
    ['14', 'D-14'],
    ['id-3', 'ID-3'],
    ['A-27', undefined],
    ['D-', undefined],
    ['D-99999999999', undefined],
  ])('asks why of %j', (word, label) => {
    expect(labelIn(word, 'bare')).toBe(label);
  });
});

describe('a day of review at the end of what was said', () => {
  it.each([
    ['Meet monthly review on 1 June 2027', { said: 'Meet monthly', review: '1 June 2027' }],
    [
      'Meet monthly because we drift, review on 1 June 2027.',
      { said: 'Meet monthly because we drift', review: '1 June 2027' },
    ],
    ['Meet monthly; review in two weeks', { said: 'Meet monthly', review: 'in two weeks' }],
    ['Meet instead of every week review on 1 June 2027', { said: 'Meet instead of every week', review: '1 June 2027' }],
    ['Skip the weekly call review on 1 June 2027', { said: 'Skip the weekly call', review: '1 June 2027' }],
    ['Do a safety review on Friday', undefined],
    ['Ask for review on Friday', undefined],
    ['Do the first, review on Friday', { said: 'Do the first', review: 'Friday' }],
    ['Review on Friday', undefined],
    [`x review on ${'y'.repeat(61)}`, undefined],
  ])('%j', (said, found) => {
    expect(splitReview(said)).toEqual(found);
  });

  it('is looked for at once, however long the text is', () => {
    const startedAt = performance.now();
    for (const unit of [',', ' ,', ' review on ', '; ', 'the ']) splitReview(`x${unit.repeat(20_000)}y`);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
