import { expect } from 'vitest';
import { findBroken, marksWhere } from './ledger.js';
import type { Load } from './load.js';
import type { Recorded } from './record.js';

/** Whoever began to let a company in, or not, has heard what came of it. */
const isVerdict = (mark: string): boolean => /^(?:joined|declined) /.test(mark);

/**
 * Holds what people were told to what is recorded, after all have gone home: everything acknowledged is there and nothing
 * else, nobody saw what they were not let into, and a workspace has joined exactly when that was acknowledged.
 */
export const expectPromises = ({ ledger, leaks }: Load, { marks }: Recorded): void => {
  expect(findBroken(ledger, marks)).toEqual({ lost: [], invented: [] });
  expect(leaks).toEqual([]);
  const told = marksWhere(ledger, (line, mark) => isVerdict(mark) && line.told > 0);
  expect([...marks.keys()].filter(isVerdict).sort()).toEqual(told.sort());
};
