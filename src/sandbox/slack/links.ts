import type { KnownBlock } from '@slack/types';
import { linksIn } from '../links.js';
import type { Conversation, SlackMessage } from '../model.js';
import { hears } from '../workplaces.js';
import { acceptBlocks, type Desk, knownPlace, SlackFault } from './desk.js';
import type { Method } from './methods.js';
import { blocksPlain } from './reading.js';

/** Told for what is posted; while it is still being written only for the person's own preview, which is not shown here. */
export const linkEvent = (
  desk: Desk,
  message: SlackMessage,
  place: Conversation,
): Record<string, unknown> | undefined => {
  const links = linksIn(message.text);
  if (links.length === 0 || !desk.scopes.includes('links:read')) return undefined;
  return {
    type: 'link_shared',
    channel: place.id,
    is_bot_user_member: hears(desk.world, 'slack', place),
    user: message.from,
    message_ts: message.id,
    unfurl_id: `${place.id}.${message.id}.${desk.ids.next('u')}`,
    source: 'conversations_history',
    links: links.map((url) => ({ domain: new URL(url).hostname, url })),
    ...(message.thread ? { thread_ts: message.thread } : {}),
    event_ts: message.id,
  };
};

const unfurlsIn = (value: unknown): Readonly<Record<string, { readonly blocks?: unknown }>> => {
  const given: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (typeof given !== 'object' || given === null || Object.keys(given).length === 0)
    throw new SlackFault('missing_unfurls');
  return given as Record<string, { blocks?: unknown }>;
};

/** Given again, it changes what stands there. */
const chatUnfurl: Method = (args, desk) => {
  const place = knownPlace(desk, args.channel);
  const message = desk.world.slack.messages.get(String(args.ts));
  if (message?.conversation !== place.id) throw new SlackFault('cannot_find_message');
  const known = linksIn(message.text);
  const unfurls: Record<string, readonly KnownBlock[]> = { ...message.unfurls };
  for (const [url, { blocks }] of Object.entries(unfurlsIn(args.unfurls))) {
    if (!known.includes(url)) throw new SlackFault('cannot_unfurl_url');
    unfurls[url] = acceptBlocks(desk, blocks);
  }
  const shown = Object.values(unfurls).map((blocks) => blocksPlain(blocks, desk.typist.plain));
  const plain = [desk.typist.plain(message.text), ...shown].join('\n');
  desk.world.put({ ...message, unfurls, plain, changes: message.changes + 1, changedAt: desk.world.now() });
  return {};
};

export const linkMethods: Readonly<Record<string, Method>> = { 'chat.unfurl': chatUnfurl };
