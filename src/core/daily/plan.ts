/* Who gets daily messages at all: everybody who takes part has an alarm, and whoever lacks one is found here. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db, Store } from '../db/store.js';
import { directoryTables } from '../directory/tables.js';
import type { Instant } from '../ids.js';
import { wakeTables } from '../wake-tables.js';
import { nextMorning } from './hours.js';
import { DAILY } from './messages.js';

const AT_ONCE = 500;

const selectUnplanned = (db: Db) => {
  const { members, partners, alliances, people } = directoryTables(db);
  const { wakes } = wakeTables(db);
  const key = sql<string>`${partners.allianceId} || '/' || ${members.personId}`;
  return db
    .select({ key, alliance: partners.allianceId, own: people.timeZone, shared: alliances.timeZone })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .innerJoin(partners, eq(partners.id, members.partnerId))
    .innerJoin(alliances, eq(alliances.id, partners.allianceId))
    .leftJoin(wakes, and(eq(wakes.feature, DAILY), eq(wakes.key, key)))
    .where(isNull(wakes.key))
    .limit(AT_ONCE);
};

/** Plans the first message of those who have come since; everybody else's alarm plans the next by itself. */
export const planDaily = async (store: Store, now: Instant): Promise<void> => {
  for (;;) {
    const found = await selectUnplanned(store.read);
    if (found.length === 0) return;
    await store.write(async (tx) => {
      const { wakes } = wakeTables(tx);
      await tx
        .insert(wakes)
        .values(
          found.map(({ key, alliance, own, shared }) => ({
            ...{ feature: DAILY, key, allianceId: alliance, until: null, leaseUntil: null },
            dueAt: nextMorning(now, own ?? shared),
          })),
        )
        .onConflictDoNothing();
    });
    if (found.length < AT_ONCE) return;
  }
};
