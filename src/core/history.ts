import { createHash } from 'node:crypto';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { HistoryEntry } from './context.js';
import { prepared } from './db/prepared.js';
import type { Db, Tx } from './db/store.js';
import type { AllianceId, Instant, PartnerId, PersonId } from './ids.js';
import { historyTables } from './tables.js';
import type { Subject } from './view.js';

/** What is one company's alone has a count and a chain of its own, which nobody else verifies. */
export const chainOf = (alliance: AllianceId, only?: PartnerId): AllianceId =>
  only === undefined ? alliance : (`${alliance}/${only}` as AllianceId);

export interface NewEntry {
  readonly alliance: AllianceId;
  readonly at: Instant;
  readonly person?: PersonId;
  readonly subject: Subject;
  readonly verb: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** SHA-256 over the entry and the hash before it: changing, removing or inserting one breaks every later hash. */
const entryHash = (previous: string, seq: number, entry: NewEntry): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        previous,
        entry.alliance,
        seq,
        entry.at,
        entry.person ?? null,
        entry.subject.feature,
        entry.subject.id,
        entry.verb,
        entry.detail,
      ]),
    )
    .digest('hex');

const selectHead = prepared((db, { alliance }: { alliance: AllianceId }) => {
  const { history } = historyTables(db);
  return db
    .select({ seq: history.seq, hash: history.hash })
    .from(history)
    .where(eq(history.allianceId, alliance))
    .orderBy(desc(history.seq))
    .limit(1);
});

type HistoryRow = ReturnType<typeof historyTables>['history']['$inferSelect'];

const insertEntry = prepared((db, row: HistoryRow) => {
  const { allianceId, seq, at, personId, feature, subjectId, verb, detail, hash } = row;
  const { history } = historyTables(db);
  return db.insert(history).values({ allianceId, seq, at, personId, feature, subjectId, verb, detail, hash });
});

/** Must run in a write whose scope is the alliance: the chain has one head. */
export const appendHistory = async (tx: Tx, entry: NewEntry): Promise<void> => {
  const [head] = await selectHead(tx, { alliance: entry.alliance });
  const seq = (head?.seq ?? 0) + 1;
  await insertEntry(tx, {
    allianceId: entry.alliance,
    seq,
    at: entry.at,
    personId: entry.person ?? null,
    feature: entry.subject.feature,
    subjectId: entry.subject.id,
    verb: entry.verb,
    detail: entry.detail,
    hash: entryHash(head?.hash ?? '', seq, entry),
  });
};

/** What happened to a subject, oldest first. */
export const listHistory = async (db: Db, alliance: AllianceId, subject: Subject): Promise<HistoryEntry[]> => {
  const { history } = historyTables(db);
  const rows = await db
    .select()
    .from(history)
    .where(
      and(eq(history.feature, subject.feature), eq(history.subjectId, subject.id), eq(history.allianceId, alliance)),
    )
    .orderBy(asc(history.seq));
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    person: (row.personId as PersonId | null) ?? undefined,
    verb: row.verb,
    detail: row.detail,
  }));
};

/** Walks an alliance's chain, see `chainOf` for a company's own, and gives the first entry whose hash does not follow, or nothing when all do. */
export const findBrokenEntry = async (db: Db, alliance: AllianceId): Promise<number | undefined> => {
  const { history } = historyTables(db);
  const rows = await db.select().from(history).where(eq(history.allianceId, alliance)).orderBy(asc(history.seq));
  let previous = '';
  let expected = 1;
  for (const row of rows) {
    const entry: NewEntry = {
      alliance,
      at: row.at,
      person: (row.personId as PersonId | null) ?? undefined,
      subject: { feature: row.feature, id: row.subjectId },
      verb: row.verb,
      detail: row.detail,
    };
    if (row.seq !== expected || row.hash !== entryHash(previous, row.seq, entry)) return expected;
    previous = row.hash;
    expected += 1;
  }
  return undefined;
};
