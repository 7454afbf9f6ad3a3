import { expect } from 'vitest';
import type { Repeat } from './truth.js';

/** When a process died or froze, epoch ms. What it had sent is still taken until the next one does its work. */
export interface Death {
  readonly at: number;
  readonly overAt: number;
}

/** Each card that stands twice needs a death between its two posts, and one death leaves one of them in a channel at most. */
export const expectExplained = (repeats: readonly Repeat[], deaths: readonly Death[]): void => {
  for (const conversation of new Set(repeats.map((one) => one.conversation))) {
    const left = [...deaths];
    for (const repeat of repeats.filter((one) => one.conversation === conversation)) {
      const cause = left.findIndex(({ at, overAt }) => repeat.from <= overAt && at <= repeat.until);
      expect(cause, `'${repeat.label}' stands twice in ${conversation} and no death explains it`).not.toBe(-1);
      left.splice(cause, 1);
    }
  }
};
