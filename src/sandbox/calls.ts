import type { Call, Side } from './model.js';

export interface CallFilter {
  readonly side?: Side;
  readonly method?: string;
  /** Only calls with a greater number. */
  readonly since?: number;
}

export interface Calls {
  record(call: Omit<Call, 'number'>): void;
  list(filter?: CallFilter): Call[];
  clear(): void;
}

/** The last `limit` calls of Entente. */
export const createCalls = (limit: number): Calls => {
  let kept: Call[] = [];
  let number = 0;
  return {
    record: (call) => {
      number += 1;
      kept.push({ ...call, number });
      // Cutting in halves keeps the cost of a full ring constant per call.
      if (kept.length > limit * 2) kept = kept.slice(-limit);
    },
    list: ({ side, method, since = 0 } = {}) =>
      kept
        .slice(-limit)
        .filter(
          (call) =>
            call.number > since &&
            (side === undefined || call.side === side) &&
            (method === undefined || call.method === method),
        ),
    clear: () => {
      kept = [];
    },
  };
};
