import type { Request } from 'express';
import { homeOf, workplaceOf } from '../workplaces.js';
import { type Desk, deskAt, SlackFault } from './desk.js';
import { APP_METHODS, OPEN_METHODS } from './methods.js';
import { neededScopes } from './scopes.js';
import type { Grant } from './tokens.js';

export type Args = Readonly<Record<string, unknown>>;

/** Arguments that a form carries as JSON text, and the code for when it is none. */
const JSON_ARGUMENTS: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  files: 'invalid_arguments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
};

export const decoded = (args: Args): Args => {
  const result: Record<string, unknown> = { ...args };
  for (const [name, code] of Object.entries(JSON_ARGUMENTS)) {
    const value = result[name];
    if (typeof value !== 'string') continue;
    try {
      result[name] = JSON.parse(value);
    } catch {
      throw new SlackFault(code);
    }
  }
  return result;
};

export const tokenOf = (req: Request): string | undefined =>
  req.headers.authorization?.replace(/^Bearer ?/, '') ?? (req.body as Args | undefined)?.token?.toString();

const SECRETS: ReadonlySet<string> = new Set(['token', 'client_secret', 'code', 'refresh_token']);

export const withoutSecrets = (args: Args): Args =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !SECRETS.has(name)));

const LISTING: ReadonlySet<string> = new Set(['conversations.list', 'users.list']);

/** The workspace that a call of a whole organisation's token is about. */
const workspaceOfCall = ({ world }: Desk, { org }: Grant, method: string, args: Args): string => {
  const { slack } = world;
  const own = [...slack.workplaces.values()].filter(({ enterprise }) => enterprise?.id === org);
  if (args.team_id !== undefined) {
    if (!own.some(({ id }) => id === args.team_id)) throw new SlackFault('team_access_not_granted');
    return String(args.team_id);
  }
  if (LISTING.has(method))
    throw new SlackFault('missing_argument', { errors: ['[ERROR] missing required field: team_id'] });
  const place = slack.conversations.get(String(args.channel));
  const person = slack.people.get(String(args.user ?? args.user_id ?? args.users ?? args.channel));
  const meant = place ? workplaceOf(world, 'slack', place) : person && homeOf(world, 'slack', person);
  return own.find(({ id }) => id === meant?.id)?.id ?? own[0]?.id ?? '';
};

/** The desk as the calling token sees it. @throws SlackFault when the token does not work, or not for this */
export const deskFor = (desk: Desk, method: string, token: string | undefined, args: Args): Desk => {
  if (OPEN_METHODS.has(method)) return desk;
  if (!token) throw new SlackFault('not_authed');
  const app = token === desk.appToken;
  const grant = app ? undefined : desk.tokens.check(token);
  if (app !== APP_METHODS.has(method)) throw new SlackFault('not_allowed_token_type');
  if (!grant) return desk;
  const needed = neededScopes(method, args.channel);
  if (needed.length > 0 && !needed.some((scope) => grant.scopes.includes(scope)))
    throw new SlackFault('missing_scope', { needed: needed[0], provided: grant.scopes.join(',') });
  const { org: _, ...rest } = deskAt(desk, grant.team ?? workspaceOfCall(desk, grant, method, args));
  const enterprise = grant.team === undefined ? rest.team.enterprise : undefined;
  return { ...rest, token, scopes: grant.scopes, ...(enterprise ? { org: enterprise } : {}) };
};

/** Who an app is may stand in the header, as in OAuth itself. */
export const clientOf = ({ headers: { authorization = '' } }: Request): Args => {
  if (!/^Basic /i.test(authorization)) return {};
  const [id = '', ...secret] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
  return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret.join(':')) };
};
