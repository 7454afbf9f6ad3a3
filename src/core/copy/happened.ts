/*
 * What happened to a record, as a copy tells it. A record that came from a copy brought along what had happened to it
 * before: its history says that in the entry of the import, so the next copy tells it again.
 */
import { z } from 'zod';
import type { HistoryEntry } from '../context.js';
import { namedFacts, placedFacts, signedIn } from './facts.js';
import type { Names } from './names.js';
import type { Facts, Happened, Placed } from './row.js';

/** The verb under which an import writes history. */
export const IMPORTED = 'imported';

const keptSchema = z.array(
  z.object({
    verb: z.string(),
    at: z.number(),
    person: z.string().optional(),
    partner: z.string().optional(),
    told: z.record(z.string(), z.string()),
  }),
);

type Kept = z.output<typeof keptSchema>[number];

/** As the history of an import keeps it: ids in the place of names. */
export const keptHappened = (happened: readonly Happened[], placed: Placed): readonly Kept[] =>
  happened.map(({ verb, at, by, told }) => ({
    verb,
    at,
    ...(by && { person: placed.person({ ...by, at }), partner: by.company && placed.partner(by.company) }),
    told: placedFacts(told, placed),
  }));

/** What a feature tells of an entry; people by their ids. */
export type Telling = (entry: HistoryEntry) => Facts;

const unfolded = (entry: HistoryEntry, tell: Telling): readonly Kept[] => {
  const { verb, at, person, detail } = entry;
  if (verb === IMPORTED) return keptSchema.safeParse(detail.happened).data ?? [];
  return [{ verb, at, ...(person && { person }), told: tell(entry) }];
};

/** Everybody whose name is needed. */
export const peopleOf = (entries: readonly HistoryEntry[], tell: Telling): readonly string[] =>
  entries
    .flatMap((entry) => unfolded(entry, tell))
    .flatMap(({ person, told }) => [...(person ? [person] : []), ...signedIn(told).map(({ who }) => told[who] ?? '')]);

export const happenedOf = (entries: readonly HistoryEntry[], tell: Telling, names: Names): readonly Happened[] =>
  entries
    .flatMap((entry) => unfolded(entry, tell))
    .map(({ verb, at, person, partner, told }): Happened => {
      const by =
        person === undefined ? undefined : names.sign(person, at, partner ? names.company(partner) : undefined);
      return { verb, at, ...(by && { by: { name: by.name, company: by.company } }), told: namedFacts(told, names) };
    });
