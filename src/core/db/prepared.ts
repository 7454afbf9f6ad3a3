import { sql } from 'drizzle-orm';
import { rootOf } from './remembered.js';
import type { Db } from './store.js';

interface Preparable<R> {
  prepare(name: string): Prepared<R>;
}

interface Prepared<R> {
  execute(values: object): Promise<R>;
}

/** Stands for every value by its name while a query is built. */
const slotsOf = (prefix = ''): object => new Proxy({}, { get: (_, name) => sql.placeholder(prefix + String(name)) });
const slots = slotsOf();

/**
 * A query for the hot path: built once per connection, then only filled in, which costs a fifth. `build` is called with
 * stand-ins for the values: it may place them in the query and do nothing else with them, no spread, no condition, no
 * `inArray`. Compared values (`eq`) of flags and JSON are not converted; written ones are. `null` must be given as such.
 */
export const prepared = <V extends object, R>(
  build: (db: Db, values: V) => PromiseLike<R>,
): ((db: Db, values: V) => Promise<R>) => {
  const known = new WeakMap<Db, Prepared<R>>();
  return (on, values) => {
    const db = rootOf(on);
    const ready = known.get(db);
    if (ready) return ready.execute(values);
    // PostgreSQL's builders ask for a name and SQLite's do not; the connection names statements by their text.
    const made = (build(db, slots as V) as unknown as Preparable<R>).prepare('');
    known.set(db, made);
    return made.execute(values);
  };
};

/** The same for several rows at once, at least one: a query is kept for each number of them. */
export const preparedRows = <V extends object, R>(
  build: (db: Db, rows: V[]) => PromiseLike<R>,
): ((db: Db, rows: readonly V[]) => Promise<R>) => {
  const byCount = new Map<number, (db: Db, values: object) => Promise<R>>();
  return (db, rows) => {
    const known = byCount.get(rows.length);
    const run =
      known ??
      prepared((on) =>
        build(
          on,
          rows.map((_, index) => slotsOf(`${index} `) as V),
        ),
      );
    if (!known) byCount.set(rows.length, run);
    const values: Record<string, unknown> = {};
    for (const [index, row] of rows.entries()) for (const name in row) values[rowSlot(index, name)] = row[name];
    return run(db, values);
  };
};

const rowSlots = new Map<string, string[]>();

/** The same string each time: making it anew for each value took longer than everything else about it. */
const rowSlot = (index: number, name: string): string => {
  const known = rowSlots.get(name) ?? [];
  if (known.length === 0) rowSlots.set(name, known);
  known[index] ??= `${index} ${name}`;
  return known[index];
};
