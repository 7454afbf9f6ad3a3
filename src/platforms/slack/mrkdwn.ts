/*
 * A view's Text as Slack's mrkdwn, where it lives in fields and sections, or as plain text, where it lives in headers,
 * labels and buttons. Nothing that people wrote can become a mention, a link to elsewhere or a line of ours.
 */
import type { Day, Instant, Zone } from '../../core/ids.js';
import type { Span, Text } from '../../core/view.js';
import { beginning, clean, cut, type Dress, escapeMrkdwn, isBlank, mrkdwnDress, oneLine, plainDress } from './text.js';

/** Stands where there is nothing to say: Slack refuses empty text. */
const NOTHING = '–';
const ELLIPSIS = '…';

const dayFormat = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

const partsOf = (format: Intl.DateTimeFormat, at: Instant): Record<string, string> =>
  Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));

/** 'Thu 11 Dec 2026' */
export const dayWords = (day: Day): string => {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  const part = partsOf(dayFormat, at);
  return `${part.weekday} ${part.day} ${part.month} ${part.year}`;
};

/** One for each zone that there is, at most: making it costs a hundred times what using it does. */
const momentFormats = new Map<Zone, Intl.DateTimeFormat>();

const momentFormat = (zone: Zone): Intl.DateTimeFormat => {
  const known = momentFormats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  momentFormats.set(zone, format);
  return format;
};

/** 'Thu 11 Dec 2026, 14:00 Europe/Zurich' */
export const momentWords = (moment: Instant, zone: Zone): string => {
  const part = partsOf(momentFormat(zone), moment);
  return `${part.weekday} ${part.day} ${part.month} ${part.year}, ${part.hour}:${part.minute} ${zone}`;
};

/** Slack shows the reader's own zone but has no token for its name, so the words say whose time it is. */
const momentMrkdwn = (moment: Instant, zone: Zone): string =>
  `<!date^${Math.floor(moment / 1_000)}^{date_short}, {time} (your\u00a0time)|${escapeMrkdwn(momentWords(moment, zone))}>`;

const WEB_ADDRESS = /(https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~\]])/;

/** Marks web addresses ourselves, since `verbatim` keeps Slack from guessing links and mentions. */
const withLinks = (text: string): string =>
  text
    .split(WEB_ADDRESS)
    .map((part, at) => (at % 2 === 1 ? `<${escapeMrkdwn(part)}>` : mrkdwnDress.dressed(part)))
    .join('');

/** One span: dressed in full, and the clean text it may be cut down to when there is no room. */
interface Piece {
  readonly full: string;
  readonly cuttable?: string;
}

const mrkdwnPiece = (span: Span): Piece => {
  if (typeof span === 'string') {
    const text = clean(span);
    return { full: withLinks(text), cuttable: text };
  }
  if ('mention' in span) return { full: mrkdwnDress.dressed(clean(span.name)), cuttable: clean(span.name) };
  if ('moment' in span) return { full: momentMrkdwn(span.moment, span.zone) };
  return { full: escapeMrkdwn(dayWords(span.day)) };
};

const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

const fitPieces = (pieces: readonly Piece[], limit: number): string => {
  const full = pieces.map((piece) => piece.full).join('');
  if (full.length <= limit) return isBlank(full) ? NOTHING : full;
  let written = '';
  for (const { full: piece, cuttable } of pieces) {
    const room = limit - ELLIPSIS.length - written.length;
    if (piece.length <= room) written += piece;
    else return `${written}${mrkdwnDress.dressed(beginning(cuttable ?? '', room, mrkdwnDress))}${ELLIPSIS}`;
  }
  return written;
};

/** @returns mrkdwn of 1 to `limit` characters that pings nobody. */
export const mrkdwn = (text: Text, limit: number): string => fitPieces(spansOf(text).map(mrkdwnPiece), limit);

const spanWords = (span: Span): string => {
  if (typeof span === 'string') return span;
  if ('mention' in span) return span.name;
  if ('moment' in span) return momentWords(span.moment, span.zone);
  return dayWords(span.day);
};

/** The words alone: what a text says where neither dates nor mentions can be marked. */
export const words = (text: Text): string => clean(spansOf(text).map(spanWords).join(''));

const fitWords = (text: string, limit: number, dress: Dress): string =>
  isBlank(text) ? NOTHING : cut(text, limit, dress);

/** Slack never acts on plain text; still, nothing that leaves here holds a control sequence but our own. */
const defused = (text: string): string => text.replace(/<(?=[!@#])/g, '<\u2060');

/** @returns plain text on one line, of 1 to `limit` characters. */
export const label = (text: Text, limit: number): string => fitWords(defused(oneLine(words(text))), limit, plainDress);

/** @returns plain text of 1 to `limit` characters, lines kept. */
export const plain = (text: Text, limit: number): string => fitWords(defused(words(text)), limit, plainDress);

/** @returns the text that stands for a message where its blocks cannot be shown; Slack reads it as mrkdwn. */
export const fallback = (text: Text, limit: number): string => fitWords(words(text), limit, mrkdwnDress);
