/* Links to records that people post: they show the record below the message, to everybody who reads it there. */
import type { KnownBlock } from '@slack/types';
import type { Call, Inbound } from '../../core/platform.js';
import type { Clients } from './clients.js';
import { drawMessage } from './render.js';

/** A message with links, where Entente is too. */
export interface Linked {
  readonly call: Call;
  /** Its ts. */
  readonly message: string;
  readonly urls: readonly string[];
}

/** What stands below the message, by the address that it is shown for. */
export type Unfurls = Readonly<Record<string, { readonly blocks: KnownBlock[] }>>;

/** What of it may be shown there. */
export const drawLinks = async (inbound: Inbound, { call, urls }: Linked): Promise<Unfurls> => {
  const drawn: Record<string, { blocks: KnownBlock[] }> = {};
  for (const url of urls) {
    const shown = await inbound.unfurl({ ...call, id: `${call.id}:${url}`, url });
    if (shown) drawn[url] = { blocks: drawMessage(shown.card).blocks };
  }
  return drawn;
};

/** @throws what the client throws */
export const showLinks = async (clients: Clients, { call, message }: Linked, unfurls: Unfurls): Promise<void> => {
  const api = await clients.interactive(call.spot.workspace);
  await api.chat.unfurl({ channel: call.spot.conversation, ts: message, unfurls: { ...unfurls } });
};
