/*
 * Who has installed Entente: a team by itself, or an organisation for the teams that its admins chose. Slack names the
 * organisation only in what it sends us, so it is remembered for the deliveries that come later.
 */
import type { Installation as SlackInstallation } from '@slack/oauth';
import type { Instant } from '../../core/ids.js';
import type { Installation, Installations, Listed } from '../../core/installations.js';

/** Slack tells that Entente is gone from somewhere. */
export interface Removal {
  readonly workspace: string;
  readonly enterprise?: string;
  readonly at?: Instant;
}

export interface Workspaces {
  /** Whose tokens serve a team: its own, or those of its organisation. @throws VaultError */
  granted(workspace: string): Promise<Installation | undefined>;
  /** Something came from a team through its organisation's installation. Gives true when that is news. */
  noteOrganisation(workspace: string, enterprise: string): Promise<boolean>;
  /** Gives the workspaces in which Entente is at work from now on. */
  install(installation: SlackInstallation): Promise<readonly string[]>;
  /**
   * Gives the workspaces that are without Entente now; none when it was installed again since. `works` asks Slack
   * whether an organisation's token still does: then it only lost that one team.
   */
  lost(removal: Removal, works: (enterprise: Installation) => Promise<boolean>): Promise<readonly string[]>;
}

/** The event may be told again minutes later; our clock and Slack's may differ by this. */
const CLOCKS_MS = 2_000;

const at = (workspace: string) => ({ platform: 'slack' as const, workspace });

const grantedBy = ({ bot, user, appId, name }: SlackInstallation & { readonly name?: string }) => {
  if (!bot) throw new Error('installed without a bot');
  const { token, refreshToken, expiresAt, userId, scopes } = bot;
  return {
    name,
    detail: { bot: userId, by: user.id, scopes: scopes.join(','), ...(appId && { app: appId }) },
    tokens: { bot: token, ...(refreshToken && { refresh: refreshToken }) },
    ...(expiresAt !== undefined && { expiresAt: expiresAt * 1_000 }),
  };
};

export const createWorkspaces = (installations: Installations): Workspaces => {
  const find = (workspace: string) => installations.find(at(workspace));

  const teamsOf = async (enterprise: string): Promise<readonly Listed[]> =>
    (await installations.list('slack')).filter(({ detail }) => detail.enterprise === enterprise);

  return {
    async granted(workspace) {
      const own = await find(workspace);
      const enterprise = own?.tokens ? undefined : own?.detail.enterprise;
      return enterprise === undefined ? own : find(enterprise);
    },
    async noteOrganisation(workspace, enterprise) {
      const own = await find(workspace);
      if (own?.detail.enterprise === enterprise) return false;
      await installations.save(at(workspace), { detail: { enterprise } });
      return true;
    },
    async install(installation) {
      const { team, enterprise, isEnterpriseInstall } = installation;
      const place = isEnterpriseInstall ? enterprise : team;
      if (!place) throw new Error('installed nowhere');
      await installations.save(at(place.id), grantedBy({ ...installation, name: place.name }));
      const teams = isEnterpriseInstall ? await teamsOf(place.id) : [];
      for (const { workspace, detail } of teams) await installations.save(at(workspace), { detail });
      return [place.id, ...teams.map(({ workspace }) => workspace)];
    },
    async lost({ workspace, enterprise, at: toldAt = Number.POSITIVE_INFINITY }, works) {
      const own = await find(workspace);
      const holder = own?.tokens ? own : await find(own?.detail.enterprise ?? enterprise ?? workspace);
      if (!holder?.tokens) return [workspace];
      if (toldAt + CLOCKS_MS < holder.installedAt) return [];
      if (holder.workspace !== workspace && (await works(holder))) return [workspace];
      // The organisation last: what is told again finds its teams as long as it is there.
      return [...(await teamsOf(holder.workspace)).map((team) => team.workspace), holder.workspace];
    },
  };
};
