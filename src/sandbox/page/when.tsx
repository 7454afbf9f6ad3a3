import { sandboxNow } from './sandbox-time.js';

const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** In the reader's zone; the tooltip names the zone. */
export const inFull = (at: number): string => `${FULL.format(at)} ${ZONE}`;

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();

export function When({ at }: { readonly at: number }) {
  const text = sameDay(at, sandboxNow()) ? TIME.format(at) : `${DAY.format(at)}, ${TIME.format(at)}`;
  return (
    <time className="when" dateTime={new Date(at).toISOString()} title={inFull(at)}>
      {text}
    </time>
  );
}
