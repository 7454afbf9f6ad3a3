import { chatMethods } from './chat.js';
import type { Desk } from './desk.js';
import { directoryMethods } from './directory.js';
import { fileMethods } from './files.js';
import { historyMethods } from './history.js';
import { linkMethods } from './links.js';
import { issuedObject } from './oauth.js';
import { viewMethods } from './views.js';

/** One Web API method: its arguments, parsed; what is returned goes beside `ok: true`. @throws SlackFault */
export type Method = (args: Readonly<Record<string, unknown>>, desk: Desk) => Readonly<Record<string, unknown>>;

/** These take the app-level token. */
export const APP_METHODS: ReadonlySet<string> = new Set(['apps.connections.open']);

/** These take no token: they are for getting one. */
export const OPEN_METHODS: ReadonlySet<string> = new Set(['oauth.v2.access']);

const oauthAccess: Method = (args, desk) => {
  const issued = desk.oauth.access(args, desk);
  desk.world.touch();
  return issuedObject(desk, issued, args.grant_type === 'refresh_token');
};

const authRevoke: Method = (args, desk) => {
  if (String(args.test) === 'true' || String(args.test) === '1') return { revoked: false };
  desk.tokens.revoke(desk.token);
  desk.world.touch();
  return { revoked: true };
};

export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...chatMethods,
    ...directoryMethods,
    ...linkMethods,
    ...historyMethods,
    ...viewMethods,
    ...fileMethods,
    'oauth.v2.access': oauthAccess,
    'auth.revoke': authRevoke,
    'apps.connections.open': (_args, desk) => ({ url: desk.socketUrl() }),
  } satisfies Record<string, Method>),
);
