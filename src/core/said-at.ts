/* When a message was said that a record is taken from. Pure: rules.ts may use it. */
import type { Instant } from './ids.js';

/** Before there were chats. */
const EARLIEST = Date.UTC(2000, 0, 1);
/** A platform's clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;

/**
 * As a form brings it back, which anybody may have changed; nothing for a moment at which no message can have been said.
 * A record with such a moment could not be shown to anybody.
 */
export const readSaidAt = (text: string | undefined, now: Instant): Instant | undefined => {
  const at = Number(text);
  return Number.isInteger(at) && at >= EARLIEST && at <= now + AHEAD_MS ? at : undefined;
};
