import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import { limits, type Window } from './limits.js';

export interface Pace {
  /** Counts a call that is about to be made. @throws DeliveryError when Teams would refuse it */
  take(tenant: string, conversation: string): void;
  /** Counts a call that somebody waits for: it is made in any case. */
  note(tenant: string, conversation: string): void;
  /** Teams refused: nothing goes to this conversation until `until`. */
  hold(tenant: string, conversation: string, until: Instant): void;
}

interface Ledger {
  /** Instants of past calls, oldest first. */
  readonly calls: Instant[];
  heldUntil: Instant;
}

/** Conversations remembered before idle ones are forgotten. */
const remembered = 5_000;

const waitOf = (ledger: Ledger | undefined, windows: readonly Window[], now: Instant): number => {
  if (!ledger) return 0;
  const waits = windows.map(([span, most]) => (ledger.calls[ledger.calls.length - most] ?? -Infinity) + span - now);
  return Math.max(0, ledger.heldUntil - now, ...waits);
};

const longest = (windows: readonly Window[]): Window => windows.reduce((a, b) => (b[0] > a[0] ? b : a));

const createLedgers = (windows: readonly Window[]) => {
  const ledgers = new Map<string, Ledger>();
  const [span, most] = longest(windows);

  const forgetIdle = (now: Instant): void => {
    for (const [key, { calls, heldUntil }] of ledgers)
      if (heldUntil <= now && (calls.at(-1) ?? 0) <= now - span) ledgers.delete(key);
  };
  const open = (key: string, now: Instant): Ledger => {
    const known = ledgers.get(key);
    if (known) return known;
    if (ledgers.size >= remembered) forgetIdle(now);
    const fresh: Ledger = { calls: [], heldUntil: 0 };
    ledgers.set(key, fresh);
    return fresh;
  };
  return {
    wait: (key: string, now: Instant): number => waitOf(ledgers.get(key), windows, now),
    add(key: string, now: Instant): void {
      const { calls } = open(key, now);
      calls.push(now);
      if (calls.length > 2 * most) calls.splice(0, calls.length - most);
    },
    hold(key: string, now: Instant, until: Instant): void {
      const ledger = open(key, now);
      ledger.heldUntil = Math.max(ledger.heldUntil, until);
    },
  };
};

/** Keeps below Teams' limits, so that it need not say 429. Each replica counts its own calls. */
export const createPace = (now: () => Instant): Pace => {
  const conversations = createLedgers(limits.perConversation);
  const tenants = createLedgers(limits.perTenant);

  const note = (tenant: string, conversation: string): void => {
    conversations.add(`${tenant} ${conversation}`, now());
    tenants.add(tenant, now());
  };
  return {
    note,
    take(tenant, conversation) {
      const afterMs = Math.max(conversations.wait(`${tenant} ${conversation}`, now()), tenants.wait(tenant, now()));
      if (afterMs > 0) throw new DeliveryError('later', 'teams:paced', { afterMs, throttled: true });
      note(tenant, conversation);
    },
    hold: (tenant, conversation, until) => conversations.hold(`${tenant} ${conversation}`, now(), until),
  };
};

/** No pacing of our own: for measuring. */
export const unpaced: Pace = { take: () => {}, note: () => {}, hold: () => {} };
