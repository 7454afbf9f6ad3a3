/* What of a copy's records is here already, and says the same. */
import { and, eq, inArray } from 'drizzle-orm';
import { ownAudience } from '../directory/audience.js';
import type { Feature } from '../feature.js';
import type { AllianceId, PartnerId } from '../ids.js';
import { entryTables } from '../tables.js';
import { SHARED } from '../visibility.js';
import type { Fault } from './csv-read.js';
import type { Placing } from './placing.js';
import { labelKey, listStandingIds } from './references.js';
import type { Restoring } from './restoring.js';
import type { Pages, Row, Version } from './row.js';

export interface RestoreParts {
  readonly pages: Pages;
  readonly features: ReadonlyMap<string, Feature>;
  readonly alliance: AllianceId;
  readonly path: string;
}

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
    [...features.values()].flatMap((feature) =>
      (feature.restoring ?? []).map((restoring): [string, Keeper] => [restoring.kind, { feature, restoring }]),
    ),
  );

/** Everything that makes two records the same for whoever reads them; ids and links differ by reader and place. */
const told = ({ kind, label, committee, own, status, saidAt, versions, facts, happened }: Row): string => {
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
    happened.map(({ verb, at, by, told: what }) => [verb, at, by?.company, by?.name, Object.entries(what).sort()]),
  ]);
};

/** Of these rows, what stands for those that are parts of shared records, whether anything is in it or not. */
const partsOn = (
  keepers: ReadonlyMap<string, Keeper>,
  rows: readonly Row[],
  placing: Placing,
  shared: ReadonlyMap<string, string>,
): readonly Standing[] =>
  rows.flatMap((row): Standing[] => {
    const keeper = keepers.get(row.kind);
    const own = placing.ownerOf(row);
    const record = keeper?.restoring.part && shared.get(keeper.restoring.part.of(row));
    if (!keeper?.restoring.part || own === undefined || record === undefined) return [];
    return [{ feature: keeper.feature.name, id: keeper.restoring.part.idOn(record, own), visibility: own }];
  });

interface Standing {
  readonly feature: string;
  readonly id: string;
  readonly visibility: string;
}

/** The records that stand here under these labels, by visibility and label. */
const listStanding = async (
  { pages, features, alliance }: RestoreParts,
  rows: readonly Row[],
  placing: Placing,
): Promise<ReadonlyMap<string, Row>> => {
  const keepers = keepersOf(features);
  const wholes = rows.flatMap((row) => keepers.get(row.kind)?.restoring.part?.of(row) ?? []);
  const labels = [...new Set([...rows.map(({ label }) => label), ...wholes])];
  const entries = await pages.read(({ db }) => {
    const { feature, subjectId: id, visibility, label } = entryTables(db).entries;
    const own = and(eq(entryTables(db).entries.allianceId, alliance), inArray(label, labels));
    return db.select({ feature, id, visibility, label }).from(entryTables(db).entries).where(own);
  });
  const shared = new Map(
    entries.flatMap(({ visibility, label, id }) => (visibility === SHARED ? [[label, id] as const] : [])),
  );
  const all: readonly Standing[] = [...entries, ...partsOn(keepers, rows, placing, shared)];
  const wanted = new Set(rows.map((row) => placing.ownerOf(row) ?? SHARED));
  const [reader] = await pages.read(({ directory }) => directory.partners(alliance));
  const standing = new Map<string, Row>();
  for (const visibility of wanted) {
    const audience = ownAudience(alliance, (visibility || reader?.id) as PartnerId);
    for (const feature of features.values()) {
      const own = all.filter((one) => one.feature === feature.name && one.visibility === visibility);
      if (own.length === 0 || !feature.dump) continue;
      for await (const row of feature.dump(pages, { audience, ids: own.map(({ id }) => id) }))
        standing.set(labelKey(visibility, row.label), row);
    }
  }
  return standing;
};

/**
 * Rows without the names of records that are not here yet: of an import that was broken off, those that are here cannot
 * tell of those that are not.
 */
const cutter = async ({ pages, features, alliance }: RestoreParts, rows: readonly Row[], placing: Placing) => {
  const keepers = keepersOf(features);
  const named = (row: Row) => keepers.get(row.kind)?.restoring.refers?.(row) ?? [];
  const ids = await pages.read(({ db }) => listStandingIds(db, alliance, rows.flatMap(named)));
  return (row: Row): Row => {
    const missing = named(row).filter((label) => !ids.has(labelKey(placing.ownerOf(row) ?? SHARED, label)));
    const facts = Object.entries(row.facts).filter(([, text]) => !missing.includes(text));
    return { ...row, facts: Object.fromEntries(facts) };
  };
};

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
  const before = (row: Row) => standing.get(labelKey(placing.ownerOf(row) ?? SHARED, row.label));
  const asFarAs = await cutter(parts, rows, placing);
  const fresh = rows.filter((row) => !before(row));
  const other = good.filter(({ row }) => {
    const stands = before(row);
    return stands && told(stands) !== told(asFarAs(row));
  });
  const faults = other.map(({ line, row }) => ({
    line,
    text: `${row.label} is in the log already, and says something else`,
  }));
  return { fresh, same: rows.length - fresh.length - other.length, faults };
};
