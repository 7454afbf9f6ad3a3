/*
 * Takes a copy back: everything is looked at first, and is written only when all of it can be taken. Written in
 * transactions of a hundred records; one that is broken off goes on when it is said again, since what is there already is
 * left alone.
 */
import { sql } from 'drizzle-orm';
import type { Store, Tx } from '../db/store.js';
import { insertKeptNames } from '../directory/kept-names.js';
import { chainOf } from '../history.js';
import type { AllianceId, Instant, PersonId } from '../ids.js';
import { counterTables } from '../tables.js';
import { createWork } from '../work.js';
import { type Placing, placingOf } from './placing.js';
import { batches, type Keeper, keepersOf, type Plan, planRestore, type RestoreParts, sortRows } from './plan.js';
import type { Placed, Row } from './row.js';

export interface Restoration extends RestoreParts {
  readonly store: Store;
  readonly now: () => Instant;
  readonly newId: () => string;
}

const raiseTo = async (tx: Tx, chain: AllianceId, series: string, value: number): Promise<void> => {
  const { counters } = counterTables(tx);
  await tx
    .insert(counters)
    .values({ allianceId: chain, series, value })
    .onConflictDoUpdate({
      target: [counters.allianceId, counters.series],
      set: { value: sql`case when ${counters.value} < excluded.value then excluded.value else ${counters.value} end` },
    });
};

/** As the history keeps it: all that was taken, so that it can be checked later like what was recorded here. */
const detailOf = ({ number, committee, status, versions, facts }: Row, placed: Placed): Record<string, unknown> => ({
  number,
  committee,
  status,
  versions: versions.map((version) => ({
    ...version,
    confirmed: version.confirmed.map(({ company, name, at }) => ({ partner: placed.partner(company), name, at })),
  })),
  facts,
});

const noDerivation = (): never => {
  throw new Error('an import derives nothing');
};

const writeOne = async (tx: Tx, parts: Restoration, keeper: Keeper, row: Row, placed: Placed): Promise<void> => {
  const { alliance, features, newId } = parts;
  const { restoring, feature } = keeper;
  const work = createWork({
    tx,
    now: parts.now(),
    newId,
    alliance,
    feature: feature.name,
    features,
    derive: noDerivation,
  });
  await restoring.write(tx, row, placed);
  await work.record({ feature: feature.name, id: row.id }, 'imported', detailOf(row, placed), placed.own);
  await raiseTo(tx, chainOf(alliance, placed.own), restoring.series, row.number);
};

const writeBatch = async (parts: Restoration, placing: Placing, rows: readonly Row[]): Promise<void> => {
  const { store, features, alliance, newId } = parts;
  const keepers = keepersOf(features);
  const strangers = new Map([...placing.strangers].map(([id, { name }]): [PersonId, string] => [id, name]));
  await store.write(
    async (tx) => {
      await insertKeptNames(tx, strangers);
      for (const row of rows) {
        const keeper = keepers.get(row.kind);
        if (keeper) await writeOne(tx, parts, keeper, { ...row, id: newId() }, placing.place(row));
      }
    },
    { scope: alliance, timeoutMs: 60_000 },
  );
};

/**
 * Gives the plan, carried out when it has no faults. @throws Error when somebody recorded under the same numbers, or
 * changed the file, since it was looked at: then what was written before stays, and saying it again shows what is wrong
 */
export const restoreCopy = async (parts: Restoration): Promise<Plan> => {
  const plan = await planRestore(parts);
  if (plan.faults.length > 0 || plan.fresh === 0) return plan;
  const placing = await placingOf(parts.pages, parts.alliance);
  for await (const batch of batches(parts.path)) {
    const good = batch.flatMap((one) => ('row' in one ? [one] : []));
    const { fresh, faults } = await sortRows(parts, good, placing);
    if (faults.length > 0 || good.length < batch.length)
      throw new Error('The file or the log has changed while it was taken back. Say it again to see what is wrong.');
    if (fresh.length > 0) await writeBatch(parts, placing, fresh);
  }
  return plan;
};
