/*
 * Mentions by their entities: the text of each stands in the message as often as somebody was mentioned, and only the
 * entity tells who. Names tell nothing: two bots may share one.
 */
import { z } from 'zod';
import type { Word } from '../../core/platform.js';
import type { Activity } from './activity.js';
import { limits } from './limits.js';
import { clean, plainFromMessage } from './markup.js';

const mentionSchema = z
  .object({
    type: z.literal('mention'),
    text: z.string().nullish(),
    mentioned: z.object({
      id: z.string(),
      name: z.string().nullish(),
      aadObjectId: z.string().nullish(),
      tenantId: z.string().nullish(),
    }),
  })
  .transform(({ text, mentioned }) => ({ ...mentioned, text: text || `<at>${mentioned.name ?? ''}</at>` }));

export type Mention = z.output<typeof mentionSchema>;

const listMentions = (activity: Activity): readonly Mention[] =>
  (activity.entities ?? []).flatMap((entity) => mentionSchema.safeParse(entity).data ?? []);

/** People mentioned, without Entente. */
export const othersMentioned = (activity: Activity): readonly Mention[] =>
  listMentions(activity).filter((mention) => mention.id !== activity.recipient?.id);

interface Piece {
  readonly text: string;
  readonly mention?: Mention;
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Cuts the message at its mentions. The n-th time a text stands there, it is the n-th entity with that text. */
const piecesOf = (text: string, mentions: readonly Mention[]): Piece[] => {
  const marks = [...new Set(mentions.map((mention) => mention.text))].sort((a, b) => b.length - a.length);
  if (marks.length === 0) return [{ text }];
  const seen = new Map<string, number>();
  return text.split(new RegExp(`(${marks.map(quoted).join('|')})`)).map((piece, at) => {
    if (at % 2 === 0) return { text: piece };
    const same = mentions.filter((mention) => mention.text === piece);
    const nth = seen.get(piece) ?? 0;
    seen.set(piece, nth + 1);
    // Without tags around it the same text may be no mention at all the next time.
    return { text: piece, mention: same[nth] ?? (piece.includes('<at') ? same.at(-1) : undefined) };
  });
};

/** Who a mention means, and of which tenant they are, where more is known than its `29:` id. */
export type Identify = (mention: Mention) => { readonly user?: string; readonly tenant?: string };

const wordOf = (mention: Mention, workspace: string, identify: Identify): Word => {
  const { user, tenant } = identify(mention);
  return {
    user: mention.aadObjectId ?? user ?? mention.id,
    workspace: mention.tenantId ?? tenant ?? workspace,
    name: clean(mention.name ?? ''),
  };
};

const append = (words: readonly Word[], text: string): Word[] => {
  const last = words.at(-1);
  return typeof last === 'string' ? [...words.slice(0, -1), last + text] : [...words, text];
};

/** '/decision x' and 'entente decision x' say the same as 'decision x'. */
const withoutName = ([first, ...others]: readonly Word[]): Word[] => {
  if (typeof first !== 'string') return first === undefined ? [] : [first, ...others];
  const text = first
    .trimStart()
    .replace(/^\/?entente(\s+|$)/i, '')
    .replace(/^\/(?=\w)/, '');
  return text === '' ? others : [text, ...others];
};

const withoutEnd = (words: readonly Word[]): Word[] => {
  const last = words.at(-1);
  if (typeof last !== 'string') return [...words];
  const text = last.trimEnd();
  return text === '' ? words.slice(0, -1) : [...words.slice(0, -1), text];
};

/** What was said to Entente: text as typed, without the mention of Entente itself, and the people mentioned. */
export const readWords = (activity: Activity, workspace: string, identify: Identify): readonly Word[] => {
  const text = (activity.text ?? '').slice(0, limits.text);
  let words: Word[] = [];
  let removed = false;
  for (const { text: piece, mention } of piecesOf(text, listMentions(activity))) {
    if (mention && mention.id === activity.recipient?.id) {
      removed = true;
    } else if (mention) {
      words = [...words, wordOf(mention, workspace, identify)];
      removed = false;
    } else {
      const plain = plainFromMessage(piece);
      const last = words.at(-1);
      words = append(words, removed && typeof last === 'string' && /\s$/.test(last) ? plain.trimStart() : plain);
      removed = false;
    }
  }
  return withoutEnd(withoutName(words));
};
