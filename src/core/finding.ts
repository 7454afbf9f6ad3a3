/*
 * Finding records in the log, on either engine: by their words and by what the log keeps of them, as recorded, the newest
 * first. Never by rank: ranking a common word takes a hundred times longer than finding it.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Audience } from './context.js';
import { holds, indexed, indexedEntries, recency } from './db/search.js';
import type { Db } from './db/store.js';
import type { CommitteeId, Day, Instant, PersonId } from './ids.js';
import { type EntryRow, type Listed, toListed } from './listed.js';
import { readTerms, type Term } from './search-query.js';
import { ownerIn, SHARED } from './visibility.js';

/** What somebody looks for; a record has to meet all of it. */
export interface Wanted {
  /** See `readTerms`; a text without a word in it finds everything. */
  readonly text?: string;
  readonly committee?: CommitteeId;
  /** Said at that moment or later. */
  readonly since?: Instant;
  readonly owner?: PersonId;
  /** Due before that day and still in force. */
  readonly dueBefore?: Day;
  /** Only what is in force. */
  readonly live?: boolean;
  /** Only records that these features keep. */
  readonly features?: readonly string[];
}

export interface Page {
  readonly limit: number;
  readonly offset?: number;
}

/** So many of the newest rows are looked through before the index is asked: what is common is found among them. */
const WALKED = { postgres: 300, sqlite: 0 } as const;
/** The same where a filter leaves few rows, which the index could not tell from all that have the words. */
const WALKED_NARROW = 1_000;

const fields = sql.raw(
  `e.id, e.feature, e.subject_id as "subjectId", e.visibility, e.committee_id as "committeeId", e.label, e.title, e.status,
   e.live, e.owner_id as "ownerId", e.due_on as "dueOn", e.at, e.changed_at as "changedAt"`,
);

/** SQLite has no booleans of its own. */
type Raw = Omit<EntryRow, 'live'> & { readonly live: boolean | number };

const listed = (rows: readonly Raw[]): readonly Listed[] =>
  rows.map((row) => toListed({ ...row, live: Boolean(row.live) }));

const all = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `);

interface Search {
  readonly db: Db;
  readonly filters: SQL;
  readonly terms: readonly Term[];
  readonly narrow: boolean;
}

/** The first entry said since then: only what was recorded from there on can be one, and ids are what is in order. */
const firstSince = async (db: Db, alliance: string, since: Instant): Promise<number> => {
  const [row] = await db.rows<{ id: number | null }>(
    sql`select min(e.id) as id from entries e where e.alliance_id = ${alliance} and e.at >= ${since}`,
  );
  return row?.id ?? Number.MAX_SAFE_INTEGER;
};

const filtersOf = async (db: Db, wanted: Wanted, audience: Audience): Promise<SQL> => {
  const { committee, since, owner, dueBefore, live, features } = wanted;
  const { alliance } = audience;
  // A committee's or somebody's rows are fewer than the alliance's, whose index an expression keeps out of the plan.
  const ofAlliance = committee || owner ? sql`e.alliance_id || '' = ${alliance}` : sql`e.alliance_id = ${alliance}`;
  const conditions = [ofAlliance, sql`e.visibility in (${SHARED}, ${ownerIn(audience)})`];
  if (committee) conditions.push(sql`e.committee_id = ${committee}`);
  if (owner) conditions.push(sql`e.owner_id = ${owner}`);
  if (dueBefore !== undefined) conditions.push(sql`e.due_on is not null and e.due_on < ${dueBefore}`);
  if (live || dueBefore !== undefined) conditions.push(sql`e.live`);
  if (features)
    conditions.push(
      sql`e.feature in (${sql.join(
        [...features].map((one) => sql`${one}`),
        sql`, `,
      )})`,
    );
  if (since !== undefined)
    conditions.push(sql`e.id >= ${await firstSince(db, alliance, since)}`, sql`e.at >= ${since}`);
  return all(conditions);
};

const searchOf = async (db: Db, wanted: Wanted, audience: Audience): Promise<Search> => ({
  db,
  filters: await filtersOf(db, wanted, audience),
  terms: readTerms(wanted.text ?? ''),
  narrow: Boolean(wanted.owner || wanted.committee) || wanted.dueBefore !== undefined,
});

const pageOf = ({ limit, offset = 0 }: Page): SQL => sql.raw(`limit ${limit} offset ${offset}`);

const listNewest = ({ db, filters }: Search, what: SQL, page: Page): Promise<Raw[]> =>
  db.rows(sql`select ${what} from entries e where ${filters} order by e.id desc ${pageOf(page)}`);

const walk = ({ db, filters, terms }: Search, what: SQL, rows: number, page: Page): Promise<Raw[]> => {
  const newest = sql`select * from entries e where ${filters} order by e.id desc ${sql.raw(`limit ${rows}`)}`;
  const held = all(terms.map((term) => holds(db.dialect, term)));
  return db.rows(sql`select ${what} from (${newest}) e where ${held} order by e.id desc ${pageOf(page)}`);
};

const isAll = async ({ db, filters }: Search, rows: number): Promise<boolean> => {
  const few = sql`select 1 from entries e where ${filters} ${sql.raw(`limit ${rows + 1}`)}`;
  const [row] = await db.rows<{ count: number }>(sql`select count(*) as count from (${few}) as few`);
  return (row?.count ?? 0) <= rows;
};

const askIndex = ({ db, filters, terms }: Search, what: SQL, page: Page): Promise<Raw[]> => {
  const { dialect } = db;
  // Only PostgreSQL's index knows nothing of the order of words.
  const phrases = dialect === 'postgres' ? terms.filter(({ words }) => words.length > 1) : [];
  const where = all([indexed(dialect, terms, 'all'), filters, ...phrases.map((term) => holds(dialect, term))]);
  return db.rows(
    sql`select ${what} from ${indexedEntries(dialect)} where ${where} order by ${recency(dialect)} desc ${pageOf(page)}`,
  );
};

const search = async (one: Search, what: SQL, page: Page): Promise<Raw[]> => {
  if (one.terms.length === 0) return listNewest(one, what, page);
  const rows = one.narrow ? WALKED_NARROW : WALKED[one.db.dialect];
  if (rows > 0) {
    const found = await walk(one, what, rows, page);
    if (found.length === page.limit || (one.narrow && (await isAll(one, rows)))) return found;
  }
  return askIndex(one, what, page);
};

/** What meets all that is wanted and may be read by this audience, the newest first. */
export const findEntries = async (db: Db, wanted: Wanted, audience: Audience, page: Page): Promise<readonly Listed[]> =>
  listed(await search(await searchOf(db, wanted, audience), fields, page));

/** How many there are; `most` stands for so many or more. */
export const countEntries = async (db: Db, wanted: Wanted, audience: Audience, most: number): Promise<number> =>
  (await search(await searchOf(db, wanted, audience), sql`e.id`, { limit: most })).length;

/** The newest records of which any of the words is one, in force and of one feature. */
export const findAny = async (
  db: Db,
  words: readonly string[],
  audience: Audience,
  { feature, limit }: { readonly feature: string; readonly limit: number },
): Promise<readonly Listed[]> => {
  const { dialect } = db;
  const terms = words.map((word): Term => ({ words: [word], open: false }));
  const filters = await filtersOf(db, { live: true, features: [feature] }, audience);
  const rows = await db.rows<Raw>(
    sql`select ${fields} from ${indexedEntries(dialect)} where ${indexed(dialect, terms, 'any')} and ${filters}
      order by ${recency(dialect)} desc ${pageOf({ limit })}`,
  );
  return listed(rows);
};
