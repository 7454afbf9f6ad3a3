/* Meetings as a copy holds them, page by page. All companies share them; beside each stands what is the reader's own. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Committee, HistoryEntry, Read } from '../../core/context.js';
import { namedFacts, signedIn } from '../../core/copy/facts.js';
import { happenedOf, peopleOf } from '../../core/copy/happened.js';
import { type Names, namesFor } from '../../core/copy/names.js';
import type { Asked, Pages, Row } from '../../core/copy/row.js';
import { listHistories } from '../../core/history.js';
import { labelFor, toldOf } from './copied-rules.js';
import { readPreparing } from './internal-rules.js';
import { readPrepared } from './prepared-store.js';
import { meetingTables } from './tables.js';
import { readKind, titleOf } from './views.js';
import { readWhole, type Whole } from './whole-store.js';

/** Each has items, answers and minutes of its own. */
const PAGE = 20;

/** Of its own subject, or of how somebody prepares for it. */
const meetingOf = (id: string): string => readPreparing(readKind(id).rest)?.meeting ?? id;

const listRows = ({ db }: Read, { audience, committee, ids }: Asked, after: number) => {
  const { meetings } = meetingTables(db);
  return db
    .select()
    .from(meetings)
    .where(
      and(
        eq(meetings.allianceId, audience.alliance),
        gt(meetings.number, after),
        committee === undefined ? undefined : eq(meetings.committeeId, committee),
        ids === undefined ? undefined : inArray(meetings.id, ids.map(meetingOf)),
      ),
    )
    .orderBy(asc(meetings.number))
    .limit(PAGE);
};

interface Telling {
  readonly names: Names;
  readonly histories: ReadonlyMap<string, readonly HistoryEntry[]>;
}

const rowOf = ({ row, series, facts }: Whole, { names, histories }: Telling): Row => {
  const { id, number, status } = row;
  const key = names.committee(row.committeeId);
  const by = names.sign(series.createdBy, series.createdAt, names.company(series.createdFor));
  return {
    ...{ id, kind: 'meeting', label: labelFor(number), number, committee: key, status },
    versions: [{ number: 1, text: titleOf(row, { key } satisfies Pick<Committee, 'key'>), by, confirmed: [] }],
    facts: namedFacts(facts, names),
    happened: happenedOf(histories.get(id) ?? [], toldOf, names),
  };
};

interface Page {
  readonly rows: readonly Row[];
  /** The number of the last meeting that was looked at. */
  readonly last: number | undefined;
}

const readPage = async (read: Read, asked: Asked, after: number): Promise<Page> => {
  const rows = await listRows(read, asked, after);
  if (rows.length === 0) return { rows: [], last: undefined };
  const { alliance } = asked.audience;
  const ids = rows.map(({ id }) => id);
  const histories = await listHistories(read.db, alliance, 'meetings', ids);
  const tell = await readWhole(read.db, alliance, rows);
  const people = tell((person) => person).flatMap(({ row, series, facts }) => [
    series.createdBy,
    ...signedIn(facts).map(({ who }) => facts[who] ?? ''),
    ...peopleOf(histories.get(row.id) ?? [], toldOf),
  ]);
  const names = await namesFor(read, alliance, people);
  const nameOf = (person: string): string => {
    const { name, company } = names.sign(person, 0);
    return `${company}\n${name}`;
  };
  const prepared = await readPrepared(read, asked.audience, rows);
  const all = tell(nameOf).flatMap((whole) => {
    const own = prepared.get(whole.row.id);
    return [rowOf(whole, { names, histories }), ...(own ? [own] : [])];
  });
  const last = rows.at(-1)?.number;
  return { rows: asked.ids === undefined ? all : all.filter(({ id }) => asked.ids?.includes(id)), last };
};

/** In the order of their numbers. */
export async function* dumpMeetings(pages: Pages, asked: Asked): AsyncGenerator<Row> {
  for (let number = 0; ; ) {
    const after = number;
    const page = await pages.read((read) => readPage(read, asked, after));
    yield* page.rows;
    if (page.last === undefined) return;
    number = page.last;
  }
}
