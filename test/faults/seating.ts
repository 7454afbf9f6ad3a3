import { z } from 'zod';
import type { Db } from '../../src/core/db/store.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { Entry } from './marks.js';

const seatSchema = z.object({
  committee: z.string(),
  person: z.string(),
  partner: z.string(),
  role: z.string(),
  fromOn: z.string().optional(),
  untilOn: z.string().optional(),
  standsFor: z.string().optional(),
  counterpart: z.string().optional(),
});
const touchedSchema = z.object({ before: z.array(seatSchema), after: z.array(seatSchema) });

type Seat = z.output<typeof seatSchema>;

const idOf = ({ committee, person }: Pick<Seat, 'committee' | 'person'>): string => `${committee} ${person}`;

const standingSeats = async (db: Db): Promise<Seat[]> => {
  const rows = await db.select().from(directoryTables(db).seats);
  return rows.map(({ committeeId, personId, partnerId, role, fromOn, untilOn, standsFor, counterpartId }) => ({
    ...{ committee: committeeId, person: personId, partner: partnerId, role },
    ...(fromOn !== null && { fromOn }),
    ...(untilOn !== null && { untilOn }),
    ...(standsFor !== null && { standsFor }),
    ...(counterpartId !== null && { counterpart: counterpartId }),
  }));
};

/** What the history says about seats, told again from its beginning. */
export interface Seating {
  /** Who sits: as it is stored, and as the history tells it. */
  readonly standing: readonly Seat[];
  readonly told: readonly Seat[];
  /** Changes that were made to a seat which was not, at that moment, as they say it was. */
  readonly torn: readonly string[];
  /** Changes that left a company without a co-chair where it had one. */
  readonly unchaired: readonly string[];
}

const sorted = (seats: Iterable<Seat>): Seat[] => [...seats].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

const chairsOf = (seats: Iterable<Seat>): ReadonlySet<string> =>
  new Set([...seats].filter(({ role }) => role === 'co-chair').map((seat) => `${seat.committee} ${seat.partner}`));

const same = (a: Seat | undefined, b: Seat | undefined): boolean =>
  JSON.stringify(a && seatSchema.parse(a)) === JSON.stringify(b && seatSchema.parse(b));

/** Seats that were there before the first change of them. */
const firstSeats = (
  standing: readonly Seat[],
  changes: readonly z.output<typeof touchedSchema>[],
): Map<string, Seat> => {
  const first = new Map<string, Seat>();
  const touched = new Set<string>();
  for (const { before, after } of changes)
    for (const seat of [...before, ...after]) {
      if (!touched.has(idOf(seat)) && before.includes(seat)) first.set(idOf(seat), seat);
      touched.add(idOf(seat));
    }
  for (const seat of standing) if (!touched.has(idOf(seat))) first.set(idOf(seat), seat);
  return first;
};

export const readSeating = async (db: Db, history: readonly Entry[]): Promise<Seating> => {
  const standing = sorted(await standingSeats(db));
  const changes = history.flatMap((entry) => {
    const touched = entry.feature === 'seats' ? touchedSchema.safeParse(entry.detail).data : undefined;
    return touched ? [{ ...touched, name: `${entry.seq} ${entry.verb}` }] : [];
  });
  const seats = firstSeats(standing, changes);
  const torn: string[] = [];
  const unchaired: string[] = [];
  for (const { before, after, name } of changes) {
    const chairs = chairsOf(seats.values());
    for (const seat of before)
      if (!same(seats.get(idOf(seat)), seat))
        torn.push(`${name}: ${JSON.stringify(seats.get(idOf(seat)))} and not ${JSON.stringify(seat)}`);
    for (const seat of after)
      if (!before.some((one) => idOf(one) === idOf(seat)) && seats.has(idOf(seat))) torn.push(name);
    for (const seat of before) seats.delete(idOf(seat));
    for (const seat of after) seats.set(idOf(seat), seat);
    const left = chairsOf(seats.values());
    if ([...chairs].some((chair) => !left.has(chair))) unchaired.push(name);
  }
  return { standing, told: sorted(seats.values()), torn, unchaired };
};
