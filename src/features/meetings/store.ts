/* Meetings and their series. All companies of the alliance share them. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Audience } from '../../core/context.js';
import { prepared } from '../../core/db/prepared.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import type { Meeting, Series, Status } from './rules.js';
import { meetingTables } from './tables.js';

export { defineMeetings } from './tables.js';

type Tables = ReturnType<typeof meetingTables>;
type MeetingRow = Tables['meetings']['$inferSelect'];
type SeriesRow = Tables['series']['$inferSelect'];

const toMeeting = (row: MeetingRow): Meeting => ({
  id: row.id,
  alliance: row.allianceId as AllianceId,
  number: row.number,
  series: row.seriesId,
  committee: row.committeeId as CommitteeId,
  original: row.original,
  startsAt: row.startsAt,
  zone: row.zone,
  minutes: row.minutes,
  ...(row.place !== null && { place: row.place }),
  status: row.status as Status,
  ...(row.reason !== null && { reason: row.reason }),
  sequence: row.sequence,
  changedAt: row.changedAt,
  ...(row.openedAt !== null && { openedAt: row.openedAt }),
  ...(row.openedBy !== null && { openedBy: row.openedBy as PersonId }),
  ...(row.closedAt !== null && { closedAt: row.closedAt }),
  ...(row.closedBy !== null && { closedBy: row.closedBy as PersonId }),
  ...(row.itemId !== null && row.itemSince !== null && { item: { id: row.itemId, since: row.itemSince } }),
  ...(row.lockedAt !== null && { lockedAt: row.lockedAt }),
});

const rowOf = (meeting: Meeting): MeetingRow => {
  const { id, number, original, startsAt, zone, minutes, status, sequence, changedAt, item } = meeting;
  return {
    ...{ id, number, original, startsAt, zone, minutes, status, sequence, changedAt },
    allianceId: meeting.alliance,
    seriesId: meeting.series,
    committeeId: meeting.committee,
    place: meeting.place ?? null,
    reason: meeting.reason ?? null,
    openedAt: meeting.openedAt ?? null,
    openedBy: meeting.openedBy ?? null,
    closedAt: meeting.closedAt ?? null,
    closedBy: meeting.closedBy ?? null,
    itemId: item?.id ?? null,
    itemSince: item?.since ?? null,
    lockedAt: meeting.lockedAt ?? null,
  };
};

export const insertMeeting = async (tx: Tx, meeting: Meeting): Promise<void> => {
  await tx.insert(meetingTables(tx).meetings).values(rowOf(meeting));
};

/** As it is from now on. */
export const saveMeeting = async (tx: Tx, meeting: Meeting): Promise<void> => {
  const { meetings } = meetingTables(tx);
  const { id, ...row } = rowOf(meeting);
  await tx.update(meetings).set(row).where(eq(meetings.id, id));
};

const selectMeeting = prepared((db, { id }: { id: string }) => {
  const { meetings } = meetingTables(db);
  return db.select().from(meetings).where(eq(meetings.id, id));
});

/** Whoever asks: for alarms, and for what the log keeps. */
export const findMeeting = async (db: Db, id: string): Promise<Meeting | undefined> => {
  const [row] = await selectMeeting(db, { id });
  return row && toMeeting(row);
};

export const getMeeting = async (db: Db, id: string, audience: Audience): Promise<Meeting | undefined> => {
  const meeting = await findMeeting(db, id);
  return meeting?.alliance === audience.alliance ? meeting : undefined;
};

/** Those of some committees, the next first. */
export const listMeetings = async (
  db: Db,
  committees: readonly CommitteeId[],
  statuses: readonly Status[],
): Promise<readonly Meeting[]> => {
  if (committees.length === 0) return [];
  const { meetings } = meetingTables(db);
  const rows = await db
    .select()
    .from(meetings)
    .where(and(inArray(meetings.committeeId, [...committees]), inArray(meetings.status, [...statuses])))
    .orderBy(asc(meetings.startsAt), asc(meetings.number));
  return rows.map(toMeeting);
};

