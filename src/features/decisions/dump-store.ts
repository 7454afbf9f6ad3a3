/* Decisions as a copy holds them, page by page. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { HistoryEntry, Read } from '../../core/context.js';
import { namedFacts, signedIn } from '../../core/copy/facts.js';
import { happenedOf, peopleOf } from '../../core/copy/happened.js';
import { type Names, namesFor } from '../../core/copy/names.js';
import type { Asked, Facts, Pages, Row, Version } from '../../core/copy/row.js';
import type { Db } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import { chainOf, listHistories } from '../../core/history.js';
import { onlyOf, ownerIn, readableBy, type Visibility } from '../../core/visibility.js';
import { toldOf } from './copied-rules.js';
import { factsOf, listLabels } from './fact-store.js';
import { labelOf } from './rules.js';
import { decisionTables } from './tables.js';

const PAGE = 500;

type Tables = ReturnType<typeof decisionTables>;
type DecisionRow = Tables['decisions']['$inferSelect'];
type WordingRow = Tables['wordings']['$inferSelect'];
type ConfirmationRow = Tables['confirmations']['$inferSelect'];

/** The last one of the page before: shared ones come before each company's own. */
interface After {
  readonly visibility: string;
  readonly number: number;
}

const listDecisions = (db: Db, visibility: string, { audience, committee, ids }: Asked, after: number) => {
  const { decisions } = decisionTables(db);
  return db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.allianceId, audience.alliance),
        readableBy(decisions.visibility, ownerIn(audience)),
        eq(decisions.visibility, visibility),
        gt(decisions.number, after),
        committee === undefined ? undefined : eq(decisions.committeeId, committee),
        ids === undefined ? undefined : inArray(decisions.id, [...ids]),
      ),
    )
    .orderBy(asc(decisions.number))
    .limit(PAGE);
};

const versionOf = (
  row: WordingRow,
  decision: DecisionRow,
  confirmations: readonly ConfirmationRow[],
  names: Names,
): Version => ({
  number: row.revision,
  text: row.text,
  ...(row.because !== null && { because: row.because }),
  ...(row.insteadOf !== null && { insteadOf: row.insteadOf }),
  ...(row.reason !== null && { reason: row.reason }),
  by: names.sign(row.personId, row.at, row.revision === 1 ? names.company(decision.recordedFor) : undefined),
  confirmed: confirmations
    .filter(({ revision }) => revision === row.revision)
    .map(({ partnerId, personId, at }) => names.sign(personId, at, names.company(partnerId)))
    .sort((a, b) => a.at - b.at || (a.company < b.company ? -1 : 1)),
});

interface Parts {
  readonly wordings: readonly WordingRow[];
  readonly confirmations: readonly ConfirmationRow[];
  readonly history: readonly HistoryEntry[];
  readonly facts: Facts;
}

const rowOf = (decision: DecisionRow, parts: Parts, names: Names, { audience }: Asked): Row | undefined => {
  const [first, ...rest] = parts.wordings.map((one) => versionOf(one, decision, parts.confirmations, names));
  if (!first) return undefined;
  const { id, number, link, saidAt } = decision;
  const visibility = decision.visibility as Visibility;
  return {
    id,
    kind: 'decision',
    label: labelOf({ number, visibility }),
    number,
    committee: names.committee(decision.committeeId),
    ...(visibility && { own: names.company(visibility) }),
    status: decision.status,
    ...(saidAt !== null && { saidAt }),
    ...(link !== null && audience.own === decision.recordedFor && { link }),
    versions: [first, ...rest],
    facts: namedFacts(parts.facts, names),
    happened: happenedOf(parts.history, toldOf, names),
  };
};

interface Page {
  readonly rows: readonly Row[];
  /** The number to go on after; none at the end. */
  readonly last?: number;
}

const readPage = async (read: Read, asked: Asked, { visibility, number }: After): Promise<Page> => {
  const { db } = read;
  const { wordings, confirmations } = decisionTables(db);
  const rows = await listDecisions(db, visibility, asked, number);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { rows: [] };
  const worded = await db
    .select()
    .from(wordings)
    .where(inArray(wordings.decisionId, ids))
    .orderBy(asc(wordings.decisionId), asc(wordings.revision));
  const confirmed = await db
    .select()
    .from(confirmations)
    .where(inArray(confirmations.decisionId, ids))
    .orderBy(asc(confirmations.decisionId), asc(confirmations.at), asc(confirmations.partnerId));
  const chain = chainOf(asked.audience.alliance, onlyOf(visibility as Visibility));
  const histories = await listHistories(db, chain, 'decisions', ids);
  const labels = await listLabels(db, rows);
  const wordingsOf = groupedBy(worded, (row) => row.decisionId);
  const confirmationsOf = groupedBy(confirmed, (row) => row.decisionId);
  const parts = rows.map((row) => ({
    row,
    wordings: wordingsOf.get(row.id) ?? [],
    confirmations: confirmationsOf.get(row.id) ?? [],
    history: histories.get(row.id) ?? [],
    facts: factsOf(row, labels),
  }));
  const people = parts.flatMap(({ history, facts }) => [
    ...peopleOf(history, toldOf),
    ...signedIn(facts).map(({ who }) => facts[who] ?? ''),
  ]);
  const signed = [...worded, ...confirmed].map(({ personId }) => personId);
  const names = await namesFor(read, asked.audience.alliance, [...people, ...signed]);
  const whole = parts.flatMap(({ row, ...of }) => rowOf(row, of, names, asked) ?? []);
  return { rows: whole, last: rows.at(-1)?.number };
};

/** In the order of their numbers; those of one company alone after those that all share. */
export async function* dumpDecisions(pages: Pages, asked: Asked): AsyncGenerator<Row> {
  const own = ownerIn(asked.audience);
  for (const visibility of own ? ['', own] : ['']) {
    for (let number = 0; ; ) {
      const after: After = { visibility, number };
      const { rows, last } = await pages.read((read) => readPage(read, asked, after));
      yield* rows;
      if (last === undefined) break;
      number = last;
    }
  }
}
