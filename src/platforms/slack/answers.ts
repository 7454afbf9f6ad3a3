/* The ways in which an answer reaches a person once the call is committed. */
import type { WebClient } from '@slack/web-api';
import { DeliveryError } from '../../core/errors.js';
import type { View } from '../../core/view.js';
import type { Origin } from './form.js';
import { withinMs } from './inflight.js';
import { patience } from './limits.js';
import type { Way } from './payloads.js';
import { drawHome, drawModal, type Message } from './render.js';

export interface Answers {
  /** @throws what the client throws, for instance when the three seconds of the trigger are over */
  open(trigger: string, view: View, origin: Origin): Promise<void>;
  replaceWindow(id: string, view: View, origin: Origin): Promise<void>;
  /** Only to the person who asked, where they asked. `replace` puts it in the place of the private message they pressed. */
  tell(way: Way, message: Message, replace?: boolean): Promise<void>;
  publishHome(user: string, view: View): Promise<void>;
  permalink(channel: string, message_ts: string): Promise<string | undefined>;
  /** The bot's own user id; asked for once, and only when an event does not tell. */
  botUser(): Promise<string | undefined>;
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

const post = async (api: WebClient, way: Way, message: Message): Promise<void> => {
  const channel = way.channel ?? way.user;
  const where = { channel, ...(way.thread ? { thread_ts: way.thread } : {}) };
  if (/^[CG]/.test(channel)) await api.chat.postEphemeral({ ...where, user: way.user, ...message });
  else await api.chat.postMessage({ ...where, ...message, unfurl_links: false, unfurl_media: false });
};

export const createAnswers = (api: WebClient): Answers => {
  let bot: string | undefined;
  return {
    async open(trigger, view, origin) {
      await api.views.open({ trigger_id: trigger, view: drawModal(view, origin) });
    },
    async replaceWindow(id, view, origin) {
      await api.views.update({ view_id: id, view: drawModal(view, origin) });
    },
    async tell(way, message, replace = false) {
      const { responseUrl } = way;
      if (responseUrl === undefined) return post(api, way, message);
      const thread = way.thread ? { thread_ts: way.thread } : {};
      const body = { response_type: 'ephemeral', replace_original: replace, ...thread, ...message };
      // The address may be used up or expired; where the bot is a member it can still answer.
      await respond(responseUrl, body).catch(() => post(api, way, message));
    },
    async publishHome(user, view) {
      await api.views.publish({ user_id: user, view: drawHome(view) });
    },
    async permalink(channel, message_ts) {
      const asked = api.chat.getPermalink({ channel, message_ts }).catch(() => undefined);
      return (await withinMs(asked, patience.permalinkMs))?.permalink;
    },
    async botUser() {
      bot ??= (await api.auth.test().catch(() => undefined))?.user_id;
      return bot;
    },
  };
};
