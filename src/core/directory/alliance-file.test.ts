import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAlliance } from './alliance-file.js';

const demo = readFileSync(new URL('../../../db/demo/alliance.yaml', import.meta.url), 'utf8');

const mistakesIn = (yaml: string): string => {
  try {
    parseAlliance(yaml);
    return '';
  } catch (error) {
    return error instanceof Error && error.constructor === Error ? error.message : `not a sentence: ${error}`;
  }
};

const changed = (from: string | RegExp, to: string): string => {
  const yaml = demo.replace(from, to);
  if (yaml === demo) throw new Error('the demo file has changed');
  return yaml;
};

describe('an alliance file', () => {
  it('is taken when it is right', () => {
    expect(mistakesIn(demo)).toBe('');
  });

  it('that is no YAML says where, and repeats nothing of it', () => {
    const said = mistakesIn('alliance: { name: Acme secret\npartners: [');
    expect(said).toMatch(/^The alliance file is not YAML: line \d+/);
    expect(said).not.toContain('secret');
  });

  it.each([[''], ['just words'], ['- a\n- b'], ['null']])('that holds something else is refused: %j', (yaml) => {
    expect(mistakesIn(yaml)).toContain('The alliance file has mistakes:');
  });

  it('does not make one partner of two', () => {
    const yaml = changed(
      'slack: { team: T01ACME } }',
      'slack: { team: T01ACME }, teams: { tenant: 11111111-1111-1111-1111-111111111111 } }',
    );
    expect(mistakesIn(yaml)).toContain(
      "declares 'teams 11111111-1111-1111-1111-111111111111' twice: each partner needs its own workspace",
    );
  });

  it('does not make one person of two', () => {
    expect(mistakesIn(changed('slack: U02BOB', 'slack: U01ANA'))).toContain(
      "people declares 'slack T01ACME U01ANA' twice",
    );
  });

  it('seats nobody twice, and binds no channel twice', () => {
    expect(mistakesIn(changed('{ person: bob, role: member }', '{ person: ana, role: member }'))).toContain(
      "committees.0.seats declares 'ana' twice",
    );
    const twice = changed(
      '- { slack: { team: T01ACME, channel: C01JSC } }',
      '- { slack: { team: T01ACME, channel: C01JSC } }\n      - { slack: { team: T01ACME, channel: C01JSC } }',
    );
    expect(mistakesIn(twice)).toContain("committees declares 'slack T01ACME C01JSC' twice");
  });

  it.each([
    ['2026-12-25, name: Christmas', ''],
    ['2026-02-31, name: Nothing', 'partners.0.holidays.0.on is not a day, such as 2026-12-25'],
    ['soon, name: Something', 'is not a day'],
    ['2026-12-25', 'partners.0.holidays.0.name'],
  ])('takes holidays that are days with names: on: %s', (holiday, mistake) => {
    const said = mistakesIn(changed('slack: { team: T01ACME }', `$&, holidays: [{ on: ${holiday} }]`));
    if (mistake === '') expect(said).toBe('');
    else expect(said).toContain(mistake);
  });

  it.each([
    ['empty', '""'],
    ['blank', '"  "'],
    ['unseen', '"\\u200b\\u2060"'],
    ['with a line break', '"Ana\\nRuiz"'],
    ['with a control character', '"Ana\\0"'],
    ['that turns what follows', '"Ana \\u202e Ruiz"'],
    ['with half a character', '"Ana \\ud800"'],
    ['without an end', `"${'x'.repeat(201)}"`],
  ])('names everybody and everything readably: not %s', (_how, name) => {
    for (const known of ['Ana Ruiz', 'Nova Pharma', 'Joint Steering Committee', 'Acme and Nova'])
      expect(mistakesIn(changed(`name: ${known}`, `name: ${name}`))).toContain('name');
  });

  it('takes ids as people copy them, but not with blanks in them', () => {
    const upper = demo
      .replaceAll('aaaaaaaa-0000', 'AAAAAAAA-0000')
      .replaceAll(/tenant: \S+/g, (one) => one.toUpperCase());
    expect(parseAlliance(upper.replaceAll('TENANT', 'tenant'))).toEqual(parseAlliance(demo));
    for (const id of ['""', '"U01 ANA"', '"U01ANA\\0"'])
      expect(mistakesIn(changed('slack: U01ANA', `slack: ${id}`))).toContain('people.0.slack is not an id');
  });
});
