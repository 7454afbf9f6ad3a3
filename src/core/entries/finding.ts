/*
 * Finding records in the log, on either engine: by their words and by what the log keeps of them, as recorded, the newest
 * first. Never by rank: ranking a common word takes a hundred times longer than finding it.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Audience } from '../context.js';
import { holds, indexed, indexedEntries, isLoose, recency, unindexed } from '../db/search.js';
import { type Db, PLANNED_AFRESH } from '../db/store.js';
import type { CommitteeId, Day, Instant, PersonId } from '../ids.js';
import { ownerIn, SHARED } from '../visibility.js';
import { type EntryRow, type Listed, toListed } from './listed.js';
import { readTerms, type Term } from './search-query.js';

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
  /** Only what somebody owes. */
  readonly owed?: boolean;
  /** Only records that these features keep. */
  readonly features?: readonly string[];
}

export interface Page {
  readonly limit: number;
  readonly offset?: number;
}

/**
 * What somebody owes, or what is overdue, is few: so many of the newest are looked through before the index is asked,
 * which would have to give all that have the words.
 */
const WALKED = 1_000;

const fields = sql.raw(
  `e.id, e.feature, e.subject_id as "subjectId", e.visibility, e.committee_id as "committeeId", e.label, e.title, e.status,
   e.live, e.owner_id as "ownerId", e.due_on as "dueOn", e.at, e.changed_at as "changedAt"`,
);

/** SQLite has no booleans of its own. */
type Raw = Omit<EntryRow, 'live'> & { readonly live: boolean | number };

const listed = (rows: readonly Raw[]): readonly Listed[] =>
  rows.map((row) => toListed({ ...row, live: Boolean(row.live) }));

/** How many records have a word decides how to look for it. */
const planned = sql.raw(PLANNED_AFRESH);

const all = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `);

interface Search {
  readonly db: Db;
  readonly filters: SQL;
  /** The first id that can be meant. */
  readonly from: number | undefined;
  readonly terms: readonly Term[];
  readonly few: boolean;
}

/** The first entry said since then: only what was recorded from there on can be one, and ids are what is in order. */
const firstSince = async (db: Db, alliance: string, since: Instant): Promise<number> => {
  const [row] = await db.rows<{ id: number | null }>(
    sql`select min(e.id) as id from entries e where e.alliance_id = ${alliance} and e.at >= ${since}`,
  );
  return row?.id ?? Number.MAX_SAFE_INTEGER;
};

const filtersOf = (db: Db, wanted: Wanted, audience: Audience, worded: boolean): SQL => {
  const { committee, since, owner, owed, dueBefore, live, features } = wanted;
  const { alliance } = audience;
  // A committee's or somebody's rows are fewer than the alliance's.
  const place = sql`e.alliance_id`;
  const column = (committee && !worded) || owner ? unindexed(db.dialect, place) : place;
  const conditions = [sql`${column} = ${alliance}`, sql`e.visibility in (${SHARED}, ${ownerIn(audience)})`];
  // Where words are searched, a committee's own index would only be a detour on SQLite; PostgreSQL knows which words are
  // so common that it is none.
  const ofCommittee = sql`e.committee_id`;
  const detour = worded && db.dialect === 'sqlite';
  if (committee) conditions.push(sql`${detour ? unindexed(db.dialect, ofCommittee) : ofCommittee} = ${committee}`);
  if (owner) conditions.push(sql`e.owner_id = ${owner}`);
  if (owed) conditions.push(sql`e.owner_id is not null`);
  if (dueBefore !== undefined) conditions.push(sql`e.due_on is not null and e.due_on < ${dueBefore}`);
  if (live || dueBefore !== undefined) conditions.push(sql`e.live`);
  if (features)
    conditions.push(
      sql`e.feature in (${sql.join(
        [...features].map((one) => sql`${one}`),
        sql`, `,
      )})`,
    );
  if (since !== undefined) conditions.push(sql`e.at >= ${since}`);
  return all(conditions);
};

const searchOf = async (db: Db, wanted: Wanted, audience: Audience): Promise<Search> => {
  const terms = readTerms(wanted.text ?? '');
  const filters = filtersOf(db, wanted, audience, terms.length > 0);
  const from = wanted.since === undefined ? undefined : await firstSince(db, audience.alliance, wanted.since);
  const few = wanted.owner !== undefined || wanted.dueBefore !== undefined;
  return { db, filters, from, terms, few };
};

/** The limit in the text, since plans depend on it; there are as many offsets as pages. */
const pageOf = ({ limit, offset = 0 }: Page): SQL =>
  offset === 0 ? sql.raw(`limit ${limit}`) : sql`${sql.raw(`limit ${limit}`)} offset ${offset}`;

/** Stands apart from the other filters, since an index that goes backwards ends there. */
const beginning = ({ from }: Search, id: SQL): SQL => (from === undefined ? sql`` : sql` and ${id} >= ${from}`);

const ENTRY = sql`e.id`;

const listNewest = (one: Search, what: SQL, page: Page): Promise<Raw[]> =>
  one.db.rows(
    sql`select ${what} from entries e where ${one.filters}${beginning(one, ENTRY)} order by e.id desc ${pageOf(page)}`,
  );

const walk = ({ db, filters, terms }: Search, what: SQL, page: Page): Promise<Raw[]> => {
  const newest = sql`select * from entries e where ${filters} order by e.id desc ${sql.raw(`limit ${WALKED}`)}`;
  const held = all(terms.map((term) => holds(db.dialect, term)));
  return db.rows(sql`select ${what} from (${newest}) e where ${held} order by e.id desc ${pageOf(page)}`);
};

const areAllWalked = async ({ db, filters }: Search): Promise<boolean> => {
  const few = sql`select 1 from entries e where ${filters} ${sql.raw(`limit ${WALKED + 1}`)}`;
  const [row] = await db.rows<{ count: number }>(sql`select count(*) as count from (${few}) as few`);
  return (row?.count ?? 0) <= WALKED;
};

const askIndex = (one: Search, what: SQL, page: Page): Promise<Raw[]> => {
  const { db, filters, terms } = one;
  const { dialect } = db;
  const loose = terms.filter((term) => isLoose(dialect, term));
  const where = all([indexed(dialect, terms, 'all'), filters, ...loose.map((term) => holds(dialect, term))]);
  return db.rows(
    sql`${planned}select ${what} from ${indexedEntries(dialect)} where ${where}${beginning(one, recency(dialect))}
      order by ${recency(dialect)} desc ${pageOf(page)}`,
  );
};

const search = async (one: Search, what: SQL, page: Page): Promise<Raw[]> => {
  if (one.terms.length === 0) return listNewest(one, what, page);
  const found = one.few ? await walk(one, what, page) : [];
  const enough = one.few && (found.length === page.limit || (await areAllWalked(one)));
  return enough ? found : askIndex(one, what, page);
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
  const filters = filtersOf(db, { live: true, features: [feature] }, audience, true);
  const rows = await db.rows<Raw>(
    sql`${planned}select ${fields} from ${indexedEntries(dialect)} where ${indexed(dialect, terms, 'any')} and ${filters}
      order by ${recency(dialect)} desc ${pageOf({ limit })}`,
  );
  return listed(rows);
};
