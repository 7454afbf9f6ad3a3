/* Actions as a copy holds them, page by page. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { HistoryEntry, Read } from '../../core/context.js';
import { namedFacts, signedIn } from '../../core/copy/facts.js';
import { happenedOf, peopleOf } from '../../core/copy/happened.js';
import { type Names, namesFor } from '../../core/copy/names.js';
import type { Asked, Pages, Row } from '../../core/copy/row.js';
import { chainOf, listHistories } from '../../core/history.js';
import { onlyOf, ownerIn, readableBy, SHARED, type Visibility } from '../../core/visibility.js';
import { toldOf } from './copied-rules.js';
import { factsOf } from './fact-store.js';
import { labelOf } from './rules.js';
import type { ActionRow } from './store.js';
import { actionTables } from './tables.js';

const PAGE = 500;

const listRows = ({ db }: Read, visibility: Visibility, { audience, committee, ids }: Asked, after: number) => {
  const { actions } = actionTables(db);
  return db
    .select()
    .from(actions)
    .where(
      and(
        eq(actions.allianceId, audience.alliance),
        readableBy(actions.visibility, ownerIn(audience)),
        eq(actions.visibility, visibility),
        gt(actions.number, after),
        committee === undefined ? undefined : eq(actions.committeeId, committee),
        ids === undefined ? undefined : inArray(actions.id, [...ids]),
      ),
    )
    .orderBy(asc(actions.number))
    .limit(PAGE);
};

const rowOf = (row: ActionRow, history: readonly HistoryEntry[], names: Names, { audience }: Asked): Row => {
  const { id, number, link, saidAt, status, text } = row;
  const visibility = row.visibility as Visibility;
  const by = names.sign(row.recordedBy, row.recordedAt, names.company(row.recordedFor));
  return {
    ...{ id, kind: 'action', label: labelOf({ number, visibility }), number, status },
    committee: names.committee(row.committeeId),
    ...(visibility && { own: names.company(visibility) }),
    ...(saidAt !== null && { saidAt }),
    ...(link !== null && audience.own === row.recordedFor && { link }),
    versions: [{ number: 1, text, by, confirmed: [] }],
    brief: true,
    facts: namedFacts(factsOf(row), names),
    happened: happenedOf(history, toldOf, names),
  };
};

const readPage = async (read: Read, asked: Asked, visibility: Visibility, after: number): Promise<readonly Row[]> => {
  const rows = await listRows(read, visibility, asked, after);
  if (rows.length === 0) return [];
  const { alliance } = asked.audience;
  const chain = chainOf(alliance, onlyOf(visibility));
  const histories = await listHistories(
    read.db,
    chain,
    'actions',
    rows.map(({ id }) => id),
  );
  const people = rows.flatMap((row) => {
    const facts = factsOf(row);
    const told = signedIn(facts).map(({ who }) => facts[who] ?? '');
    return [row.recordedBy, ...told, ...peopleOf(histories.get(row.id) ?? [], toldOf)];
  });
  const names = await namesFor(read, alliance, people);
  return rows.map((row) => rowOf(row, histories.get(row.id) ?? [], names, asked));
};

/** In the order of their numbers; those of one company alone after those that all share. */
export async function* dumpActions(pages: Pages, asked: Asked): AsyncGenerator<Row> {
  const own = ownerIn(asked.audience);
  const seen: readonly Visibility[] = own ? [SHARED, own] : [SHARED];
  for (const visibility of seen) {
    for (let number = 0; ; ) {
      const after = number;
      const rows = await pages.read((read) => readPage(read, asked, visibility, after));
      yield* rows;
      const last = rows.at(-1);
      if (!last) break;
      number = last.number;
    }
  }
}
