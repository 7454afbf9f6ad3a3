import { Temporal } from 'temporal-polyfill';
import type { Read } from './context.js';
import type { AllianceId, Day, Instant, Zone } from './ids.js';

/** The calendar day that it is at a moment in a zone. */
export const dayOf = (at: Instant, zone: Zone): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The moment at which a day begins in a zone; on days that begin later than midnight, then. */
export const startOf = (day: Day, zone: Zone): Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;

/** So many days after a day; before it when negative. */
export const daysAfter = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString();

/** The day that it is where the alliance is. */
export const todayOf = async (
  { directory, now }: Pick<Read, 'directory' | 'now'>,
  alliance: AllianceId,
): Promise<Day> => dayOf(now, await directory.zone(alliance));
