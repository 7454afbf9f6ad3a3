import { z } from 'zod';
import { DeliveryError } from '../../core/errors.js';
import type { Account, Activity } from './activity.js';
import type { Connector } from './connector.js';
import { type Identify, othersMentioned } from './mentions.js';

export interface People {
  /** Keeps the directory ids that an activity tells. */
  meet(activity: Activity): void;
  /** Finds out who is mentioned: Teams gives `29:` ids there, which mean something to this bot alone. */
  identify(activity: Activity): Promise<Identify>;
}

const memberSchema = z
  .object({ aadObjectId: z.string().nullish(), objectId: z.string().nullish() })
  .transform(({ aadObjectId, objectId }) => aadObjectId ?? objectId ?? undefined);

/** A name in a message is no reason to keep anybody waiting for long, so what is known is kept. */
const remembered = 10_000;

export const createPeople = (connector: Connector): People => {
  const known = new Map<string, string>();

  const keep = ({ id, aadObjectId }: Pick<Account, 'id' | 'aadObjectId'>): void => {
    if (!aadObjectId) return;
    if (known.size >= remembered) known.clear();
    known.set(id, aadObjectId);
  };

  const lookUp = async ({ serviceUrl, conversation }: Activity, id: string): Promise<void> => {
    try {
      const path = ['conversations', conversation.id, 'members', id];
      keep({ id, aadObjectId: memberSchema.safeParse(await connector({ method: 'GET', serviceUrl, path })).data });
    } catch (error) {
      // Without the answer the person is still named, only not recognised.
      if (!(error instanceof DeliveryError)) throw error;
    }
  };

  return {
    meet({ from, membersAdded }) {
      for (const account of [...(from ? [from] : []), ...(membersAdded ?? [])]) keep(account);
    },
    async identify(activity) {
      const unknown = othersMentioned(activity)
        .filter((mention) => !mention.aadObjectId && !known.has(mention.id))
        .map((mention) => mention.id);
      await Promise.all([...new Set(unknown)].slice(0, 10).map((id) => lookUp(activity, id)));
      return (mention) => known.get(mention.id);
    },
  };
};
