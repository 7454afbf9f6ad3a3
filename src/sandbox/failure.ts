import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from './model.js';

/** What one call meets: nothing, an answer instead of its own, or a cut connection. */
export type Trouble =
  | { readonly kind: 'ratelimited'; readonly retryAfter: number }
  | { readonly kind: 'error' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'cut' };

const RANDOM_SLOWNESS_MS = 200;

/** Mulberry32: a small generator whose draws follow from seed and position alone. */
const drawAt = (seed: number, position: number): number => {
  let state = (seed + Math.imul(position + 1, 0x6d2b79f5)) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
};

const KINDS: readonly Trouble[] = [
  { kind: 'ratelimited', retryAfter: 1 },
  { kind: 'error' },
  { kind: 'slow', delayMs: RANDOM_SLOWNESS_MS },
  { kind: 'cut' },
];

/** What the call at `position` (counted since the failure was set) meets. */
export const drawTrouble = (failure: Failure, position: number): Trouble | undefined => {
  switch (failure.mode) {
    case 'ok':
      return undefined;
    case 'ratelimited':
      return { kind: 'ratelimited', retryAfter: failure.retryAfter };
    case 'error':
      return { kind: 'error' };
    case 'slow':
      return { kind: 'slow', delayMs: failure.delayMs };
    case 'down':
      return { kind: 'cut' };
    case 'random': {
      if (drawAt(failure.seed, position * 2) >= failure.share) return undefined;
      return KINDS[Math.floor(drawAt(failure.seed, position * 2 + 1) * KINDS.length)];
    }
    default:
      return failure satisfies never;
  }
};

/** Lets each call of a side meet its trouble; slowness is waited out here. */
export const createTroubles = (current: () => Failure) => {
  let failure = current();
  let position = 0;
  return async (): Promise<Exclude<Trouble, { kind: 'slow' }> | undefined> => {
    if (failure !== current()) {
      failure = current();
      position = 0;
    }
    const trouble = drawTrouble(failure, position);
    position += 1;
    if (trouble?.kind !== 'slow') return trouble;
    await sleep(trouble.delayMs, undefined, { ref: false });
    return undefined;
  };
};
