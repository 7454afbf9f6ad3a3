import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Address, MessageRef } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { withoutThread } from './activity.js';
import { createChats, type Person } from './chats.js';
import type { Connector } from './connector.js';
import type { Pace } from './pace.js';
import { type Draw, summaryOf } from './render.js';
import { createWriter, type Thread } from './writer.js';

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

const cardMessage = (draw: Draw, view: View) => ({
  type: 'message',
  summary: summaryOf(view),
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: draw(view) }],
});

const textMessage = (text: string) => ({ type: 'message', text, textFormat: 'plain' });

/** Stored addresses may lack a service URL: then the one that the tenant last came from serves. */
const createEntries = (fallback: string | undefined) => {
  const entries = new Map<string, string>();
  return {
    saw: (tenant: string, serviceUrl: string): void => void entries.set(tenant, serviceUrl),
    of(tenant: string, known: string | undefined): string {
      const url = known ?? entries.get(tenant) ?? fallback;
      if (url === undefined) throw new DeliveryError('later', 'teams:no-service-url');
      return url;
    },
  };
};

export const createSender = ({ connector, draw, pace, now, appId, serviceUrl: fallback }: SenderParts): Sender => {
  const entries = createEntries(fallback);
  const writer = createWriter(connector, pace, now);
  const openChat = createChats(writer, appId);

  return {
    saw: entries.saw,
    async post(to, view) {
      const { workspace, platform } = to;
      const serviceUrl = entries.of(workspace, to.detail.serviceUrl);
      pace.take(workspace, to.detail.conversation ?? to.id);
      const conversation = to.kind === 'channel' ? to.id : await openChat({ ...to, user: to.id }, serviceUrl);
      const message = await writer.write({ workspace, conversation, serviceUrl }, cardMessage(draw, view));
      return { platform, workspace, conversation, message, detail: { serviceUrl } };
    },
    async update({ workspace, conversation, message, detail }, view) {
      if (message === '') throw new DeliveryError('gone', 'teams:no-message-id');
      const serviceUrl = entries.of(workspace, detail.serviceUrl);
      pace.take(workspace, withoutThread(conversation));
      await writer.write({ workspace, conversation, serviceUrl }, cardMessage(draw, view), message);
    },
    async reply(to, answer) {
      pace.note(to.workspace, withoutThread(to.conversation));
      await writer.write(to, typeof answer === 'string' ? textMessage(answer) : cardMessage(draw, answer));
    },
    async whisper(person, serviceUrl, view) {
      const { workspace, user } = person;
      pace.note(workspace, user);
      const conversation = await openChat(person, serviceUrl);
      await writer.write({ workspace, conversation, serviceUrl }, cardMessage(draw, view));
    },
  };
};
