/*
 * What one picture or one list needs is read once, however many of its parts ask for it. Nothing may change meanwhile.
 */
import type { Db } from './store.js';

const roots = new WeakMap<Db, Db>();

/** The database itself, with which is kept what is made once for it. */
export const rootOf = (db: Db): Db => roots.get(db) ?? db;

/** The same database for as long as nothing changes in it: see `remembered`. Nothing is written through it. */
export const remembering = (db: Db): Db => {
  if (roots.has(db)) return db;
  const once = { ...db };
  roots.set(once, db);
  return once;
};

/** A read that is done once for the same values while somebody is `remembering`, and each time otherwise. */
export const remembered = <A extends readonly unknown[], T>(
  load: (db: Db, ...given: A) => Promise<T>,
): ((db: Db, ...given: A) => Promise<T>) => {
  const known = new WeakMap<Db, Map<string, Promise<T>>>();
  return (db, ...given) => {
    if (!roots.has(db)) return load(db, ...given);
    const loaded = known.get(db) ?? new Map<string, Promise<T>>();
    known.set(db, loaded);
    const key = JSON.stringify(given);
    const before = loaded.get(key);
    if (before) return before;
    const now = load(db, ...given);
    loaded.set(key, now);
    return now;
  };
};
