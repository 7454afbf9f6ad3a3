/* What taking a copy back would bring, and everything that stands against it. */
import { and, eq } from 'drizzle-orm';
import { chainOf } from '../history.js';
import type { AllianceId } from '../ids.js';
import { counterTables } from '../tables.js';
import { SHARED } from '../visibility.js';
import { type Fault, readCsv } from './csv-read.js';
import { type Placing, placingOf } from './placing.js';
import { labelKey, type Reference, referenceFaults } from './references.js';
import type { Restoring } from './restoring.js';
import type { Pages } from './row.js';
import { type Keeper, keepersOf, type Placeable, type RestoreParts, sortRows } from './sorting.js';

/** What a copy would bring; it can be taken when there are no faults. */
export interface Plan {
  readonly faults: readonly Fault[];
  /** Records that are not here yet, and those that are here just as the copy tells them. */
  readonly fresh: number;
  readonly same: number;
  /** Whoever is kept by name alone: 'Ana Ruiz (Acme Bio)'. */
  readonly strangers: readonly string[];
}

const BATCH = 100;

const refuse = ({ line, row }: Placeable, keeper: Keeper | undefined, placing: Placing): Fault[] => {
  if (!keeper) return [{ line, text: `'${row.kind}' is no kind of record that Entente takes back` }];
  const label = keeper.restoring.labelOf(row.number, row.own !== undefined);
  const own = keeper.restoring.refuse(row);
  return [
    ...(label === row.label ? [] : [`'record' and 'number' disagree: ${row.label} and ${row.number}`]),
    ...placing.refuse(row),
    ...(own === undefined ? [] : [own]),
  ].map((text) => ({ line, text }));
};

/** How far numbers are given out here already. */
const countedTo = (pages: Pages, chain: AllianceId, series: string): Promise<number> =>
  pages.read(async ({ db }) => {
    const { counters } = counterTables(db);
    const [row] = await db
      .select({ value: counters.value })
      .from(counters)
      .where(and(eq(counters.allianceId, chain), eq(counters.series, series)));
    return row?.value ?? 0;
  });

interface Series {
  readonly restoring: Restoring;
  readonly chain: AllianceId;
  readonly own: boolean;
  readonly numbers: Set<number>;
}

const gapFaults = async (pages: Pages, all: Iterable<Series>): Promise<Fault[]> => {
  const faults: Fault[] = [];
  for (const { restoring, chain, own, numbers } of all) {
    if (restoring.series === undefined) continue;
    const counted = await countedTo(pages, chain, restoring.series);
    const highest = [...numbers].reduce((most, one) => Math.max(most, one), 0);
    for (let number = counted + 1; number < highest; number += 1) {
      if (numbers.has(number)) continue;
      const label = restoring.labelOf(number, own);
      faults.push({ line: 1, text: `${label} is missing in the file, and numbers have no gaps` });
      break;
    }
  }
  return faults;
};

export async function* batches(path: string): AsyncGenerator<readonly (Placeable | Fault)[]> {
  let kept: (Placeable | Fault)[] = [];
  for await (const one of readCsv(path)) {
    kept.push(one);
    if (kept.length < BATCH) continue;
    yield kept;
    kept = [];
  }
  if (kept.length > 0) yield kept;
}

interface Planning {
  readonly parts: RestoreParts;
  readonly placing: Placing;
  readonly faults: Fault[];
  readonly references: Reference[];
  /** The keys of all records of the file. */
  readonly keys: Set<string>;
  readonly series: Map<string, Series>;
}

const count = (planning: Planning, { line, row }: Placeable, restoring: Restoring): void => {
  const { parts, placing, faults, series, references, keys } = planning;
  const owner = placing.ownerOf(row);
  const visibility = owner ?? SHARED;
  keys.add(labelKey(visibility, row.label));
  for (const to of restoring.refers?.(row) ?? []) references.push({ line, visibility, from: row.label, to });
  const whole = restoring.part?.of(row);
  if (whole !== undefined) references.push({ line, visibility: SHARED, from: row.label, to: whole });
  const chain = chainOf(parts.alliance, owner);
  const key = `${chain} ${restoring.kind}`;
  const one = series.get(key) ?? { restoring, chain, own: owner !== undefined, numbers: new Set() };
  series.set(key, one);
  if (one.numbers.has(row.number)) faults.push({ line, text: `${row.label} stands in the file twice` });
  one.numbers.add(row.number);
};

/** Those that could be taken; the faults of the others are noted. */
const sift = (planning: Planning, batch: readonly (Placeable | Fault)[], keepers: ReadonlyMap<string, Keeper>) =>
  batch.flatMap((one): Placeable[] => {
    const { faults, placing } = planning;
    const keeper = 'row' in one ? keepers.get(one.row.kind) : undefined;
    const wrong = 'row' in one ? refuse(one, keeper, placing) : [one];
    faults.push(...wrong);
    if (wrong.length > 0 || !('row' in one) || !keeper) return [];
    count(planning, one, keeper.restoring);
    return [one];
  });

/** Looks at the whole file and changes nothing. */
export const planRestore = async (parts: RestoreParts): Promise<Plan> => {
  const { pages, features, alliance, path } = parts;
  const keepers = keepersOf(features);
  const placing = await placingOf(pages, alliance);
  const planning: Planning = { parts, placing, faults: [], references: [], keys: new Set(), series: new Map() };
  const { faults, series, references, keys } = planning;
  let fresh = 0;
  let same = 0;
  for await (const batch of batches(path)) {
    const sorted = await sortRows(parts, sift(planning, batch, keepers), placing);
    fresh += sorted.fresh.length;
    same += sorted.same;
    faults.push(...sorted.faults);
  }
  if (faults.length === 0) faults.push(...(await gapFaults(pages, series.values())));
  if (faults.length === 0) faults.push(...(await referenceFaults(pages, alliance, references, keys)));
  const strangers = [...placing.strangers.values()];
  const named = strangers.map(({ name, company }) => (company ? `${name} (${company})` : name));
  return { faults, fresh, same, strangers: named };
};
