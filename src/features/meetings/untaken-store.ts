/* New series that somebody has not in their calendar yet. */
import { and, eq, gte, inArray, isNull } from 'drizzle-orm';
import { subscriptionOf } from '../../core/calendar/subscriptions.js';
import type { Actor, Committee, Read } from '../../core/context.js';
import { dayOf, daysAfter, momentOf } from '../../core/days.js';
import type { Db } from '../../core/db/store.js';
import type { CommitteeId, Day, PersonId } from '../../core/ids.js';
import { workdaysAfter } from '../../core/workdays.js';
import { committeesOf } from './event-store.js';
import { endsAt, type Meeting, type Series } from './rules.js';
import { listOccurrencesOf, toSeries } from './store.js';
import { meetingTables } from './tables.js';

/** A zone is at most a day ahead of another, and a first meeting may be moved by some. */
const MARGIN_DAYS = 31;

/** Those that have not begun long ago. */
const listBeginning = async (db: Db, committees: readonly CommitteeId[], today: Day): Promise<readonly Series[]> => {
  if (committees.length === 0) return [];
  const { series } = meetingTables(db);
  const rows = await db
    .select()
    .from(series)
    .where(
      and(
        inArray(series.committeeId, [...committees]),
        isNull(series.endedAt),
        gte(series.startsAt, daysAfter(today, -MARGIN_DAYS)),
      ),
    );
  return rows.map(toSeries);
};

const listTaken = async (db: Db, person: PersonId, series: readonly Series[]): Promise<ReadonlySet<string>> => {
  const { calendarFiles } = meetingTables(db);
  const ids = series.map(({ id }) => id);
  const rows = await db
    .select({ series: calendarFiles.seriesId })
    .from(calendarFiles)
    .where(and(eq(calendarFiles.personId, person), inArray(calendarFiles.seriesId, ids)));
  return new Set(rows.map((row) => row.series));
};

/** Still ahead: its first meeting is not over, and not all that it has made are cancelled. */
const isAhead = (series: Series, made: readonly Meeting[], { now }: Read): boolean => {
  const [first] = made;
  if (!first) return endsAt({ startsAt: momentOf(series.startsAt, series.zone), minutes: series.minutes }) > now;
  return endsAt(first) > now && made.some(({ status }) => status !== 'cancelled');
};

/** After that it is nothing new: whoever wants it finds the button on its list. */
const NEW_DAYS = 14;

const later = (one: Day, other: Day): Day => [one, other].sort().at(-1) ?? one;

export interface Untaken {
  readonly series: Series;
  readonly committee: Committee;
  /** The working day after both there was the series and they had their seat. */
  readonly tellOn: Day;
}

/** None for somebody whose calendar reads them by itself. */
export const listUntaken = async (actor: Actor, read: Read): Promise<readonly Untaken[]> => {
  const { db, directory, now } = read;
  const { alliance, person, zone } = actor;
  const committees = await committeesOf(actor, read);
  const ids = committees.map(({ id }) => id);
  const beginning = await listBeginning(db, ids, dayOf(now, zone));
  if (beginning.length === 0) return [];
  const subscription = await subscriptionOf(db, alliance, person);
  if (subscription && subscription.revokedAt === undefined) return [];
  const taken = await listTaken(db, person, beginning);
  const left = beginning.filter(({ id }) => !taken.has(id));
  const made = await listOccurrencesOf(
    db,
    left.map(({ id }) => id),
  );
  const holidays = await directory.holidays(actor.partner.id);
  return left.flatMap((series) => {
    const committee = committees.find(({ id }) => id === series.committee);
    const own = made.filter((one) => one.series === series.id);
    if (!committee || !isAhead(series, own, read)) return [];
    const seated = actor.seats.find((seat) => seat.committee === committee.id)?.fromOn ?? '';
    const known = dayOf(series.createdAt, zone);
    const tellOn = workdaysAfter(later(known, seated), 1, holidays);
    return dayOf(now, zone) <= daysAfter(tellOn, NEW_DAYS) ? [{ series, committee, tellOn }] : [];
  });
};
