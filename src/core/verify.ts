/*
 * Whether anything was changed behind Entente's back: every chain is walked, and the tables are compared with what the
 * history tells. What cannot be found here alone, such as a tail of the history that went together with its records and
 * their counters, shows when both companies compare the heads.
 */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Source } from './copy/pages.js';
import { chainOf, checkChain, type Head, type SealedEntry } from './history.js';
import type { AllianceId } from './ids.js';
import { entryTables } from './tables.js';
import type { Subject } from './view.js';

export interface CheckedChain {
  /** 'shared', or the company whose own it is. */
  readonly name: string;
  readonly head: Head;
  /** The first entry that does not follow, in a sentence. */
  readonly broken?: string;
}

export interface Verified {
  readonly alliance: string;
  readonly chains: readonly CheckedChain[];
  /** Records that are not as they were recorded, in sentences; the first `MOST_FAULTS` of them. */
  readonly faults: readonly string[];
}

export const MOST_FAULTS = 100;

const labelOf = (source: Source, { feature, id }: Subject): Promise<string> =>
  source.read(async ({ db }) => {
    const { entries } = entryTables(db);
    const [row] = await db
      .select({ label: entries.label })
      .from(entries)
      .where(and(eq(entries.feature, feature), eq(entries.subjectId, id)));
    return row?.label ?? `something of '${feature}'`;
  });

const moment = (at: number): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'no moment' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

const named = async (source: Source, { subject, verb, at }: SealedEntry): Promise<string> =>
  `${await labelOf(source, subject)}, '${verb}' at ${moment(at)}`;

const checkOne = async (source: Source, name: string, chain: AllianceId): Promise<CheckedChain> => {
  const { head, broken } = await checkChain(source, chain);
  if (!broken) return { name, head };
  const { seq, how, entry } = broken;
  const what = await named(source, entry);
  const sentence =
    how === 'missing'
      ? `entry ${seq} is missing: the next one that stands there is ${entry.seq} (${what})`
      : `entry ${seq} (${what}) was altered, or put there behind Entente's back`;
  return { name, head, broken: sentence };
};

const PAGE = 500;

/** The list that is searched must say what the records say. */
async function* entryFaults(source: Source, alliance: AllianceId): AsyncGenerator<string> {
  const byName = new Map(source.features.map((feature) => [feature.name, feature]));
  for (let last = 0; ; ) {
    const from = last;
    const faults = await source.read(async (read) => {
      const { entries } = entryTables(read.db);
      const rows = await read.db
        .select()
        .from(entries)
        .where(and(eq(entries.allianceId, alliance), gt(entries.id, from)))
        .orderBy(asc(entries.id))
        .limit(PAGE);
      const found: string[] = [];
      for (const { feature, subjectId, label, title, status } of rows) {
        const is = await byName.get(feature)?.entry?.(subjectId, read);
        if (is && is.label === label && is.title === title && is.status === status) continue;
        if (byName.get(feature)?.entry) found.push(`${label}: the list that is searched does not say what it says`);
      }
      return { found, last: rows.at(-1)?.id };
    });
    yield* faults.found;
    if (faults.last === undefined) return;
    last = faults.last;
  }
}

async function* allFaults(source: Source, alliance: AllianceId): AsyncGenerator<string> {
  for (const feature of source.features) if (feature.verify) yield* feature.verify(source, alliance);
  yield* entryFaults(source, alliance);
}

export const verifyAlliance = async (source: Source, alliance: AllianceId): Promise<Verified> => {
  const about = await source.read(async ({ directory }) => ({
    name: await directory.allianceName(alliance),
    partners: await directory.partners(alliance),
  }));
  const chains = [await checkOne(source, 'shared', alliance)];
  for (const { id, name } of about.partners) chains.push(await checkOne(source, name, chainOf(alliance, id)));
  const faults: string[] = [];
  for await (const fault of allFaults(source, alliance)) {
    faults.push(fault);
    if (faults.length === MOST_FAULTS) break;
  }
  return { alliance: about.name, chains, faults };
};
