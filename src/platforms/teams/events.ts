import type { Caller, Notification, Spot } from '../../core/platform.js';
import { type Account, type Activity, isPersonal, tenantOf } from './activity.js';
import { isGuest } from './members.js';
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
  channelRestored: 'installed',
  teamDeleted: 'removed',
  teamHardDeleted: 'removed',
  teamArchived: 'removed',
  teamUnarchived: 'installed',
  teamRestored: 'installed',
};

/** A channel was opened to another team, or closed to it: everybody there reads it from now on, or no more. */
const sharingEvents: ReadonlySet<string> = new Set(['channelShared', 'channelUnshared']);

const isFromOutside = (account: Account, host: string): boolean =>
  isGuest({ role: account.userRole }) || Boolean(account.tenantId && account.tenantId !== host);

/** Others than before may read the conversation. */
const readersAt = (activity: Activity, outsiders: boolean): Notification => {
  const spot = at(activity, activity.channelData?.channel?.id);
  return { kind: 'readers', platform: 'teams', workspace: spot.workspace, spot, ...(outsiders && { outsiders }) };
};

/** Somebody who came or went may have read all the channels of a team; the event names its first one. */
export const isTeamWide = ({ channelData }: Activity): boolean =>
  channelData?.team !== undefined && /^teamMember(Added|Removed)$/.test(channelData?.eventType ?? '');

/** Whether Entente was put somewhere: the first that is heard of a tenant. */
export const isInstall = ({ type, action, membersAdded, recipient }: Activity): boolean =>
  type === 'installationUpdate'
    ? (action ?? '').startsWith('add')
    : type === 'conversationUpdate' && (membersAdded ?? []).some((account) => account.id === recipient?.id);

const membershipOf = (activity: Activity): readonly Notification[] => {
  const { membersAdded, membersRemoved, recipient } = activity;
  const isEntente = (account: Account): boolean => account.id === recipient?.id;
  const came = (membersAdded ?? []).filter((account) => !isEntente(account));
  const went = (membersRemoved ?? []).filter((account) => !isEntente(account));
  const host = tenantOf(activity);
  const source = activity.channelData?.membershipSource?.tenantId ?? host;
  const outsiders = came.length > 0 && (source !== host || came.some((account) => isFromOutside(account, host)));
  const others = came.length + went.length > 0 && !isPersonal(activity);
  return [
    ...(membersAdded?.some(isEntente) ? installedAt(activity) : []),
    ...(membersRemoved?.some(isEntente) ? [aboutEntente(activity, 'removed')] : []),
    ...came.filter((account) => account.aadObjectId).map((account) => met(callerOf(account, activity))),
    ...(others ? [readersAt(activity, outsiders)] : []),
  ];
};

/**
 * What an install, membership or channel event tells. Teams sends several of them for one install. Nothing of it says
 * that a whole tenant has done with Entente: who removes it, removes it from one chat or team.
 */
export const notificationsOf = (activity: Activity): readonly Notification[] => {
  const { type, action, from, channelData } = activity;
  if (type === 'installationUpdate') {
    if (action?.startsWith('remove')) return [aboutEntente(activity, 'removed')];
    const person = from?.aadObjectId ? [met(senderOf(activity, from))] : [];
    return [...installedAt(activity), ...person];
  }
  const told = channelData?.eventType ?? '';
  // What a shared channel is shared with may be of the same company; that it is shared is enough.
  if (sharingEvents.has(told)) return [readersAt(activity, told === 'channelShared')];
  const event = channelEvents[told];
  if (event) return [aboutEntente(activity, event, at(activity, channelData?.channel?.id))];
  return membershipOf(activity);
};
