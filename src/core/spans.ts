import type { Span, Text } from './view.js';

/** The same text with words that stand beside each other in one span: platforms read a span's edges as a line's. */
export const joinSpans = (spans: readonly Span[]): Text => {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (typeof span === 'string' && typeof last === 'string') joined.splice(-1, 1, last + span);
    else if (span !== '') joined.push(span);
  }
  return joined;
};
