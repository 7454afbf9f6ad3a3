/* What stands in somebody's calendar, as their private address gives it. */
import type { Actor, Read } from '../context.js';
import type { Store } from '../db/store.js';
import { ownAudience } from '../directory/audience.js';
import { directoryOf } from '../directory/reads.js';
import { actorFor } from '../directory/resolve.js';
import type { Feature } from '../feature.js';
import type { Instant } from '../ids.js';
import type { CalendarEvent } from './events.js';
import { writeCalendar } from './ics.js';
import { openAddress } from './subscriptions.js';

export interface FeedParts {
  readonly store: Store;
  readonly features: ReadonlyMap<string, Feature>;
  readonly now: () => Instant;
  readonly derive: (purpose: string) => Uint8Array;
  readonly publicUrl?: string;
}

/** What an address says that it is of. */
export interface FeedAddress {
  readonly id: string;
  readonly key: string;
}

/** Calendars that go by it look again after an hour; Google goes by its own clock. */
const REFRESH_SECONDS = 3_600;

/** Where one feature fails, all of it does: a calendar keeps what it has, and would drop what is missing. */
const gatherEvents = async (
  features: ReadonlyMap<string, Feature>,
  actor: Actor,
  read: Read,
): Promise<readonly CalendarEvent[]> => {
  const audience = ownAudience(actor.alliance, actor.partner.id);
  const events: CalendarEvent[] = [];
  for (const feature of features.values()) events.push(...((await feature.events?.(actor, read, audience)) ?? []));
  return events;
};

/** The calendar's file; nothing for an address that is of nobody who takes part, or not any more. */
export const readFeed = (parts: FeedParts, address: FeedAddress): Promise<string | undefined> =>
  parts.store.snapshot(async (db) => {
    const { features, derive, publicUrl } = parts;
    const now = parts.now();
    const found = await openAddress(db, address, derive);
    const actor = found && (await actorFor(db, found.alliance, found.person, now));
    if (!actor) return undefined;
    const read: Read = { db, now, directory: directoryOf(db, now), publicUrl };
    const name = await read.directory.allianceName(actor.alliance);
    return writeCalendar({
      name,
      events: await gatherEvents(features, actor, read),
      refreshSeconds: REFRESH_SECONDS,
    });
  });
