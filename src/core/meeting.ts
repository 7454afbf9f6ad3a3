/*
 * First contact: a person is made from what the platform tells of them, asked before any transaction.
 */
import type { Store } from './db/store.js';
import { ensureMember, ensurePerson, findPerson, listPartnersAt } from './directory/people.js';
import { DeliveryError, Refusal } from './errors.js';
import { type PersonId, type PlatformId, platformNames } from './ids.js';
import type { Caller, Platform, Profile, Spot } from './platform.js';

export interface MeetingParts {
  readonly store: Store;
  readonly platforms: ReadonlyMap<PlatformId, Pick<Platform, 'profile' | 'workspaceName'>>;
  readonly newId: () => string;
}

const notNow = (platform: PlatformId): Refusal =>
  new Refusal(
    'no-profile',
    `Entente could not ask ${platformNames[platform]} who you are just now. Please try again in a minute.`,
  );

/** @throws Refusal when the platform does not answer */
export const profileOf = async (parts: MeetingParts, who: Caller, near: Spot): Promise<Profile> => {
  const platform = parts.platforms.get(who.platform);
  if (!platform) throw notNow(who.platform);
  try {
    return await platform.profile(who, near);
  } catch (error) {
    if (error instanceof DeliveryError) throw notNow(who.platform);
    throw error;
  }
};

/**
 * Makes somebody known as one of the people of each partner whose workspace they belong to. A guest of a workspace is
 * not one of its people, and somebody of a workspace that takes part in nothing is nobody's.
 * @throws Refusal when the platform does not answer
 */
export const meet = async (parts: MeetingParts, who: Caller, near: Spot): Promise<PersonId | undefined> => {
  const profile = await profileOf(parts, who, near);
  const account = { ...who, workspace: profile.workspace };
  const partners = profile.guest ? [] : await listPartnersAt(parts.store.read, account);
  if (partners.length === 0) return findPerson(parts.store.read, account);
  return parts.store.write(
    async (tx) => {
      const person = await ensurePerson(tx, account, profile, parts.newId);
      for (const partner of await listPartnersAt(tx, account)) await ensureMember(tx, partner, person);
      return person;
    },
    { scope: `meeting ${account.platform}/${account.workspace}/${account.user}` },
  );
};
