/*
 * One transaction per call: the receipt of an earlier delivery, the handler, the new receipt.
 */
import type { Store, Tx } from './db/store.js';
import { writeSurely } from './doubt.js';
import type { Instant } from './ids.js';
import type { Call } from './platform.js';
import { findReceipt, keepReceipt, openReceipt, receiptIdOf, sealReceipt } from './receipts.js';
import type { View } from './view.js';

export interface AnsweringParts {
  readonly store: Store;
  readonly now: () => Instant;
  /** Called after a commit that may have wished for cards. */
  readonly nudge: () => void;
  /** Milliseconds that a commit whose outcome is not known is looked after; a few seconds unless told. */
  readonly doubtMs?: number;
  /** See Work. */
  readonly derive: (purpose: string) => Uint8Array;
}

/** Does what a call asks for, once however often it is delivered; resolves after the commit. */
export const answerOnce = (
  parts: AnsweringParts,
  call: Call,
  scope: string,
  handle: (tx: Tx, now: Instant) => Promise<View>,
): Promise<View> => {
  const receipt = receiptIdOf(call);
  const work = async (tx: Tx): Promise<View> => {
    const before = await findReceipt(tx, receipt);
    if (before) return openReceipt(before, receipt, parts.derive);
    const now = parts.now();
    const view = await handle(tx, now);
    await keepReceipt(tx, receipt, sealReceipt(view, receipt, parts.derive), now);
    tx.afterCommit(parts.nudge);
    return view;
  };
  return writeSurely(() => parts.store.write(work, { scope }), parts.doubtMs);
};
