import { setTimeout as sleep } from 'node:timers/promises';
import type { Controls } from '../../src/sandbox/controls.js';
import { Mistake } from '../../src/sandbox/mistake.js';
import type { Outcome } from '../../src/sandbox/model.js';
import { said } from '../flows/flow.js';
import type { Dice } from './dice.js';
import type { Ledger } from './ledger.js';

/** What everybody in a test shares. */
export interface Scene {
  readonly controls: Controls;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly stopping: () => boolean;
}

export const isAcknowledged = (outcome: Outcome): boolean =>
  outcome.delivered && outcome.status === 200 && outcome.error === undefined;

export const isDenied = (outcome: Outcome): boolean => /nothing was saved/i.test(said(outcome));

/** All that stands before somebody after what they did: messages, cards that only they see, the window on top. */
export const heard = ({ answers, dialog }: Outcome): string => JSON.stringify([answers, dialog]);

/** Milliseconds after which somebody who was not understood tries again. */
export const vexedMs = 100;
/** Long after everything is well again. */
const givenUpMs = 90_000;

type Step<T> = () => Promise<T | false | undefined>;

/** A button that is gone by now, or somebody who reached nobody: they look again. */
const attempted = async <T>(step: Step<T>): Promise<T | false | undefined> => {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Mistake) return undefined;
    throw error;
  }
};

/**
 * Tries until something comes of it; nothing when all go home before, unless it was begun and must be finished. @throws
 * when nothing comes of that either.
 */
export const until = async <T>(scene: Scene, step: Step<T>, finish?: 'finish'): Promise<T | undefined> => {
  let left = givenUpMs;
  while (!scene.stopping() || finish) {
    const found = await attempted(step);
    if (found) return found;
    await sleep(vexedMs);
    if (scene.stopping()) left -= vexedMs;
    if (left <= 0) throw new Error(`not done long after everything was well again: ${step}`);
  }
  return undefined;
};
