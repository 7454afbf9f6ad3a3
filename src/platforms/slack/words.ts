/*
 * Slack's escaped text read back: people become mentions, every other control sequence plain text that can never become
 * one again, since all text is escaped on its way out.
 */
import type { Word } from '../../core/platform.js';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

const unescapeText = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);

const withSign = (sign: string, name: string): string => (name.startsWith(sign) ? name : sign + name);

/** '<https://x|label>': the label alone would lose where it leads, unless it says so itself. */
const linkText = (target: string, name: string): string => {
  const address = target.replace(/^mailto:/, '');
  if (name === '') return address;
  return address.includes(name) ? name : `${name} (${address})`;
};

const broadcastText = (target: string, name: string): string => {
  if (target.startsWith('!date^')) return name || 'a date';
  if (target.startsWith('!subteam^')) return withSign('@', name || target.slice('!subteam^'.length));
  return withSign('@', name || target.slice(1).replace(/\^.*$/, ''));
};

const controlText = (inside: string): string => {
  const bar = inside.indexOf('|');
  const target = unescapeText(bar === -1 ? inside : inside.slice(0, bar));
  const name = bar === -1 ? '' : unescapeText(inside.slice(bar + 1));
  if (target.startsWith('@')) return withSign('@', name || target.slice(1));
  if (target.startsWith('#')) return withSign('#', name || target.slice(1));
  if (target.startsWith('!')) return broadcastText(target, name);
  return linkText(target, name);
};

const MENTIONS = /<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>/g;

/** Text without control sequences; mentions stand as '@name'. */
export const readText = (text: string): string =>
  text
    .split(/(<[^<>\n]+>)/)
    .map((part, at) => (at % 2 === 1 ? controlText(part.slice(1, -1)) : unescapeText(part)))
    .join('');

/**
 * Words as Entente's core takes them: stretches of text exactly as typed, and people between them. A mention does not say
 * which workspace the person is from, so `workspace` is the one that the text was written in.
 */
export const readWords = (text: string, workspace: string): Word[] => {
  const found: Word[] = [];
  const say = (stretch: string): void => {
    if (stretch !== '') found.push(readText(stretch));
  };
  let from = 0;
  for (const mention of text.matchAll(MENTIONS)) {
    const [whole, user = '', name = ''] = mention;
    say(text.slice(from, mention.index));
    found.push({ user, workspace, name: unescapeText(name).replace(/^@/, '') || user });
    from = mention.index + whole.length;
  }
  say(text.slice(from));
  return found;
};

/** Without the mention that called the bot: its own, wherever it stands first; else whoever is mentioned at the start. */
export const withoutBot = (text: string, bot: string | undefined): string => {
  const mentions = [...text.matchAll(MENTIONS)];
  const own = mentions.find(([, user]) => user === bot);
  const called = own ?? mentions.find(({ index }) => text.slice(0, index).trim() === '');
  if (!called) return text.trim();
  const rest = text.slice(0, called.index) + text.slice(called.index + called[0].length);
  return rest.trim().replace(/^[,:]\s+/, '');
};

/** Bounded, so that a line full of unpaired marks costs no time. */
const PAIRED = /(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]{0,400}?\S)\1(?![\p{L}\p{N}])/gu;

/** A message as plain text: readable without knowing Slack's marks. */
export const readQuote = (text: string): string =>
  readText(text.replace(/```/g, '')).replace(PAIRED, '$2').replace(PAIRED, '$2').replace(/^> ?/gm, '').trim();
