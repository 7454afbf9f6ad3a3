/* Cards on their way to Slack: posted once, updated in place. */
import type { WebClient } from '@slack/web-api';
import { WebAPIHTTPError, WebAPIPlatformError } from '@slack/web-api';
import { DeliveryError } from '../../core/errors.js';
import type { MessageRef, Platform } from '../../core/platform.js';
import type { Clients } from './clients.js';
import { faultOf, refusesToken } from './faults.js';
import { sendFile } from './files.js';
import type { PacedMethod } from './limits.js';
import type { Pace } from './pace.js';
import { drawMessage } from './render.js';

export type Sender = Pick<Platform, 'post' | 'update'> & Required<Pick<Platform, 'wait'>>;

/** An API that cannot open a conversation, or may not, still takes a person's id where a channel's is meant. */
const cannotOpen = (error: unknown): boolean =>
  (error instanceof WebAPIPlatformError &&
    ['unknown_method', 'missing_scope', 'method_not_supported_for_channel_type'].includes(error.data.error)) ||
  (error instanceof WebAPIHTTPError && error.statusCode === 404);

interface Attempt {
  readonly method: PacedMethod;
  readonly workspace: string;
  readonly channel?: string;
}

export type Send = <T>(attempt: Attempt, work: (api: WebClient) => Promise<T>) => Promise<T>;

/**
 * One call with the workspace's token. No more calls of its kind where Slack said that there were too many; and what was
 * refused with a token that has been replaced meanwhile is worth another attempt.
 */
const createSend =
  (clients: Clients, pace: Pace, reinstall?: string): Send =>
  async ({ method, workspace, channel }, work) => {
    const api = await clients.delivery(workspace);
    pace.take(method, workspace, channel);
    try {
      return await work(api);
    } catch (error) {
      const fault = faultOf(error, reinstall);
      if (fault.throttled) pace.close(method, workspace, fault.afterMs ?? 0);
      if (refusesToken(fault) && (await clients.delivery(workspace)) !== api)
        throw new DeliveryError('later', fault.reason, { cause: error });
      throw fault;
    }
  };

/** Opens direct conversations, each once: files are put into them by their own ids alone. */
const createDirects = (send: Send) => {
  const known = new Map<string, string>();
  return async (workspace: string, user: string): Promise<string> => {
    const before = known.get(`${workspace} ${user}`);
    if (before !== undefined) return before;
    const attempt = { method: 'conversations.open', workspace } as const;
    const opened = await send(attempt, (api) =>
      api.conversations.open({ users: user }).catch((error: unknown) => {
        if (!cannotOpen(error)) throw error;
        return undefined;
      }),
    );
    if (!opened) return user;
    const conversation = opened.channel?.id ?? user;
    known.set(`${workspace} ${user}`, conversation);
    return conversation;
  };
};

const SLACK = 'https://slack.com/api/';

/** `reinstall` says what to do about a token that Slack refuses. */
export const createSender = (
  clients: Clients,
  pace: Pace,
  { reinstall, apiUrl = SLACK }: { readonly reinstall?: string; readonly apiUrl?: string } = {},
): Sender => {
  const send = createSend(clients, pace, reinstall);
  const openDirect = createDirects(send);
  return {
    wait: ({ workspace, conversation }, how) =>
      how === 'post' ? pace.wait('chat.postMessage', workspace, conversation) : pace.wait('chat.update', workspace),
    async post({ platform, workspace, kind, id }, view, file): Promise<MessageRef> {
      if (view.kind === 'file' && file) {
        const channel = kind === 'person' ? await openDirect(workspace, id) : id;
        const sent = await sendFile({ send, apiUrl }, { workspace, channel }, view, file);
        return { platform, workspace, conversation: channel, message: '', detail: { file: sent } };
      }
      // A person's id stands for the conversation with them: opening each would take six times as long as writing to it.
      const channel = id;
      const { text, blocks } = drawMessage(view);
      const sent = await send({ method: 'chat.postMessage', workspace, channel }, (api) =>
        api.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false }),
      );
      return { platform, workspace, conversation: sent.channel ?? channel, message: sent.ts ?? '', detail: {} };
    },
    async update({ workspace, conversation, message }, view) {
      // What was sent as a file stays as it is.
      if (message === '') return;
      const { text, blocks } = drawMessage(view);
      await send({ method: 'chat.update', workspace }, (api) =>
        api.chat.update({ channel: conversation, ts: message, text, blocks }),
      );
    },
  };
};
