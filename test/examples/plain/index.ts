import type { Platform } from '../../../src/core/platform.js';
import type { Surroundings } from '../../../src/platforms/surroundings.js';
import { receive } from './receive.js';
import { render } from './render.js';
import { send } from './send.js';

export interface PlainConfig {
  readonly apiUrl: string;
  readonly secret: string;
}

export const createPlain = (config: PlainConfig, around: Surroundings): Platform => ({
  id: 'teams',
  start: async (inbound) => receive(around, config.secret, inbound),
  stop: async () => {},
  // Plain has neither profiles nor guests.
  profile: async ({ workspace, user }) => ({ name: user, workspace, guest: false }),
  readers: async () => ({ outsiders: false }),
  workspaceName: async ({ workspace }) => workspace,
  post: async ({ workspace, id, detail }, view) => {
    const message = await send(`${config.apiUrl}/rooms/${id}`, 'POST', render(view));
    return { platform: 'teams', workspace, conversation: id, message, detail };
  },
  update: async ({ message }, view) => void (await send(`${config.apiUrl}/messages/${message}`, 'PUT', render(view))),
});
