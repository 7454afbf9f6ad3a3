import type { Caller, Notification, Spot } from '../../core/platform.js';
import type { Account, Activity } from './activity.js';
import { callerOf, senderOf, spotOf } from './payloads.js';

const at = (activity: Activity, conversation: string | undefined): Spot => ({
  ...spotOf(activity),
  ...(conversation !== undefined && { conversation }),
});

const aboutEntente = (activity: Activity, kind: 'installed' | 'removed', spot = spotOf(activity)): Notification => {
  const { from } = activity;
  return {
    kind,
    platform: 'teams',
    workspace: spot.workspace,
    spot,
    ...(spot.direct && from && { caller: senderOf(activity, from) }),
  };
};

const met = (caller: Caller): Notification => ({
  kind: 'met',
  platform: 'teams',
  workspace: caller.workspace,
  caller,
});

const channelEvents: Readonly<Record<string, 'installed' | 'removed'>> = {
  channelDeleted: 'removed',
  channelUnshared: 'removed',
  channelRestored: 'installed',
  channelShared: 'installed',
  teamDeleted: 'removed',
  teamHardDeleted: 'removed',
  teamArchived: 'removed',
  teamUnarchived: 'installed',
  teamRestored: 'installed',
};

/** What an install, membership or channel event tells. Teams sends several of them for one install. */
export const notificationsOf = (activity: Activity): readonly Notification[] => {
  const { type, action, from, membersAdded, membersRemoved, recipient, channelData } = activity;
  if (type === 'installationUpdate') {
    const kind = action?.startsWith('remove') ? 'removed' : 'installed';
    const person = kind === 'installed' && from?.aadObjectId ? [met(senderOf(activity, from))] : [];
    return [aboutEntente(activity, kind), ...person];
  }
  const event = channelEvents[channelData?.eventType ?? ''];
  if (event) return [aboutEntente(activity, event, at(activity, channelData?.channel?.id))];
  const isEntente = (account: Account): boolean => account.id === recipient?.id;
  const people = (membersAdded ?? []).filter((account) => !isEntente(account) && account.aadObjectId);
  return [
    ...(membersAdded?.some(isEntente) ? [aboutEntente(activity, 'installed')] : []),
    ...(membersRemoved?.some(isEntente) ? [aboutEntente(activity, 'removed')] : []),
    ...people.map((account) => met(callerOf(account, activity))),
  ];
};
