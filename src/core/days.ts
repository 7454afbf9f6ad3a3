import { Temporal } from 'temporal-polyfill';
import type { Day, Instant, Zone } from './ids.js';

/** The calendar day that it is at a moment in a zone. */
export const dayOf = (at: Instant, zone: Zone): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The moment at which a day begins in a zone; on days that begin later than midnight, then. */
export const startOf = (day: Day, zone: Zone): Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
