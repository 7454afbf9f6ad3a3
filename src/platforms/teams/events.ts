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

/** An install in a team names its first channel only, and cards may wait for any of the others. */
const installedAt = (activity: Activity): readonly Notification[] => {
  const place = aboutEntente(activity, 'installed');
  const { kind, platform, workspace } = place;
  return activity.channelData?.team ? [place, { kind, platform, workspace }] : [place];
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
    if (action?.startsWith('remove')) return [aboutEntente(activity, 'removed')];
    const person = from?.aadObjectId ? [met(senderOf(activity, from))] : [];
    return [...installedAt(activity), ...person];
  }
  const event = channelEvents[channelData?.eventType ?? ''];
  if (event) return [aboutEntente(activity, event, at(activity, channelData?.channel?.id))];
  const isEntente = (account: Account): boolean => account.id === recipient?.id;
  const people = (membersAdded ?? []).filter((account) => !isEntente(account) && account.aadObjectId);
  return [
    ...(membersAdded?.some(isEntente) ? installedAt(activity) : []),
    ...(membersRemoved?.some(isEntente) ? [aboutEntente(activity, 'removed')] : []),
    ...people.map((account) => met(callerOf(account, activity))),
  ];
};
