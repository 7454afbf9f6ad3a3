import { eq, lt } from 'drizzle-orm';
import { prepared } from './db/prepared.js';
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

const selectReceipt = prepared((db, { id }: { id: string }) => {
  const { receipts } = receiptTables(db);
  return db.select({ answer: receipts.answer }).from(receipts).where(eq(receipts.id, id));
});

const insertReceipt = prepared((db, values: { id: string; answer: View; at: Instant }) => {
  const { id, answer, at } = values;
  return db.insert(receiptTables(db).receipts).values({ id, answer, at });
});

export const findReceipt = async (db: Db, id: string): Promise<View | undefined> => {
  const [row] = await selectReceipt(db, { id });
  return row?.answer as View | undefined;
};

export const keepReceipt = async (tx: Tx, id: string, answer: View, at: Instant): Promise<void> => {
  await insertReceipt(tx, { id, answer, at });
};

export const sweepReceipts = async (tx: Tx, before: Instant): Promise<void> => {
  const { receipts } = receiptTables(tx);
  await tx.delete(receipts).where(lt(receipts.at, before));
};
