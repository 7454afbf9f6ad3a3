/* What features put into people's calendars. */
import type { Instant, WallTime, Zone } from '../ids.js';

/** Something for people's calendars: what comes once, or again and again by one rule, with what is otherwise. */
export interface CalendarEvent {
  /** The same for ever, and nobody else's. */
  readonly uid: string;
  /** Counts its changes: calendars take the highest. */
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly title: string;
  readonly text: string;
  readonly place?: string;
  readonly startsAt: WallTime;
  readonly zone: Zone;
  readonly minutes: number;
  /** As RFC 5545 writes it, without its name: 'FREQ=MONTHLY;BYDAY=2TH'. */
  readonly rule?: string;
  /** Of what comes again: those that differ, by when they would have been. */
  readonly exceptions?: readonly CalendarException[];
  readonly cancelled?: true;
}

export interface CalendarException {
  readonly original: WallTime;
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly startsAt: WallTime;
  readonly minutes: number;
  readonly title: string;
  readonly text: string;
  readonly place?: string;
  readonly cancelled?: true;
}
