/*
 * Text on its way in and out: what Teams marks up becomes plain, and plain text is kept from becoming markup.
 */

const named: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(nbsp|amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name) =>
    name === undefined
      ? character(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
      : (named[name.toLowerCase()] ?? ''),
  );

/** Without NUL, other control characters and halves of characters, which databases and Teams refuse. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

const breaks = /<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr|blockquote|pre)\s*>/gi;
const images = /<(?:img|emoji)\b[^<>]*?\balt="([^"<>]*)"[^<>]*>/gi;
/** What Teams itself puts around text; anything else in angle brackets somebody may have typed. */
const ownTags =
  /<\/?(?:at|p|div|span|br|b|strong|i|em|u|s|strike|sub|sup|a|ul|ol|li|h[1-6]|blockquote|pre|code|codeblock|table|tbody|thead|tr|td|th|img|emoji|attachment|systemeventmessage|quoted)(?:\s[^<>]*)?\/?>/gi;

/** Lines without spaces at their ends; those around the whole text stay, since a mention may stand there. */
const trimLines = (text: string): string => {
  const lines = text.split('\n');
  return lines
    .map((line, at) => (at > 0 ? line.trimStart() : line))
    .map((line, at) => (at < lines.length - 1 ? line.trimEnd() : line))
    .join('\n');
};

const tidy = (text: string): string => trimLines(clean(text).replace(/\u00a0/g, ' ')).replace(/\n{3,}/g, '\n\n');

/** A message as typed: Teams leaves tags and entities in it even where it says that the text is plain. */
export const plainFromMessage = (text: string): string =>
  tidy(decodeEntities(text.replace(breaks, '\n').replace(images, '$1').replace(ownTags, '')));

/** HTML, as message menus deliver it. */
export const plainFromHtml = (html: string): string =>
  tidy(
    decodeEntities(
      html
        .replace(/<!--(?:(?!<!--)[\s\S])*?-->/g, '')
        .replace(/\n/g, ' ')
        .replace(breaks, '\n')
        .replace(images, '$1')
        .replace(/<\/?[a-z][^<>]*>/gi, ''),
    ),
  ).trim();

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `most` characters, cut between what people see as characters, with '…' in place of the rest. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const end = Math.max(0, most - 1);
  const whole = graphemes.segment(text.slice(0, end + 64)).containing(end)?.index ?? end;
  // One character with hundreds of accents would leave nothing: then between code points.
  const at = end - whole <= 64 ? whole : end - (/[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? 1 : 0);
  return `${text.slice(0, at).trimEnd()}…`;
};

const opening = /[\u2066-\u2068]/;

/** Marks of direction, and letters of right-to-left scripts. */
const turning =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}]|[\u{1e800}-\u{1efff}]/u;

const isolateLine = (line: string): string => {
  if (!turning.test(line)) return line;
  let open = 0;
  const balanced = [...line].filter((mark) => {
    if (opening.test(mark)) open += 1;
    if (mark !== '\u2069') return true;
    open -= 1;
    if (open >= 0) return true;
    open = 0;
    return false;
  });
  return `\u2068${balanced.join('')}${'\u2069'.repeat(open)}\u2069`;
};

/**
 * Text that keeps its direction to itself: right-to-left text reads in its own order, and nothing that follows is turned.
 * Line by line, since an isolate ends with its line. Other text stays as it is.
 */
export const isolate = (text: string): string => text.split('\n').map(isolateLine).join('\n');

const escapeLine = (line: string): string =>
  line
    .trimStart()
    .replace(/[\\`*_~[\]<]/g, '\\$&')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
    .replace(/\{(?=\{)/g, '{\\')
    .replace(/^\{/, '\\{')
    .replace(/^[#>+-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');

/**
 * Markdown that reads as `text` does: no emphasis, link, list, heading, mention or date function comes of it.
 * Single line breaks would be lost in Markdown, so each becomes a paragraph.
 */
export const escapeMarkdown = (text: string): string => isolate(clean(text)).split(/\n+/).map(escapeLine).join('\n\n');
