import { describe, expect, it } from 'vitest';
import type { Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Mentioned } from '../../core/feature.js';
import { findDays } from '../../core/found-days.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { readOwner, type Setting } from './owner-rules.js';
import { checkResult, tidy } from './result-rules.js';
import { readDay, readDue } from './spoken-rules.js';

const idOf = (name: string) => name as PersonId;
const seatOf = (name: string, partner: string): Seat => ({
  ...{ committee: 'c' as never, person: idOf(name), personName: name },
  ...{ partner: partner as PartnerId, role: 'member' },
});
const people = { acme: ['Ana Ruiz', 'Bob Brown', 'Ben Stone'], nova: ['Ben Ito', 'Jun Mori', 'José Núñez'] };
const setting: Setting = {
  seats: Object.entries(people).flatMap(([partner, names]) => names.map((name) => seatOf(name, partner))),
  partners: [
    { id: 'acme' as PartnerId, name: 'Acme Bio' },
    { id: 'nova' as PartnerId, name: 'Nova Pharma' },
  ],
  self: { id: idOf('Ana Ruiz'), name: 'Ana Ruiz' },
  key: 'JSC',
};

// A Monday.
const today = '2026-11-23';

interface Reading {
  readonly owner?: string;
  readonly dueOn?: string;
  readonly text: string;
}

const read = (said: string, mentioned: readonly string[] = [], locale?: string): Reading => {
  const named: Mentioned[] = mentioned.map((name) => ({ id: idOf(name), name }));
  const { owner, rest } = readOwner(said, named, setting);
  const due = readDue(rest, (text) => findDays(text, { today, locale }), today);
  return { owner: owner?.name, dueOn: due.dueOn, text: tidy(due.rest) };
};

const why = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
  return 'nothing was refused';
};

const friday = '2026-11-27';
const sends = { owner: 'Jun Mori', dueOn: friday, text: 'Send the revised protocol' };

