/*
 * Builds what a handler is given, over one open transaction.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { AgendaOffer } from './agenda.js';
import { announceCards, tellPeople, wantCards, wantOwnCards } from './cards.js';
import type { Read, Work } from './context.js';
import { wantDailies } from './daily/messages.js';
import { prepared } from './db/prepared.js';
import type { Tx } from './db/store.js';
import { sharedAudience } from './directory/audience.js';
import { directoryOf } from './directory/reads.js';
import { refreshEntry } from './entries/entries.js';
import type { Entry, Feature } from './feature.js';
import { appendHistory, chainOf, listHistory } from './history.js';
import type { AllianceId, CommitteeId, Instant, PersonId } from './ids.js';
import { keepOrigin, originOf } from './origins.js';
import { counterTables } from './tables.js';
import type { Subject } from './view.js';
import { SHARED } from './visibility.js';
import { wakeTables } from './wake-tables.js';

export interface WorkParts {
  readonly tx: Tx;
  readonly now: Instant;
  readonly newId: () => string;
  readonly alliance: AllianceId;
  /** Whose alarms these are. */
  readonly feature: string;
  /** Asked in turn for what they keep. */
  readonly features: ReadonlyMap<string, Feature>;
  readonly person?: PersonId | undefined;
  readonly derive: (purpose: string) => Uint8Array;
  /** See Read. */
  readonly publicUrl?: string;
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

/** What a committee is at just now, as another feature than the record's own tells it. */
export const occasionOf = async (
  features: ReadonlyMap<string, Feature>,
  made: Subject,
  committee: CommitteeId,
  read: Read,
): Promise<Subject | undefined> => {
  for (const [name, one] of features) {
    const from = name === made.feature ? undefined : await one.occasion?.(committee, read);
    if (from) return from;
  }
  return undefined;
};

export const createWork = (parts: WorkParts): Work => {
  const { tx, now, newId, alliance, feature, features } = parts;
  const directory = directoryOf(tx, now);
  const { publicUrl } = parts;
  const read: Read = { db: tx, now, directory, publicUrl };
  const cameFrom: Work['cameFrom'] = async (made, from) => {
    const kept = features.get(from.feature);
    await keepOrigin(tx, { made, from }, now, await kept?.called?.(from.id, read));
    await kept?.led?.(from.id, made, work);
  };
  /** What is recorded while a committee meets was recorded there. */
  const traceOccasion = async (made: Subject, { committee, visibility }: Entry): Promise<void> => {
    if (committee === undefined || visibility !== SHARED) return;
    const known = await originOf(tx, made);
    if (known) return features.get(known.feature)?.led?.(known.id, made, work);
    const from = await occasionOf(features, made, committee, read);
    if (from) await cameFrom(made, from);
  };
  const work: Work = {
    db: tx,
    derive: parts.derive,
    now,
    alliance,
    directory,
    publicUrl,
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
      const fresh = await refreshEntry(tx, features.get(subject.feature), read, alliance, subject);
      if (fresh) await traceOccasion(subject, fresh);
      if (only !== undefined) await wantOwnCards(tx, subject, only, now);
      else
        for (const shown of [
          subject,
          ...((await features.get(subject.feature)?.shownBy?.(subject.id, verb, read)) ?? []),
        ])
          await wantCards(tx, shown, now);
      await wantDailies(tx, subject, now);
    },
    unsigned: () => createWork({ ...parts, person: undefined }),
    history: (subject, only) => listHistory(tx, chainOf(alliance, only), subject),
    announce: (subject, committee, only) => announceCards(tx, { alliance, subject, now, newId }, committee, only),
    tell: (people, subject) => tellPeople(tx, { alliance, subject, now, newId }, [people].flat()),
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
    cameFrom,
    offers: async (committee) => {
      const audience = await sharedAudience(tx, alliance);
      const offered: AgendaOffer[] = [];
      for (const one of features.values()) offered.push(...((await one.agenda?.(committee, read, audience)) ?? []));
      return offered;
    },
  };
  return work;
};
