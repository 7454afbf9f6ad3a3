/** Both return 0 when the call may go ahead, else the milliseconds to wait; a refused call costs nothing. */
export interface Pace<Rule> {
  take(key: string, rule: Rule): number;
}

export interface Bucket {
  /** Calls at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Slack's habit: so many a minute, with some tolerance for bursts. */
export const createBuckets = (now: () => number): Pace<Bucket> => {
  const levels = new Map<string, { left: number; at: number }>();
  return {
    take: (key, { burst, perSecond }) => {
      const at = now();
      const level = levels.get(key) ?? { left: burst, at };
      const left = Math.min(burst, level.left + ((at - level.at) / 1000) * perSecond);
      const allowed = left >= 1;
      levels.set(key, { left: allowed ? left - 1 : left, at });
      return allowed ? 0 : ((1 - left) / perSecond) * 1000;
    },
  };
};

/** [milliseconds, calls within them] */
export type Windows = readonly (readonly [number, number])[];

/** Teams' habit: several sliding windows, all of which must have room. */
export const createWindows = (now: () => number): Pace<Windows> => {
  const taken = new Map<string, number[]>();
  return {
    take: (key, windows) => {
      const at = now();
      const times = taken.get(key) ?? [];
      taken.set(key, times);
      const waits = windows.map(([length, limit]) => {
        const blocking = times[times.length - limit];
        return blocking === undefined ? 0 : blocking + length - at;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      times.push(at);
      const longest = Math.max(...windows.map(([, limit]) => limit));
      if (times.length > longest * 2) taken.set(key, times.slice(-longest));
      return 0;
    },
  };
};
