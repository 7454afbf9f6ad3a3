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

/** The app's codes and its ways back. */
interface Book extends OAuthOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly codes: Map<string, Code>;
}

const back = ({ redirectUrls }: Book, asking: Asking, more: Readonly<Record<string, string>>): string => {
  const { redirectUri = redirectUrls[0] ?? '', state } = asking;
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...more, ...(state ? { state } : {}) }))
    url.searchParams.set(name, value);
  return url.href;
};

const readAsking = ({ clientId, redirectUrls }: Book, query: Readonly<Record<string, unknown>>): Asking => {
  if (query.client_id !== clientId) throw new SlackFault('invalid_client_id');
  const redirectUri = text(query.redirect_uri);
  const allowed = redirectUrls.some((url) => redirectUri === url || redirectUri?.startsWith(`${url}/`));
  if (redirectUri !== undefined && !allowed) throw new SlackFault('bad_redirect_uri');
  const state = text(query.state);
  return { scopes: readScopes(query.scope), ...(redirectUri ? { redirectUri } : {}), ...(state ? { state } : {}) };
};

/** What a person allows: their workspace, or all of its organisation. */
const grantBy = (
  { world }: Desk,
  scopes: readonly string[],
  { person: id, org }: Pick<Consent, 'person' | 'org'>,
): Grant => {
  const { people } = world.slack;
  const person = people.get(id ?? '') ?? [...people.values()][0];
  if (!person || person.guest) throw new SlackFault('access_denied');
  const home = homeOf(world, 'slack', person);
  if (!org) return { team: home.id, person: person.id, scopes };
  if (!home.enterprise) throw new SlackFault('not_an_enterprise');
  return { org: home.enterprise.id, person: person.id, scopes };
};

const spend = ({ codes, now }: Book, value: unknown, redirectUri: string | undefined): Grant => {
  const code = codes.get(String(value));
  if (!code) throw new SlackFault('invalid_code');
  if (code.used) throw new SlackFault('code_already_used');
  if (now() - code.at > LIMITS.codeMs) throw new SlackFault('code_expired');
  if (code.redirectUri !== redirectUri) throw new SlackFault('bad_redirect_uri');
  code.used = true;
  return code.grant;
};

/** Slack's end of OAuth: the answers of people, codes for them, and tokens for codes. */
export const createOAuth = (options: OAuthOptions): OAuth => {
  const book: Book = {
    ...options,
    clientId: '1000000000001.2000000000002',
    clientSecret: randomBytes(16).toString('hex'),
    codes: new Map(),
  };
  const oauth: OAuth = {
    clientId: book.clientId,
    clientSecret: book.clientSecret,
    consent: { answer: 'ask' },
    read: (query) => readAsking(book, query),
    allow: (desk, asking, who) => {
      const { redirectUri, scopes } = asking;
      const code = randomBytes(20).toString('hex');
      const kept = { grant: grantBy(desk, scopes, who), at: book.now(), used: false };
      keepRecent(book.codes, code, redirectUri === undefined ? kept : { ...kept, redirectUri }, REMEMBERED);
      return back(book, asking, { code });
    },
    deny: (asking) => back(book, asking, { error: 'access_denied' }),
    access: (args, { tokens }) => {
      if (args.client_id !== book.clientId) throw new SlackFault('invalid_client_id');
      if (args.client_secret !== book.clientSecret) throw new SlackFault('bad_client_secret');
      const kind = args.grant_type ?? 'authorization_code';
      if (kind === 'refresh_token') return tokens.refresh(String(args.refresh_token));
      if (kind !== 'authorization_code') throw new SlackFault('invalid_grant_type');
      return tokens.install(spend(book, args.code, text(args.redirect_uri)), oauth.consent.rotating ?? false);
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
