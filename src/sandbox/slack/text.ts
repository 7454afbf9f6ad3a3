import type { LiveSlack } from '../world.js';

/** A piece of what somebody typed, after the client resolved what was picked from lists. */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'user'; readonly id: string }
  | { readonly type: 'channel'; readonly id: string; readonly name: string }
  | { readonly type: 'broadcast'; readonly range: string }
  | { readonly type: 'link'; readonly url: string };

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const oneOf = (names: readonly string[]): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map(quote)
    .join('|');

export interface Typist {
  /** What somebody typed, in pieces. */
  pieces(typed: string): Piece[];
  /** The same as Slack sends it: escaped, with `<@U…>`, `<#C…|name>`, `<!channel>` and `<https://…>`. */
  encode(typed: string): string;
  /** What somebody reads of mrkdwn that Entente sent. */
  plain(mrkdwn: string): string;
}

export const encodePiece = (piece: Piece): string => {
  switch (piece.type) {
    case 'text':
      return escapeText(piece.text);
    case 'user':
      return `<@${piece.id}>`;
    case 'channel':
      return `<#${piece.id}|${piece.name}>`;
    case 'broadcast':
      return `<!${piece.range}>`;
    case 'link':
      return `<${escapeText(piece.url)}>`;
    default:
      return piece satisfies never;
  }
};

/** Spans are bounded: a long text of nothing but stars would take quadratic time otherwise. */
const withoutEmphasis = (text: string): string =>
  text.replace(/(^|[^\p{L}\p{N}])([*_~])(?=\S)(.{1,500}?)(?<=\S)\2(?![\p{L}\p{N}])/gmu, '$1$3');

const createPlain =
  (slack: LiveSlack) =>
  (mrkdwn: string): string => {
    const person = (id: string) =>
      id === slack.bot.id ? slack.bot.name : (slack.people.get(id)?.name ?? 'somebody unknown');
    const shown = (body: string): string => {
      const [target = '', label] = body.split('|', 2);
      if (/^@[UW]/.test(target)) return `@${person(target.slice(1))}`;
      if (target.startsWith('#')) return `#${slack.conversations.get(target.slice(1))?.name ?? label ?? ''}`;
      if (/^!(channel|here|everyone)$/.test(target)) return `@${target.slice(1)}`;
      return label ?? target;
    };
    const parts = withoutEmphasis(mrkdwn).split(/<([^<>\n]+)>/);
    return parts.map((part, index) => unescapeText(index % 2 === 1 ? shown(part) : part)).join('');
  };

export const createTypist = (slack: LiveSlack): Typist => {
  const people = new Map([...slack.people.values(), slack.bot].map(({ name, id }) => [name, id]));
  const channels = new Map(
    [...slack.conversations.values()].filter(({ kind }) => kind === 'channel').map(({ name, id }) => [name, id]),
  );
  const pattern = new RegExp(
    `@(?<person>${oneOf([...people.keys()])})(?![\\p{L}\\p{N}])` +
      `|@(?<range>channel|here|everyone)(?![\\p{L}\\p{N}])` +
      `|#(?<channel>${oneOf([...channels.keys()])})(?![\\p{L}\\p{N}-])` +
      '|(?<url>https?://[^\\s<>]+)',
    'gu',
  );
  const pieceOf = (groups: Record<string, string | undefined>): Piece => {
    if (groups.person) return { type: 'user', id: people.get(groups.person) ?? '' };
    if (groups.range) return { type: 'broadcast', range: groups.range };
    if (groups.channel) return { type: 'channel', id: channels.get(groups.channel) ?? '', name: groups.channel };
    return { type: 'link', url: groups.url ?? '' };
  };
  const pieces = (typed: string): Piece[] => {
    const result: Piece[] = [];
    let from = 0;
    const text = (to: number) => {
      if (to > from) result.push({ type: 'text', text: typed.slice(from, to) });
    };
    for (const match of typed.matchAll(pattern)) {
      text(match.index);
      result.push(pieceOf(match.groups ?? {}));
      from = match.index + match[0].length;
    }
    text(typed.length);
    return result;
  };
  return { pieces, encode: (typed) => pieces(typed).map(encodePiece).join(''), plain: createPlain(slack) };
};

/** Whom mrkdwn notifies, as Slack would: escaped text notifies nobody. */
export const pingsOf = (mrkdwn: string): string[] => [
  ...[...mrkdwn.matchAll(/<@([UW][A-Z0-9]+)[^>]*>/g)].map(([, id = '']) => id),
  ...[...mrkdwn.matchAll(/<!(channel|here|everyone)[^>]*>/g)].map(([, range]) => `@${range}`),
];
