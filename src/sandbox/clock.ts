import { Mistake } from './mistake.js';

/** The one clock of both workplaces and of Entente beside them. It goes like this machine's, some time ahead of it. */
export interface Clock {
  readonly now: () => number;
  /** Milliseconds ahead of this machine's; 0: real time. */
  ahead(): number;
  /** To a moment, or by so much. @throws Mistake for going back: what has happened cannot come again */
  move(how: ClockMove): void;
  /** So far ahead: after a restart, and 0 when everything begins anew. */
  set(ahead: number): void;
}

/** Epoch milliseconds to go to, or milliseconds to go on. */
export type ClockMove = { readonly to: number } | { readonly by: number };

/** Further than anybody tries anything, and short of dates that no calendar knows. */
const LONGEST_MS = 20 * 366 * 24 * 60 * 60 * 1_000;

export const createClock = (real: () => number): Clock => {
  let ahead = 0;
  const now = () => real() + ahead;
  return {
    now,
    ahead: () => ahead,
    set: (next) => {
      ahead = next;
    },
    move: (how) => {
      const by = 'to' in how ? how.to - now() : how.by;
      if (by < 0) throw new Mistake(400, 'The clock only goes forward. Begin anew to come back to real time.');
      if (ahead + by > LONGEST_MS) throw new Mistake(400, 'The clock goes twenty years ahead at most.');
      ahead += by;
    },
  };
};
