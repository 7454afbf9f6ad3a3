import type { Tx } from '../db/store.js';
import type { Placed, Row } from './row.js';

/** Takes records back that a copy holds. */
export interface Restoring {
  /** What its rows are called: 'decision'. */
  readonly kind: string;
  /** The series of its numbers: 'D'. */
  readonly series: string;
  labelOf(number: number, own: boolean): string;
  /** Why a row cannot be taken, in words; nothing when it can. */
  refuse(row: Row): string | undefined;
  /** The labels of other records that it names, all of this kind. */
  refers?(row: Row): readonly string[];
  /**
   * Writes the rows of it. Its number is free and its history is written by the caller. Gives the ids of those that were
   * taken back before and are described by this one: what the log keeps of them is written anew.
   */
  write(tx: Tx, row: Row, placed: Placed): Promise<readonly string[]>;
}
