/*
 * Takes a copy back: everything is looked at first, and is written only when all of it can be taken. Written in
 * transactions of a hundred records; one that is broken off goes on when it is said again, since what is there already is
 * left alone.
 */
import { sql } from 'drizzle-orm';
import type { Store, Tx } from '../db/store.js';
import { insertKeptNames } from '../directory/kept-names.js';
import { refreshEntry } from '../entries/entries.js';
import { chainOf } from '../history.js';
import type { AllianceId, Instant, PersonId } from '../ids.js';
import { counterTables } from '../tables.js';
import { SHARED } from '../visibility.js';
import { createWork } from '../work.js';
import { placedFacts } from './facts.js';
import { IMPORTED, keptHappened } from './happened.js';
import { type Placing, placingOf } from './placing.js';
import { batches, type Plan, planRestore } from './plan.js';
import { labelKey, listStandingIds, restoredId } from './references.js';
import type { Placed, Row, Signature } from './row.js';
import { type Keeper, keepersOf, type RestoreParts, sortRows } from './sorting.js';

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

/**
 * As the history keeps it: all that was taken, so that it can be checked later like what was recorded here. People stand
 * in it by their ids: whoever is forgotten later has no name in it.
 */
const detailOf = ({ number, committee, status, saidAt, versions, facts, happened }: Row, placed: Placed) => {
  const signed = (who: Signature) => ({
    person: placed.person(who),
    partner: who.company && placed.partner(who.company),
  });
  return {
    ...{ number, committee, status },
    ...(saidAt !== undefined && { saidAt }),
    versions: versions.map(({ by, confirmed, ...version }) => ({
      ...version,
      by: { ...signed(by), at: by.at },
      confirmed: confirmed.map((who) => ({ ...signed(who), at: who.at })),
    })),
    facts: placedFacts(facts, placed),
    happened: keptHappened(happened, placed),
  };
};

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
  const described = await restoring.write(tx, row, placed);
  if (restoring.series === undefined) return;
  await work.record({ feature: feature.name, id: row.id }, IMPORTED, detailOf(row, placed), placed.own);
  for (const id of described) await refreshEntry(tx, feature, work, alliance, { feature: feature.name, id });
  await raiseTo(tx, chainOf(alliance, placed.own), restoring.series, row.number);
};

const idFor = (row: Row, placed: Placed, { restoring: { part } }: Keeper): string =>
  part && placed.own
    ? part.idOn(placed.record(part.of(row)), placed.own)
    : restoredId(placed.alliance, placed.own ?? SHARED, row.label);

const writeBatch = async (parts: Restoration, placing: Placing, rows: readonly Row[]): Promise<void> => {
  const { store, features, alliance } = parts;
  const keepers = keepersOf(features);
  const strangers = new Map([...placing.strangers].map(([id, { name }]): [PersonId, string] => [id, name]));
  await store.write(
    async (tx) => {
      await insertKeptNames(tx, strangers);
      const named = rows.flatMap((row) => {
        const restoring = keepers.get(row.kind)?.restoring;
        return [...(restoring?.refers?.(row) ?? []), ...(restoring?.part ? [restoring.part.of(row)] : [])];
      });
      const ids = await listStandingIds(tx, alliance, named);
      for (const row of rows) {
        const keeper = keepers.get(row.kind);
        if (!keeper) continue;
        const visibility = placing.ownerOf(row) ?? SHARED;
        const { part } = keeper.restoring;
        const among = part ? SHARED : visibility;
        const idOf = (label: string) => ids.get(labelKey(among, label)) ?? restoredId(alliance, among, label);
        const placed = placing.place(row, idOf);
        await writeOne(tx, parts, keeper, { ...row, id: idFor(row, placed, keeper) }, placed);
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
