/* The meetings in somebody's calendar. All companies share them. */
import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import type { AgendaKind } from '../../core/agenda.js';
import type { CalendarEvent } from '../../core/calendar/events.js';
import type { Actor, Audience, Committee, Read } from '../../core/context.js';
import type { Db } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { CommitteeId } from '../../core/ids.js';
import { linkTo } from '../../core/links.js';
import { type ItemStatus, isOnAgenda } from './agenda-rules.js';
import { type AgendaLine, eventsOf, guestEventsOf, type SeriesState } from './event-rules.js';
import { labelOf, type Series } from './rules.js';
import { findSeries, getMeeting, listOccurrencesOf, listSeriesOf } from './store.js';
import { meetingTables } from './tables.js';

type LineRow = Omit<AgendaLine, 'kind' | 'status'> & { readonly kind: string; readonly status: string };

const toLine = ({ kind, status, ...line }: LineRow): AgendaLine => ({
  ...line,
  kind: kind as AgendaKind,
  status: status as ItemStatus,
});

const listAgendas = async (
  db: Db,
  meetings: readonly string[],
  { alliance }: Audience,
): Promise<ReadonlyMap<string, readonly AgendaLine[]>> => {
  if (meetings.length === 0) return new Map();
  const { items } = meetingTables(db);
  const { meetingId: meeting, kind, title, minutes, status } = items;
  const rows = await db
    .select({ meeting, kind, title, minutes, status })
    .from(items)
    .where(and(inArray(meeting, [...meetings]), eq(items.allianceId, alliance)))
    .orderBy(asc(meeting), asc(items.position), asc(items.id));
  return groupedBy(rows.map(toLine), (line) => line.meeting);
};

/** The committees whose meetings are somebody's: where they sit, as no mere guest; all of them for who runs the alliance. */
export const committeesOf = async (actor: Actor, { directory }: Read): Promise<readonly Committee[]> => {
  const open = await directory.committees(actor.alliance);
  const sits = new Set<CommitteeId>(actor.seats.flatMap(({ committee, role }) => (role === 'guest' ? [] : committee)));
  return actor.professional ? open : open.filter(({ id }) => sits.has(id));
};

const statesOf = async (
  series: readonly Series[],
  committees: readonly Committee[],
  read: Read,
  audience: Audience,
): Promise<readonly SeriesState[]> => {
  const { db, directory, publicUrl } = read;
  const { alliance } = audience;
  const occurrences = await listOccurrencesOf(
    db,
    series.map(({ id }) => id),
  );
  const bySeries = groupedBy(occurrences, (one) => one.series);
  const agendas = await listAgendas(
    db,
    occurrences.map(({ id }) => id),
    audience,
  );
  const allianceName = await directory.allianceName(alliance);
  const link: SeriesState['link'] = (meeting) =>
    publicUrl === undefined ? undefined : linkTo(publicUrl, { alliance, label: labelOf(meeting) });
  return series.flatMap((one) => {
    const committee = committees.find(({ id }) => id === one.committee);
    return committee
      ? [{ series: one, occurrences: bySeries.get(one.id) ?? [], committee, allianceName, agendas, link }]
      : [];
  });
};

/** Of one series, whoever may read it; also of a committee that is closed by now. */
export const seriesEvents = async (
  series: Series,
  read: Read,
  audience: Audience,
): Promise<readonly CalendarEvent[]> => {
  if (series.alliance !== audience.alliance) return [];
  const committee = await read.directory.committee(series.committee);
  const states = await statesOf([series], committee ? [committee] : [], read, audience);
  return states.flatMap((state) => eventsOf(state, read.now));
};

/** The items that somebody was invited to, on what is not their own committee's agenda. */
const listGuestItems = async (
  db: Db,
  { person, alliance }: Actor,
  own: readonly Committee[],
): Promise<readonly AgendaLine[]> => {
  const { guests, items } = meetingTables(db);
  const { meetingId: meeting, kind, title, minutes, status } = items;
  const ids = own.map(({ id }) => id);
  const rows = await db
    .select({ meeting, kind, title, minutes, status })
    .from(guests)
    .innerJoin(items, eq(items.id, guests.itemId))
    .where(
      and(
        eq(guests.personId, person),
        eq(items.allianceId, alliance),
        ids.length > 0 ? notInArray(items.committeeId, ids) : undefined,
      ),
    )
    .orderBy(asc(meeting), asc(items.position), asc(items.id));
  return rows.map(toLine).filter(isOnAgenda);
};

/** Whole meetings with the items that they were invited to, since nobody says when in a meeting an item comes. */
const listGuestEvents = async (
  actor: Actor,
  own: readonly Committee[],
  read: Read,
  audience: Audience,
): Promise<readonly CalendarEvent[]> => {
  const agendas = groupedBy(await listGuestItems(read.db, actor, own), ({ meeting }) => meeting);
  const events: CalendarEvent[] = [];
  for (const id of agendas.keys()) {
    const meeting = await getMeeting(read.db, id, audience);
    const series = meeting && (await findSeries(read.db, meeting.series));
    const committee = meeting && (await read.directory.committee(meeting.committee));
    if (!series || !committee) continue;
    const [state] = await statesOf([series], [committee], read, audience);
    if (state) events.push(...guestEventsOf({ ...state, occurrences: [meeting], agendas }, read.now));
  }
  return events;
};

export const listEvents = async (actor: Actor, read: Read, audience: Audience): Promise<readonly CalendarEvent[]> => {
  const committees = await committeesOf(actor, read);
  const series = await listSeriesOf(
    read.db,
    committees.map(({ id }) => id),
  );
  const states = await statesOf(series, committees, read, audience);
  const invited = await listGuestEvents(actor, committees, read, audience);
  return [...states.flatMap((state) => eventsOf(state, read.now)), ...invited];
};
