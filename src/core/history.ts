import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import type { HistoryEntry } from './context.js';
import { prepared } from './db/prepared.js';
import { remembered } from './db/remembered.js';
import type { Db, Tx } from './db/store.js';
import { groupedBy } from './grouped.js';
import type { AllianceId, Instant, PartnerId, PersonId } from './ids.js';
import { historyTables } from './tables.js';
import type { Subject } from './view.js';

/** What is one company's alone has a count and a chain of its own, which nobody else verifies. */
export const chainOf = (alliance: AllianceId, only?: PartnerId): AllianceId =>
  only === undefined ? alliance : (`${alliance}/${only}` as AllianceId);

/** Reads in pages, each by itself. */
export interface Paging {
  read<T>(work: (read: { readonly db: Db }) => Promise<T>): Promise<T>;
}

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

type Row = ReturnType<typeof historyTables>['history']['$inferSelect'];

const insertEntry = prepared((db, row: Row) => {
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

type Told = Pick<Row, 'seq' | 'at' | 'personId' | 'verb' | 'detail'>;

const toEntry = ({ seq, at, personId, verb, detail }: Told): HistoryEntry => ({
  ...{ seq, at, verb, detail },
  person: (personId as PersonId | null) ?? undefined,
});

const selectHistory = prepared((db, { feature, id, alliance }: Subject & { alliance: AllianceId }) => {
  const { history } = historyTables(db);
  return db
    .select()
    .from(history)
    .where(and(eq(history.feature, feature), eq(history.subjectId, id), eq(history.allianceId, alliance)))
    .orderBy(asc(history.seq));
});

/** What happened to a subject, oldest first. */
export const listHistory = remembered(
  async (db: Db, alliance: AllianceId, { feature, id }: Subject): Promise<readonly HistoryEntry[]> =>
    (await selectHistory(db, { feature, id, alliance })).map(toEntry),
);

/** The same of a page of subjects, by their ids. */
export const listHistories = async (
  db: Db,
  chain: AllianceId,
  feature: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly HistoryEntry[]>> => {
  const { history } = historyTables(db);
  const rows = await db
    .select()
    .from(history)
    .where(and(eq(history.feature, feature), inArray(history.subjectId, [...ids]), eq(history.allianceId, chain)))
    .orderBy(asc(history.seq));
  return new Map([...groupedBy(rows, (row) => row.subjectId)].map(([id, all]) => [id, all.map(toEntry)]));
};

/** How many entries are held at once while a chain is walked. */
const PAGE = 1_000;

/** One entry as it is sealed: everything that its hash covers. */
export interface SealedEntry extends NewEntry {
  readonly seq: number;
  readonly hash: string;
}

const sealedOf = (row: Row): SealedEntry => ({
  alliance: row.allianceId as AllianceId,
  seq: row.seq,
  at: row.at,
  person: (row.personId as PersonId | null) ?? undefined,
  subject: { feature: row.feature, id: row.subjectId },
  verb: row.verb,
  detail: row.detail,
  hash: row.hash,
});

const listAfter = async (db: Db, chain: AllianceId, seq: number): Promise<readonly Row[]> => {
  const { history } = historyTables(db);
  return db
    .select()
    .from(history)
    .where(and(eq(history.allianceId, chain), gt(history.seq, seq)))
    .orderBy(asc(history.seq))
    .limit(PAGE);
};

/** A chain from its first entry on, page by page: each page is read by itself, so nothing is held open meanwhile. */
export async function* walkChain(pages: Paging, chain: AllianceId): AsyncGenerator<SealedEntry> {
  for (let last = 0; ; ) {
    const from = last;
    const rows = await pages.read(({ db }) => listAfter(db, chain, from));
    for (const row of rows) yield sealedOf(row);
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.seq ?? last;
  }
}

/** What of a chain both companies can compare: how many entries it has, and the hash of the last one. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** As it stands, without a walk; nothing for a chain without entries. */
export const headOf = async (db: Db, chain: AllianceId): Promise<Head | undefined> =>
  (await selectHead(db, { alliance: chain }))[0];

/** Where a chain no longer follows. */
export interface Break {
  readonly seq: number;
  /** Missing: the entries from `seq` up to the next one are gone. Changed: it does not follow from the one before it. */
  readonly how: 'missing' | 'changed';
  /** What stands there now. */
  readonly entry: SealedEntry;
}

/** Walks a chain; see `chainOf` for a company's own. */
export const checkChain = async (
  pages: Paging,
  chain: AllianceId,
): Promise<{ readonly head: Head; readonly broken?: Break }> => {
  let head: Head = { seq: 0, hash: '' };
  for await (const entry of walkChain(pages, chain)) {
    const seq = head.seq + 1;
    if (entry.seq !== seq) return { head, broken: { seq, how: 'missing', entry } };
    if (entry.hash !== entryHash(head.hash, seq, entry)) return { head, broken: { seq, how: 'changed', entry } };
    head = { seq, hash: entry.hash };
  }
  return { head };
};

/** The first entry whose hash does not follow, or nothing when all do. */
export const findBrokenEntry = async (db: Db, chain: AllianceId): Promise<number | undefined> =>
  (await checkChain({ read: (work) => work({ db }) }, chain)).broken?.seq;
