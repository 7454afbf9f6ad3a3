import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import type { Call, Platform } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { withoutThread } from './activity.js';
import { createChats } from './chats.js';
import type { Connector } from './connector.js';
import { type Consent, readPlace, sentCard } from './consent.js';
import type { Entries } from './entries.js';
import type { Pace } from './pace.js';
import { type Draw, summaryOf } from './render.js';
import type { Upload } from './upload.js';
import { createWriter, type Thread } from './writer.js';

export interface Sender extends Pick<Platform, 'post' | 'update'> {
  /** Answers in the conversation, at once: our own pacing holds no answer back. @throws DeliveryError */
  reply(to: Thread, answer: View | string, home?: true): Promise<void>;
  /** Answers whoever called, one to one. @throws DeliveryError */
  whisper(call: Call, view: View, home?: true): Promise<void>;
}

export interface SenderParts {
  readonly connector: Connector;
  readonly entries: Entries;
  readonly draw: Draw;
  readonly pace: Pace;
  readonly now: () => Instant;
  readonly appId: string;
  readonly consent: Pick<Consent, 'ask'>;
  readonly upload: Upload;
}

/** What a notification says: it may stand on a locked phone, or be read out. */
const notified = (view: View): string =>
  view.kind === 'notice' && view.secret ? 'Entente has an answer for you alone.' : summaryOf(view);

const cardMessage = (draw: Draw, view: View, home?: true) => ({
  type: 'message',
  summary: notified(view),
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: draw(view, { surface: 'message', ...(home && { home }) }),
    },
  ],
});

const textMessage = (text: string) => ({ type: 'message', text, textFormat: 'plain' });

/** Teams may not let a question become the file that it was about; then the file stands below it. */
const changedOrAnew = async (change: () => Promise<unknown>, anew: () => Promise<unknown>): Promise<void> => {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.when === 'later') throw error;
    await anew();
  }
};

export const createSender = (parts: SenderParts): Sender => {
  const { connector, entries, draw, pace, now, appId, consent, upload } = parts;
  const writer = createWriter(connector, pace, now);
  const openChat = createChats(writer, appId);

  return {
    async post(to, view, file) {
      const { workspace, platform } = to;
      const serviceUrl = entries.of(workspace, to.detail.serviceUrl);
      pace.take(workspace, to.detail.conversation ?? to.id);
      const conversation = to.kind === 'channel' ? to.id : await openChat({ ...to, user: to.id }, serviceUrl);
      const body =
        view.kind === 'file' && file
          ? consent.ask(view, file.size, { workspace, user: to.id })
          : cardMessage(draw, view);
      const message = await writer.write({ workspace, conversation, serviceUrl }, body);
      return { platform, workspace, conversation, message, detail: { serviceUrl } };
    },
    async update({ workspace, conversation, message, detail }, view, file) {
      if (message === '') throw new DeliveryError('gone', 'teams:no-message-id');
      const serviceUrl = entries.of(workspace, detail.serviceUrl);
      pace.take(workspace, withoutThread(conversation));
      if (view.kind === 'file') {
        const place = readPlace(view.file.place ?? '');
        // The question stands as it is until somebody answers it.
        if (!place || !file) return;
        await upload(place.uploadUrl, file);
        const to = { workspace, conversation, serviceUrl };
        const card = sentCard(place);
        return changedOrAnew(
          () => writer.write(to, card, message),
          () => writer.write(to, card),
        );
      }
      await writer.write({ workspace, conversation, serviceUrl }, cardMessage(draw, view), message);
    },
    async reply(to, answer, home) {
      pace.note(to.workspace, withoutThread(to.conversation));
      await writer.write(to, typeof answer === 'string' ? textMessage(answer) : cardMessage(draw, answer, home));
    },
    async whisper({ caller, spot }, view, home) {
      const { workspace, user, detail } = caller;
      pace.note(workspace, user);
      // People of another tenant are reached through their own, if at all.
      const known = workspace === spot.workspace ? detail?.serviceUrl : undefined;
      const serviceUrl = entries.of(workspace, known);
      const conversation = await openChat(caller, serviceUrl);
      await writer.write({ workspace, conversation, serviceUrl }, cardMessage(draw, view, home));
    },
  };
};
