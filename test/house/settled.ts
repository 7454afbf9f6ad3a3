import { onTestFinished } from 'vitest';
import type { House } from './house.js';

const PATIENCE_MS = 10_000;

/** Wakes the reconciler and waits until no card is behind; one that stays so fails the test instead of hanging it. */
export const settled = async (house: House): Promise<void> => {
  const start = performance.now();
  while ((await house.health()).behind > 0) {
    if (performance.now() - start > PATIENCE_MS) throw new Error('waited in vain until no card is behind');
    house.reconciler.nudge();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** The house's deliveries end with the test. */
export const closing = (house: House): House => {
  onTestFinished(() => house.reconciler.stop());
  return house;
};
