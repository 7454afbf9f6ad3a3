/*
 * Who speaks and who is mentioned. Teams gives `29:` ids, which mean something to this bot alone, and often leaves out
 * whose tenant somebody belongs to; a name in a message is no reason to ask for that twice.
 */
import { z } from 'zod';
import { DeliveryError } from '../../core/errors.js';
import { type Account, type Activity, isPersonal, tenantOf } from './activity.js';
import { type LookUp, type Member, tenantOfMember } from './members.js';
import { type Identify, othersMentioned } from './mentions.js';
import { spotOf } from './payloads.js';
import type { Rosters } from './readers.js';

/** What somebody's own device told. */
export interface Habits {
  readonly zone?: string;
  readonly locale?: string;
}

/** What is known of a `29:` id. */
interface Known {
  readonly user?: string;
  readonly tenant?: string;
}

export interface People {
  /** Keeps what an activity tells of people by itself. */
  meet(activity: Activity): void;
  /** The activity with its sender's own tenant in it: in a shared channel people of several speak. */
  place(activity: Activity): Promise<Activity>;
  /** Finds out who is mentioned. */
  identify(activity: Activity): Promise<Identify>;
  /** By object id. */
  habitsOf(user: string): Habits;
}

const remembered = 10_000;
/** People asked about for one message. */
const askedAtOnce = 10;

const createShelf = <T extends object>() => {
  const kept = new Map<string, T>();
  return {
    get: (key: string): T | undefined => kept.get(key),
    add(key: string, more: T): void {
      if (kept.size >= remembered) kept.clear();
      kept.set(key, { ...kept.get(key), ...more });
    },
  };
};

const clientSchema = z.object({
  type: z.literal('clientInfo'),
  timezone: z.string().nullish(),
  locale: z.string().nullish(),
});

const zoneOf = (named: string | null | undefined): string | undefined => {
  if (!named) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

const localeOf = (named: string | null | undefined): string | undefined => {
  try {
    return Intl.getCanonicalLocales(named ?? [])[0];
  } catch {
    return undefined;
  }
};

const habitsIn = ({ entities, localTimezone, locale: told }: Activity): Habits => {
  const client = (entities ?? []).flatMap((entity) => clientSchema.safeParse(entity).data ?? [])[0];
  const zone = zoneOf(localTimezone ?? client?.timezone);
  const locale = localeOf(client?.locale ?? told);
  return { ...(zone && { zone }), ...(locale && { locale }) };
};

const knownOf = ({ aadObjectId, tenantId }: Account): Known => ({
  ...(aadObjectId && { user: aadObjectId }),
  ...(tenantId && { tenant: tenantId }),
});

const createAcquaintances = (lookUp: LookUp) => {
  const known = createShelf<Known>();

  /** Without an answer the person is still named, only not recognised. */
  const ask = async (activity: Activity, id: string): Promise<Known> => {
    try {
      const member: Member = await lookUp(id, spotOf(activity));
      const found = { user: member.user, tenant: tenantOfMember(member, tenantOf(activity)) };
      if (member.user) known.add(id, found);
      return found;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      return {};
    }
  };
  return { known, ask };
};

/** In a standard channel nobody speaks but people and guests of the channel's tenant: five hundred need no look-up. */
export const createPeople = (lookUp: LookUp, isStandard: Rosters['isStandard']): People => {
  const { known, ask } = createAcquaintances(lookUp);
  const habits = createShelf<Habits>();

  return {
    meet(activity) {
      const { from, membersAdded } = activity;
      for (const account of [...(from ? [from] : []), ...(membersAdded ?? [])])
        if (account.aadObjectId) known.add(account.id, knownOf(account));
      if (from?.aadObjectId && !from.id.startsWith('28:')) habits.add(from.aadObjectId, habitsIn(activity));
    },
    async place(activity) {
      const { from } = activity;
      if (!from?.aadObjectId || from.tenantId || isPersonal(activity)) return activity;
      const told = known.get(from.id)?.tenant;
      if (told === undefined && (await isStandard(spotOf(activity)))) return activity;
      const tenantId = told ?? (await ask(activity, from.id)).tenant;
      return tenantId ? { ...activity, from: { ...from, tenantId } } : activity;
    },
    async identify(activity) {
      const unknown = othersMentioned(activity)
        .filter((mention) => !mention.aadObjectId && !known.get(mention.id)?.user)
        .map((mention) => mention.id);
      await Promise.all([...new Set(unknown)].slice(0, askedAtOnce).map((id) => ask(activity, id)));
      return (mention) => known.get(mention.id) ?? {};
    },
    habitsOf: (user) => habits.get(user) ?? {},
  };
};
