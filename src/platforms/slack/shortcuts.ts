/* A message picked from its menu, as a call of the core. */
import { z } from 'zod';
import type { CommandCall, Quote } from '../../core/platform.js';
import { type Asked, callerOf, callId, optional, person, spotOf, team, wayBack } from './payloads.js';
import { saidAtOf } from './quotes.js';
import { readQuote } from './words.js';

const shortcutBody = z.object({
  callback_id: z.string(),
  user: person,
  team,
  channel: z.object({ id: z.string() }).nullish(),
  message: z.object({ ts: z.string(), text: optional, thread_ts: optional }).nullish(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
});

type ShortcutBody = z.output<typeof shortcutBody>;

/** The address that chat.getPermalink would give. */
const linkTo = ({ team, channel, message }: ShortcutBody): string | undefined => {
  if (!message || !channel || !/^[\w-]+$/.test(team?.domain ?? '')) return undefined;
  const link = `https://${team?.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  const inThread = message.thread_ts && message.thread_ts !== message.ts;
  return inThread ? `${link}?thread_ts=${message.thread_ts}&cid=${channel.id}` : link;
};

const quoteOf = (it: ShortcutBody): Quote | undefined => {
  if (!it.message) return undefined;
  return { text: readQuote(it.message.text ?? ''), link: linkTo(it), ...saidAtOf(it.message.ts) };
};

/** A message whose address has to be asked for. */
export interface Unlinked {
  readonly workspace: string;
  readonly channel: string;
  readonly message_ts: string;
}

/** A message picked from the menu. `unlinked` is set when its address has to be asked for. */
export interface Picked extends Asked {
  readonly call: CommandCall;
  readonly unlinked?: Unlinked;
}

/** @returns undefined for entries that are not ours */
export const readShortcut = (body: unknown): Picked | undefined => {
  const it = shortcutBody.parse(body);
  const word = /^menu\.([a-z]+)$/.exec(it.callback_id)?.[1];
  if (word === undefined) return undefined;
  const installed = it.team?.id ?? it.user.team_id ?? '';
  const channel = it.channel?.id;
  const quote = quoteOf(it);
  const spot = channel ? spotOf(installed, channel) : spotOf(installed, it.user.id, true);
  return {
    call: {
      id: callId('shortcut', it.trigger_id, it.callback_id, it.user.id, channel, it.message?.ts),
      caller: callerOf(it.user.id, it.user.team_id, installed),
      spot,
      words: [word],
      quote,
    },
    way: { ...wayBack(spot, it.user.id, it), channel },
    ...(channel &&
      it.message &&
      quote?.link === undefined && { unlinked: { workspace: installed, channel, message_ts: it.message.ts } }),
  };
};
