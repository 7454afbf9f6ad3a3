import { randomBytes } from 'node:crypto';
import type { Consent } from '../model.js';
import { keepRecent } from '../recent.js';
import { homeOf } from '../workplaces.js';
import type { Desk } from './desk.js';
import { SlackFault } from './fault.js';
import { LIMITS } from './limits.js';
import type { Method } from './methods.js';
import { SCOPES } from './scopes.js';
import type { Grant, Issued } from './tokens.js';

/** What an app asks a person for, as it stands in the address of the consent page. */
export interface Asking {
  readonly scopes: readonly string[];
  readonly redirectUri?: string;
  readonly state?: string;
}

interface Code {
  readonly grant: Grant;
  readonly redirectUri?: string;
  readonly at: number;
  used: boolean;
}

export interface OAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** How people answer from now on. */
  consent: Consent;
  /** @throws SlackFault invalid_client_id, bad_redirect_uri, invalid_scope: the page shows it, nobody is sent back */
  read(query: Readonly<Record<string, unknown>>): Asking;
  /** Where the browser goes next. */
  allow(desk: Desk, asking: Asking, who: Pick<Consent, 'person' | 'org'>): string;
  deny(asking: Asking): string;
  /** @throws SlackFault */
  access(args: Parameters<Method>[0], desk: Desk): Issued;
}

const REMEMBERED = 200;

export interface OAuthOptions {
  readonly now: () => number;
  readonly redirectUrls: readonly string[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const readScopes = (value: unknown): readonly string[] => {
  const scopes = (text(value) ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopes.length === 0) throw new SlackFault('no_scopes');
  if (scopes.some((scope) => !(scope in SCOPES))) throw new SlackFault('invalid_scope');
  return scopes;
};

/** Slack's end of OAuth: the answers of people, codes for them, and tokens for codes. */
export const createOAuth = ({ now, redirectUrls }: OAuthOptions): OAuth => {
  const clientId = '1000000000001.2000000000002';
  const clientSecret = randomBytes(16).toString('hex');
  const codes = new Map<string, Code>();

  const back = ({ redirectUri = redirectUrls[0] ?? '', state }: Asking, more: Record<string, string>): string => {
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries({ ...more, ...(state ? { state } : {}) }))
      url.searchParams.set(name, value);
    return url.href;
  };

  const spend = (value: unknown, redirectUri: string | undefined): Code => {
    const code = codes.get(String(value));
    if (!code) throw new SlackFault('invalid_code');
    if (code.used) throw new SlackFault('code_already_used');
    if (now() - code.at > LIMITS.codeMs) throw new SlackFault('code_expired');
    if (code.redirectUri !== redirectUri) throw new SlackFault('bad_redirect_uri');
    code.used = true;
    return code;
  };

  const oauth: OAuth = {
    clientId,
    clientSecret,
    consent: { answer: 'ask' },
    read: (query) => {
      if (query.client_id !== clientId) throw new SlackFault('invalid_client_id');
      const redirectUri = text(query.redirect_uri);
      const allowed = redirectUrls.some((url) => redirectUri === url || redirectUri?.startsWith(`${url}/`));
      if (redirectUri !== undefined && !allowed) throw new SlackFault('bad_redirect_uri');
      const state = text(query.state);
      return { scopes: readScopes(query.scope), ...(redirectUri ? { redirectUri } : {}), ...(state ? { state } : {}) };
    },
    allow: ({ world }, asking, { person: id, org }) => {
      const { slack } = world;
      const person = slack.people.get(id ?? '') ?? [...slack.people.values()][0];
      if (!person || person.guest) throw new SlackFault('access_denied');
      const home = homeOf(world, 'slack', person);
      if (org && !home.enterprise) throw new SlackFault('not_an_enterprise');
      const where = org && home.enterprise ? { org: home.enterprise.id } : { team: home.id };
      const code = randomBytes(20).toString('hex');
      const { redirectUri, scopes } = asking;
      const kept: Code = { grant: { ...where, person: person.id, scopes }, at: now(), used: false };
      keepRecent(codes, code, redirectUri === undefined ? kept : { ...kept, redirectUri }, REMEMBERED);
      return back(asking, { code });
    },
    deny: (asking) => back(asking, { error: 'access_denied' }),
    access: (args, { tokens }) => {
      if (args.client_id !== clientId) throw new SlackFault('invalid_client_id');
      if (args.client_secret !== clientSecret) throw new SlackFault('bad_client_secret');
      const kind = args.grant_type ?? 'authorization_code';
      if (kind === 'refresh_token') return tokens.refresh(String(args.refresh_token));
      if (kind !== 'authorization_code') throw new SlackFault('invalid_grant_type');
      const { grant } = spend(args.code, text(args.redirect_uri));
      return tokens.install(grant, oauth.consent.rotating ?? false);
    },
  };
  return oauth;
};

/** What oauth.v2.access answers. */
export const issuedObject = ({ world: { slack }, appId }: Desk, issued: Issued, refreshed: boolean) => {
  const { grant, token, refreshToken, expiresIn } = issued;
  const team = grant.team === undefined ? undefined : slack.workplaces.get(grant.team);
  const org = [...slack.workplaces.values()].find(({ enterprise }) => enterprise && enterprise.id === grant.org);
  return {
    app_id: appId,
    ...(refreshed ? {} : { authed_user: { id: grant.person } }),
    scope: grant.scopes.join(','),
    token_type: 'bot',
    access_token: token,
    bot_user_id: slack.bot.id,
    team: team ? { id: team.id, name: team.name } : null,
    enterprise: team?.enterprise ?? org?.enterprise ?? null,
    is_enterprise_install: team === undefined,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in: expiresIn }),
  };
};
