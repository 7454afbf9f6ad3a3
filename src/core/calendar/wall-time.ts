/* Times as calendar files have them: what clocks show, with the zone told beside it. Pure. */
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';
import { momentOf, wallTimeOf } from '../days.js';
import type { Instant, WallTime, Zone } from '../ids.js';

/** A zone that calendars know: its rules as a file tells them, and the name that they are told under. */
export interface CalendarZone {
  readonly id: Zone;
  readonly rules: string;
}

const MINUTE_MS = 60_000;
const UTC = 'Etc/UTC';

const names: ReadonlySet<string> = new Set(tzlib_get_timezones());

const ruled = (name: Zone): CalendarZone => {
  const [rules = '', id = ''] = tzlib_get_ical_block(name);
  return { rules, id: id.replace(/^TZID=/, '') };
};

const known = new Map<Zone, CalendarZone>();

/**
 * The zone as calendar files have it: an old name such as Asia/Calcutta by its new one, and one that is in no list as
 * UTC, since Outlook shows nothing of a file with a zone whose rules are missing.
 */
export const calendarZone = (name: Zone): CalendarZone => {
  const found = known.get(name) ?? ruled(names.has(name) ? name : UTC);
  known.set(name, found);
  return found;
};

/** What clocks in the calendar's zone show when those in a zone show `time`: the same, where both are one zone. */
export const inCalendar = (time: WallTime, zone: Zone): WallTime =>
  names.has(zone) ? time : wallTimeOf(momentOf(time, zone), UTC);

/**
 * What clocks show so many minutes later. Where they go back meanwhile they may show less than at the beginning, which
 * calendars would read as an end before it: then the minutes are counted as if they did not.
 */
export const endOf = (time: WallTime, zone: Zone, minutes: number): WallTime => {
  const end = wallTimeOf(momentOf(time, zone) + minutes * MINUTE_MS, zone);
  return end > time ? end : wallTimeOf(momentOf(time, UTC) + minutes * MINUTE_MS, UTC);
};

/** '20261211T140000' */
export const compactTime = (time: WallTime): string => `${time.replace(/[-:]/g, '')}00`;

/** '20261211T130000Z' */
export const compactInstant = (at: Instant): string => `${compactTime(wallTimeOf(at, UTC))}Z`;
