/*
 * Who reads a conversation. Slack says at once whether it is shared with another workspace, and nowhere whether a guest
 * is in it: for that, each member has to be asked about.
 */
import type { WebClient } from '@slack/web-api';
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Conversation, Readers } from '../../core/platform.js';
import type { Clients } from './clients.js';
import { limits } from './limits.js';
import { isInsider, soon } from './people.js';

/** A full member who becomes a guest is rare and goes through an admin; everybody else is asked about each time. */
const REMEMBER_MS = 2 * 60 * 60 * 1_000;
const REMEMBER_AT_MOST = 10_000;

/** Those who were seen to belong to a workspace lately. */
const createInsiders = (now: () => Instant) => {
  const until = new Map<string, Instant>();
  return {
    has: (key: string): boolean => (until.get(key) ?? 0) > now(),
    add(key: string): void {
      if (until.size >= REMEMBER_AT_MOST) until.clear();
      until.set(key, now() + REMEMBER_MS);
    },
  };
};

const cannotTell = (reason: string): DeliveryError => new DeliveryError('later', `slack:${reason}`);

/** @throws DeliveryError when there are more than can be asked about */
const membersOf = async (api: WebClient, channel: string): Promise<readonly string[]> => {
  const { members = [], response_metadata } = await api.conversations.members({ channel, limit: limits.askedMembers });
  if (response_metadata?.next_cursor) throw cannotTell('too_many_members');
  return members;
};

/** `is_pending_ext_shared`: the other side may come in without us hearing of it first. */
const isShared = (channel: {
  readonly is_ext_shared?: boolean;
  readonly is_pending_ext_shared?: boolean;
  readonly is_org_shared?: boolean;
}): boolean =>
  channel.is_ext_shared === true || channel.is_pending_ext_shared === true || channel.is_org_shared === true;

export const createReaders = (clients: Clients, now: () => Instant) => {
  const insiders = createInsiders(now);

  /** True when one of them comes from elsewhere. @throws DeliveryError when that cannot be told */
  const anyOutsider = async (api: WebClient, workspace: string, members: readonly string[]): Promise<boolean> => {
    const unknown = members.filter((user) => !insiders.has(`${workspace} ${user}`));
    const asked = unknown.slice(0, limits.askedAtOnce);
    const heard = await Promise.allSettled(
      asked.map(async (user) => {
        const told = (await api.users.info({ user })).user;
        const inside = told !== undefined && isInsider(told, workspace);
        if (inside) insiders.add(`${workspace} ${user}`);
        return !inside;
      }),
    );
    if (heard.some((one) => one.status === 'fulfilled' && one.value)) return true;
    const failed = heard.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    if (asked.length < unknown.length) throw cannotTell('more_members_to_ask');
    return false;
  };

  const ask = async ({ workspace, conversation }: Conversation): Promise<Readers> => {
    const api = await clients.interactive(workspace);
    const { channel } = await api.conversations.info({ channel: conversation, include_num_members: true });
    if (!channel) throw cannotTell('unreadable');
    const named = channel.name && !channel.is_mpim ? { name: channel.name } : {};
    if (isShared(channel)) return { ...named, outsiders: true };
    if ((channel.num_members ?? 0) > limits.askedMembers) throw cannotTell('too_many_members');
    const members = await membersOf(api, conversation);
    return { ...named, outsiders: await anyOutsider(api, workspace, members) };
  };

  /** @throws DeliveryError */
  return (place: Conversation): Promise<Readers> => soon(ask(place));
};
