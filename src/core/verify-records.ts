/* Whether a feature's records are those that its history tells of: page by page, with numbers that have no gaps. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { HistoryEntry, Read } from './context.js';
import { IMPORTED } from './copy/happened.js';
import type { Pages } from './copy/row.js';
import type { Db } from './db/store.js';
import { chainOf, listHistories } from './history.js';
import type { AllianceId } from './ids.js';
import { counterTables, historyTables } from './tables.js';
import { onlyOf, SHARED, type Visibility } from './visibility.js';

/** Which records: those that all share, or those of one company alone. */
export interface Chosen {
  readonly alliance: AllianceId;
  readonly visibility: Visibility;
}

/** What a feature tells, so that its records can be checked. */
export interface Checking<T extends { readonly id: string; readonly number: number }> {
  readonly feature: string;
  readonly series: string;
  labelOf(number: number, own: boolean): string;
  /** In the order of their numbers, at most `limit` after this one. */
  list(read: Read, chosen: Chosen, after: number, limit: number): Promise<readonly T[]>;
  /** What of it is not as its history tells, each to end a sentence that begins with the label. */
  faultsOf(record: T, history: readonly HistoryEntry[]): readonly string[];
  /** Of these ids, those that there is a record of. */
  standing(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

const PAGE = 200;
/** More are not named: the first ones show that something is wrong. */
const MOST = 20;

const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

interface Of<T extends { readonly id: string; readonly number: number }> extends Chosen {
  readonly checking: Checking<T>;
  readonly chain: AllianceId;
  label(number: number): string;
}

/** Records that the history tells of and the table does not hold. */
async function* goneFaults<T extends { readonly id: string; readonly number: number }>(
  pages: Pages,
  { checking, chain, label }: Of<T>,
): AsyncGenerator<string> {
  for (let last = 0; ; ) {
    const from = last;
    const page = await pages.read(async ({ db }) => {
      const { history } = historyTables(db);
      const begun = and(eq(history.feature, checking.feature), inArray(history.verb, ['recorded', IMPORTED]));
      const rows = await db
        .select({ seq: history.seq, id: history.subjectId, at: history.at, detail: history.detail })
        .from(history)
        .where(and(eq(history.allianceId, chain), begun, gt(history.seq, from)))
        .orderBy(asc(history.seq))
        .limit(PAGE);
      const ids = rows.map(({ id }) => id);
      const standing = ids.length > 0 ? await checking.standing(db, ids) : new Set<string>();
      return { gone: rows.filter(({ id }) => !standing.has(id)), last: rows.at(-1)?.seq };
    });
    for (const { at, detail } of page.gone)
      yield `${label(Number(detail.number))}: it was recorded at ${moment(at)}, and its row is gone`;
    if (page.last === undefined) return;
    last = page.last;
  }
}

const countedTo = async (db: Db, chain: AllianceId, series: string): Promise<number> => {
  const { counters } = counterTables(db);
  const [row] = await db
    .select({ value: counters.value })
    .from(counters)
    .where(and(eq(counters.allianceId, chain), eq(counters.series, series)));
  return row?.value ?? 0;
};

/** Numbers have no gaps, so one that is missing was taken away, also where nothing else tells of it. */
const gapFaults = (seen: number, number: number, label: (number: number) => string): string[] =>
  Array.from(
    { length: Math.min(number - seen - 1, MOST) },
    (_, index) => `${label(seen + 1 + index)}: its number was given, and its row is gone`,
  );

async function* verifyOf<T extends { readonly id: string; readonly number: number }>(
  pages: Pages,
  of: Of<T>,
): AsyncGenerator<string> {
  const { checking, chain, label } = of;
  let gone = 0;
  for await (const fault of goneFaults(pages, of)) {
    gone += 1;
    yield fault;
  }
  let seen = 0;
  for (;;) {
    const from = seen;
    const page = await pages.read(async (read) => {
      const records = await checking.list(read, of, from, PAGE);
      const ids = records.map(({ id }) => id);
      const histories = ids.length > 0 ? await listHistories(read.db, chain, checking.feature, ids) : new Map();
      return records.map((record) => ({ record, history: histories.get(record.id) ?? [] }));
    });
    for (const { record, history } of page) {
      if (gone === 0) yield* gapFaults(seen, record.number, label);
      const faults =
        history.length === 0
          ? ['it stands in the table, and the history tells nothing of it']
          : checking.faultsOf(record, history);
      for (const fault of faults) yield `${label(record.number)}: ${fault}`;
      seen = record.number;
    }
    if (page.length < PAGE) break;
  }
  const counted = await pages.read(({ db }) => countedTo(db, chain, checking.series));
  if (gone === 0) yield* gapFaults(seen, counted + 1, label);
}

/** Those that all share, then each company's own. */
export async function* verifyRecords<T extends { readonly id: string; readonly number: number }>(
  pages: Pages,
  alliance: AllianceId,
  checking: Checking<T>,
): AsyncGenerator<string> {
  const partners = await pages.read(({ directory }) => directory.partners(alliance));
  for (const visibility of [SHARED, ...partners.map(({ id }) => id)] as readonly Visibility[]) {
    const chain = chainOf(alliance, onlyOf(visibility));
    const label = (number: number) => checking.labelOf(number, visibility !== SHARED);
    yield* verifyOf(pages, { alliance, visibility, chain, checking, label });
  }
}
