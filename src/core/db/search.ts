/*
 * The full-text index of the log, in each engine's own words. SQLite's is a table beside `entries` that keeps no text,
 * written by `saveWords` and not by triggers, which a rebuilt table would lose without a word; a row of it is found by the
 * entry's id, which a rebuild keeps. PostgreSQL's is a column that it generates from the words: each
 * of them, and each pair of words that follow each other.
 *
 * Both are given words as `searchWords` spells them, ASCII letters and digits only: nothing in them needs an escape, and
 * neither engine folds, splits or stems anything.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Term } from '../entries/search-query.js';
import type { Dialect } from './kit.js';
import type { Tx } from './store.js';

/** Puts the words of an entry into the index. */
export const saveWords = async (tx: Tx, id: number, words: string): Promise<void> => {
  if (tx.dialect === 'postgres') return;
  await tx.rows(sql`insert or replace into entry_words (rowid, words) values (${id}, ${words})`);
};

const inSqlite = ({ words, open }: Term): string => `"${words.join(' ')}"${open ? ' *' : ''}`;

/** A phrase is its pairs of words, each of them a lexeme: PostgreSQL would look at every record that has the words. */
const inPostgres = ({ words, open }: Term): string => {
  const lexemes = words.length === 1 ? words : words.slice(1).map((word, at) => `${words[at]}_${word}`);
  return lexemes.map((lexeme, at) => (open && at === lexemes.length - 1 ? `${lexeme}:*` : lexeme)).join(' & ');
};

/** True where the index may give records that have a term's pairs of words in different places. */
export const isLoose = (dialect: Dialect, { words }: Term): boolean => dialect === 'postgres' && words.length > 2;

/** Entries `e` that the index gives for the terms: all of them, or any. */
export const indexed = (dialect: Dialect, terms: readonly Term[], how: 'all' | 'any'): SQL => {
  if (dialect === 'sqlite') return sql`entry_words match ${terms.map(inSqlite).join(how === 'all' ? ' AND ' : ' OR ')}`;
  const query = terms.map((term) => `(${inPostgres(term)})`).join(how === 'all' ? ' & ' : ' | ');
  return sql`e.search @@ ${query}::tsquery`;
};

/** Where `indexed` looks, newest first when ordered by `recency`. */
export const indexedEntries = (dialect: Dialect): SQL =>
  // A cross join, so that SQLite walks the index, which gives the newest first by itself.
  dialect === 'sqlite' ? sql`entry_words cross join entries e on e.id = entry_words.rowid` : sql`entries e`;

export const recency = (dialect: Dialect): SQL => (dialect === 'sqlite' ? sql`entry_words.rowid` : sql`e.id`);

/** A column of text that must not lead to its index. */
export const unindexed = (dialect: Dialect, column: SQL): SQL =>
  dialect === 'sqlite' ? sql`+${column}` : sql`(${column} || '')`;

/** The same of one term without the index: a row's words hold it. */
export const holds = (dialect: Dialect, { words, open }: Term): SQL => {
  const wanted = ` ${words.join(' ')}${open ? '' : ' '}`;
  const place = sql.raw(dialect === 'sqlite' ? 'instr' : 'strpos');
  return sql`${place}(' ' || e.words || ' ', ${wanted}) > 0`;
};
