import type { Account, Caller, Detail, Profile, Spot } from '../../core/platform.js';
import { isGuest, type LookUp, type Member } from './members.js';
import type { People } from './people.js';

export interface Profiles {
  /** @throws DeliveryError */
  profile(who: Account & { readonly detail?: Detail }, near: Spot): Promise<Profile>;
  /** @throws DeliveryError */
  workspaceName(caller: Caller, near: Spot): Promise<string>;
}

const domainOf = (address: string | undefined): string | undefined =>
  /^[^@\s]+@([a-z\d](?:[a-z\d.-]*[a-z\d])?)$/i.exec(address ?? '')?.[1]?.toLowerCase();

/**
 * The other company confirms this name. Only the domain of a sign-in name is proven: a tenant owns the domains of those,
 * while it may write anything into an e-mail address.
 */
const nameOf = ({ principal, email }: Member, tenant: string): string => {
  const proven = domainOf(principal);
  if (proven) return proven;
  const numbered = `tenant ${tenant.split('-', 1)[0]}`;
  const claimed = domainOf(email);
  return claimed ? `${claimed}, ${numbered}` : numbered;
};

export const createProfiles = (lookUp: LookUp, people: Pick<People, 'habitsOf'>): Profiles => {
  // Of people of other tenants a roster may know the `29:` id alone.
  const memberOf = ({ user, detail }: Account & { readonly detail?: Detail }, near: Spot): Promise<Member> =>
    lookUp(detail?.mri ?? user, near);
  return {
    async profile(who, near) {
      const member = await memberOf(who, near);
      const { zone, locale } = people.habitsOf(member.user ?? who.user);
      return {
        name: member.name ?? member.email ?? 'Somebody',
        workspace: isGuest(member) ? near.workspace : (member.tenant ?? who.workspace),
        guest: isGuest(member),
        ...(zone && { zone }),
        ...(locale && { locale }),
        ...(member.email && { email: member.email }),
      };
    },
    workspaceName: async (caller, near) => nameOf(await memberOf(caller, near), caller.workspace),
  };
};
