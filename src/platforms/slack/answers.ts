/* The ways in which an answer reaches a person once the call is committed. */
import type { WebClient } from '@slack/web-api';
import { DeliveryError } from '../../core/errors.js';
import type { View } from '../../core/view.js';
import type { Clients } from './clients.js';
import type { Origin } from './form.js';
import { withinMs } from './inflight.js';
import { patience } from './limits.js';
import type { Way } from './payloads.js';
import { drawHome, drawModal, type Message } from './render.js';
import type { Unlinked } from './shortcuts.js';
import type { Tokens } from './tokens.js';
import { type Linked, showLinks, type Unfurls } from './unfurls.js';

export interface Answers {
  /** @throws what the client throws, for instance when the three seconds of the trigger are over */
  open(trigger: string, view: View, origin: Origin): Promise<void>;
  replaceWindow(id: string, view: View, origin: Origin): Promise<void>;
  /** Only to the person who asked, where they asked. `replace` puts it in the place of the private message they pressed. */
  tell(way: Way, message: Message, replace?: boolean): Promise<void>;
  publishHome(to: Pick<Way, 'workspace' | 'user'>, view: View): Promise<void>;
  showLinks(linked: Linked, unfurls: Unfurls): Promise<void>;
  permalink(message: Unlinked): Promise<string | undefined>;
  /** The bot's own user id; asked for only when an event does not tell. */
  botUser(workspace: string): Promise<string | undefined>;
}

const respond = async (url: string, body: object): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(patience.interactiveMs),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new DeliveryError('later', `slack:response_url_${response.status}`);
};

const post = async (clients: Clients, way: Way, message: Message): Promise<void> => {
  const api = await clients.interactive(way.workspace);
  const channel = way.channel ?? way.user;
  const where = { channel, ...(way.thread ? { thread_ts: way.thread } : {}) };
  if (/^[CG]/.test(channel)) await api.chat.postEphemeral({ ...where, user: way.user, ...message });
  else await api.chat.postMessage({ ...where, ...message, unfurl_links: false, unfurl_media: false });
};

/** `toldBot` is what the installation tells; else Slack is asked, once per token. */
const createBotUsers = (clients: Clients, toldBot: (workspace: string) => Promise<string | undefined>) => {
  const asked = new WeakMap<WebClient, string>();
  return async (workspace: string): Promise<string | undefined> => {
    const told = await toldBot(workspace).catch(() => undefined);
    if (told !== undefined) return told;
    const api = await clients.interactive(workspace).catch(() => undefined);
    const known = api && asked.get(api);
    if (!api || known !== undefined) return known;
    const bot = (await api.auth.test().catch(() => undefined))?.user_id;
    if (bot !== undefined) asked.set(api, bot);
    return bot;
  };
};

export const createAnswers = (clients: Clients, { botUser }: Pick<Tokens, 'botUser'>): Answers => ({
  async open(trigger, view, origin) {
    const api = await clients.interactive(origin.workspace);
    await api.views.open({ trigger_id: trigger, view: drawModal(view, origin) });
  },
  async replaceWindow(id, view, origin) {
    const api = await clients.interactive(origin.workspace);
    await api.views.update({ view_id: id, view: drawModal(view, origin) });
  },
  async tell(way, message, replace = false) {
    const { responseUrl } = way;
    if (responseUrl === undefined) return post(clients, way, message);
    const thread = way.thread ? { thread_ts: way.thread } : {};
    const body = { response_type: 'ephemeral', replace_original: replace, ...thread, ...message };
    // The address may be used up or expired; where the bot is a member it can still answer.
    await respond(responseUrl, body).catch(() => post(clients, way, message));
  },
  async publishHome({ workspace, user }, view) {
    const api = await clients.interactive(workspace);
    await api.views.publish({ user_id: user, view: drawHome(view) });
  },
  showLinks: (linked, unfurls) => showLinks(clients, linked, unfurls),
  async permalink({ workspace, channel, message_ts }) {
    const asked = clients
      .interactive(workspace)
      .then((api) => api.chat.getPermalink({ channel, message_ts }))
      .catch(() => undefined);
    return (await withinMs(asked, patience.permalinkMs))?.permalink;
  },
  botUser: createBotUsers(clients, botUser),
});
