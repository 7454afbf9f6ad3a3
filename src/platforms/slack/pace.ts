/*
 * Holds deliveries back before Slack has to. Nothing waits in here: a call that would come too early is refused with the
 * time until it fits, so that the caller can serve other channels meanwhile.
 */
import { DeliveryError } from '../../core/errors.js';
import type { Instant } from '../../core/ids.js';
import { type PacedMethod, type Rate, rates } from './limits.js';

export interface Pace {
  /**
   * Milliseconds until such a call fits; 0 where it does now. Whoever has to wait is given a place of their own, so that
   * not all come back at once for the few places that are free first.
   */
  wait(method: PacedMethod, workspace: string, channel?: string): number;
  /** Takes one call's place. @throws DeliveryError 'later', throttled, when it does not fit yet */
  take(method: PacedMethod, workspace: string, channel?: string): void;
  /** Slack said 429: no call of this method to this workspace until then. */
  close(method: PacedMethod, workspace: string, afterMs: number): void;
}

interface Window {
  readonly rate: Rate;
  /** When each call of the last stretch was made, oldest first. */
  readonly calls: Instant[];
  /** For when whoever asked in vain was given a place, the first one first. */
  readonly promised: Instant[];
}

const throttled = (reason: string, afterMs: number): DeliveryError =>
  new DeliveryError('later', reason, { afterMs, throttled: true });

const forgetOld = (window: Window, now: Instant): void => {
  for (const moments of [window.calls, window.promised]) {
    const stale = moments.findIndex((at) => at > now - window.rate.perMs);
    moments.splice(0, stale === -1 ? moments.length : stale);
  }
};

const waitFor = (window: Window, now: Instant): number => {
  forgetOld(window, now);
  const first = window.calls[window.calls.length - window.rate.calls];
  return first === undefined ? 0 : first + window.rate.perMs - now;
};

/** The same behind all who were given a place, and gives one; whoever comes for theirs has it taken from the list. */
const placeIn = (window: Window, now: Instant): number => {
  const free = waitFor(window, now);
  const [next] = window.promised;
  if (next !== undefined && next <= now) {
    window.promised.shift();
    return free;
  }
  const { calls, perMs } = window.rate;
  const taken = [...window.calls, ...window.promised];
  const before = taken[taken.length - calls];
  if (before === undefined || before + perMs <= now) return free;
  window.promised.push(before + perMs);
  return before + perMs - now;
};

/** Channels come and go; their windows need not stay for ever. */
const SWEEP_ABOVE = 1_000;

export const createPace = (now: () => Instant, paced: boolean): Pace => {
  const windows = new Map<string, Window>();
  const closedUntil = new Map<string, Instant>();

  const windowOf = (key: string, rate: Rate): Window => {
    const window = windows.get(key) ?? { rate, calls: [], promised: [] };
    windows.set(key, window);
    return window;
  };

  const sweep = (at: Instant): void => {
    if (windows.size <= SWEEP_ABOVE) return;
    for (const [key, window] of windows) {
      forgetOld(window, at);
      if (window.calls.length + window.promised.length === 0) windows.delete(key);
    }
  };

  const shutFor = (method: PacedMethod, workspace: string, at: Instant): number =>
    (closedUntil.get(`${method} ${workspace}`) ?? at) - at;

  return {
    wait(method, workspace, channel) {
      const at = now();
      const shut = shutFor(method, workspace, at);
      if (shut > 0 || !paced) return Math.max(0, shut);
      const rate: { workspace: Rate; channel?: Rate } = rates[method];
      const key = `${method} ${workspace}`;
      const own = rate.channel && channel !== undefined ? waitFor(windowOf(`${key} ${channel}`, rate.channel), at) : 0;
      return own > 0 ? own : placeIn(windowOf(key, rate.workspace), at);
    },
    take(method, workspace, channel) {
      const at = now();
      const shut = shutFor(method, workspace, at);
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
