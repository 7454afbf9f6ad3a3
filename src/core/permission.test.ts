import { expect, it } from 'vitest';
import type { Actor, Committee, Role } from './context.js';
import type { PartnerId, PersonId } from './ids.js';
import {
  type Asking,
  anyOf,
  checkPermission,
  everyone,
  ofOwnCompany,
  organisers,
  owner,
  professionals,
  seated,
  voters,
} from './permission.js';

const committee = { id: 'c', key: 'JSC', name: 'Joint Steering Committee', alliance: 'a' } as unknown as Committee;

const asking = (role?: Role, more: Partial<Asking> & { professional?: boolean; home?: boolean } = {}): Asking => {
  const { professional = false, home = true, ...rest } = more;
  const seats = role === undefined ? [] : [{ committee: 'c', role }];
  const actor = { person: 'p', name: 'Mei', partner: { id: 'own', name: 'Nova' }, professional, home, seats };
  return { actor: actor as unknown as Actor, committee, ...rest };
};

it('lets whoever sits as alliance professional run the committee, without running the alliance', () => {
  expect(organisers.allows(asking('alliance professional'))).toBe(true);
  expect(professionals.allows(asking('alliance professional'))).toBe(false);
  expect(voters.allows(asking('alliance professional'))).toBe(false);
});

it('gives an alternate a vote while the member they stand in for is out, and says so to the others', () => {
  const away = asking('alternate');
  const [seat] = away.actor.seats;
  const standsIn = { ...away, actor: { ...away.actor, seats: [{ ...seat, standsIn: true }] } as unknown as Actor };
  expect(voters.allows(standsIn)).toBe(true);
  expect(voters.allows(asking('alternate'))).toBe(false);
  expect(voters.refusal(asking('alternate'))).toBe(
    "Only JSC members decide this. You sit as alternate and vote while the member you stand in for is out: they say 'out until [day]', or your alliance professional does.",
  );
});

it('says to somebody without a committee in question what they lack', () => {
  const guest = { ...asking('guest'), committee: undefined };
  expect(seated.allows(guest)).toBe(false);
  expect(seated.refusal(guest)).toBe(
    'You are only a guest so far. Ask the alliance professional of your company for a seat.',
  );
});

it('leaves what belongs to one company to that company', () => {
  const own = ofOwnCompany(professionals);
  const pro = (partner?: string) =>
    asking(undefined, { professional: true, about: { partner: partner as PartnerId, author: 'x' as PersonId } });
  expect(own.allows(pro('own'))).toBe(true);
  expect(own.allows(pro())).toBe(true);
  expect(own.allows(pro('other'))).toBe(false);
  expect(own.refusal(pro('other'))).toContain('This belongs to the other company.');
  expect(own.refusal(asking('member', { about: { partner: 'own' as PartnerId } }))).toContain('Only the alliance');
});

it('refuses by the sentence of the line, and lets everybody through where there is none', () => {
  expect(() => checkPermission(voters, asking('observer'))).toThrow('not-permitted');
  expect(() => checkPermission(undefined, asking())).not.toThrow();
});

it('lets nobody do what takes a role from another company’s workspace', () => {
  const away = asking('member', { home: false });
  expect(() => checkPermission(voters, away)).toThrow('from-home');
  expect(() => checkPermission(everyone, away)).not.toThrow();
});

it('lets the owner do what is theirs, and names them to all others', () => {
  const about = { owner: { id: 'p' as PersonId, name: 'Ben Ito' } };
  const accept = owner('accept this');
  expect(accept.allows(asking(undefined, { about }))).toBe(true);
  const others = { about: { owner: { ...about.owner, id: 'x' as PersonId } } };
  expect(accept.allows(asking('co-chair', others))).toBe(false);
  expect(accept.refusal(asking('co-chair', others))).toBe('Only Ben Ito can accept this.');
  const covered = { about: { ...others.about, cover: 'p' as PersonId } };
  expect(accept.allows(asking(undefined, covered))).toBe(true);
  const drop = anyOf(professionals, owner('drop this'));
  expect(drop.allows(asking(undefined, { ...others, professional: true }))).toBe(true);
  expect(drop.allows(asking('member', others))).toBe(false);
});
