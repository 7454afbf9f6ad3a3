import { z } from 'zod';
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Address, Caller, MessageRef } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { withoutThread } from './activity.js';
import type { Connector, Request } from './connector.js';
import type { Pace } from './pace.js';
import { type Draw, summaryOf } from './render.js';

/** A conversation, thread included, that somebody waits in for an answer. */
export interface Thread {
  readonly workspace: string;
  readonly conversation: string;
  readonly serviceUrl: string;
}

type Person = Pick<Caller, 'workspace' | 'user' | 'detail'>;

export interface Sender {
  /** @throws DeliveryError */
  post(to: Address, view: View): Promise<MessageRef>;
  /** @throws DeliveryError */
  update(message: MessageRef, view: View): Promise<void>;
  /** Answers in the conversation, at once: our own pacing holds no answer back. @throws DeliveryError */
  reply(to: Thread, answer: View | string): Promise<void>;
  /** Answers one to one. @throws DeliveryError */
  whisper(to: Person, serviceUrl: string, view: View): Promise<void>;
  /** Where a tenant is reached, as it last said itself. */
  saw(tenant: string, serviceUrl: string): void;
}

export interface SenderParts {
  readonly connector: Connector;
  readonly draw: Draw;
  readonly pace: Pace;
  readonly now: () => Instant;
  readonly appId: string;
  /** For tenants that have not said theirs. */
  readonly serviceUrl?: string;
}

const idSchema = z.object({ id: z.string() });

/** Fakes and some answers of Teams carry no body; a message without an id cannot be changed later. */
const idIn = (answer: unknown): string => idSchema.safeParse(answer).data?.id ?? '';

/** People remembered by their one-to-one conversation; asking again is harmless. */
const remembered = 10_000;

const cardMessage = (draw: Draw, view: View) => ({
  type: 'message',
  summary: summaryOf(view),
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: draw(view) }],
});

const textMessage = (text: string) => ({ type: 'message', text, textFormat: 'plain' });

export const createSender = ({ connector, draw, pace, now, appId, serviceUrl: fallback }: SenderParts): Sender => {
  const entries = new Map<string, string>();
  const chats = new Map<string, string>();

  const serviceUrlOf = (workspace: string, known: string | undefined): string => {
    const url = known ?? entries.get(workspace) ?? fallback;
    if (url === undefined) throw new DeliveryError('later', 'teams:no-service-url');
    return url;
  };

  const call = async (workspace: string, conversation: string, request: Request): Promise<unknown> => {
    try {
      return await connector(request);
    } catch (error) {
      if (error instanceof DeliveryError && error.throttled && error.afterMs !== undefined)
        pace.hold(workspace, conversation, now() + error.afterMs);
      throw error;
    }
  };

  const write = async (to: Thread, method: 'POST' | 'PUT', body: unknown, message?: string): Promise<string> => {
    const { workspace, conversation, serviceUrl } = to;
    const path = ['conversations', conversation, 'activities', ...(message === undefined ? [] : [message])];
    return idIn(await call(workspace, withoutThread(conversation), { method, serviceUrl, path, body }));
  };

  /** Teams gives the same conversation each time it is asked for the same person. */
  const openChat = async ({ workspace, user, detail }: Person, serviceUrl: string): Promise<string> => {
    const key = `${workspace} ${user}`;
    const known = detail?.conversation ?? chats.get(key);
    if (known !== undefined) return known;
    const body = {
      isGroup: false,
      bot: { id: `28:${appId}` },
      members: [{ id: detail?.mri ?? user }],
      tenantId: workspace,
      channelData: { tenant: { id: workspace } },
    };
    const conversation = idIn(
      await call(workspace, user, { method: 'POST', serviceUrl, path: ['conversations'], body }),
    );
    if (conversation === '') throw new DeliveryError('later', 'teams:no-conversation');
    if (chats.size >= remembered) chats.clear();
    chats.set(key, conversation);
    return conversation;
  };

  return {
    async post(to, view) {
      const { workspace, platform } = to;
      const serviceUrl = serviceUrlOf(workspace, to.detail.serviceUrl);
      pace.take(workspace, to.detail.conversation ?? to.id);
      const conversation = to.kind === 'channel' ? to.id : await openChat({ ...to, user: to.id }, serviceUrl);
      const message = await write({ workspace, conversation, serviceUrl }, 'POST', cardMessage(draw, view));
      return { platform, workspace, conversation, message, detail: { serviceUrl } };
    },
    async update(ref, view) {
      const { workspace, conversation, message } = ref;
      if (message === '') throw new DeliveryError('gone', 'teams:no-message-id');
      const serviceUrl = serviceUrlOf(workspace, ref.detail.serviceUrl);
      pace.take(workspace, withoutThread(conversation));
      await write({ workspace, conversation, serviceUrl }, 'PUT', cardMessage(draw, view), message);
    },
    async reply(to, answer) {
      pace.note(to.workspace, withoutThread(to.conversation));
      await write(to, 'POST', typeof answer === 'string' ? textMessage(answer) : cardMessage(draw, answer));
    },
    async whisper(person, serviceUrl, view) {
      pace.note(person.workspace, person.user);
      const conversation = await openChat(person, serviceUrl);
      await write({ workspace: person.workspace, conversation, serviceUrl }, 'POST', cardMessage(draw, view));
    },
    saw(tenant, serviceUrl) {
      entries.set(tenant, serviceUrl);
    },
  };
};
