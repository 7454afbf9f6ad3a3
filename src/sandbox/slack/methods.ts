import { chatMethods } from './chat.js';
import type { Desk } from './desk.js';
import { directoryMethods } from './directory.js';
import { viewMethods } from './views.js';

/** One Web API method: its arguments, parsed; what is returned goes beside `ok: true`. @throws SlackFault */
export type Method = (args: Readonly<Record<string, unknown>>, desk: Desk) => Readonly<Record<string, unknown>>;

/** These take the app-level token. */
export const APP_METHODS: ReadonlySet<string> = new Set(['apps.connections.open']);

export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...chatMethods,
    ...directoryMethods,
    ...viewMethods,
    'apps.connections.open': (_args, desk) => ({ url: desk.socketUrl() }),
  } satisfies Record<string, Method>),
);
