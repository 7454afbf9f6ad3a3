/*
 * Who goes first where all cannot go at once: people wait for an answer, alarms and deliveries wait for nobody.
 */
import { setImmediate } from 'node:timers/promises';

/** So many urgent ones pass a patient one that waits; then it is its turn. */
const MOST_PASSED = 8;

export interface Line<T> {
  isEmpty(): boolean;
  add(one: T, patient: boolean): void;
  /** Whose turn it is. */
  next(): T | undefined;
  /** The same of those alone for whom somebody waits. */
  nextUrgent(): T | undefined;
}

/** Each in the order in which they came, the urgent ones first. */
export const createLine = <T>(): Line<T> => {
  const urgent: T[] = [];
  const patient: T[] = [];
  let passed = 0;
  const nextUrgent = (): T | undefined => {
    if (patient.length > 0) passed += 1;
    return urgent.shift();
  };
  return {
    isEmpty: () => urgent.length + patient.length === 0,
    add: (one, waits) => void (waits ? patient : urgent).push(one),
    nextUrgent,
    next: () => {
      if (urgent.length > 0 && passed < MOST_PASSED) return nextUrgent();
      passed = 0;
      return patient.shift() ?? urgent.shift();
    },
  };
};

/** At most so many at once of what nobody waits for; between them whoever has called meanwhile is heard. */
export const fewAtOnce = (most: number): (<T>(run: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running < most) running += 1;
    else await new Promise<void>((go) => void waiting.push(go));
    try {
      await setImmediate();
      return await run();
    } finally {
      const go = waiting.shift();
      if (go) go();
      else running -= 1;
    }
  };
};
