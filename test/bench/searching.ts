/* What finding a record costs among 200,000, beside the bare query over the same rows through the engine's own driver. */
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { openStore } from '../../src/core/db/open.js';
import { saveWords } from '../../src/core/db/search.js';
import type { Store } from '../../src/core/db/store.js';
import { ownAudience } from '../../src/core/directory/audience.js';
import { findEntries, type Wanted } from '../../src/core/entries/finding.js';
import { readTerms, type Term } from '../../src/core/entries/search-query.js';
import { searchWords } from '../../src/core/entries/search-words.js';
import type { AllianceId, CommitteeId, PartnerId } from '../../src/core/ids.js';
import { entryTables } from '../../src/core/tables.js';
import { median, type Row, rounded } from './figures.js';
import { type Bench, freshSqlite } from './measures.js';

const RECORDS = 200_000;
const SEARCHES = 500;
const HITS = 20;
const VOCABULARY = 20_000;

const alliance = 'bench' as AllianceId;
const audience = ownAudience(alliance, 'acme' as PartnerId);

/** The same numbers in each run. */
const dice = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const SYLLABLES = 'ba co du fer gin hal jo kra lim mo nus pel qua ris sta tor ul vex wen yol zam ki den bro'.split(' ');

/** Words that begin like some others, as words do. */
const wordCalled = (n: number): string => {
  const mixed = (n * 7_919) % SYLLABLES.length ** 4;
  return [0, 1, 2, 3].map((at) => SYLLABLES[Math.floor(mixed / SYLLABLES.length ** at) % SYLLABLES.length]).join('');
};

/** As often as words occur: the n-th most common one a n-th as often as the first. */
const drawWord = (roll: () => number): string => wordCalled(Math.floor(VOCABULARY ** roll()));

const drawText = (roll: () => number): string =>
  Array.from({ length: 12 + Math.floor(roll() * 16) }, () => drawWord(roll)).join(' ');

const textsOf = (count: number): readonly string[] => {
  const roll = dice(4);
  return Array.from({ length: count }, () => drawText(roll));
};

/** One word, two, a beginning, a phrase that occurs, a word in a committee: a fifth each. */
const searchesOf = (count: number, texts: readonly string[]): readonly Wanted[] => {
  const roll = dice(14);
  const phrase = (): string => {
    const words = (texts[Math.floor(roll() * texts.length)] ?? '').split(' ');
    const at = Math.floor(roll() * (words.length - 1));
    return `"${words[at]} ${words[at + 1]}"`;
  };
  const kinds: readonly (() => Wanted)[] = [
    () => ({ text: `"${drawWord(roll)}"` }),
    () => ({ text: `"${drawWord(roll)}" "${drawWord(roll)}"` }),
    () => ({ text: drawWord(roll).slice(0, 6) }),
    () => ({ text: phrase() }),
    () => ({ text: `"${drawWord(roll)}"`, committee: `c${Math.floor(roll() * 8)}` as CommitteeId }),
  ];
  return Array.from({ length: count }, (_, index) => (kinds[index % kinds.length] as () => Wanted)());
};

const fill = async (store: Store, texts: readonly string[]): Promise<void> => {
  const AT_ONCE = 500;
  const patient = { timeoutMs: 120_000 };
  const kept = { visibility: '', allianceId: alliance, feature: 'decisions', status: 'Recorded', live: true };
  const rowOf = (title: string, n: number) => ({
    ...{ ...kept, subjectId: `${n}`, label: `D-${n}`, title, committeeId: `c${n % 8}`, at: n, changedAt: n },
    words: searchWords(`D-${n} ${title}`).join(' '),
  });
  for (let from = 0; from < texts.length; from += AT_ONCE)
    await store.write(async (tx) => {
      const { entries } = entryTables(tx);
      const rows = texts.slice(from, from + AT_ONCE).map((text, at) => rowOf(text, from + at));
      const ids = await tx.insert(entries).values(rows).returning({ id: entries.id });
      for (const [at, { id }] of ids.entries()) await saveWords(tx, id, rows[at]?.words ?? '');
    }, patient);
  await store.write(async (tx) => void (await tx.rows(sql.raw('analyze entries'))), patient);
};

type Ask = (wanted: Wanted) => Promise<number>;

