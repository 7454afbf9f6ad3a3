/*
 * The log's own list: one row for each record, whatever feature it is of, written whenever the record changes.
 */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Audience, Read } from '../context.js';
import { prepared } from '../db/prepared.js';
import { saveWords } from '../db/search.js';
import type { Db, Tx } from '../db/store.js';
import type { Entry, Feature } from '../feature.js';
import type { AllianceId, Instant, PersonId } from '../ids.js';
import { addressOf } from '../message-links.js';
import { entryTables } from '../tables.js';
import type { Subject } from '../view.js';
import { ownerIn, readableBy } from '../visibility.js';
import { type Listed, toListed } from './listed.js';
import { searchWords } from './search-words.js';

export type { Listed } from './listed.js';
export { findNear } from './nearness.js';

type Row = ReturnType<typeof entryTables>['entries']['$inferSelect'];
type NewRow = Omit<Row, 'id'>;

const upsertEntry = prepared((db, row: NewRow) => {
  const { entries } = entryTables(db);
  const { feature, subjectId, allianceId, visibility, label, at, link, linkFor } = row;
  const { committeeId, title, words, status, live, ownerId, dueOn, changedAt } = row;
  const kept = { committeeId, title, words, status, live, ownerId, dueOn, changedAt };
  return db
    .insert(entries)
    .values({ feature, subjectId, allianceId, visibility, label, at, link, linkFor, ...kept })
    .onConflictDoUpdate({ target: [entries.feature, entries.subjectId], set: kept })
    .returning({ id: entries.id });
});

/** Keeps what the log shows of a record in step with it. */
export const saveEntry = async (
  tx: Tx,
  alliance: AllianceId,
  { feature, id }: Subject,
  entry: Entry,
  now: Instant,
): Promise<void> => {
  const { committee, visibility, label, title, status, live, owner, dueOn, at, source } = entry;
  const words = searchWords([label, title, ...entry.more].join(' ')).join(' ');
  const [row] = await upsertEntry(tx, {
    ...{ feature, subjectId: id, allianceId: alliance, visibility, label, title, status, live, at, changedAt: now },
    committeeId: committee ?? null,
    words,
    ownerId: owner ?? null,
    dueOn: dueOn ?? null,
    link: source ? addressOf(source.link) : null,
    linkFor: source?.partner ?? null,
  });
  if (row) await saveWords(tx, row.id, words);
};

const selectKept = prepared((db, { feature, id }: Subject) => {
  const { entries } = entryTables(db);
  return db
    .select({ id: entries.id })
    .from(entries)
    .where(and(eq(entries.feature, feature), eq(entries.subjectId, id)));
});

/**
 * The same by asking the feature that keeps the record; one that offers no entries keeps none. Gives the entry of a
 * record that the log had not known before.
 */
export const refreshEntry = async (
  tx: Tx,
  feature: Feature | undefined,
  read: Read,
  alliance: AllianceId,
  subject: Subject,
): Promise<Entry | undefined> => {
  const entry = await feature?.entry?.(subject.id, read);
  if (!entry) return undefined;
  const known = await selectKept(tx, { feature: subject.feature, id: subject.id });
  await saveEntry(tx, alliance, subject, entry, read.now);
  return known.length === 0 ? entry : undefined;
};

/** What one of two people owed is the other's, since they are one. */
export const mergeOwners = async (tx: Tx, kept: PersonId, gone: PersonId): Promise<void> => {
  const { entries } = entryTables(tx);
  await tx.update(entries).set({ ownerId: kept }).where(eq(entries.ownerId, gone));
};

/** The record that people call so, 'D-14' or 'd-14', where this audience reads it. */
export const findCalled = async (db: Db, label: string, audience: Audience): Promise<Listed | undefined> => {
  const { entries } = entryTables(db);
  const [row] = await db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.allianceId, audience.alliance),
        readableBy(entries.visibility, ownerIn(audience)),
        eq(entries.label, label.trim().toUpperCase()),
      ),
    );
  return row && toListed(row);
};

/** A feature's record that was taken from a message before, for a company that can open the message. */
export const findSourced = async (
  db: Db,
  { link, partner }: NonNullable<Entry['source']>,
  audience: Audience,
  feature: string,
): Promise<Listed | undefined> => {
  const { entries } = entryTables(db);
  const [row] = await db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.allianceId, audience.alliance),
        eq(entries.linkFor, partner),
        eq(entries.link, addressOf(link)),
        eq(entries.feature, feature),
        readableBy(entries.visibility, ownerIn(audience)),
      ),
    )
    .orderBy(desc(entries.live), desc(entries.at))
    .limit(1);
  return row && toListed(row);
};

/** The records of these subjects of one feature that this audience reads. */
export const listEntries = async (
  db: Db,
  feature: string,
  ids: readonly string[],
  audience: Audience,
): Promise<readonly Listed[]> => {
  if (ids.length === 0) return [];
  const { entries } = entryTables(db);
  const rows = await db
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.feature, feature),
        inArray(entries.subjectId, [...ids]),
        eq(entries.allianceId, audience.alliance),
        readableBy(entries.visibility, ownerIn(audience)),
      ),
    );
  return rows.map(toListed);
};
