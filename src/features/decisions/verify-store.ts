/* Whether the tables of decisions say what their history tells, page by page. */
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { HistoryEntry } from '../../core/context.js';
import type { Pages } from '../../core/copy/row.js';
import type { Db } from '../../core/db/store.js';
import { chainOf } from '../../core/history.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import { counterTables, historyTables } from '../../core/tables.js';
import { onlyOf, type Visibility } from '../../core/visibility.js';
import { labelOf, statusWords } from './rules.js';
import { decisionTables } from './tables.js';
import { sameWording, type Told, toldBy } from './verify-rules.js';

const PAGE = 200;

type Tables = ReturnType<typeof decisionTables>;

interface Kept {
  readonly decision: Tables['decisions']['$inferSelect'];
  readonly wordings: readonly Tables['wordings']['$inferSelect'][];
  readonly confirmations: readonly Tables['confirmations']['$inferSelect'][];
  readonly history: readonly HistoryEntry[];
}

const moment = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/:\d\d\.\d+Z$/, ' UTC');

const wordingFaults = ({ wordings }: Kept, told: Told): string[] => [
  ...wordings.flatMap((row) => {
    const said = told.wordings.get(row.revision);
    if (!said) return [`wording ${row.revision} stands there and was never recorded`];
    return sameWording(row, said) ? [] : [`its wording is not the one that was recorded at ${moment(said.at)}`];
  }),
  ...[...told.wordings]
    .filter(([revision]) => !wordings.some((row) => row.revision === revision))
    .map(([revision, { at }]) => `wording ${revision}, recorded at ${moment(at)}, is gone`),
];

const confirmationFaults = ({ confirmations }: Kept, { confirmed }: Told): string[] => {
  const kept = new Map(confirmations.map((row) => [`${row.revision}/${row.partnerId}`, row]));
  return [
    ...[...kept].flatMap(([key, { revision, personId }]) => {
      const person = confirmed.get(key);
      if (person === undefined) return [`a confirmation of wording ${revision} stands there and was never given`];
      return person && person !== personId ? [`wording ${revision} was confirmed by somebody else`] : [];
    }),
    ...[...confirmed.keys()]
      .filter((key) => !kept.has(key))
      .map((key) => `a confirmation of wording ${key.split('/')[0]} is gone`),
  ];
};

const faultsOf = (kept: Kept): string[] => {
  const { decision, history } = kept;
  if (history.length === 0) return ['it stands in the table, and the history tells nothing of it'];
  const told = toldBy(history);
  const { status, statusAt, number } = told;
  const word = (of: string): string => (statusWords as Readonly<Record<string, string>>)[of] ?? of;
  return [
    ...wordingFaults(kept, told),
    ...confirmationFaults(kept, told),
    ...(status !== undefined && status !== decision.status
      ? [
          `its status is '${word(decision.status)}', and the history left it at '${word(status)}' at ${moment(statusAt)}`,
        ]
      : []),
    ...(number !== undefined && number !== decision.number ? [`it was recorded under the number ${number}`] : []),
    ...(Math.max(...kept.wordings.map((row) => row.revision), 0) !== decision.revision
      ? ['another wording than the last one is in force']
      : []),
  ];
};

const readPage = async (db: Db, alliance: AllianceId, visibility: Visibility, after: number): Promise<Kept[]> => {
  const { decisions, wordings, confirmations } = decisionTables(db);
  const { history } = historyTables(db);
  const where = and(
    eq(decisions.allianceId, alliance),
    eq(decisions.visibility, visibility),
    gt(decisions.number, after),
  );
  const rows = await db.select().from(decisions).where(where).orderBy(asc(decisions.number)).limit(PAGE);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const worded = await db.select().from(wordings).where(inArray(wordings.decisionId, ids));
  const confirmed = await db.select().from(confirmations).where(inArray(confirmations.decisionId, ids));
  const chain = chainOf(alliance, onlyOf(visibility));
  const entries = await db
    .select()
    .from(history)
    .where(and(eq(history.feature, 'decisions'), inArray(history.subjectId, ids), eq(history.allianceId, chain)))
    .orderBy(asc(history.seq));
  return rows.map((decision) => ({
    decision,
    wordings: worded.filter((row) => row.decisionId === decision.id),
    confirmations: confirmed.filter((row) => row.decisionId === decision.id),
    history: entries
      .filter((row) => row.subjectId === decision.id)
      .map((row) => ({ ...row, person: (row.personId ?? undefined) as PersonId | undefined })),
  }));
};

/** Decisions that the history tells of and the table does not hold. */
const listGone = async (db: Db, alliance: AllianceId, visibility: Visibility): Promise<string[]> => {
  const { decisions } = decisionTables(db);
  const { history } = historyTables(db);
  const rows = await db
    .select({ detail: history.detail, at: history.at })
    .from(history)
    .leftJoin(decisions, eq(decisions.id, history.subjectId))
    .where(
      and(
        eq(history.allianceId, chainOf(alliance, onlyOf(visibility))),
        eq(history.feature, 'decisions'),
        inArray(history.verb, ['recorded', 'imported']),
        isNull(decisions.id),
      ),
    )
    .orderBy(asc(history.seq))
    .limit(PAGE);
  return rows.map(({ detail, at }) => {
    const label = labelOf({ number: Number(detail.number), visibility });
    return `${label}: it was recorded at ${moment(at)}, and its row is gone`;
  });
};

const countedTo = async (db: Db, alliance: AllianceId, visibility: Visibility): Promise<number> => {
  const { counters } = counterTables(db);
  const [row] = await db
    .select({ value: counters.value })
    .from(counters)
    .where(and(eq(counters.allianceId, chainOf(alliance, onlyOf(visibility))), eq(counters.series, 'D')));
  return row?.value ?? 0;
};

/** Numbers have no gaps, so one that is missing was taken away, also where nothing else tells of it. */
const gapFaults = (seen: number, number: number, visibility: Visibility): string[] =>
  Array.from({ length: Math.min(number - seen - 1, 20) }, (_, index) => {
    const label = labelOf({ number: seen + 1 + index, visibility });
    return `${label}: its number was given, and its row is gone`;
  });

async function* verifyOf(pages: Pages, alliance: AllianceId, visibility: Visibility): AsyncGenerator<string> {
  const gone = await pages.read(({ db }) => listGone(db, alliance, visibility));
  yield* gone;
  let seen = 0;
  for (;;) {
    const from = seen;
    const page = await pages.read(({ db }) => readPage(db, alliance, visibility, from));
    for (const kept of page) {
      const { number } = kept.decision;
      if (gone.length === 0) yield* gapFaults(seen, number, visibility);
      for (const fault of faultsOf(kept)) yield `${labelOf({ number, visibility })}: ${fault}`;
      seen = number;
    }
    if (page.length < PAGE) break;
  }
  const counted = await pages.read(({ db }) => countedTo(db, alliance, visibility));
  if (gone.length === 0) yield* gapFaults(seen, counted + 1, visibility);
}

/** Those that all share, then each company's own. */
export async function* verifyDecisions(pages: Pages, alliance: AllianceId): AsyncGenerator<string> {
  const partners = await pages.read(({ directory }) => directory.partners(alliance));
  const own = partners.map(({ id }): PartnerId => id);
  for (const visibility of ['' as const, ...own]) yield* verifyOf(pages, alliance, visibility);
}