const selectOpen = prepared((db, { committee }: { committee: CommitteeId }) => {
  const { meetings } = meetingTables(db);
  return db
    .select()
    .from(meetings)
    .where(and(eq(meetings.committeeId, committee), eq(meetings.status, 'open')));
});

/** The one that a committee is in; there is one at most. */
export const findOpenMeeting = async (db: Db, committee: CommitteeId): Promise<Meeting | undefined> => {
  const [row] = await selectOpen(db, { committee });
  return row && toMeeting(row);
};

/** A committee's next one that has not been opened. */
export const findNextMeeting = async (db: Db, committee: CommitteeId): Promise<Meeting | undefined> =>
  (await listMeetings(db, [committee], ['planned']))[0];

/** The last one that a committee has held. */
export const findLastHeld = async (db: Db, committee: CommitteeId): Promise<Meeting | undefined> => {
  const { meetings } = meetingTables(db);
  const [row] = await db
    .select()
    .from(meetings)
    .where(and(eq(meetings.committeeId, committee), inArray(meetings.status, ['held', 'agreed'])))
    .orderBy(desc(meetings.startsAt))
    .limit(1);
  return row && toMeeting(row);
};

/** Of a row. */
export const toSeries = (row: SeriesRow): Series => ({
  id: row.id,
  alliance: row.allianceId as AllianceId,
  committee: row.committeeId as CommitteeId,
  startsAt: row.startsAt,
  zone: row.zone,
  minutes: row.minutes,
  ...(row.place !== null && { place: row.place }),
  ...(row.rule !== null && { rule: row.rule }),
  sequence: row.sequence,
  changedAt: row.changedAt,
  createdBy: row.createdBy as PersonId,
  createdFor: row.createdFor as PartnerId,
  createdAt: row.createdAt,
  ...(row.endedAt !== null && { endedAt: row.endedAt }),
});

const seriesRow = (series: Series): SeriesRow => {
  const { id, startsAt, zone, minutes, sequence, changedAt, createdBy, createdFor, createdAt } = series;
  return {
    ...{ id, startsAt, zone, minutes, sequence, changedAt, createdBy, createdFor, createdAt },
    allianceId: series.alliance,
    committeeId: series.committee,
    place: series.place ?? null,
    rule: series.rule ?? null,
    endedAt: series.endedAt ?? null,
  };
};

export const insertSeries = async (tx: Tx, series: Series): Promise<void> => {
  await tx.insert(meetingTables(tx).series).values(seriesRow(series));
};

export const saveSeries = async (tx: Tx, series: Series): Promise<void> => {
  const { series: table } = meetingTables(tx);
  const { id, ...row } = seriesRow(series);
  await tx.update(table).set(row).where(eq(table.id, id));
};

export const findSeries = async (db: Db, id: string): Promise<Series | undefined> => {
  const { series } = meetingTables(db);
  const [row] = await db.select().from(series).where(eq(series.id, id));
  return row && toSeries(row);
};

/** Those of some committees, also those that have ended. */
export const listSeriesOf = async (db: Db, committees: readonly CommitteeId[]): Promise<readonly Series[]> => {
  if (committees.length === 0) return [];
  const { series } = meetingTables(db);
  const rows = await db
    .select()
    .from(series)
    .where(inArray(series.committeeId, [...committees]))
    .orderBy(asc(series.startsAt), asc(series.id));
  return rows.map(toSeries);
};

/** A committee's series, also those that have ended. */
export const listSeries = (db: Db, committee: CommitteeId): Promise<readonly Series[]> => listSeriesOf(db, [committee]);

/** All meetings that some series have made so far, in the order in which each would have them. */
export const listOccurrencesOf = async (db: Db, series: readonly string[]): Promise<readonly Meeting[]> => {
  if (series.length === 0) return [];
  const { meetings } = meetingTables(db);
  const rows = await db
    .select()
    .from(meetings)
    .where(inArray(meetings.seriesId, [...series]))
    .orderBy(asc(meetings.original), asc(meetings.id));
  return rows.map(toMeeting);
};

export const listOccurrences = (db: Db, series: string): Promise<readonly Meeting[]> => listOccurrencesOf(db, [series]);
