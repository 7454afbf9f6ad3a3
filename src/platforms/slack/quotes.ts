/*
 * The message that a reply in a thread is about. Reading it takes scopes that a workspace may not have granted yet:
 * whatever Slack does not tell is left out, and the rest is done.
 */
import type { Conversation, Platform, Replied } from '../../core/platform.js';
import type { Clients } from './clients.js';
import { withinMs } from './inflight.js';
import { patience } from './limits.js';
import { readQuote } from './words.js';

interface Told {
  readonly ts?: string;
  readonly text?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly subtype?: string;
}

/** Files come with a subtype of their own; joins and other notices of Slack's say nothing that anybody said. */
const isSaid = ({ ts, text, user, bot_id: bot, subtype }: Told): boolean =>
  Boolean(ts && user && !bot && text?.trim()) && (subtype === undefined || subtype === 'file_share');

export const saidAtOf = (ts: string): { readonly saidAt?: number } => {
  const at = Math.floor(Number(ts) * 1_000);
  return Number.isFinite(at) ? { saidAt: at } : {};
};

const THREAD_PAGE = 15;

/** The thread's first message; where that is a card of Entente's, or says nothing, the one before the reply. */
const findSaid = async (clients: Clients, place: Conversation, replied: Replied): Promise<Told | undefined> => {
  const api = await clients.interactive(place.workspace);
  const channel = place.conversation;
  const { message: ts, reply } = replied;
  const { messages: found } = await api.conversations.history({
    ...{ channel, latest: ts, oldest: ts, inclusive: true, limit: 1 },
  });
  const [first] = found ?? [];
  if (first && isSaid(first)) return first;
  const { messages } = await api.conversations.replies({ channel, ts, latest: reply, limit: THREAD_PAGE });
  return (messages ?? []).filter((one) => isSaid(one) && one.ts !== reply).at(-1);
};

const orNothing = <T>(work: Promise<T>, ms: number): Promise<T | undefined> =>
  withinMs(
    work.catch(() => undefined),
    ms,
  );

export const createQuotes =
  (clients: Clients): NonNullable<Platform['quoted']> =>
  async (place, replied, text) => {
    const linkTo = async (ts: string): Promise<string | undefined> => {
      const api = await clients.interactive(place.workspace);
      return (await api.chat.getPermalink({ channel: place.conversation, message_ts: ts })).permalink;
    };
    const [found, first] = await Promise.all([
      text ? orNothing(findSaid(clients, place, replied), patience.quoteMs) : undefined,
      orNothing(linkTo(replied.message), patience.permalinkMs),
    ]);
    const ts = found?.ts ?? replied.message;
    const link = ts === replied.message ? first : await orNothing(linkTo(ts), patience.permalinkMs);
    return { text: readQuote(found?.text ?? ''), ...(link && { link }), ...saidAtOf(ts) };
  };
