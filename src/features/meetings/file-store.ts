/* Who took a file with a series for their calendar, and how they get a new one. */
import { and, asc, eq } from 'drizzle-orm';
import type { Audience, Work } from '../../core/context.js';
import type { Db, Tx } from '../../core/db/store.js';
import type { AllianceId, PartnerId, PersonId } from '../../core/ids.js';
import { sequenceOf } from './event-rules.js';
import { type EventFile, type FileState, takersOf } from './file-rules.js';
import type { Series } from './rules.js';
import { findSeries, listOccurrences } from './store.js';
import { meetingTables } from './tables.js';
import { fileSubject } from './views.js';

type Row = ReturnType<typeof meetingTables>['calendarFiles']['$inferSelect'];

const toFile = (row: Row): EventFile => ({
  id: row.id,
  alliance: row.allianceId as AllianceId,
  series: row.seriesId,
  person: row.personId as PersonId,
  partner: row.partnerId as PartnerId,
  sequence: row.sequence,
  state: row.state as FileState,
  askedAt: row.askedAt,
  ...(row.place !== null && { place: row.place }),
});

/** It stands in its taker's direct messages: nothing where others read. */
export const getFile = async (db: Db, id: string, audience: Audience): Promise<EventFile | undefined> => {
  const { calendarFiles } = meetingTables(db);
  const [row] = await db
    .select()
    .from(calendarFiles)
    .where(
      and(
        eq(calendarFiles.id, id),
        eq(calendarFiles.allianceId, audience.alliance),
        eq(calendarFiles.partnerId, audience.own ?? ''),
      ),
    );
  return row && toFile(row);
};

/** Everybody's, or one person's, in the order in which they were asked for. */
export const listFiles = async (db: Db, series: string, person?: PersonId): Promise<readonly EventFile[]> => {
  const { calendarFiles } = meetingTables(db);
  const whose = person === undefined ? undefined : eq(calendarFiles.personId, person);
  const rows = await db
    .select()
    .from(calendarFiles)
    .where(and(eq(calendarFiles.seriesId, series), whose))
    .orderBy(asc(calendarFiles.askedAt), asc(calendarFiles.id));
  return rows.map(toFile);
};

const insertFile = async (tx: Tx, { id, alliance, ...one }: EventFile): Promise<void> => {
  const { series: seriesId, person: personId, partner: partnerId, sequence, state, askedAt } = one;
  await tx
    .insert(meetingTables(tx).calendarFiles)
    .values({ id, allianceId: alliance, seriesId, personId, partnerId, sequence, state, askedAt });
};

/** The series as calendars count it now. */
export const sequenceNow = async (db: Db, series: Series): Promise<number> =>
  sequenceOf(series, await listOccurrences(db, series.id));

type Taker = Pick<EventFile, 'person' | 'partner'>;

/** A file in somebody's direct messages. */
export const sendFile = async (series: Series, { person, partner }: Taker, work: Work): Promise<void> => {
  const { db, alliance, now } = work;
  const id = work.newId();
  const sequence = await sequenceNow(db, series);
  const about = { id, alliance, series: series.id, person, partner, sequence };
  await insertFile(db, { ...about, state: 'offered', askedAt: now });
  await work.tell(person, fileSubject(id));
};

/**
 * A new file for each person who has one that is not true any more: to be called by whoever moves, renames, ends or
 * cancels a series or one of its meetings, after that is saved. Saying it twice sends one.
 */
export const renewFiles = async (series: string, work: Work): Promise<void> => {
  const found = await findSeries(work.db, series);
  if (!found) return;
  const sequence = await sequenceNow(work.db, found);
  for (const taker of takersOf(await listFiles(work.db, series))) {
    const partner = await work.directory.partnerOf(work.alliance, taker.person);
    if (taker.sequence < sequence && partner?.id === taker.partner) await sendFile(found, taker, work);
  }
};

export const saveAnswer = async (tx: Tx, id: string, state: FileState, place?: string): Promise<void> => {
  const { calendarFiles } = meetingTables(tx);
  await tx
    .update(calendarFiles)
    .set({ state, place: place ?? null })
    .where(eq(calendarFiles.id, id));
};

/** Whoever knows such an address can write there: it is kept no longer than it is of use. */
export const forgetPlace = async (tx: Tx, id: string): Promise<void> => {
  const { calendarFiles } = meetingTables(tx);
  await tx.update(calendarFiles).set({ place: null }).where(eq(calendarFiles.id, id));
};

/** Takes what is known of the files that somebody asked for; gives their ids. */
export const deleteFilesOf = async (tx: Tx, alliance: AllianceId, person: PersonId): Promise<readonly string[]> => {
  const { calendarFiles } = meetingTables(tx);
  const gone = await tx
    .delete(calendarFiles)
    .where(and(eq(calendarFiles.allianceId, alliance), eq(calendarFiles.personId, person)))
    .returning({ id: calendarFiles.id });
  return gone.map(({ id }) => id);
};

export const mergeFiles = async (kept: PersonId, gone: PersonId, tx: Tx): Promise<void> => {
  const { calendarFiles } = meetingTables(tx);
  await tx.update(calendarFiles).set({ personId: kept }).where(eq(calendarFiles.personId, gone));
};
