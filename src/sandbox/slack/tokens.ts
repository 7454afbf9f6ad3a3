import { randomBytes } from 'node:crypto';
import type { LiveSlack } from '../world.js';
import { SlackFault } from './fault.js';
import { LIMITS } from './limits.js';
import { ALL_SCOPES } from './scopes.js';

/** An installation: of one workspace, or of a whole organisation. */
export interface Grant {
  readonly team?: string;
  readonly org?: string;
  readonly person: string;
  readonly scopes: readonly string[];
}

interface Token {
  readonly token: string;
  readonly grant: Grant;
  /** Epoch ms; none for a token that does not rotate. */
  readonly expiresAt?: number;
  dead?: 'token_revoked' | 'account_inactive';
}

interface Refresh {
  readonly token: string;
  readonly grant: Grant;
  usedAt?: number;
}

export interface SavedTokens {
  readonly access: readonly Token[];
  readonly refresh: readonly Refresh[];
}

export interface Issued {
  readonly grant: Grant;
  readonly token: string;
  readonly refreshToken?: string;
  /** Seconds. */
  readonly expiresIn?: number;
}

export interface Tokens {
  /** @throws SlackFault invalid_auth, token_expired, token_revoked or account_inactive */
  check(token: string): Grant;
  /** Installs the app, or installs it again: without rotation the token stays the same. */
  install(grant: Grant, rotating: boolean): Issued;
  /** @throws SlackFault invalid_refresh_token */
  refresh(token: string): Issued;
  /** @throws SlackFault as `check` does */
  revoke(token: string): Grant;
  /** Everything that works in a workspace stops working; `uninstalled` takes the app away as well. */
  end(workspace: string, uninstalled: boolean): void;
  /** The token from the environment works again. */
  revive(): void;
  /** The installation that a workspace has. */
  grantOf(workspace: string): Grant | undefined;
  /** Forgets all; the token from the environment works where the app is installed from the start. */
  begin(): void;
  save(): SavedTokens;
  restore(saved: SavedTokens): void;
}

const secret = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;

const covers = (grant: Grant, slack: LiveSlack, workspace: string): boolean =>
  grant.team === workspace ||
  (grant.team === undefined && slack.workplaces.get(workspace)?.enterprise?.id === grant.org);

const sameInstallation = (one: Grant, other: Grant): boolean => one.team === other.team && one.org === other.org;

/** The tokens of all installations. `own` is the one that the environment is given. */
export const createTokens = (slack: LiveSlack, own: string, now: () => number): Tokens => {
  const access = new Map<string, Token>();
  const refreshes = new Map<string, Refresh>();
  const alive = () => [...access.values()].filter((one) => !one.dead && !(one.expiresAt && one.expiresAt <= now()));

  const found = (token: string): Token => {
    const known = access.get(token);
    if (!known) throw new SlackFault('invalid_auth');
    if (known.dead) throw new SlackFault(known.dead);
    if (known.expiresAt !== undefined && known.expiresAt <= now()) throw new SlackFault('token_expired');
    return known;
  };

  const add = (token: Token): void => void access.set(token.token, token);

  /** Two rotating tokens of an installation work at a time; the one before them ends. */
  const rotate = (grant: Grant): Issued => {
    const token = secret('xoxe.xoxb-1-');
    const refreshToken = secret('xoxe-1-');
    const before = alive().filter((one) => one.expiresAt && sameInstallation(one.grant, grant));
    for (const old of before.slice(0, Math.max(0, before.length - LIMITS.activeTokens + 1))) old.dead = 'token_revoked';
    add({ token, grant, expiresAt: now() + LIMITS.tokenSeconds * 1000 });
    refreshes.set(refreshToken, { token: refreshToken, grant });
    return { grant, token, refreshToken, expiresIn: LIMITS.tokenSeconds };
  };

  const keep = (grant: Grant): Issued => {
    const known = alive().find((one) => !one.expiresAt && sameInstallation(one.grant, grant));
    const token = known?.token ?? secret('xoxb-');
    add({ token, grant: known ? { ...grant, scopes: [...new Set([...known.grant.scopes, ...grant.scopes])] } : grant });
    return { grant, token };
  };

  const workspacesOf = (grant: Grant): string[] =>
    [...slack.workplaces.keys()].filter((workspace) => covers(grant, slack, workspace));

  const begin = (): void => {
    access.clear();
    refreshes.clear();
    const grant: Grant = { team: slack.team.id, person: [...slack.people.keys()][0] ?? '', scopes: ALL_SCOPES };
    add({ token: own, grant, ...(slack.installedIn.has(slack.team.id) ? {} : { dead: 'account_inactive' }) });
  };
  begin();

  return {
    check: (token) => found(token).grant,
    install: (grant, rotating) => {
      for (const workspace of workspacesOf(grant)) slack.installedIn.add(workspace);
      return rotating ? rotate(grant) : keep(grant);
    },
    refresh: (token) => {
      const known = refreshes.get(token);
      const late = known?.usedAt !== undefined && now() - known.usedAt > LIMITS.refreshGraceMs;
      if (!known || late) throw new SlackFault('invalid_refresh_token');
      known.usedAt ??= now();
      return rotate(known.grant);
    },
    revoke: (token) => {
      const known = found(token);
      known.dead = 'token_revoked';
      return known.grant;
    },
    end: (workspace, uninstalled) => {
      for (const one of access.values())
        if (covers(one.grant, slack, workspace)) one.dead ??= uninstalled ? 'account_inactive' : 'token_revoked';
      for (const one of refreshes.values()) if (covers(one.grant, slack, workspace)) refreshes.delete(one.token);
      if (uninstalled) slack.installedIn.delete(workspace);
    },
    revive: () => {
      const known = access.get(own);
      if (known) delete known.dead;
      slack.installedIn.add(slack.team.id);
    },
    grantOf: (workspace) =>
      [...access.values()].findLast((one) => !one.dead && covers(one.grant, slack, workspace))?.grant,
    begin,
    save: () => ({
      access: [...access.values()].filter(({ token }) => token !== own),
      refresh: [...refreshes.values()],
    }),
    restore: (saved) => {
      for (const token of saved.access) add(token);
      for (const token of saved.refresh) refreshes.set(token.token, token);
    },
  };
};
