/* Cards on their way to Slack: posted once, updated in place. */
import type { WebClient } from '@slack/web-api';
import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';
import type { DeliveryError } from '../../core/errors.js';
import type { Address, MessageRef } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { faultOf } from './faults.js';
import type { PacedMethod } from './limits.js';
import type { Pace } from './pace.js';
import { drawMessage } from './render.js';

export interface Sender {
  /** @throws DeliveryError */
  post(to: Address, view: View): Promise<MessageRef>;
  /** @throws DeliveryError */
  update(message: MessageRef, view: View): Promise<void>;
}

/** An API that cannot open a conversation, or may not, still takes a person's id where a channel's is meant. */
const cannotOpen = (error: unknown): boolean =>
  (error instanceof WebAPIPlatformError &&
    ['unknown_method', 'missing_scope', 'method_not_supported_for_channel_type'].includes(error.data.error)) ||
  (error instanceof WebAPIHTTPError && error.statusCode === 404);

/** What went wrong, and no more calls of that kind where Slack said that there were too many. */
const failed = (error: unknown, pace: Pace, method: PacedMethod, workspace: string): DeliveryError => {
  const fault = faultOf(error);
  if (fault.throttled) pace.close(method, workspace, fault.afterMs ?? 0);
  return fault;
};

/** Opens direct conversations, each once. */
const createDirects = (api: WebClient, pace: Pace) => {
  const known = new Map<string, string>();
  return async (workspace: string, user: string): Promise<string> => {
    const before = known.get(`${workspace} ${user}`);
    if (before !== undefined) return before;
    pace.take('conversations.open', workspace);
    try {
      const { channel } = await api.conversations.open({ users: user });
      const conversation = channel?.id ?? user;
      known.set(`${workspace} ${user}`, conversation);
      return conversation;
    } catch (error) {
      if (cannotOpen(error)) return user;
      throw failed(error, pace, 'conversations.open', workspace);
    }
  };
};

export const createSender = (api: WebClient, pace: Pace): Sender => {
  const openDirect = createDirects(api, pace);
  return {
    async post({ platform, workspace, kind, id }, view) {
      const channel = kind === 'person' ? await openDirect(workspace, id) : id;
      pace.take('chat.postMessage', workspace, channel);
      const { text, blocks } = drawMessage(view);
      try {
        const sent = await api.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
        return { platform, workspace, conversation: sent.channel ?? channel, message: sent.ts ?? '', detail: {} };
      } catch (error) {
        throw failed(error, pace, 'chat.postMessage', workspace);
      }
    },
    async update({ workspace, conversation, message }, view) {
      pace.take('chat.update', workspace);
      const { text, blocks } = drawMessage(view);
      try {
        await api.chat.update({ channel: conversation, ts: message, text, blocks });
      } catch (error) {
        throw failed(error, pace, 'chat.update', workspace);
      }
    },
  };
};
