/*
 * Records that other records name: 'D-14' in what supersedes it. They are of the same readers, and stand in the file or in
 * the log; what comes from a copy has an id that can be told from its label, so either may be written first.
 */
import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/store.js';
import type { AllianceId } from '../ids.js';
import { entryTables } from '../tables.js';
import type { Visibility } from '../visibility.js';
import type { Fault } from './csv-read.js';
import type { Pages } from './row.js';

/** One record's alone among all of an alliance. */
export const labelKey = (visibility: Visibility, label: string): string => `${visibility}/${label}`;

/** The id that a record gets when it is taken back: always the same one, in the shape of all others. */
export const restoredId = (alliance: AllianceId, visibility: Visibility, label: string): string =>
  createHash('sha256')
    .update(JSON.stringify([alliance, visibility, label]))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The ids of those that stand in the log, by their keys. */
export const listStandingIds = async (
  db: Db,
  alliance: AllianceId,
  labels: Iterable<string>,
): Promise<ReadonlyMap<string, string>> => {
  const wanted = [...new Set(labels)];
  if (wanted.length === 0) return new Map();
  const { entries } = entryTables(db);
  const rows = await db
    .select({ id: entries.subjectId, visibility: entries.visibility, label: entries.label })
    .from(entries)
    .where(and(eq(entries.allianceId, alliance), inArray(entries.label, wanted)));
  return new Map(rows.map(({ id, visibility, label }) => [labelKey(visibility as Visibility, label), id]));
};

export interface Reference {
  readonly line: number;
  readonly visibility: Visibility;
  readonly from: string;
  readonly to: string;
}

const CHUNK = 500;

/** Those that lead nowhere; `inFile` holds the keys of all that the file brings. */
export const referenceFaults = async (
  pages: Pages,
  alliance: AllianceId,
  references: readonly Reference[],
  inFile: ReadonlySet<string>,
): Promise<readonly Fault[]> => {
  const open = references.filter(({ visibility, to }) => !inFile.has(labelKey(visibility, to)));
  const faults: Fault[] = [];
  for (let at = 0; at < open.length; at += CHUNK) {
    const chunk = open.slice(at, at + CHUNK);
    const standing = await pages.read(({ db }) =>
      listStandingIds(
        db,
        alliance,
        chunk.map(({ to }) => to),
      ),
    );
    for (const { line, visibility, from, to } of chunk)
      if (!standing.has(labelKey(visibility, to)))
        faults.push({ line, text: `${from} names ${to}, which is neither in the file nor in the log` });
  }
  return faults;
};
