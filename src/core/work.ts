/*
 * Builds what a handler is given, over one open transaction.
 */
import { and, eq, sql } from 'drizzle-orm';
import { announceCards, tellPerson, wantCards, wantOwnCards } from './cards.js';
import type { Work } from './context.js';
import { wantDailies } from './daily/messages.js';
import { prepared } from './db/prepared.js';
import type { Tx } from './db/store.js';
import { directoryOf } from './directory/reads.js';
import { refreshEntry } from './entries/entries.js';
import type { Feature } from './feature.js';
import { appendHistory, chainOf, listHistory } from './history.js';
import type { AllianceId, Instant, PersonId } from './ids.js';
import { counterTables, wakeTables } from './tables.js';

export interface WorkParts {
  readonly tx: Tx;
  readonly now: Instant;
  readonly newId: () => string;
  readonly alliance: AllianceId;
  /** Whose alarms these are. */
  readonly feature: string;
  /** Asked in turn for what they keep. */
  readonly features: ReadonlyMap<string, Feature>;
  readonly person?: PersonId;
  readonly derive: (purpose: string) => Uint8Array;
}

const raiseCounter = prepared((db, { alliance, series }: { alliance: AllianceId; series: string }) => {
  const { counters } = counterTables(db);
  return db
    .insert(counters)
    .values({ allianceId: alliance, series, value: 1 })
    .onConflictDoUpdate({
      target: [counters.allianceId, counters.series],
      set: { value: sql`${counters.value} + 1` },
    })
    .returning({ value: counters.value });
});

const nextNumber = async (tx: Tx, alliance: AllianceId, series: string): Promise<number> => {
  const [row] = await raiseCounter(tx, { alliance, series });
  if (!row) throw new Error('a counter gave no number');
  return row.value;
};

export const createWork = (parts: WorkParts): Work => {
  const { tx, now, newId, alliance, feature, features } = parts;
  const directory = directoryOf(tx, now);
  return {
    db: tx,
    derive: parts.derive,
    now,
    alliance,
    directory,
    newId,
    nextNumber: (series, only) => nextNumber(tx, chainOf(alliance, only), series),
    record: async (subject, verb, detail, only) => {
      await appendHistory(tx, {
        alliance: chainOf(alliance, only),
        at: now,
        person: parts.person,
        subject,
        verb,
        detail,
      });
      await refreshEntry(tx, features.get(subject.feature), { db: tx, now, directory }, alliance, subject);
      if (only === undefined) await wantCards(tx, subject, now);
      else await wantOwnCards(tx, subject, only, now);
      await wantDailies(tx, subject, now);
    },
    history: (subject, only) => listHistory(tx, chainOf(alliance, only), subject),
    announce: (subject, committee, only) => announceCards(tx, { alliance, subject, now, newId }, committee, only),
    tell: (person, subject) => tellPerson(tx, { alliance, subject, now, newId }, person),
    wakeAt: async (key, at, options) => {
      const { wakes } = wakeTables(tx);
      const due = { dueAt: at, until: options?.until ?? null, leaseUntil: null };
      await tx
        .insert(wakes)
        .values({ feature, key, allianceId: alliance, ...due })
        .onConflictDoUpdate({ target: [wakes.feature, wakes.key], set: due });
    },
    cancelWake: async (key) => {
      const { wakes } = wakeTables(tx);
      await tx.delete(wakes).where(and(eq(wakes.feature, feature), eq(wakes.key, key)));
    },
  };
};
