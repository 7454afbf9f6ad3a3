import { and, eq, lt, sql } from 'drizzle-orm';
import { prepared } from './db/prepared.js';
import type { Db, Tx } from './db/store.js';
import { Refusal } from './errors.js';
import type { Instant } from './ids.js';
import type { Account, Call } from './platform.js';
import { receiptTables } from './tables.js';
import { createVault, VaultError } from './vault.js';
import type { View } from './view.js';

/** Longer than any platform redelivers: Slack's delayed events come for 24 hours. */
export const RECEIPT_KEEP_MS = 3 * 24 * 60 * 60 * 1_000;

/** A receipt holds a private answer, so it is found by whoever asked and by nobody else, whatever id they call with. */
export const receiptIdOf = ({ id, caller }: Call): string =>
  JSON.stringify([caller.platform, caller.workspace, caller.user, id]);

/** An answer that shows a code, as it is kept: whoever reads the database must not learn what is not stored elsewhere. */
interface SealedAnswer {
  readonly keyId: string;
  readonly box: string;
}

export type Kept = View | SealedAnswer;

type Derive = (purpose: string) => Uint8Array;

const vaultOf = (derive: Derive) => createVault(Buffer.from(derive('receipts')).toString('hex'));

export const sealReceipt = (answer: View, id: string, derive: Derive): Kept =>
  answer.kind === 'notice' && answer.secret ? vaultOf(derive).seal(JSON.stringify(answer), id) : answer;

/** @throws Refusal when the secret that it was sealed under is gone */
export const openReceipt = (kept: Kept, id: string, derive: Derive): View => {
  if ('kind' in kept) return kept;
  try {
    return JSON.parse(vaultOf(derive).open(kept, id)) as View;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new Refusal('answered', 'This was answered before, and the answer cannot be shown again. Say it once more.');
  }
};

const selectReceipt = prepared((db, { id }: { id: string }) => {
  const { receipts } = receiptTables(db);
  return db.select({ answer: receipts.answer }).from(receipts).where(eq(receipts.id, id));
});

const insertReceipt = prepared((db, values: { id: string; answer: Kept; at: Instant }) => {
  const { id, answer, at } = values;
  return db.insert(receiptTables(db).receipts).values({ id, answer, at });
});

export const findReceipt = async (db: Db, id: string): Promise<Kept | undefined> => {
  const [row] = await selectReceipt(db, { id });
  return row?.answer as Kept | undefined;
};

export const keepReceipt = async (tx: Tx, id: string, answer: Kept, at: Instant): Promise<void> => {
  await insertReceipt(tx, { id, answer, at });
};

export const sweepReceipts = async (tx: Tx, before: Instant): Promise<void> => {
  const { receipts } = receiptTables(tx);
  await tx.delete(receipts).where(lt(receipts.at, before));
};

/** What an account was answered until then. */
export const dropReceiptsOf = async (tx: Tx, accounts: readonly Account[], until: Instant): Promise<void> => {
  const { receipts } = receiptTables(tx);
  for (const { platform, workspace, user } of accounts) {
    const begins = JSON.stringify([platform, workspace, user]).replace(/\]$/, ',');
    const theirs = sql`substr(${receipts.id}, 1, cast(${begins.length} as integer)) = ${begins}`;
    await tx.delete(receipts).where(and(theirs, lt(receipts.at, until + 1)));
  }
};

/** Not what people read, but what views are made of. */
const NO_WORDS: ReadonlySet<string> = new Set(['kind', 'id', 'feature', 'style']);

const renamed = (value: unknown, name: RegExp, to: string): unknown => {
  if (typeof value === 'string') return value.replace(name, () => to);
  if (Array.isArray(value)) return value.map((one) => renamed(one, name, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, NO_WORDS.has(key) ? one : renamed(one, name, to)]),
  );
};

/** Somebody's names in what others were answered; sealed answers name nobody but who asked. */
export const renameInReceipts = async (tx: Tx, names: readonly string[], to: string): Promise<void> => {
  const { receipts } = receiptTables(tx);
  const answer = sql`cast(${receipts.answer} as text)`;
  for (const name of names) {
    const written = JSON.stringify(name).slice(1, -1);
    const rows = await tx.select().from(receipts).where(sql`replace(${answer}, ${written}, '') <> ${answer}`);
    const word = new RegExp(
      `(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
      'gu',
    );
    for (const row of rows)
      await tx
        .update(receipts)
        .set({ answer: renamed(row.answer, word, to) })
        .where(eq(receipts.id, row.id));
  }
};
