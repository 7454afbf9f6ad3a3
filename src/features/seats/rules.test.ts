import { describe, expect, it } from 'vitest';
import type { Committee, Partner, Role, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import {
  type Asked,
  checkChaired,
  counterpartsOf,
  draftSeat,
  firstUnchaired,
  isPlan,
  type Setting,
  tenuresOf,
  withoutSeat,
  withSeat,
} from './rules.js';

const today = '2026-11-23';
const jsc: Committee = { id: 'c' as CommitteeId, alliance: 'a' as AllianceId, key: 'JSC', name: 'Steering' };
const acme: Partner = { id: 'acme' as PartnerId, name: 'Acme' };
const nova: Partner = { id: 'nova' as PartnerId, name: 'Nova' };

const person = (name: string) => ({ id: name.toLowerCase() as PersonId, name });

const sits = (name: string, role: Role, more: Partial<Seat> = {}): Seat => ({
  committee: jsc.id,
  person: person(name).id,
  personName: name,
  partner: acme.id,
  role,
  ...more,
});

const ana = sits('Ana', 'co-chair');
const bob = sits('Bob', 'member');
const ben = sits('Ben', 'co-chair', { partner: nova.id });
const jun = sits('Jun', 'member', { partner: nova.id });
const seats = [ana, bob, ben, jun];

const setting = (name: string): Setting => ({ committee: jsc, partner: acme, person: person(name), seats, today });

const draft = (name: string, asked: Asked & { role: Role }): Seat => draftSeat(asked, setting(name));

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.sentence}`;
    throw error;
  }
  return 'no refusal';
};

describe('a seat', () => {
  it('begins today where nothing else is said', () => {
    expect(draft('Kim', { role: 'member' })).toEqual(sits('Kim', 'member', { fromOn: today }));
  });

  it('keeps what is not said when it changes, and nothing when the whole of it is said', () => {
    const before = sits('Bob', 'alternate', { untilOn: '2027-06-30', standsFor: ana.person, counterpart: jun.person });
    const with_ = { ...setting('Bob'), seats: [ana, before, ben, jun] };
    expect(draftSeat({ role: 'alternate', fromOn: '2026-01-01' }, with_)).toEqual({ ...before, fromOn: '2026-01-01' });
    expect(draftSeat({ role: 'observer', whole: true }, with_)).toEqual(sits('Bob', 'observer'));
  });

  it('that ends before a new one begins does not end the new one', () => {
    const before = { ...bob, untilOn: '2026-12-31' };
    const next = draftSeat({ role: 'co-chair', fromOn: '2027-01-01' }, { ...setting('Bob'), seats: [ana, before] });
    expect(next.untilOn).toBeUndefined();
  });

  it.each<[string, string, Asked & { role: Role }]>([
    ['over', 'Kim', { role: 'member', untilOn: '2026-11-22' }],
    ['ends-first', 'Kim', { role: 'member', fromOn: '2027-02-01', untilOn: '2027-01-31' }],
    ['for-whom', 'Kim', { role: 'alternate' }],
    ['for-nobody', 'Kim', { role: 'alternate', standsFor: jun.person }],
    ['for-nobody', 'Bob', { role: 'alternate', standsFor: bob.person }],
    ['no-alternate', 'Kim', { role: 'member', standsFor: bob.person }],
    ['no-counterpart', 'Kim', { role: 'member', counterpart: bob.person }],
    ['no-counterpart', 'Kim', { role: 'member', counterpart: person('Nobody').id }],
    ['unchanged', 'Bob', { role: 'member' }],
    ['other-company', 'Jun', { role: 'member' }],
  ])('is refused as %s', (code, name, asked) => {
    expect(refusal(() => draft(name, asked))).toMatch(new RegExp(`^${code}: `, 'u'));
  });

  it('with a new role from a day to come waits for it, and no seat is interrupted', () => {
    const chair = { ...bob, role: 'co-chair', fromOn: '2027-01-01' } as const;
    expect(isPlan(bob, chair, today)).toBe(true);
    expect(isPlan(undefined, chair, today)).toBe(false);
    expect(isPlan(bob, { ...chair, fromOn: today }, today)).toBe(false);
    expect(refusal(() => isPlan(bob, { ...bob, fromOn: '2027-01-01' }, today))).toMatch(/^sits-already/u);
  });
});

describe('the seats around one', () => {
  const mei = sits('Mei', 'alternate', { standsFor: bob.person, counterpart: jun.person });

  it('stand in for nobody who has no vote any more, and for nobody who is gone', () => {
    const observer = { ...bob, role: 'observer' } as const;
    expect(withSeat([...seats, mei], observer).find((seat) => seat.person === mei.person)?.standsFor).toBeUndefined();
    expect(withSeat([...seats, mei], { ...bob, fromOn: today })).toContainEqual(mei);
    expect(withoutSeat([...seats, mei], bob.person).find((seat) => seat.person === mei.person)?.standsFor).toBe(
      undefined,
    );
    const alone = withoutSeat([...seats, mei], jun.person).find((seat) => seat.person === mei.person);
    expect(alone).toEqual(sits('Mei', 'alternate', { standsFor: bob.person }));
  });

  it('are opposite as said on either side, and co-chairs opposite each other', () => {
    const names = (seat: Seat, all: readonly Seat[]) => counterpartsOf(seat, all).map((one) => one.personName);
    expect(names(ana, seats)).toEqual(['Ben']);
    expect(names(bob, seats)).toEqual([]);
    const opposite = { ...bob, counterpart: jun.person };
    expect(names(jun, [ana, opposite, ben, jun])).toEqual(['Bob']);
    const other = { ...ben, counterpart: bob.person };
    expect(names(ana, [ana, bob, other, jun])).toEqual([]);
    expect(names(bob, [ana, bob, other, jun])).toEqual(['Ben']);
  });
});

describe('a company', () => {
  const gap = (after: readonly Seat[]) => firstUnchaired(seats, after, acme.id, today);
  const kim = (more: Partial<Seat>) => sits('Kim', 'co-chair', more);

  it('is not left without a co-chair, on no day to come', () => {
    expect(gap(seats)).toBeUndefined();
    expect(gap([bob, ben, jun])).toBe(today);
    const leaves = { ...ana, untilOn: '2026-12-31' };
    expect(gap([leaves, bob])).toBe('2027-01-01');
    expect(gap([leaves, kim({ fromOn: '2027-01-01' })])).toBeUndefined();
    expect(gap([leaves, kim({ fromOn: '2027-01-03' })])).toBe('2027-01-01');
    expect(gap([leaves, kim({ fromOn: '2026-12-01', untilOn: '2027-02-28' })])).toBe('2027-03-01');
  });

  it('that had none, or would have had none by then, loses nothing', () => {
    expect(firstUnchaired([bob], [], acme.id, today)).toBeUndefined();
    const short = [{ ...ana, untilOn: '2026-12-31' }];
    expect(firstUnchaired(short, short, acme.id, today)).toBeUndefined();
  });

  it('may plan on somebody who becomes co-chair', () => {
    const plan = { change: 'x', seat: { ...bob, role: 'co-chair', fromOn: '2027-01-01' } } as const;
    const tenures = tenuresOf([{ ...ana, untilOn: '2026-12-31' }, bob], [plan]);
    expect(tenures.filter((one) => one.person === bob.person)).toEqual([{ ...bob, untilOn: '2026-12-31' }, plan.seat]);
    expect(firstUnchaired(seats, tenures, acme.id, today)).toBeUndefined();
  });

  it('is told what to do first', () => {
    const about = { committee: jsc, partner: acme, today };
    expect(refusal(() => checkChaired(seats, [bob], about))).toBe(
      "last-co-chair: Acme would be without a co-chair on the JSC. Name another co-chair first: 'seat @person co-chair JSC'.",
    );
  });
});
