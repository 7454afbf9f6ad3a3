/*
 * What happened to records since a moment, each record once, with what happened to it last.
 */
import { and, desc, gt, inArray } from 'drizzle-orm';
import type { Audience, Read } from '../context.js';
import type { Db } from '../db/store.js';
import type { Feature } from '../feature.js';
import { chainOf } from '../history.js';
import type { Instant, PersonId } from '../ids.js';
import { historyTables } from '../tables.js';
import type { Subject } from '../view.js';
import { listEntries } from './entries.js';
import type { HappeningGroup, Happenings } from './happening-groups.js';
import type { Listed } from './listed.js';

/** One record and what happened to it last. */
export interface Happening {
  readonly subject: Subject;
  readonly group: HappeningGroup;
  /** 'Wording changed' */
  readonly word: string;
  readonly at: Instant;
  readonly person?: PersonId;
  /** What the log keeps of it; none for what the log does not list. */
  readonly entry?: Listed;
}

/** A feature's verbs in words, and the groups of those that do not merely change something. */
export const groupedVerbs = (
  words: Readonly<Record<string, string>>,
  groups: Readonly<Record<string, HappeningGroup>>,
): Happenings =>
  Object.fromEntries(
    Object.entries(words).map(([verb, word]) => [verb, { word, group: groups[verb] ?? ('changed' as const) }]),
  );

/** More entries of history than these nobody reads up on at once. */
const MOST = 2_000;

const listLatest = async (db: Db, audience: Audience, names: readonly string[], since: Instant) => {
  const { history } = historyTables(db);
  const own = audience.own === undefined ? [] : [chainOf(audience.alliance, audience.own)];
  const rows = await db
    .select()
    .from(history)
    .where(
      and(
        inArray(history.allianceId, [audience.alliance, ...own]),
        gt(history.at, since),
        inArray(history.feature, [...names]),
      ),
    )
    .orderBy(desc(history.at), desc(history.seq))
    .limit(MOST);
  const latest = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const key = `${row.feature} ${row.subjectId}`;
    if (!latest.has(key)) latest.set(key, row);
  }
  return [...latest.values()];
};

const AT_ONCE = 500;

const entriesOf = async (
  db: Db,
  feature: string,
  ids: readonly string[],
  audience: Audience,
): Promise<ReadonlyMap<string, Listed>> => {
  const found = new Map<string, Listed>();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const entry of await listEntries(db, feature, ids.slice(from, from + AT_ONCE), audience))
      found.set(entry.subject.id, entry);
  return found;
};

/**
 * The newest first, as far as this audience may read it. Verbs that a feature has no words for change something; what a
 * feature offers no verbs for is left out.
 */
export const listHappenings = async (
  features: ReadonlyMap<string, Feature>,
  { db }: Read,
  audience: Audience,
  since: Instant,
): Promise<readonly Happening[]> => {
  const telling = [...features.values()].filter(({ verbs }) => verbs !== undefined);
  const names = telling.map(({ name }) => name);
  if (names.length === 0) return [];
  const rows = await listLatest(db, audience, names, since);
  const entries = new Map<string, ReadonlyMap<string, Listed>>();
  for (const { name, entry } of telling) {
    const ids = rows.filter((row) => row.feature === name).map((row) => row.subjectId);
    if (entry) entries.set(name, await entriesOf(db, name, ids, audience));
  }
  return rows.flatMap((row): Happening[] => {
    const kept = entries.get(row.feature);
    const entry = kept?.get(row.subjectId);
    // Of records with entries, those without one are not for these readers.
    if (kept && !entry) return [];
    const said = features.get(row.feature)?.verbs?.[row.verb];
    const { word, group } = said ?? { word: row.verb.replaceAll('-', ' '), group: 'changed' as const };
    return [
      {
        subject: { feature: row.feature, id: row.subjectId },
        ...{ group, word, at: row.at },
        ...(row.personId !== null && { person: row.personId as PersonId }),
        ...(entry && { entry }),
      },
    ];
  });
};
