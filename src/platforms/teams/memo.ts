import type { Instant } from '../../core/ids.js';

/** Answers that several askers share for a moment. A failure is forgotten at once. */
export interface Memo<T> {
  get(key: string, ask: () => Promise<T>): Promise<T>;
  forget(): void;
}

/** Keys kept before all are forgotten. */
const remembered = 5_000;

export const createMemo = <T>(now: () => Instant, forMs: number): Memo<T> => {
  const kept = new Map<string, { readonly answer: Promise<T>; readonly until: Instant }>();
  return {
    get(key, ask) {
      const known = kept.get(key);
      if (known && known.until >= now()) return known.answer;
      if (kept.size >= remembered) kept.clear();
      const entry = { answer: ask(), until: now() + forMs };
      kept.set(key, entry);
      entry.answer.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return entry.answer;
    },
    forget: () => kept.clear(),
  };
};
