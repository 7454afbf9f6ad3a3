import type { Audience } from '../context.js';
import type { Db } from '../db/store.js';
import { findAny, findEntries } from './finding.js';
import type { Listed } from './listed.js';
import { searchWords } from './search-words.js';

/** How much of the shorter text's words the other one has too, for two texts to be close. */
const CLOSE = 0.6;
/** Fewer words than this are close to too much. */
const FEWEST = 3;
/** So many of the newest are looked at anyway, and tell which words are rare. */
const LOOKED_AT = 300;
/** Of those that have one of the rarest words. */
const CANDIDATES = 300;

/**
 * What is close to a text has more than half of its words. So it has one of its rarer half, which the index finds
 * without finding everything.
 */
const rarest = (wanted: ReadonlySet<string>, newest: readonly ReadonlySet<string>[]): readonly string[] => {
  const times = (word: string): number => newest.filter((words) => words.has(word)).length;
  return [...wanted]
    .map((word) => ({ word, times: times(word) }))
    .sort((a, b) => a.times - b.times || b.word.length - a.word.length)
    .slice(0, Math.floor(wanted.size * (1 - CLOSE)) + 1)
    .map(({ word }) => word);
};

/** Taking hundreds of titles apart takes milliseconds at each decision, and most of them are the same the next time. */
const REMEMBERED = 5_000;
const known = new Map<string, ReadonlySet<string>>();

const wordsOf = ({ title }: Pick<Listed, 'title'>): ReadonlySet<string> => {
  const before = known.get(title);
  if (before) return before;
  if (known.size >= REMEMBERED) known.clear();
  const words = new Set(searchWords(title));
  known.set(title, words);
  return words;
};

const scoreOf = (own: ReadonlySet<string>, wanted: ReadonlySet<string>): number =>
  own.size < FEWEST ? 0 : [...own].filter((word) => wanted.has(word)).length / Math.min(own.size, wanted.size);

/**
 * Records of a feature that are in force and say nearly the same as a text, the closest first: a search, no
 * understanding.
 */
export const findNear = async (
  db: Db,
  text: string,
  audience: Audience,
  { feature, limit }: { readonly feature: string; readonly limit: number },
): Promise<readonly Listed[]> => {
  const wanted = new Set(searchWords(text));
  if (wanted.size < FEWEST) return [];
  const newest = await findEntries(db, { features: [feature], live: true }, audience, { limit: LOOKED_AT });
  const rare = rarest(wanted, newest.map(wordsOf));
  const older = await findAny(db, rare, audience, { feature, limit: CANDIDATES });
  const all = new Map([...newest, ...older].map((entry) => [entry.subject.id, entry]));
  return [...all.values()]
    .map((entry) => ({ entry, score: scoreOf(wordsOf(entry), wanted) }))
    .filter(({ score }) => score >= CLOSE)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ entry }) => entry);
};
