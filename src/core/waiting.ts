/* What waits for somebody: in which order, and when the daily message speaks of it. Pure. */
import type { Waiting } from './feature.js';
import type { Day } from './ids.js';

/** Later than any day. */
const SOME_DAY = '9999-12-31';

/** What is due first; what is due alike, or on no day, as the features gave it. */
export const mostUrgentFirst = (waiting: readonly Waiting[]): readonly Waiting[] =>
  [...waiting].sort((a, b) => {
    const [one, other] = [a.dueOn ?? SOME_DAY, b.dueOn ?? SOME_DAY];
    return one < other ? -1 : one > other ? 1 : 0;
  });

/** True when the daily message of `today` speaks of it; what came due since the last one, `last`, is not forgotten. */
export const isToldOn = ({ remind }: Pick<Waiting, 'remind'>, today: Day, last: Day | undefined): boolean => {
  if (!remind) return false;
  if ('from' in remind) return remind.from <= today;
  return remind.on.some((day) => day <= today && (last === undefined || day > last));
};
