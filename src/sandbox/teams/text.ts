import type { Person } from '../model.js';
import { type Desk, findPerson, mriOf } from './desk.js';

export interface MentionEntity {
  readonly type: 'mention';
  readonly mentioned: { readonly id: string; readonly name?: string };
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What somebody typed as Teams sends it: names picked from the list become `<at>` with an entity. Angle brackets that
 * were typed stay as they are, so a typed '<at>' comes without an entity.
 */
export const typedText = (desk: Desk, typed: string): { text: string; entities: MentionEntity[] } => {
  const { bot, people } = desk.world.teams;
  const ids = new Map<string, string>([...people.values()].map(({ name, id }) => [name, mriOf(id)]));
  ids.set(bot.name, bot.id);
  const names = [...ids.keys()].sort((a, b) => b.length - a.length).map(quote);
  const entities: MentionEntity[] = [];
  const text = typed.replace(new RegExp(`@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu'), (_, name: string) => {
    const at = `<at>${name}</at>`;
    entities.push({ type: 'mention', mentioned: { id: ids.get(name) ?? '', name }, text: at });
    return at;
  });
  return { text, entities };
};

export const isMention = (entity: unknown): entity is MentionEntity => {
  const { type, mentioned, text } = (entity ?? {}) as Partial<MentionEntity>;
  return type === 'mention' && typeof mentioned?.id === 'string' && typeof text === 'string';
};

/** The people whom mention entities name; an entity whose text does not occur is ignored, as Teams does. */
export const mentionedPeople = (desk: Desk, entities: readonly unknown[], within: string): Person[] =>
  entities.filter(isMention).flatMap(({ mentioned, text }) => {
    const person = within.includes(text) ? findPerson(desk, mentioned.id) : undefined;
    return person ? [person] : [];
  });

/** Spans are bounded: a long text of nothing but marks would take quadratic time otherwise. */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/<br\s*\/?>|<\/p>|<\/div>/gi, '\n'],
  [/<\/?(?:at|p|div|b|strong|i|em|u|s|ul|ol|li|pre|code|h[1-6]|blockquote)(?:\s[^<>]*)?>/gi, ''],
  [/<a\s[^<>]*>(.{0,500}?)<\/a>/gi, '$1'],
  [/(?<!\\)\[([^\][]{1,500})(?<!\\)\]\([^()\s]{1,500}\)/g, '$1'],
  [/(?<![\\*])\*\*(?=\S)(.{1,500}?)(?<=[^\s\\])\*\*/g, '$1'],
  [/(?<![\\_\p{L}\p{N}])_(?=\S)(.{1,500}?)(?<=[^\s\\])_(?![\p{L}\p{N}])/gu, '$1'],
  [/(?<!\\)\*(?=\S)(.{1,500}?)(?<=[^\s\\])\*/g, '$1'],
  [/\\([\\`*_{}[\]()<>#+\-.!|~&@:/^])/g, '$1'],
  [/&nbsp;/g, ' '],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&quot;/g, '"'],
  [/&amp;/g, '&'],
];

/** What somebody reads of Markdown or XML text. */
export const plainText = (text: string): string =>
  MARKUP.reduce((shown, [pattern, replacement]) => shown.replace(pattern, replacement), text);

/** Texts that a card shows, by key; `title` of an action included. */
const SHOWN = ['text', 'title', 'label', 'placeholder', 'altText', 'value'] as const;
const HIDDEN = new Set(['data', 'refresh', 'msteams', 'fallback', 'choices', 'fallbackText', 'speak']);

const cardTexts = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(cardTexts);
  if (typeof value !== 'object' || value === null) return [];
  const item = value as Json;
  const input = String(item.type).startsWith('Input.');
  const own = SHOWN.flatMap((key) => {
    const text = item[key];
    return typeof text === 'string' && !(input && key === 'value') ? [plainText(text)] : [];
  });
  const inner = Object.entries(item).flatMap(([key, nested]) =>
    HIDDEN.has(key) || typeof nested === 'string' ? [] : cardTexts(nested),
  );
  return [...own, ...inner];
};

/** What somebody reads of a card, one line per text. */
export const cardPlain = (card: unknown): string => cardTexts(card).join('\n');
