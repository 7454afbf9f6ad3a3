import { randomBytes } from 'node:crypto';
import { keepRecent } from '../recent.js';
import { LIMITS } from './limits.js';

/** What a response_url may change: where it came from, for whom, and on which message. */
export interface Origin {
  readonly person: string;
  readonly conversation: string;
  /** The message whose button was pressed; it can be replaced or deleted. */
  readonly message?: string;
}

export interface Responses {
  /** A new response_url. */
  issue(origin: Origin): string;
  /** Counts one use. */
  use(id: string): Origin | 'used_url' | 'expired_url' | 'unknown';
}

/** A bench must not fill the memory; a person never has so many open. */
const REMEMBERED = 10_000;

export const createResponses = (now: () => number, baseUrl: string): Responses => {
  const issued = new Map<string, Origin & { readonly at: number; uses: number }>();
  return {
    issue: (origin) => {
      const id = randomBytes(12).toString('hex');
      keepRecent(issued, id, { ...origin, at: now(), uses: 0 }, REMEMBERED);
      return `${baseUrl}${id}`;
    },
    use: (id) => {
      const entry = issued.get(id);
      if (!entry) return 'unknown';
      if (now() - entry.at > LIMITS.responseMs) return 'expired_url';
      if (entry.uses >= LIMITS.responseUses) return 'used_url';
      entry.uses += 1;
      return entry;
    },
  };
};
