import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../model.js';
import type { Reply } from '../wire.js';
import { acceptBlocks, type Desk, SlackFault } from './desk.js';
import { changeMessage, type Draft, postMessage } from './messages.js';
import type { Origin } from './responses.js';

type Json = Readonly<Record<string, unknown>>;

const asBody = (reply: unknown): Json => (typeof reply === 'string' ? { text: reply } : ((reply ?? {}) as Json));

const contentOf = (desk: Desk, body: Json): { text: string; blocks?: readonly KnownBlock[] } | undefined => {
  const text = typeof body.text === 'string' ? body.text : '';
  const blocks = body.blocks === undefined ? [] : acceptBlocks(desk, body.blocks);
  if (text === '' && blocks.length === 0) return undefined;
  return { text, ...(blocks.length > 0 ? { blocks } : {}) };
};

/**
 * Shows what came as a command's acknowledgement or over a response_url; private unless it says in_channel.
 * @throws SlackFault invalid_blocks
 */
export const showReply = (desk: Desk, origin: Origin, reply: unknown): SlackMessage | undefined => {
  const body = asBody(reply);
  const content = contentOf(desk, body);
  if (!content) return undefined;
  const draft: Draft = { conversation: origin.conversation, from: desk.world.slack.bot.id, ...content };
  return postMessage(desk, {
    ...draft,
    ...(body.response_type === 'in_channel' ? {} : { onlyFor: origin.person }),
    ...(typeof body.thread_ts === 'string' ? { thread: body.thread_ts } : {}),
  });
};

const act = (desk: Desk, origin: Origin, body: Json): void => {
  const message = origin.message === undefined ? undefined : desk.world.slack.messages.get(origin.message);
  if (body.delete_original === true) {
    if (message) desk.world.remove(message);
    return;
  }
  // Unless told otherwise, a press on a private message replaces it.
  const replaces = body.replace_original === true || (message?.onlyFor && body.replace_original === undefined);
  const content = contentOf(desk, body);
  if (!content) throw new SlackFault('no_text');
  if (message && replaces) changeMessage(desk, message, content);
  else showReply(desk, origin, body);
};

/** @throws SlackFault what the body's blocks are refused for */
export const answerResponseUrl = (desk: Desk, id: string, body: Json): Reply => {
  const origin = desk.responses.use(id);
  if (origin === 'unknown') return { status: 404, body: { ok: false, error: 'invalid_token' } };
  if (typeof origin === 'string') return { status: 404, body: { ok: false, error: origin } };
  act(desk, origin, body);
  return { status: 200, body: { ok: true } };
};
