/* What was recorded in meetings, and what their items are called. */
import { asc, eq } from 'drizzle-orm';
import type { AgendaKind } from '../../core/agenda.js';
import type { Audience } from '../../core/context.js';
import type { Db } from '../../core/db/store.js';
import { type Listed, listEntries } from '../../core/entries/entries.js';
import { groupedBy } from '../../core/grouped.js';
import { listMade } from '../../core/origins.js';
import { type ItemStatus, isInRoom } from './agenda-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { findMeeting } from './store.js';
import { meetingTables } from './tables.js';

/** A record, and the subject of this feature that it was made from: 'item:7', or a meeting's own id. */
export interface Made {
  readonly from: string;
  readonly entry: Listed;
}

/** What was made from some subjects, in the order in which it was, as far as the audience reads it. */
export const listMadeFrom = async (db: Db, ids: readonly string[], audience: Audience): Promise<readonly Made[]> => {
  const origins = await listMade(db, 'meetings', ids);
  const found = new Map<string, Listed>();
  for (const [feature, made] of groupedBy(origins, (one) => one.made.feature)) {
    const own = made.map((one) => one.made.id);
    for (const entry of await listEntries(db, feature, own, audience))
      found.set(`${feature} ${entry.subject.id}`, entry);
  }
  return origins.flatMap(({ made, from }) => {
    const entry = found.get(`${made.feature} ${made.id}`);
    return entry ? [{ from: from.id, entry }] : [];
  });
};

/** Everything that was made in a meeting: from its items, and before the first one or after the last. */
export const listMadeIn = (
  db: Db,
  meeting: Pick<Meeting, 'id'>,
  items: readonly { readonly id: string }[],
  audience: Audience,
): Promise<readonly Made[]> => listMadeFrom(db, [meeting.id, ...items.map(({ id }) => `item:${id}`)], audience);

interface Placed {
  readonly meeting: Meeting;
  /** From 1; none for one that is not on the agenda. */
  readonly number?: number;
}

/** Whoever asks: the meeting of an item, and its place there. */
export const findPlaced = async (db: Db, item: string): Promise<Placed | undefined> => {
  const { items } = meetingTables(db);
  const [row] = await db.select({ meeting: items.meetingId }).from(items).where(eq(items.id, item));
  const meeting = row && (await findMeeting(db, row.meeting));
  if (!meeting) return undefined;
  const rows = await db
    .select({ id: items.id, status: items.status, kind: items.kind, minutes: items.minutes })
    .from(items)
    .where(eq(items.meetingId, meeting.id))
    .orderBy(asc(items.position), asc(items.id));
  const inRoom = rows.filter(({ status, kind, minutes }) =>
    isInRoom({ status: status as ItemStatus, kind: kind as AgendaKind, minutes }),
  );
  const index = inRoom.findIndex(({ id }) => id === item);
  return { meeting, ...(index >= 0 && { number: index + 1 }) };
};

/** 'M-9 item 2', or 'M-9' for the meeting itself. */
export const calledSo = async (db: Db, kind: string, id: string): Promise<string | undefined> => {
  if (kind === '') {
    const meeting = await findMeeting(db, id);
    return meeting && labelOf(meeting);
  }
  const found = kind === 'item' ? await findPlaced(db, id) : undefined;
  if (!found) return undefined;
  return found.number === undefined ? labelOf(found.meeting) : `${labelOf(found.meeting)} item ${found.number}`;
};
