import type { Tx } from '../db/store.js';
import type { PartnerId } from '../ids.js';
import type { Placed, Row } from './row.js';

/**
 * Says what a row belongs to that is one company's alone, and part of a record that all share. It has no number and no
 * history of its own, since people may take it back.
 */
export interface Part {
  /** The label of the shared record. */
  of(row: Row): string;
  /** The id of the row, as `dump` takes and gives it, by that of the shared record. */
  idOn(record: string, own: PartnerId): string;
}

/** Takes records back that a copy holds. */
export interface Restoring {
  /** What its rows are called: 'decision'. */
  readonly kind: string;
  /** The series of its numbers: 'D'; none for parts. */
  readonly series?: string;
  labelOf(number: number, own: boolean): string;
  /** Why a row cannot be taken, in words; nothing when it can. */
  refuse(row: Row): string | undefined;
  /** The labels of other records that it names, all of this kind. */
  refers?(row: Row): readonly string[];
  readonly part?: Part;
  /**
   * Writes the rows of it. Its number is free and its history is written by the caller. Gives the ids of those that were
   * taken back before and are described by this one: what the log keeps of them is written anew.
   */
  write(tx: Tx, row: Row, placed: Placed): Promise<readonly string[]>;
}