interface Bare {
  readonly ask: Ask;
  close(): Promise<unknown>;
}

const columns = `e.id, e.feature, e.subject_id, e.visibility, e.committee_id, e.label, e.title, e.status, e.live, e.owner_id,
  e.due_on, e.at, e.changed_at`;

const bareSqlite = (path: string): Bare => {
  const db = new Sqlite(path, { readonly: true });
  const query = (more: string) =>
    db.prepare(`select ${columns} from entry_words cross join entries e on e.id = entry_words.rowid
      where entry_words match ? and e.alliance_id = '${alliance}' and e.visibility in ('', 'acme') ${more}
      order by entry_words.rowid desc limit ${HITS}`);
  const [anywhere, within] = [query(''), query('and e.committee_id = ?')];
  const matchOf = ({ words, open }: Term): string => `"${words.join(' ')}"${open ? ' *' : ''}`;
  const ask: Ask = async ({ text = '', committee }) => {
    const match = readTerms(text).map(matchOf).join(' AND ');
    return (committee ? within.all(match, committee) : anywhere.all(match)).length;
  };
  return { ask, close: async () => db.close() };
};

const barePostgres = (url: string): Bare => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const matchOf = ({ words: [first = '', second], open }: Term): string =>
    `${second === undefined ? first : `${first}_${second}`}${open ? ':*' : ''}`;
  const ask: Ask = async ({ text = '', committee }) => {
    const match = readTerms(text).map(matchOf).join(' & ');
    const { rows } = await pool.query(
      `select ${columns} from entries e where e.search @@ $1::tsquery and e.alliance_id = '${alliance}'
        and e.visibility in ('', 'acme') ${committee ? 'and e.committee_id = $2' : ''} order by e.id desc limit ${HITS}`,
      committee ? [match, committee] : [match],
    );
    return rows.length;
  };
  return { ask, close: () => pool.end() };
};

const timed = async (ask: Ask, wanted: Wanted): Promise<number> => {
  const startedAt = performance.now();
  await ask(wanted);
  return performance.now() - startedAt;
};

const at = (share: number, times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

const rowsOf = (engine: string, bare: readonly number[], ours: readonly number[], records: number): Row[] => {
  const row = (name: string, share: number, goal: string): Row => ({
    what: `ms of a search among ${records.toLocaleString('en')} records, ${name}, ${engine}`,
    bare: rounded(at(share, bare)),
    entente: rounded(at(share, ours)),
    ratio: (at(share, ours) / at(share, bare)).toFixed(2),
    goal,
  });
  return [row('p50', 0.5, '1.5 or less'), row('p99', 0.99, 'under 20 ms, 1.5 or less')];
};

const measure = async (engine: string, store: Store, bare: Bare, share: number): Promise<Row[]> => {
  const texts = textsOf(Math.round(RECORDS * share));
  const searches = searchesOf(Math.round(SEARCHES * share), texts);
  await fill(store, texts);
  const ours: Ask = async (wanted) => (await findEntries(store.read, wanted, audience, { limit: HITS })).length;
  const times: { readonly bare: number[]; readonly ours: number[] } = { bare: [], ours: [] };
  for (const wanted of searches.slice(0, 200))
    if ((await bare.ask(wanted)) !== (await ours(wanted))) throw new Error(`they differ on ${wanted.text}`);
  for (const wanted of searches) {
    const three = async (ask: Ask) =>
      median([await timed(ask, wanted), await timed(ask, wanted), await timed(ask, wanted)]);
    times.bare.push(await three(bare.ask));
    times.ours.push(await three(ours));
  }
  await Promise.all([store.close(), bare.close()]);
  return rowsOf(engine, times.bare, times.ours, texts.length);
};

/** Inside the process: what a call costs besides is measured with the commands. */
export const measureSearch = async ({ share, freshPostgres }: Bench): Promise<Row[]> => {
  const file = freshSqlite();
  const sqlite = await openStore(file);
  const url = await freshPostgres();
  const postgres = await openStore(url);
  return [
    ...(await measure('SQLite', sqlite, bareSqlite(file.slice('file:'.length)), share)),
    ...(await measure('PostgreSQL', postgres, barePostgres(url), share)),
  ];
};
