/* What taking a copy back would bring, and everything that stands against it. */
import { and, eq, inArray } from 'drizzle-orm';
import { ownAudience } from '../directory/audience.js';
import type { Feature, Restoring } from '../feature.js';
import { chainOf } from '../history.js';
import type { AllianceId, PartnerId } from '../ids.js';
import { counterTables, entryTables } from '../tables.js';
import { SHARED, type Visibility } from '../visibility.js';
import { type Fault, readCsv } from './csv-read.js';
import { type Placing, placingOf } from './placing.js';
import type { Pages, Row, Version } from './row.js';

export interface RestoreParts {
  readonly pages: Pages;
  readonly features: ReadonlyMap<string, Feature>;
  readonly alliance: AllianceId;
  readonly path: string;
}

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

export interface Placeable {
  readonly line: number;
  readonly row: Row;
}

export interface Keeper {
  readonly feature: Feature;
  readonly restoring: Restoring;
}

export const keepersOf = (features: ReadonlyMap<string, Feature>): ReadonlyMap<string, Keeper> =>
  new Map(
    [...features.values()].flatMap((feature): [string, Keeper][] =>
      feature.restoring ? [[feature.restoring.kind, { feature, restoring: feature.restoring }]] : [],
    ),
  );

/** Everything that makes two records the same for whoever reads them; ids and links differ by reader and place. */
const told = ({ kind, label, committee, own, status, saidAt, versions, facts }: Row): string => {
  const version = ({ number, text, because, insteadOf, reason, by, confirmed }: Version) => [
    ...[number, text, because, insteadOf, reason, by.name, by.company, by.at],
    confirmed.map(({ company, name, at }) => `${company} ${name} ${at}`).sort(),
  ];
  return JSON.stringify([
    kind,
    label,
    committee,
    own,
    status,
    saidAt,
    versions.map(version),
    Object.entries(facts).sort(),
  ]);
};

const keyOf = (visibility: Visibility, label: string): string => `${visibility}/${label}`;

/** The records that stand here under these labels, by visibility and label. */
const listStanding = async (
  { pages, features, alliance }: RestoreParts,
  rows: readonly Row[],
  placing: Placing,
): Promise<ReadonlyMap<string, Row>> => {
  const labels = [...new Set(rows.map(({ label }) => label))];
  const entries = await pages.read(({ db }) => {
    const { entries } = entryTables(db);
    return db
      .select({ feature: entries.feature, id: entries.subjectId, visibility: entries.visibility })
      .from(entries)
      .where(and(eq(entries.allianceId, alliance), inArray(entries.label, labels)));
  });
  const wanted = new Set(rows.map((row) => placing.ownerOf(row) ?? SHARED));
  const [reader] = await pages.read(({ directory }) => directory.partners(alliance));
  const standing = new Map<string, Row>();
  for (const visibility of wanted) {
    const audience = ownAudience(alliance, (visibility || reader?.id) as PartnerId);
    for (const feature of features.values()) {
      const own = entries.filter((entry) => entry.feature === feature.name && entry.visibility === visibility);
      if (own.length === 0 || !feature.dump) continue;
      for await (const row of feature.dump(pages, { audience, ids: own.map(({ id }) => id) }))
        standing.set(keyOf(visibility, row.label), row);
    }
  }
  return standing;
};

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
  readonly series: Map<string, Series>;
}

const count = ({ parts, placing, faults, series }: Planning, { line, row }: Placeable, restoring: Restoring): void => {
  const owner = placing.ownerOf(row);
  const chain = chainOf(parts.alliance, owner);
  const key = `${chain} ${restoring.series}`;
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

export interface Sorted {
  readonly fresh: readonly Row[];
  readonly same: number;
  readonly faults: readonly Fault[];
}

/** What of these is not here yet, is here as it is told, or is here and says something else. */
export const sortRows = async (parts: RestoreParts, good: readonly Placeable[], placing: Placing): Promise<Sorted> => {
  const rows = good.map(({ row }) => row);
  if (rows.length === 0) return { fresh: [], same: 0, faults: [] };
  await placing.meet(rows);
  const standing = await listStanding(parts, rows, placing);
  const before = (row: Row) => standing.get(keyOf(placing.ownerOf(row) ?? SHARED, row.label));
  const fresh = rows.filter((row) => !before(row));
  const other = good.filter(({ row }) => {
    const stands = before(row);
    return stands && told(stands) !== told(row);
  });
  const faults = other.map(({ line, row }) => ({
    line,
    text: `${row.label} is in the log already, and says something else`,
  }));
  return { fresh, same: rows.length - fresh.length - other.length, faults };
};

/** Looks at the whole file and changes nothing. */
export const planRestore = async (parts: RestoreParts): Promise<Plan> => {
  const { pages, features, alliance, path } = parts;
  const keepers = keepersOf(features);
  const placing = await placingOf(pages, alliance);
  const planning: Planning = { parts, placing, faults: [], series: new Map() };
  const { faults, series } = planning;
  let fresh = 0;
  let same = 0;
  for await (const batch of batches(path)) {
    const sorted = await sortRows(parts, sift(planning, batch, keepers), placing);
    fresh += sorted.fresh.length;
    same += sorted.same;
    faults.push(...sorted.faults);
  }
  if (faults.length === 0) faults.push(...(await gapFaults(pages, series.values())));
  const strangers = [...placing.strangers.values()];
  const named = strangers.map(({ name, company }) => (company ? `${name} (${company})` : name));
  return { faults, fresh, same, strangers: named };
};
