import type { SlackMessage } from '../model.js';
import { type Desk, knownPlace, SlackFault } from './desk.js';
import { messageObject } from './messages.js';
import type { Method } from './methods.js';

type Args = Parameters<Method>[0];

const isTrue = (value: unknown): boolean => String(value) === 'true' || String(value) === '1';

/** Slack's numbers are texts of the same length, so they compare as texts do. */
const within =
  ({ latest, oldest, inclusive }: Args) =>
  ({ id }: SlackMessage): boolean => {
    const before = latest === undefined || id < String(latest) || (isTrue(inclusive) && id === latest);
    const after = oldest === undefined || id > String(oldest) || (isTrue(inclusive) && id === oldest);
    return before && after;
  };

/** What everybody reads in a channel that the bot is in, oldest first. */
const messagesIn = (desk: Desk, { channel }: Args): SlackMessage[] => {
  const place = knownPlace(desk, channel);
  if (!place.present) throw new SlackFault('not_in_channel');
  return [...desk.world.slack.messages.values()].filter((one) => one.conversation === place.id && !one.onlyFor);
};

const limitOf = ({ limit }: Args): number => Math.min(Number(limit ?? 100), 1_000);

const listed = (desk: Desk, messages: readonly SlackMessage[], more: boolean) => ({
  messages: messages.map((message) => messageObject(desk, message)),
  has_more: more,
});

/** What stands in the channel itself, newest first. */
const conversationsHistory: Method = (args, desk) => {
  const found = messagesIn(desk, args).filter((one) => !one.thread && within(args)(one));
  const page = found.reverse().slice(0, limitOf(args));
  return listed(desk, page, page.length < found.length);
};

/** A thread, oldest first; its first message comes along whatever is asked for. */
const conversationsReplies: Method = (args, desk) => {
  const all = messagesIn(desk, args);
  const first = all.find(({ id }) => id === args.ts);
  if (!first) throw new SlackFault('thread_not_found');
  const found = all.filter((one) => one.thread === first.id && within(args)(one));
  const page = found.slice(0, limitOf(args));
  return listed(desk, [first, ...page], page.length < found.length);
};

export const historyMethods: Readonly<Record<string, Method>> = {
  'conversations.history': conversationsHistory,
  'conversations.replies': conversationsReplies,
};
