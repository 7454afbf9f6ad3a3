/* When companies and people do not work. */
import { and, asc, desc, eq, gte, lte } from 'drizzle-orm';
import type { Absence } from '../context.js';
import { prepared } from '../db/prepared.js';
import type { Db } from '../db/store.js';
import type { AllianceId, Day, PartnerId, PersonId } from '../ids.js';
import type { Holidays } from '../workdays.js';
import { directoryTables } from './tables.js';

const selectHolidays = prepared((db, { partner }: { partner: PartnerId }) => {
  const { holidays } = directoryTables(db);
  return db
    .select({ on: holidays.on, name: holidays.name })
    .from(holidays)
    .where(eq(holidays.partnerId, partner))
    .orderBy(asc(holidays.on));
});

/** A company's holidays, in order. */
export const listHolidays = async (db: Db, partner: PartnerId): Promise<Holidays> =>
  new Map((await selectHolidays(db, { partner })).map(({ on, name }) => [on, name]));

const selectAbsence = prepared(
  (db, { alliance, person, day }: { alliance: AllianceId; person: PersonId; day: Day }) => {
    const { absences } = directoryTables(db);
    return db
      .select()
      .from(absences)
      .where(
        and(
          eq(absences.allianceId, alliance),
          eq(absences.personId, person),
          lte(absences.fromOn, day),
          gte(absences.untilOn, day),
        ),
      )
      .orderBy(desc(absences.untilOn))
      .limit(1);
  },
);

/** The absence of somebody that a day falls into; of several the one that ends last. */
export const findAbsence = async (
  db: Db,
  alliance: AllianceId,
  person: PersonId,
  day: Day,
): Promise<Absence | undefined> => {
  const [row] = await selectAbsence(db, { alliance, person, day });
  if (!row) return undefined;
  const { fromOn, untilOn, coverId } = row;
  return { fromOn, untilOn, ...(coverId !== null && { cover: coverId as PersonId }) };
};
