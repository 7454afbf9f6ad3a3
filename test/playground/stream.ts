import { once } from 'node:events';
import { WebSocket } from 'ws';

export type Json = Readonly<Record<string, unknown>>;

/** A message as it stands, changes included. */
export interface Shown {
  readonly id: string;
  readonly conversation: string;
  /** With the thread, where it has one; that is how it is addressed. */
  readonly address: string;
  readonly text: string;
  readonly card?: Json;
  /** How often it was changed in place. */
  readonly changes: number;
}

/** One activity and what the other side answered. */
export interface Exchange {
  readonly activity: Json;
  readonly answer: { readonly status: number; readonly body: unknown };
}

interface StreamedMessage {
  readonly action: string;
  readonly actionConversationId: string;
  readonly message?: {
    readonly messageId: string;
    readonly text?: string;
    readonly attachments?: readonly { readonly content: Json }[];
    readonly postConversationId?: string;
  };
}

interface StreamedLog {
  readonly log: {
    readonly activityName?: string;
    readonly to?: string;
    readonly request?: { readonly body?: Json };
    readonly response?: { readonly statusCode: number; readonly body: unknown };
  };
}

const open = async (url: string, hear: (event: unknown) => void): Promise<WebSocket> => {
  const socket = new WebSocket(url);
  socket.on('message', (data) => hear(JSON.parse(String(data))));
  await once(socket, 'open');
  return socket;
};

/** Everything it shows and logs, kept up to date. */
export const watch = async (origin: string) => {
  const messages = new Map<string, Shown>();
  const exchanges: Exchange[] = [];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  const hearMessage = (event: unknown): void => {
    const { actionConversationId: conversation, message } = event as StreamedMessage;
    if (!message) return;
    const { messageId: id, text = '', attachments, postConversationId } = message;
    const before = messages.get(id);
    const address = before?.address ?? postConversationId ?? conversation;
    const changes = before ? before.changes + 1 : 0;
    // Set anew, so that the newest comes last.
    messages.delete(id);
    messages.set(id, { id, conversation, address, text, card: attachments?.[0]?.content, changes });
    changed();
  };
  const hearLog = (event: unknown): void => {
    const { activityName, to, request, response } = (event as StreamedLog).log;
    if (!activityName || to !== 'User Application' || !request?.body || !response) return;
    exchanges.push({ activity: request.body, answer: { status: response.statusCode, body: response.body } });
    changed();
  };
  const sockets = [
    await open(`ws${origin}/_ws_conversation/v1/conversations/stream`, hearMessage),
    await open(`ws${origin}/_ws/log/stream`, hearLog),
  ];
  /** What `find` finds, now or within ten seconds. */
  const until = <T>(what: string, find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(
          new Error(`The Agents Playground did not show ${what}; it shows ${JSON.stringify([...messages.values()])}`),
        );
      }, 10_000);
      waiting.add(look);
      look();
    });
  return {
    messages,
    exchanges,
    until,
    close: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
};
