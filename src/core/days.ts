import { Temporal } from 'temporal-polyfill';
import type { Read } from './context.js';
import type { AllianceId, Day, Instant, WallTime, Zone } from './ids.js';

/** The calendar day that it is at a moment in a zone. */
export const dayOf = (at: Instant, zone: Zone): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The moment at which a day begins in a zone; on days that begin later than midnight, then. */
export const startOf = (day: Day, zone: Zone): Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;

/** So many days after a day; before it when negative. */
export const daysAfter = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString();

/** The same day of a year so many years later; the last of its month where that is shorter, as after 29 February. */
export const yearsAfter = (day: Day, years: number): Day => Temporal.PlainDate.from(day).add({ years }).toString();

/** How many days later the second one is; negative when it is earlier. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

const spelled = new Intl.DateTimeFormat('en-GB', {
  ...({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const),
});

/** 'Fri 12 Apr 2027', for sentences that are no view: refusals, and what a form is filled with. */
export const dayText = (day: Day): string => spelled.format(Date.parse(day)).replace(',', '');

/** By zone: making one takes milliseconds, and there are a few hundred zones. */
const clocks = new Map<Zone, Intl.DateTimeFormat>();

const clockOf = (zone: Zone): Intl.DateTimeFormat => {
  const known = clocks.get(zone) ?? makeClock(zone);
  clocks.set(zone, known);
  return known;
};

const makeClock = (zone: Zone) =>
  new Intl.DateTimeFormat('en-GB', {
    ...({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    } as const),
    ...({ hourCycle: 'h23', timeZone: zone } as const),
  });

/** 'Thu 11 Dec 2026, 14:00 Europe/Zurich', for titles and for sentences that are no view. */
export const momentText = (at: Instant, zone: Zone): string => {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${of('weekday')} ${of('day')} ${of('month')} ${of('year')}, ${of('hour')}:${of('minute')} ${zone}`;
};

/** The moment at which clocks in a zone show this; of two the first, and for none the moment at which they jump over it. */
export const momentOf = (time: WallTime, zone: Zone): Instant =>
  Temporal.PlainDateTime.from(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;

/** What clocks in a zone show at a moment. */
export const wallTimeOf = (at: Instant, zone: Zone): WallTime =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** The day that it is where the alliance is. */
export const todayOf = async (
  { directory, now }: Pick<Read, 'directory' | 'now'>,
  alliance: AllianceId,
): Promise<Day> => dayOf(now, await directory.zone(alliance));

/** '3 June 2027', for sentences that take no spans. */
export const spellDay = (day: Day): string =>
  Temporal.PlainDate.from(day).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** True for '2026-02-28', and not for a day that there is not. */
export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};
