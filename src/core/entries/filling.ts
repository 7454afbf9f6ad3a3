/*
 * Records that were made before the log kept entries, or before their feature did, get theirs at the start: once for each
 * chain of history and each feature, in writes that hold nobody up for long.
 */
import { and, asc, eq, gt, isNull, min } from 'drizzle-orm';
import type { Store, Tx } from '../db/store.js';
import { directoryOf } from '../directory/reads.js';
import type { Feature } from '../feature.js';
import type { AllianceId, Instant } from '../ids.js';
import { counterTables, entryTables, historyTables } from '../tables.js';
import { refreshEntry } from './entries.js';

interface FillParts {
  readonly store: Store;
  readonly features: ReadonlyMap<string, Feature>;
  readonly now: () => Instant;
}

/** Of one write. */
const AT_ONCE = 100;

/** A chain of history: an alliance's, or the one of a company's own records in it. */
interface Chain {
  readonly chain: string;
  readonly feature: Feature;
}

/** Kept among the numbers, of which it is none: what is filled stays so. */
const seriesOf = ({ name }: Feature): string => `filled ${name}`;

const listChains = async ({ read }: Store, feature: Feature): Promise<readonly string[]> => {
  const { history } = historyTables(read);
  const { counters } = counterTables(read);
  const chains = await read.selectDistinct({ chain: history.allianceId }).from(history);
  const filled = await read
    .select({ chain: counters.allianceId })
    .from(counters)
    .where(eq(counters.series, seriesOf(feature)));
  const done = new Set(filled.map(({ chain }) => chain));
  return chains.map(({ chain }) => chain).filter((chain) => !done.has(chain));
};

const listMissing = (tx: Tx, { chain, feature }: Chain, after: number) => {
  const { history } = historyTables(tx);
  const { entries } = entryTables(tx);
  const first = min(history.seq);
  return tx
    .select({ id: history.subjectId, seq: first })
    .from(history)
    .leftJoin(entries, and(eq(entries.feature, history.feature), eq(entries.subjectId, history.subjectId)))
    .where(
      and(eq(history.allianceId, chain), eq(history.feature, feature.name), gt(history.seq, after), isNull(entries.id)),
    )
    .groupBy(history.subjectId)
    .orderBy(asc(first))
    .limit(AT_ONCE);
};

/** @returns where to go on; nothing at the end */
const fillSome = async (tx: Tx, one: Chain, after: number, now: Instant): Promise<number | undefined> => {
  const alliance = (one.chain.split('/')[0] ?? '') as AllianceId;
  const read = { db: tx, now, directory: directoryOf(tx, now) };
  const missing = await listMissing(tx, one, after);
  for (const { id } of missing) await refreshEntry(tx, one.feature, read, alliance, { feature: one.feature.name, id });
  if (missing.length === AT_ONCE) return Number(missing.at(-1)?.seq);
  const { counters } = counterTables(tx);
  const filled = { allianceId: one.chain, series: seriesOf(one.feature), value: 1 };
  await tx.insert(counters).values(filled).onConflictDoNothing();
  return undefined;
};

/** Ends when every feature's records have their entries; what was cut off is gone on with at the next start. */
export const fillEntries = async ({ store, features, now }: FillParts): Promise<void> => {
  for (const feature of features.values()) {
    if (!feature.entry) continue;
    for (const chain of await listChains(store, feature)) {
      let after: number | undefined = 0;
      while (after !== undefined) {
        const from: number = after;
        after = await store.write((tx) => fillSome(tx, { chain, feature }, from, now()), {
          scope: chain.split('/')[0],
        });
      }
    }
  }
};
