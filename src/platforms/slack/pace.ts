/*
 * Holds deliveries back before Slack has to. Nothing waits in here: a call that would come too early is refused with the
 * time until it fits, so that the caller can serve other channels meanwhile.
 */
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import { type PacedMethod, type Rate, rates } from './limits.js';

export interface Pace {
  /** Takes one call's place. @throws DeliveryError 'later', throttled, when it does not fit yet */
  take(method: PacedMethod, workspace: string, channel?: string): void;
  /** Slack said 429: no call of this method to this workspace until then. */
  close(method: PacedMethod, workspace: string, afterMs: number): void;
}

interface Window {
  readonly rate: Rate;
  /** When each call of the last stretch was made, oldest first. */
  readonly calls: Instant[];
}

const throttled = (reason: string, afterMs: number): DeliveryError =>
  new DeliveryError('later', reason, { afterMs, throttled: true });

const forgetOld = (window: Window, now: Instant): void => {
  const stale = window.calls.findIndex((at) => at > now - window.rate.perMs);
  window.calls.splice(0, stale === -1 ? window.calls.length : stale);
};

const waitFor = (window: Window, now: Instant): number => {
  forgetOld(window, now);
  const first = window.calls[window.calls.length - window.rate.calls];
  return first === undefined ? 0 : first + window.rate.perMs - now;
};

/** Channels come and go; their windows need not stay for ever. */
const SWEEP_ABOVE = 1_000;

export const createPace = (now: () => Instant, paced: boolean): Pace => {
  const windows = new Map<string, Window>();
  const closedUntil = new Map<string, Instant>();

  const windowOf = (key: string, rate: Rate): Window => {
    const window = windows.get(key) ?? { rate, calls: [] };
    windows.set(key, window);
    return window;
  };

  const sweep = (at: Instant): void => {
    if (windows.size <= SWEEP_ABOVE) return;
    for (const [key, window] of windows) {
      forgetOld(window, at);
      if (window.calls.length === 0) windows.delete(key);
    }
  };

  return {
    take(method, workspace, channel) {
      const at = now();
      const shut = (closedUntil.get(`${method} ${workspace}`) ?? at) - at;
      if (shut > 0) throw throttled('slack:ratelimited', shut);
      if (!paced) return;
      sweep(at);
      const rate: { workspace: Rate; channel?: Rate } = rates[method];
      const asked = [windowOf(`${method} ${workspace}`, rate.workspace)];
      if (rate.channel && channel !== undefined)
        asked.push(windowOf(`${method} ${workspace} ${channel}`, rate.channel));
      const wait = Math.max(...asked.map((window) => waitFor(window, at)));
      if (wait > 0) throw throttled('slack:paced', wait);
      for (const window of asked) window.calls.push(at);
    },
    close(method, workspace, afterMs) {
      closedUntil.set(`${method} ${workspace}`, now() + afterMs);
    },
  };
};
