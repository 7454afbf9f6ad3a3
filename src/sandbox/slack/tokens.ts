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

/** All tokens of the app, as Slack keeps them. */
interface Ring {
  readonly slack: LiveSlack;
  readonly now: () => number;
  readonly access: Map<string, Token>;
  readonly refreshes: Map<string, Refresh>;
}

const secret = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;

const covers = ({ slack }: Ring, { team, org }: Grant, workspace: string): boolean =>
  team === workspace || (team === undefined && slack.workplaces.get(workspace)?.enterprise?.id === org);

const isExpired = ({ now }: Ring, { expiresAt }: Token): boolean => expiresAt !== undefined && expiresAt <= now();

const aliveOf = (ring: Ring, { team, org }: Grant): Token[] =>
  [...ring.access.values()].filter(
    (one) => !one.dead && !isExpired(ring, one) && one.grant.team === team && one.grant.org === org,
  );

const usable = (ring: Ring, token: string): Token => {
  const known = ring.access.get(token);
  if (!known) throw new SlackFault('invalid_auth');
  if (known.dead) throw new SlackFault(known.dead);
  if (isExpired(ring, known)) throw new SlackFault('token_expired');
  return known;
};

/** Two rotating tokens of an installation work at a time; the one before them ends. */
const rotate = (ring: Ring, grant: Grant): Issued => {
  const token = secret('xoxe.xoxb-1-');
  const refreshToken = secret('xoxe-1-');
  const before = aliveOf(ring, grant).filter(({ expiresAt }) => expiresAt !== undefined);
  for (const old of before.slice(0, Math.max(0, before.length - LIMITS.activeTokens + 1))) old.dead = 'token_revoked';
  ring.access.set(token, { token, grant, expiresAt: ring.now() + LIMITS.tokenSeconds * 1000 });
  ring.refreshes.set(refreshToken, { token: refreshToken, grant });
  return { grant, token, refreshToken, expiresIn: LIMITS.tokenSeconds };
};

/** Without rotation the token of an installation stays the same, and may do more each time. */
const keep = (ring: Ring, grant: Grant): Issued => {
  const known = aliveOf(ring, grant).find(({ expiresAt }) => expiresAt === undefined);
  const token = known?.token ?? secret('xoxb-');
  const scopes = [...new Set([...(known?.grant.scopes ?? []), ...grant.scopes])];
  const widened = { ...grant, scopes };
  ring.access.set(token, { token, grant: widened });
  return { grant: widened, token };
};

const install = (ring: Ring, grant: Grant, rotating: boolean): Issued => {
  for (const workspace of ring.slack.workplaces.keys())
    if (covers(ring, grant, workspace)) ring.slack.installedIn.add(workspace);
  return rotating ? rotate(ring, grant) : keep(ring, grant);
};

const refresh = (ring: Ring, token: string): Issued => {
  const known = ring.refreshes.get(token);
  const late = known?.usedAt !== undefined && ring.now() - known.usedAt > LIMITS.refreshGraceMs;
  if (!known || late) throw new SlackFault('invalid_refresh_token');
  known.usedAt ??= ring.now();
  return rotate(ring, known.grant);
};

const end = (ring: Ring, workspace: string, uninstalled: boolean): void => {
  for (const one of ring.access.values())
    if (covers(ring, one.grant, workspace)) one.dead ??= uninstalled ? 'account_inactive' : 'token_revoked';
  for (const one of ring.refreshes.values()) if (covers(ring, one.grant, workspace)) ring.refreshes.delete(one.token);
  if (uninstalled) ring.slack.installedIn.delete(workspace);
};

const begin = ({ slack, access, refreshes }: Ring, own: string): void => {
  access.clear();
  refreshes.clear();
  const grant: Grant = { team: slack.team.id, person: [...slack.people.keys()][0] ?? '', scopes: ALL_SCOPES };
  const dead = slack.installedIn.has(slack.team.id) ? {} : { dead: 'account_inactive' as const };
  access.set(own, { token: own, grant, ...dead });
};

/** The tokens of all installations. `own` is the one that the environment is given. */
export const createTokens = (slack: LiveSlack, own: string, now: () => number): Tokens => {
  const ring: Ring = { slack, now, access: new Map(), refreshes: new Map() };
  begin(ring, own);
  return {
    check: (token) => usable(ring, token).grant,
    install: (grant, rotating) => install(ring, grant, rotating),
    refresh: (token) => refresh(ring, token),
    revoke: (token) => {
      const known = usable(ring, token);
      known.dead = 'token_revoked';
      return known.grant;
    },
    end: (workspace, uninstalled) => end(ring, workspace, uninstalled),
    revive: () => {
      const known = ring.access.get(own);
      if (known) delete known.dead;
      slack.installedIn.add(slack.team.id);
    },
    grantOf: (workspace) =>
      [...ring.access.values()].findLast((one) => !one.dead && covers(ring, one.grant, workspace))?.grant,
    begin: () => begin(ring, own),
    save: () => ({
      access: [...ring.access.values()].filter(({ token }) => token !== own),
      refresh: [...ring.refreshes.values()],
    }),
    restore: (saved) => {
      for (const token of saved.access) ring.access.set(token.token, token);
      for (const token of saved.refresh) ring.refreshes.set(token.token, token);
    },
  };
};
