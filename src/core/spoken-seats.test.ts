import { describe, expect, it } from 'vitest';
import { Refusal } from './errors.js';
import { readDays } from './spoken-days.js';
import { readSeatWords } from './spoken-seats.js';

const mei = { name: 'Mei Sato' };
const jun = { name: 'Jun' };
const ana = { name: 'Ana for JSC' };

const read = (text: string, people = [mei]) =>
  readSeatWords({ text, people }, (days, meant) => readDays(days, { today: '2026-11-23', meant }));

const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
  return 'no refusal';
};

describe('words about a seat', () => {
  const whole = { person: mei, role: 'member', committee: 'JSC', fromOn: '2027-01-01' };

  it.each([
    '@Mei Sato member JSC from 1 Jan',
    '@Mei Sato from 1 Jan JSC member',
    'JSC @Mei Sato starting 1 Jan as a member',
    '@Mei Sato as member of the JSC, from Jan 1',
  ])('are read in any order: %s', (text) => {
    expect(read(text)).toEqual(whole);
  });

  it.each([
    ['co-chair', 'co-chair'],
    ['cochair', 'co-chair'],
    ['co chair', 'co-chair'],
    ['Chair', 'co-chair'],
    ['deputy', 'alternate'],
    ['observer', 'observer'],
    ['guest', 'guest'],
    ['professional', 'alliance professional'],
    ['alliance professional', 'alliance professional'],
  ])('know the role %s', (word, role) => {
    expect(read(`@Mei Sato ${word}`)).toEqual({ person: mei, role });
  });

  it('tell from the word before a mention what somebody is in it', () => {
    const people = [mei, jun, ana];
    expect(read('@Mei Sato alternate for @Jun opposite @Ana for JSC', people)).toEqual({
      person: mei,
      role: 'alternate',
      standsFor: jun,
      counterpart: ana,
    });
    expect(read('alternate for @Mei Sato is @Jun', [mei, jun])).toMatchObject({ person: jun, standsFor: mei });
  });

  it('hold a span, whichever way it is said', () => {
    const span = { person: mei, fromOn: '2027-01-01', untilOn: '2027-03-31' };
    expect(read('@Mei Sato from 1 Jan until 31 March')).toEqual(span);
    expect(read('@Mei Sato until 31 March from 1 Jan')).toEqual(span);
    expect(read('@Mei Sato from 1 Jan to 31 March')).toEqual(span);
    expect(read('@Mei Sato since 1 Sept')).toEqual({ person: mei, fromOn: '2026-09-01' });
  });

  it('say what cannot be read', () => {
    expect(refusal('@Mei Sato captain')).toBe('no refusal');
    expect(refusal('@Mei Sato captain JSC')).toContain("does not understand 'captain JSC'");
    expect(refusal('@Mei Sato @Jun member')).toContain("does not understand '@Jun'");
    expect(refusal('@Mei Sato from soon')).toContain("the day after 'from'");
    expect(refusal('@Mei Sato until 4/5')).toContain("the day after 'until'");
    expect(refusal('@Mei Sato opposite Ana')).toContain('choose the counterpart in the form');
    expect(refusal(`@Mei Sato ${'x '.repeat(1_000)}`)).toContain('That is too long.');
  });
});
