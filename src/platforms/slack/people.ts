/* Who somebody is, and what their workspace is called, as Slack tells it. */
import type { UsersInfoResponse } from '@slack/web-api';
import { DeliveryError } from '../../core/errors.js';
import type { Zone } from '../../core/ids.js';
import type { Account, Caller, Profile, Spot } from '../../core/platform.js';
import type { Clients } from './clients.js';
import { faultOf } from './faults.js';
import { withinMs } from './inflight.js';
import { limits, patience } from './limits.js';
import { bareDress, beginning, clean, oneLine } from './text.js';

type Told = NonNullable<UsersInfoResponse['user']>;

/**
 * The workspace that somebody belongs to. People of an Enterprise organisation belong to each of its teams that lists
 * them; whoever is not seen to belong to `workspace` belongs elsewhere.
 */
const homeOf = ({ team_id: team, enterprise_user: organised }: Told, workspace: string): string =>
  organised?.teams?.includes(workspace) ? workspace : (team ?? workspace);

const isGuest = (told: Told, home: string, near: string): boolean =>
  told.is_restricted === true || told.is_ultra_restricted === true || (told.is_stranger === true && home === near);

/** True for the workspace's own people and its apps. */
export const isInsider = (told: Told, workspace: string): boolean => {
  const home = homeOf(told, workspace);
  return home === workspace && !isGuest(told, home, workspace);
};

const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

const zoneOf = ({ tz }: Told): Zone | undefined => (tz !== undefined && isZone(tz) ? tz : undefined);

const nameOf = ({ id, name, real_name, profile }: Told): string => {
  const names = [profile?.real_name, real_name, profile?.display_name, name, id];
  const [first = ''] = names.map((one) => oneLine(clean(one ?? ''))).filter((one) => one !== '');
  return beginning(first, limits.personName, bareDress);
};

const profileOf = (told: Told, who: Account, near: Spot): Profile => {
  const home = homeOf(told, who.workspace);
  const zone = zoneOf(told);
  const { locale } = told;
  const email = told.profile?.email;
  return {
    name: nameOf(told),
    workspace: home,
    guest: isGuest(told, home, near.workspace),
    ...(zone !== undefined && { zone }),
    ...(locale !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale) && { locale }),
    ...(email !== undefined && email !== '' && { email: oneLine(clean(email)) }),
  };
};

/** What Slack answers while somebody waits. @throws DeliveryError */
export const soon = async <T>(work: Promise<T>): Promise<T> => {
  try {
    const answered = await withinMs(
      work.then((value) => ({ value })),
      patience.askMs,
    );
    if (!answered) throw new DeliveryError('later', 'slack:timeout');
    return answered.value;
  } catch (error) {
    throw faultOf(error);
  }
};

export interface People {
  /** @throws DeliveryError */
  profile(who: Account, near: Spot): Promise<Profile>;
  /** @throws DeliveryError */
  workspaceName(caller: Caller, near: Spot): Promise<string>;
}

const hostOf = ({ url, domain }: { readonly url?: string; readonly domain?: string }): string =>
  url !== undefined && URL.canParse(url) ? new URL(url).host : `${domain}.slack.com`;

export const createPeople = (clients: Clients): People => ({
  profile: (who, near) =>
    soon(
      (async () => {
        const api = await clients.interactive(near.workspace);
        const { user } = await api.users.info({ user: who.user, include_locale: true });
        // An app that is mentioned is nobody who could own an action or take a seat.
        if (!user || user.is_bot || user.id === 'USLACKBOT') throw new DeliveryError('never', 'slack:nobody');
        return profileOf(user, who, near);
      })(),
    ),
  workspaceName: ({ workspace }, near) =>
    soon(
      (async () => {
        const api = await clients.interactive(near.workspace);
        const { team } = await api.team.info({ team: workspace });
        if (!team?.name) throw new DeliveryError('later', 'slack:unreadable');
        return `${beginning(oneLine(clean(team.name)), limits.personName, bareDress)} (${hostOf(team)})`;
      })(),
    ),
});
