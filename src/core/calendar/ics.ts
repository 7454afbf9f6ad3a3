/*
 * Calendar files, as RFC 5545 has them. The same state always gives the same bytes.
 *
 *   PUBLISH, never REQUEST: a request needs addresses of mail, which Entente has none of, and asks for an answer that
 *   would go to nobody; Google and Outlook add what is published without asking.
 *   An occurrence that is cancelled is an EXDATE: every calendar leaves it out. A component of its own with
 *   STATUS:CANCELLED is shown by many that subscribe, and is of no meaning to those that import a file for the first time.
 *   An occurrence that is otherwise is a component of its own, with RECURRENCE-ID.
 *   What is cancelled as a whole stays with STATUS:CANCELLED, and its title says so to calendars that go by titles only.
 */
import ical, {
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalDateTimeValue,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { momentOf } from '../days.js';
import type { Instant, WallTime, Zone } from '../ids.js';
import type { CalendarEvent, CalendarException } from './events.js';
import { calendarZone, compactInstant, compactTime, endOf, inCalendar } from './wall-time.js';

export interface CalendarFile {
  /** What calendars call it. */
  readonly name: string;
  readonly events: readonly CalendarEvent[];
  /** Set on a file that takes away what an earlier one brought. */
  readonly cancels?: true;
  /** How soon to look again, in seconds, for calendars that subscribe. */
  readonly refreshSeconds?: number;
}

/** What has no place in a line of a file, or in UTF-8. */
const UNWRITABLE = /(?![\t\n])\p{Cc}|\p{Cs}/gu;
const BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;

const writable = (text: string): string => text.replace(BREAK, '\n').replace(UNWRITABLE, '');
const oneLine = (text: string): string => writable(text).replace(/\s+/g, ' ').trim();

/** The library writes a calendar's own name as it is. */
const escaped = (text: string): string => oneLine(text).replace(/[\\;,]/g, (found) => `\\${found}`);

/** What clocks show, written as it is: the library would move a time that they jump over. */
const shown = (time: WallTime, zone: Zone): ICalDateTimeValue => {
  const at = new Date(momentOf(time, zone));
  const moment = {
    isValid: () => true,
    format: (form?: string) => (form === 'YYYYMMDD' ? compactTime(time).slice(0, 8) : compactTime(time).slice(9)),
    toDate: () => at,
    toJSON: () => time,
    tz: () => moment,
  };
  return moment;
};

const RULE = /^[A-Z][A-Z0-9=;,+-]*$/;

/** Calendars want the end of a rule in UTC, where the event has a zone. */
const inUtc = (rule: string, zone: Zone): string =>
  rule.replace(/\bUNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d)?(?=;|$)/, (_, year, month, day, hour, minute) => {
    const time = hour === undefined ? '23:59' : `${hour}:${minute}`;
    return `UNTIL=${compactInstant(momentOf(`${year}-${month}-${day}T${time}`, zone))}`;
  });

/** The rule, and the occurrences that it leaves out. @throws Error for what is no rule */
const repeating = ({ rule, zone, exceptions = [] }: CalendarEvent): string | undefined => {
  if (rule === undefined) return undefined;
  if (!RULE.test(rule)) throw new Error('a rule of recurrence that is none');
  const out = exceptions.filter(({ cancelled }) => cancelled).map(({ original }) => inCalendar(original, zone));
  const left = [...new Set(out)].sort().map(compactTime).join(',');
  const lines = [
    `RRULE:${inUtc(rule, zone)}`,
    ...(left === '' ? [] : [`EXDATE;TZID=${calendarZone(zone).id}:${left}`]),
  ];
  return lines.join('\r\n');
};

const dated = (at: Instant) => new Date(at);

type Told = Pick<CalendarEvent | CalendarException, 'title' | 'text' | 'place' | 'startsAt' | 'minutes' | 'sequence'> &
  Pick<CalendarEvent, 'changedAt' | 'cancelled'>;

const told = (one: Told, { uid, zone }: CalendarEvent): ICalEventData => {
  const { title, text, place, minutes, sequence, changedAt, cancelled } = one;
  const startsAt = inCalendar(one.startsAt, zone);
  const { id } = calendarZone(zone);
  return {
    ...{ id: oneLine(uid), sequence, timezone: id, stamp: dated(changedAt), lastModified: dated(changedAt) },
    start: shown(startsAt, id),
    end: shown(endOf(startsAt, id, minutes), id),
    summary: oneLine(cancelled ? `Cancelled: ${title}` : title),
    description: { plain: writable(text) },
    ...(place !== undefined && { location: { title: oneLine(place) } }),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
  };
};

const add = (calendar: ICalCalendar, event: CalendarEvent): void => {
  const rule = repeating(event);
  calendar.createEvent({ ...told(event, event), ...(rule !== undefined && { repeating: rule }) });
  if (rule === undefined || event.cancelled) return;
  const { id } = calendarZone(event.zone);
  const others = (event.exceptions ?? []).filter(({ cancelled }) => !cancelled);
  for (const one of [...others].sort((a, b) => (a.original < b.original ? -1 : 1))) {
    const recurrenceId = shown(inCalendar(one.original, event.zone), id);
    calendar.createEvent({ ...told(one, event), recurrenceId });
  }
};

/** The file's text. @throws Error for an event whose rule is none */
export const writeCalendar = ({ name, events, cancels, refreshSeconds }: CalendarFile): string => {
  const calendar = ical({
    prodId: { company: 'Entente', product: 'Entente', language: 'EN' },
    name: escaped(name),
    method: cancels ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    timezone: { name: null, generator: (zone) => calendarZone(zone).rules },
    ...(refreshSeconds !== undefined && { ttl: refreshSeconds }),
  });
  for (const event of [...events].sort((a, b) => (a.uid < b.uid ? -1 : 1))) add(calendar, event);
  return `${calendar.toString()}\r\n`;
};
