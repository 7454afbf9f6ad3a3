/* Undo beats confirm: what can be undone is done at once, and taken back for a while. Pure: rules.ts may use it. */
import { Refusal } from './errors.js';
import type { Instant } from './ids.js';

/** Five minutes. */
export const UNDO_MS = 5 * 60 * 1_000;

/**
 * `doneAt` is none where it was undone already; `instead` says what to do when it is too late.
 * @throws Refusal
 */
export const checkUndo = (doneAt: Instant | undefined, now: Instant, instead: string): void => {
  if (doneAt === undefined) throw new Refusal('nothing-to-undo', 'This was undone already.');
  if (now - doneAt > UNDO_MS) throw new Refusal('undo-over', `Undo works for five minutes. ${instead}`);
};
