/* Wrong codes are counted, so that nobody finds a right one by trying. */
import { and, desc, eq, gt, lte } from 'drizzle-orm';
import type { Db, Tx } from './db/store.js';
import type { Instant, PlatformId } from './ids.js';
import type { Account } from './platform.js';
import { attemptTables } from './tables.js';

/** Who tries: a whole workspace, or one account of it. */
export interface Trier {
  readonly platform: PlatformId;
  readonly who: string;
}

export const accountTrier = ({ platform, workspace, user }: Account): Trier => ({
  platform,
  who: `${workspace}/${user}`,
});

const MOST = 5;
const WINDOW_MS = 60 * 60 * 1_000;

const isTrier = (db: Db, { platform, who }: Trier) => {
  const { attempts } = attemptTables(db);
  return and(eq(attempts.platform, platform), eq(attempts.workspace, who));
};

/** When they may try again; nothing while they may now. */
export const blockedUntil = async (db: Db, trier: Trier, now: Instant): Promise<Instant | undefined> => {
  const { attempts } = attemptTables(db);
  const rows = await db
    .select({ at: attempts.at })
    .from(attempts)
    .where(and(isTrier(db, trier), gt(attempts.at, now - WINDOW_MS)))
    .orderBy(desc(attempts.at))
    .limit(MOST);
  const oldest = rows.at(-1);
  return oldest && rows.length === MOST ? oldest.at + WINDOW_MS : undefined;
};

/** Counts one that was wrong. The answer must not be a refusal, which would take this back too. */
export const noteAttempt = async (tx: Tx, trier: Trier, id: string, at: Instant): Promise<void> => {
  const { attempts } = attemptTables(tx);
  await tx.delete(attempts).where(and(isTrier(tx, trier), lte(attempts.at, at - WINDOW_MS)));
  await tx.insert(attempts).values({ id, platform: trier.platform, workspace: trier.who, at });
};