describe('an action as it is said', () => {
  it.each([
    '@Jun Mori Send the revised protocol by Friday',
    'Send the revised protocol by Friday @Jun Mori',
    'by Friday @Jun to send the revised protocol',
    'Send the revised protocol, by Friday, @jun',
    'Friday: @Mori Send the revised protocol',
    'Send the revised protocol (by Friday) @Jun Mori',
    '@Jun: Send the revised protocol Friday',
    '@jun Send the revised protocol no later than 27 November',
    '@jun.mori Send the revised protocol, due 27 Nov',
  ])('is the same in any order: %s', (said) => {
    expect(read(said)).toEqual(sends);
  });

  it('takes somebody mentioned for its owner', () => {
    expect(read('@Jun Mori Send the revised protocol by Friday', ['Jun Mori'])).toEqual(sends);
  });

  it.each([
    ['I will send it by Friday', 'send it'],
    ['me: send it by Friday', 'send it'],
    ['Send it by Friday @me', 'Send it'],
  ])('is one’s own where one says so: %s', (said, text) => {
    expect(read(said)).toEqual({ owner: 'Ana Ruiz', dueOn: friday, text });
  });

  it.each([
    ['@Jun Send the minutes of 12 March by 3 April', '2027-04-03', 'Send the minutes of 12 March'],
    ['@Jun Finish 3/4 of the analysis by Friday', friday, 'Finish 3/4 of the analysis'],
    ['@Jun Extend the trial by 2 weeks by Friday', friday, 'Extend the trial by 2 weeks'],
    ['@Jun Have it signed by legal by Friday', friday, 'Have it signed by legal'],
    ['@Jun Agree the budget for next year by Friday', friday, 'Agree the budget for next year'],
    ['@Jun Rent the hall until 31 May', undefined, 'Rent the hall until 31 May'],
    ['@Jun Friday meeting minutes are sent', undefined, 'Friday meeting minutes are sent'],
    ['@Jun Have it signed by legal', undefined, 'Have it signed by legal'],
    ['@Jun Cut the cost by 10%', undefined, 'Cut the cost by 10%'],
    ['@Jun Send it to @Bob Brown by Friday', friday, 'Send it to Bob Brown'],
    ['@Jun Meet with @Bob and @Zoe of Zurich by Friday', friday, 'Meet with Bob and Zoe of Zurich'],
    ['@Jun Email jo@nova.example by Friday', friday, 'Email jo@nova.example'],
  ])('leaves alone what belongs to it: %s', (said, dueOn, text) => {
    expect(read(said)).toEqual({ owner: 'Jun Mori', dueOn, text });
  });

  it('names nobody where somebody only receives something', () => {
    expect(read('Send the revised protocol to @Jun Mori by Friday').owner).toBeUndefined();
    expect(read('Team charter is rewritten by Friday').owner).toBeUndefined();
  });

  it.each([
    ['de-CH', '@Jun Das Protokoll bis Freitag senden', friday, 'Das Protokoll senden'],
    ['fr', "@Jun Envoyer le protocole d'ici vendredi", friday, 'Envoyer le protocole'],
    ['es', '@Jun Enviar el protocolo antes del 12 de abril', '2027-04-12', 'Enviar el protocolo'],
    ['nl', '@Jun het protocol sturen uiterlijk vrijdag', friday, 'het protocol sturen'],
    ['ja', '@Jun 4月12日までにプロトコルを送る', '2027-04-12', 'プロトコルを送る'],
  ])('is read in the speaker’s language: %s', (locale, said, dueOn, text) => {
    const found = read(said, [], locale);
    expect(found).toEqual({ owner: 'Jun Mori', dueOn, text });
    expect(checkResult(found.text)).toBe(text);
  });

  it.each([
    ['@Ben send it', 'Several are called Ben: Ben Stone and Ben Ito. Write the whole name after the @.'],
    ['@Zoe send it', "Nobody called 'Zoe' sits on the JSC. On the JSC sit Ana Ruiz,"],
    ['@everyone read it', 'is no single person'],
    ['team Send it', 'is no single person'],
    ['@Nova send it', "'Nova' is a company"],
    ['Acme Bio to send it by Friday', 'is a company'],
    ['@Jun @Bob send it', 'this names Jun Mori and Bob Brown'],
  ])('has one owner: %s', (said, sentence) => {
    expect(why(() => read(said))).toContain(sentence);
  });

  it('takes nobody for two people', () => {
    expect(read('@Jun Mori send it by Friday, @Jun', ['Jun Mori'])).toMatchObject({ owner: 'Jun Mori' });
  });

  it.each([
    'by 31 Feb',
    '31 Feb',
    'by next fortnight',
    'next fortnight',
    'by next week',
    'by Q3',
    'by the 12th',
    'by the next meeting',
    'by 12.4.',
    'by soon',
  ])('is refused with an example where a day was meant: %s', (day) => {
    expect(why(() => read(`@Jun Send it ${day}`))).toMatch(
      /^Entente cannot read '.*' as a day\. Write it like 'by Friday', 'by 12 Apr' or 'in two weeks'\.$/,
    );
  });

  it('names no day that is over, nor one that could be two', () => {
    expect(why(() => read('@Jun Send it by yesterday'))).toContain("'yesterday' is over: it was Sun 22 Nov 2026.");
    expect(why(() => read('@Jun Send it by 4/5'))).toContain("'4/5' could be two days.");
    expect(read('@Jun Send the draft by Friday and the final by 3 April').dueOn).toBeUndefined();
  });

  it('is read at once, whatever it is', () => {
    const startedAt = performance.now();
    for (const unit of ['by ', '@', ', ', ' @Jun', 'by next ', '(', '12/', 'I '])
      why(() => read(`${unit.repeat(2_000).slice(0, 2_000)}x`));
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});

describe('a day in a field', () => {
  const find = (text: string) => findDays(text, { today });

  it.each(['Friday', 'by Friday', 'Fri 27 Nov 2026', '2026-11-27', 'on 27 November', 'due in 4 days'])('%s', (said) => {
    expect(readDay(said, find, today)).toBe(friday);
  });

  it.each(['', 'soon', 'Friday maybe', '31 Feb', '4/5', 'yesterday', 'Friday or Monday'])('is not %j', (said) => {
    expect(() => readDay(said, find, today)).toThrow(Refusal);
  });
});

describe('a result', () => {
  it.each([
    'Call Nova',
    'Follow up with legal on the contract',
    'Discuss the budget with Nova',
    'Protokoll senden',
    'プロトコルを送る',
    'Plan the budget',
    'Align the timelines',
  ])('is %s', (text) => {
    expect(checkResult(text)).toBe(text);
  });

  it.each([
    'protocol',
    'the revised protocol',
    'follow up',
    'Follow-up on this',
    'discuss',
    'Discuss further',
    '!!',
    '',
  ])('is not %j', (text) => {
    expect(why(() => checkResult(text))).toMatch(/^Say what will be/);
  });
});
