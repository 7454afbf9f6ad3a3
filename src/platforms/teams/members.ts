/*
 * Somebody as a conversation's roster has them. The roster alone tells for certain whose tenant they belong to, and who is
 * only a guest: an activity names its sender's tenant now and then.
 */
import { z } from 'zod';
import type { Instant } from '../../core/ids.js';
import type { Conversation } from '../../core/platform.js';
import type { Connector } from './connector.js';
import type { Entries } from './entries.js';
import { limits } from './limits.js';
import { clean } from './markup.js';
import { createMemo } from './memo.js';

export const memberSchema = z
  .object({
    id: z.string().nullish(),
    aadObjectId: z.string().nullish(),
    objectId: z.string().nullish(),
    name: z.string().nullish(),
    email: z.string().nullish(),
    userPrincipalName: z.string().nullish(),
    tenantId: z.string().nullish(),
    userRole: z.string().nullish(),
  })
  .transform((told) => ({
    mri: told.id || undefined,
    user: told.aadObjectId || told.objectId || undefined,
    name: clean(told.name ?? '').trim() || undefined,
    email: told.email || undefined,
    principal: told.userPrincipalName || undefined,
    tenant: told.tenantId || undefined,
    role: told.userRole || undefined,
  }));

export type Member = z.output<typeof memberSchema>;

/** Somebody let into a tenant who is not one of its people; anonymous ones have no account at all. */
export const isGuest = ({ role }: { readonly role?: string | null }): boolean =>
  role === 'guest' || role === 'anonymous';

/** The tenant whose people somebody is one of: a guest's account is in the tenant that invited them. */
export const tenantOfMember = (member: Member, host: string): string =>
  isGuest(member) ? host : (member.tenant ?? host);

/** Looks somebody up by their object id or `29:` id. @throws DeliveryError */
export type LookUp = (user: string, near: Omit<Conversation, 'platform'>) => Promise<Member>;

export interface MembersParts {
  readonly connector: Connector;
  readonly entries: Entries;
  readonly now: () => Instant;
}

export const createLookUp = ({ connector, entries, now }: MembersParts): LookUp => {
  const answers = createMemo<Member>(now, limits.sharedMs);
  return (user, { workspace, conversation, detail }) =>
    answers.get(`${workspace} ${conversation} ${user}`, async () => {
      const serviceUrl = entries.of(workspace, detail?.serviceUrl);
      const path = ['conversations', conversation, 'members', user];
      const signal = AbortSignal.timeout(limits.askMs);
      return memberSchema.catch({} as Member).parse(await connector({ method: 'GET', serviceUrl, path, signal }));
    });
};
