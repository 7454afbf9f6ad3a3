import type { KnownBlock } from '@slack/types';
import type { Conversation, SlackMessage } from '../model.js';
import { acceptBlocks, type Desk, knownPlace, meets, SlackFault } from './desk.js';
import { LIMITS } from './limits.js';
import { changeMessage, messageObject, postMessage } from './messages.js';
import type { Method } from './methods.js';

type Args = Parameters<Method>[0];

const optionalText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Where the bot may write: a channel it is in, an open direct message, or (new messages) a person's id. */
const writable = (desk: Desk, id: unknown): Conversation => {
  const place = knownPlace(desk, id);
  if (place.archived) throw new SlackFault('is_archived');
  if (!place.present) throw new SlackFault('not_in_channel');
  return place;
};

const contentOf = (desk: Desk, { text, blocks }: Args): { text: string; blocks?: readonly KnownBlock[] } => {
  const accepted = blocks === undefined ? undefined : acceptBlocks(desk, blocks);
  const words = optionalText(text);
  if (words === undefined && !accepted?.length) throw new SlackFault('no_text');
  return { text: words ?? '', ...(accepted?.length ? { blocks: accepted } : {}) };
};

const chatPostMessage: Method = (args, desk) => {
  const { world } = desk;
  const person = world.slack.people.get(String(args.channel));
  const place = person && meets(desk, person) ? world.direct('slack', person.id) : writable(desk, args.channel);
  const thread = optionalText(args.thread_ts);
  const message = postMessage(desk, {
    conversation: place.id,
    from: world.slack.bot.id,
    ...contentOf(desk, args),
    ...(thread ? { thread } : {}),
  });
  return { channel: place.id, ts: message.id, message: messageObject(desk, message) };
};

const chatPostEphemeral: Method = (args, desk) => {
  const place = writable(desk, args.channel);
  const person = place.members.find((member) => member === args.user);
  if (!person) throw new SlackFault('user_not_in_channel');
  const thread = optionalText(args.thread_ts);
  const message = postMessage(desk, {
    conversation: place.id,
    from: desk.world.slack.bot.id,
    ...contentOf(desk, args),
    onlyFor: person,
    ...(thread ? { thread } : {}),
  });
  return { message_ts: message.id };
};

/** Private messages are not found: only their response_url changes them. */
const own = (desk: Desk, args: Args, refusal: string): SlackMessage => {
  const place = writable(desk, args.channel);
  const message = desk.world.slack.messages.get(String(args.ts));
  if (message?.conversation !== place.id || message.onlyFor) throw new SlackFault('message_not_found');
  if (message.from !== desk.world.slack.bot.id) throw new SlackFault(refusal);
  return message;
};

const chatUpdate: Method = (args, desk) => {
  const message = own(desk, args, 'cant_update_message');
  const content = contentOf(desk, args);
  if (content.text.length > LIMITS.updatedText) throw new SlackFault('msg_too_long');
  const changed = changeMessage(desk, message, content);
  return { channel: message.conversation, ts: message.id, text: changed.text, message: messageObject(desk, changed) };
};

const chatDelete: Method = (args, desk) => {
  const message = own(desk, args, 'cant_delete_message');
  desk.world.remove(message);
  return { channel: message.conversation, ts: message.id };
};

const chatGetPermalink: Method = (args, desk) => {
  const message = desk.world.slack.messages.get(String(args.message_ts));
  knownPlace(desk, args.channel);
  if (message?.conversation !== args.channel) throw new SlackFault('message_not_found');
  const path = `archives/${message?.conversation}/p${message?.id.replace('.', '')}`;
  const thread = message?.thread ? `?thread_ts=${message.thread}&cid=${message.conversation}` : '';
  return { channel: args.channel, permalink: `https://${desk.team.domain}.slack.com/${path}${thread}` };
};

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': chatPostMessage,
  'chat.postEphemeral': chatPostEphemeral,
  'chat.update': chatUpdate,
  'chat.delete': chatDelete,
  'chat.getPermalink': chatGetPermalink,
};
