/*
 * People's text on its way to Slack: without what Slack refuses or could act on, and cut so that no character is halved.
 */

/** Embeddings, overrides and isolates: they reorder whatever follows them, our labels included. */
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
/** Letters of right-to-left scripts, and the marks that pretend to be one. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200E\u200F\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}]|[\u{1E800}-\u{1EFFF}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const ELLIPSIS = '…';
/** A 'character' longer than this is no writing; it may be cut between its code points. */
const LONGEST_GRAPHEME = 64;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Without control characters, halves of characters, or controls that change the direction of what follows. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(BIDI_CONTROLS, '');

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** True when a reader would see nothing, which Slack refuses. */
export const isBlank = (text: string): boolean => /^[\s\p{Cf}]*$/u.test(text);

/** Slack asks for exactly these three; everything else in mrkdwn is only decoration. */
export const escapeMrkdwn = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/** Right-to-left text keeps its order to itself: each line is isolated, since an isolate ends with its line. */
const isolate = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? text.replace(/[^\n]+/g, (line) => `${FIRST_STRONG_ISOLATE}${line}${POP_ISOLATE}`) : text;

/** How clean text is written down for one kind of place. */
export interface Dress {
  readonly dressed: (text: string) => string;
  /** What one UTF-16 unit takes once dressed. */
  readonly cost: (unit: string, rightToLeft: boolean) => number;
  /** What right-to-left text takes besides. */
  readonly frame: number;
}

const lineCost = (unit: string, rightToLeft: boolean): number => (unit === '\n' && rightToLeft ? 3 : 1);

export const plainDress: Dress = { dressed: isolate, cost: lineCost, frame: 2 };

/** For what comes back as the person's own words: nothing is added to it. */
export const bareDress: Dress = { dressed: (text) => text, cost: () => 1, frame: 0 };

export const mrkdwnDress: Dress = {
  dressed: (text) => isolate(escapeMrkdwn(text)),
  cost: (unit, rightToLeft) => (unit === '&' ? 5 : unit === '<' || unit === '>' ? 4 : lineCost(unit, rightToLeft)),
  frame: 2,
};

const isLowSurrogate = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text.charAt(at));

/** The last place at or before `end` that halves nothing a reader sees as one character. */
const boundary = (text: string, end: number): number => {
  const start = graphemes.segment(text.slice(0, end + LONGEST_GRAPHEME)).containing(end)?.index ?? end;
  if (start > 0 && end - start < LONGEST_GRAPHEME) return start;
  return isLowSurrogate(text, end) ? end - 1 : end;
};

/** The longest beginning of clean text that takes at most `room` characters once dressed, and nothing halved. */
export const beginning = (text: string, room: number, dress: Dress): string => {
  const rightToLeft = RIGHT_TO_LEFT.test(text);
  let spent = rightToLeft ? dress.frame : 0;
  let end = 0;
  while (end < text.length) {
    spent += dress.cost(text.charAt(end), rightToLeft);
    if (spent > room) break;
    end += 1;
  }
  return end === text.length ? text : text.slice(0, boundary(text, end)).trimEnd();
};

/** Clean text, dressed, in at most `limit` characters; an ellipsis says that something is missing. */
export const cut = (text: string, limit: number, dress: Dress): string => {
  const whole = dress.dressed(text);
  return whole.length <= limit ? whole : dress.dressed(beginning(text, limit - 1, dress)) + ELLIPSIS;
};
