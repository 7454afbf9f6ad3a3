import { eq, lt } from 'drizzle-orm';
import type { Db, Tx } from './db/store.js';
import type { Instant } from './ids.js';
import type { Call } from './platform.js';
import { receiptTables } from './tables.js';
import type { View } from './view.js';

/** Longer than any platform redelivers: Slack's delayed events come for 24 hours. */
export const RECEIPT_KEEP_MS = 3 * 24 * 60 * 60 * 1_000;

/** A receipt holds a private answer, so it is found by whoever asked and by nobody else, whatever id they call with. */
export const receiptIdOf = ({ id, caller }: Call): string =>
  JSON.stringify([caller.platform, caller.workspace, caller.user, id]);

export const findReceipt = async (db: Db, id: string): Promise<View | undefined> => {
  const { receipts } = receiptTables(db);
  const [row] = await db.select({ answer: receipts.answer }).from(receipts).where(eq(receipts.id, id));
  return row?.answer as View | undefined;
};

export const keepReceipt = async (tx: Tx, id: string, answer: View, at: Instant): Promise<void> => {
  const { receipts } = receiptTables(tx);
  await tx.insert(receipts).values({ id, answer, at });
};

export const sweepReceipts = async (tx: Tx, before: Instant): Promise<void> => {
  const { receipts } = receiptTables(tx);
  await tx.delete(receipts).where(lt(receipts.at, before));
};
