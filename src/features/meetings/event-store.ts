/* The meetings in somebody's calendar. All companies share them. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { AgendaKind } from '../../core/agenda.js';
import type { CalendarEvent } from '../../core/calendar/events.js';
import type { Actor, Audience, Committee, Read } from '../../core/context.js';
import type { Db } from '../../core/db/store.js';
import { groupedBy } from '../../core/grouped.js';
import type { CommitteeId } from '../../core/ids.js';
import { linkTo } from '../../core/links.js';
import type { ItemStatus } from './agenda-rules.js';
import { type AgendaLine, eventsOf, type SeriesState } from './event-rules.js';
import { labelOf, type Series } from './rules.js';
import { listOccurrencesOf, listSeriesOf } from './store.js';
import { meetingTables } from './tables.js';

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
  const lines = rows.map((row) => ({ ...row, kind: row.kind as AgendaKind, status: row.status as ItemStatus }));
  return groupedBy(lines, (line) => line.meeting);
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

export const listEvents = async (actor: Actor, read: Read, audience: Audience): Promise<readonly CalendarEvent[]> => {
  const committees = await committeesOf(actor, read);
  const series = await listSeriesOf(
    read.db,
    committees.map(({ id }) => id),
  );
  const states = await statesOf(series, committees, read, audience);
  return states.flatMap((state) => eventsOf(state, read.now));
};
