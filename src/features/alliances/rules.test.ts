import { describe, expect, it } from 'vitest';
import type { Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import {
  checkAdd,
  checkConfirm,
  checkNew,
  companyIn,
  draftSetup,
  findCompany,
  findTwin,
  type Invitation,
  inviteSchema,
  isLive,
  type Join,
  missingFrom,
  readZone,
  setupSchema,
} from './rules.js';

const partner = (name: string): Partner => ({ id: name.toLowerCase() as PartnerId, name });
const lyra = partner('Lyra');
const mira = partner('Mira');
const ana = 'ana' as PersonId;

const input = { own: 'Lyra', partner: 'Mira', name: 'Dawn', zone: 'Europe/Zurich', key: 'JSC', committee: 'Steering' };

const sentenceOf = (act: () => unknown): string => {
  try {
    act();
    return '';
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
};

describe('what is set up', () => {
  it('is named by both companies where no name was written', () => {
    for (const name of ['', '  ', '\u200b', undefined])
      expect(draftSetup(setupSchema.parse({ ...input, name })).name).toBe('Lyra and Mira');
  });

  it.each([
    ['with a line break in it', 'Ly\u0000ra'],
    ['that turns what follows', 'Lyra\u202e'],
    ['that cannot be seen', '\u2060'],
  ])('has no company %s', (_how, own) => {
    expect(setupSchema.safeParse({ ...input, own }).success).toBe(false);
  });

  it('keeps one space where several were typed', () => {
    expect(setupSchema.parse({ ...input, own: ' Lyra \n Labs ' }).own).toBe('Lyra Labs');
  });

  it('has no first committee whose key Entente reads in another way', () => {
    expect(setupSchema.safeParse({ ...input, key: 'under' }).error?.issues[0]?.message).toContain('another way');
  });

  it('fits beside a button, however its letters are written', () => {
    const long = (length: number) => '𝔸'.repeat(length);
    const filled = { own: long(60), partner: `${long(59)}b`, name: long(80), committee: long(80) };
    const setup = draftSetup(setupSchema.parse({ ...input, ...filled }));
    expect(Buffer.byteLength(JSON.stringify({ ...setup, again: 'yes' }))).toBeLessThan(1_800);
  });

  it.each([
    ['Europe/Zurich', 'Europe/Zurich'],
    ['america/new_york', 'America/New_York'],
    ['UTC', 'UTC'],
    ['Zurich', undefined],
    ['+01:00', undefined],
    ['../etc', undefined],
    ['', undefined],
  ])('reads the time zone %j as %j', (said, zone) => {
    expect(readZone(said)).toBe(zone);
  });

  it('is new unless the workspace has an alliance of that name, however it is written', () => {
    const setup = draftSetup(setupSchema.parse(input));
    expect(sentenceOf(() => checkNew(setup, [{ name: 'dawn', partners: [lyra, mira] }]))).toContain('of Lyra and Mira');
    expect(sentenceOf(() => checkNew(setup, [{ name: 'Dusk', partners: [lyra, mira] }]))).toBe('');
    expect(findTwin(setup, [{ name: 'Dusk', partners: [partner('LYRA'), mira, partner('Zeta')] }])?.name).toBe('Dusk');
    expect(findTwin(setup, [{ name: 'Dusk', partners: [lyra, partner('Zeta')] }])).toBeUndefined();
  });

  it('takes the company from the name of a Slack workspace, and none from a domain', () => {
    expect(companyIn('Acme Bio (acme.slack.com)')).toBe('Acme Bio');
    expect(companyIn('nova.example')).toBeUndefined();
  });
});

describe('an invitation', () => {
  it.each([
    ['', { verb: 'list' }],
    ['Nova  Pharma', { verb: 'invite', company: 'Nova Pharma' }],
    ['ADD Zeta Labs', { verb: 'add', company: 'Zeta Labs' }],
    ['Addison', { verb: 'invite', company: 'Addison' }],
  ])('is read from %j', (text, wish) => {
    expect(inviteSchema.parse(text)).toEqual(wish);
  });

  it('is for the company whose name is said, or begins so when no other does', () => {
    const companies = [partner('Mira'), partner('Mira Pharma'), partner('Lyra Labs')];
    expect(findCompany('mira', companies).name).toBe('Mira');
    expect(findCompany('LYR', companies).name).toBe('Lyra Labs');
    expect(sentenceOf(() => findCompany('mir', companies))).toContain('of Mira, Mira Pharma and Lyra Labs');
  });

  it('is for four companies at most', () => {
    const four = [lyra, mira, partner('Zeta'), partner('Vega')];
    expect(sentenceOf(() => checkAdd('Nemo', four.slice(1)))).toBe('');
    expect(sentenceOf(() => checkAdd('Nemo', four))).toContain('at most four companies');
    expect(sentenceOf(() => checkAdd('zeta', four))).toContain('Zeta is in this alliance already');
  });

  it('works until it was used, withdrawn or is over', () => {
    const invitation = { expiresAt: 100 } as Invitation;
    expect(isLive(invitation, 99)).toBe(true);
    expect(isLive(invitation, 100)).toBe(false);
    expect(isLive({ ...invitation, usedAt: 1 }, 99)).toBe(false);
    expect(isLive({ ...invitation, withdrawnAt: 1 }, 99)).toBe(false);
  });
});

describe('a request to join', () => {
  const join = { state: 'asked', alliance: 'dawn' as AllianceId } as Join;
  const names = new Map([[ana, 'Ana']]);

  it('needs the word of each company that is in, once', () => {
    expect(missingFrom([lyra, mira], [])).toEqual([lyra, mira]);
    expect(missingFrom([lyra, mira], [{ partner: lyra.id, person: ana }])).toEqual([mira]);
    const confirmed = [{ partner: lyra.id, person: ana }];
    expect(sentenceOf(() => checkConfirm(join, mira, [lyra, mira], confirmed, names))).toBe('');
    expect(sentenceOf(() => checkConfirm(join, lyra, [lyra, mira], confirmed, names))).toBe(
      'Ana has confirmed for Lyra. What is missing is Mira.',
    );
  });

  it('is decided once', () => {
    for (const state of ['confirmed', 'declined'] as const) {
      const said = sentenceOf(() => checkConfirm({ ...join, state, decidedBy: ana }, lyra, [lyra], [], names));
      expect(said).toBe(`Ana has ${state} this request already.`);
    }
  });
});

it('looks for no time zone of hundreds of thousands of letters', () => {
  const { error } = setupSchema.safeParse({ ...input, zone: 'ﷺ'.repeat(300_000) });
  expect(error?.issues[0]?.message).toContain('Entente does not know the time zone');
}, 5_000);
