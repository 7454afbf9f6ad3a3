/*
 * What a message replies to, as far as the message itself tells: in chats the quoted words come along, in two shapes; in
 * a channel only the thread is known, whose first message nobody reads without a permission that Entente does not ask for.
 */
import { z } from 'zod';
import type { Quote } from '../../core/platform.js';
import { type Activity, isPersonal, tenantOf, withoutThread } from './activity.js';
import { limits } from './limits.js';
import { plainFromHtml } from './markup.js';

/** A message's id is the time at which it was written. */
const saidAtOf = (message: string): { readonly saidAt?: number } =>
  /^\d{13}$/.test(message) ? { saidAt: Number(message) } : {};

const rootOf = ({ conversation: { id } }: Activity): string | undefined => /;messageid=(\d+)/.exec(id)?.[1];

/** As Teams itself makes them; what a chat's link needs besides is that it is one. */
const linkTo = (activity: Activity, message: string): string => {
  const conversation = encodeURIComponent(withoutThread(activity.conversation.id));
  const { team, channel } = activity.channelData ?? {};
  const more: Readonly<Record<string, string>> = channel
    ? {
        tenantId: tenantOf(activity),
        ...(team?.aadGroupId && { groupId: team.aadGroupId }),
        parentMessageId: rootOf(activity) ?? message,
      }
    : { context: JSON.stringify({ contextType: 'chat' }) };
  return `https://teams.microsoft.com/l/message/${conversation}/${message}?${new URLSearchParams(more)}`;
};

interface Told {
  readonly message?: string;
  /** Their id; bots' begin with '28:'. */
  readonly author?: string;
  readonly text: string;
}

const entitySchema = z.object({
  type: z.literal('quotedReply'),
  quotedReply: z.object({
    messageId: z.string(),
    senderId: z.string().nullish(),
    preview: z.string().nullish(),
    isReplyDeleted: z.boolean().nullish(),
  }),
});

const inEntity = ({ entities }: Activity): Told | undefined => {
  for (const entity of entities ?? []) {
    const { data } = entitySchema.safeParse(entity);
    if (!data) continue;
    const { messageId, senderId, preview, isReplyDeleted } = data.quotedReply;
    const text = isReplyDeleted ? '' : plainFromHtml((preview ?? '').slice(0, limits.text));
    return { message: messageId, text, ...(senderId && { author: senderId }) };
  }
  return undefined;
};

/** Bounded, since anybody may write what looks like one: an attachment is read up to this. */
const BLOCK = /<blockquote\b[^<>]{0,300}\bschema\.skype\.com\/Reply\b[^<>]{0,300}>([\s\S]{0,20000}?)<\/blockquote>/i;

const attribute = (tag: string | undefined, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"<>]{0,200})"`, 'i').exec(tag ?? '')?.[1];

/** Teams cuts the `preview`; some clients send all of it as `copy`. */
const TEXT = [
  /<p\b[^<>]*\bitemprop="copy"[^<>]*>([\s\S]*?)<\/p>/i,
  /<p\b[^<>]*\bitemprop="preview"[^<>]*>([\s\S]*?)<\/p>/i,
];

const inAttachment = ({ attachments }: Activity): Told | undefined => {
  for (const { contentType, content } of attachments ?? []) {
    if (contentType !== 'text/html' || typeof content !== 'string') continue;
    const found = BLOCK.exec(content.slice(0, limits.text));
    if (!found) continue;
    const [whole, inside = ''] = found;
    const said = TEXT.map((pattern) => pattern.exec(inside)?.[1]).find((text) => text !== undefined);
    const message = attribute(/^<blockquote[^<>]*>/i.exec(whole)?.[0], 'itemid');
    const author = attribute(/<strong\b[^<>]*\bitemprop="mri"[^<>]*>/i.exec(inside)?.[0], 'itemid');
    return { text: plainFromHtml(said ?? ''), ...(message && { message }), ...(author && { author }) };
  }
  return undefined;
};

const thread = (activity: Activity): Told | undefined => {
  const root = rootOf(activity);
  return root !== undefined && root !== activity.id ? { message: root, text: '' } : undefined;
};

/** What the message replies to. What Entente said is nobody's words: of a reply to that, nothing is taken along. */
export const quoteIn = (activity: Activity): Quote | undefined => {
  const told = inEntity(activity) ?? inAttachment(activity) ?? thread(activity);
  if (!told || told.author?.startsWith('28:')) return undefined;
  const { message, text } = told;
  // One to one with Entente there is nothing to open for anybody else, and no link that Teams opens.
  const link = message && !isPersonal(activity) ? { link: linkTo(activity, message) } : {};
  return { text, ...link, ...saidAtOf(message ?? '') };
};
