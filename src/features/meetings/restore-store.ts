/*
 * Meetings that come back from a copy, with all that the copy tells of them. They have no cards, and what was to come has
 * no alarms: it is planned anew by whoever moves it.
 */
import { and, eq, inArray } from 'drizzle-orm';
import { restoredId } from '../../core/copy/references.js';
import type { Restoring } from '../../core/copy/restoring.js';
import type { Placed, Row } from '../../core/copy/row.js';
import type { Tx } from '../../core/db/store.js';
import { keepOrigin } from '../../core/origins.js';
import { entryTables } from '../../core/tables.js';
import { SHARED } from '../../core/visibility.js';
import { wakeTables } from '../../core/wake-tables.js';
import { factFault, labelFor, meetingShape, minutesShape } from './copied-rules.js';
import { type Columns, columnsBy, groupColumns } from './fact-store.js';
import { lockKey } from './lock-store.js';
import { meetingTables } from './tables.js';
import { itemSubject, subjectOf } from './views.js';

const idIn = (row: Row, placed: Placed, what: string): string =>
  restoredId(placed.alliance, SHARED, `${row.label} ${what}`);

const writeSeries = async (tx: Tx, { versions, facts }: Row, placed: Placed, meeting: Columns): Promise<string> => {
  const id = placed.record(facts.series ?? '');
  const [{ by }] = versions;
  const { zone, minutes, place } = meeting as { zone: string; minutes: number; place: string | null };
  await tx
    .insert(meetingTables(tx).series)
    .values({
      ...{ id, zone, minutes, place, sequence: 0, rule: facts.repeats ?? null, startsAt: facts.seriesFrom ?? '' },
      ...{ allianceId: placed.alliance, committeeId: placed.committee, createdAt: by.at, changedAt: by.at },
      createdBy: placed.person(by),
      createdFor: placed.partner(by.company),
      endedAt: facts.seriesEndedAt === undefined ? null : Date.parse(facts.seriesEndedAt),
    })
    .onConflictDoNothing();
  return id;
};

/** What came of something, as far as it stands in the log: 'D-1 A-2'. */
const keepLed = async (tx: Tx, from: { feature: string; id: string }, led: unknown, at: number, placed: Placed) => {
  const labels = typeof led === 'string' ? led.split(' ') : [];
  if (labels.length === 0) return;
  const { entries } = entryTables(tx);
  const own = and(eq(entries.allianceId, placed.alliance), eq(entries.visibility, SHARED));
  const rows = await tx
    .select({ feature: entries.feature, id: entries.subjectId })
    .from(entries)
    .where(and(own, inArray(entries.label, labels)));
  for (const made of rows) await keepOrigin(tx, { made, from }, at);
};

/** Rows of a table that are told whole; the shapes say what they hold. */
const typed = <T>(rows: readonly Columns[]): T[] => rows as unknown as T[];

const writeItems = async (tx: Tx, row: Row, placed: Placed): Promise<readonly string[]> => {
  const { items, papers, guests, recusals } = meetingTables(tx);
  const all = groupColumns('item', row.facts, placed).map((item, at): Columns => {
    const about = { allianceId: placed.alliance, committeeId: placed.committee, meetingId: row.id };
    return { ...item, ...about, id: idIn(row, placed, `item ${at + 1}`), position: at + 1 };
  });
  const ids = all.map(({ id }) => String(id));
  const onItem = (noun: 'paper' | 'guest' | 'recused'): readonly Columns[] =>
    groupColumns(noun, row.facts, placed).flatMap(({ item, ...one }) => {
      const itemId = ids[Number(item) - 1];
      return itemId === undefined ? [] : [{ ...one, itemId }];
    });
  const invited = onItem('guest').map((one, at) => ({ ...one, id: `${row.id}-${String(at + 1).padStart(4, '0')}` }));
  for (const one of typed<typeof items.$inferInsert>(all)) await tx.insert(items).values(one);
  for (const one of typed<typeof papers.$inferInsert>(onItem('paper'))) await tx.insert(papers).values(one);
  for (const one of typed<typeof guests.$inferInsert>(invited)) await tx.insert(guests).values(one);
  for (const one of typed<typeof recusals.$inferInsert>(onItem('recused'))) await tx.insert(recusals).values(one);
  for (const { id, led } of all) await keepLed(tx, itemSubject(String(id)), led, row.versions[0].by.at, placed);
  return ids;
};

/** As it is kept: without what is not told. */
const seatIn = (one: Columns): Columns => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));

/** A draft is agreed on its day, wherever it comes from. */
const setLock = async (tx: Tx, id: string, dueAt: number, { alliance }: Placed): Promise<void> => {
  const alarm = { feature: 'meetings', key: lockKey(id), allianceId: alliance, dueAt, until: null, leaseUntil: null };
  await tx.insert(wakeTables(tx).wakes).values(alarm).onConflictDoNothing();
};

const writeMinutes = async (tx: Tx, row: Row, placed: Placed, items: readonly string[]): Promise<void> => {
  const { attendance, minutes, readings, proposals, addenda } = meetingTables(tx);
  const own = { meetingId: row.id };
  const groups = (noun: 'answer' | 'fine' | 'change' | 'correction'): readonly Columns[] =>
    groupColumns(noun, row.facts, placed).map((one, at) => ({
      ...one,
      ...own,
      id: idIn(row, placed, `${noun} ${at}`),
    }));
  const changes = groups('change').map((one): Columns => ({ ...one, itemId: items[Number(one.item) - 1] ?? null }));
  for (const one of typed<typeof attendance.$inferInsert>(groups('answer')))
    await tx.insert(attendance).values(one).onConflictDoNothing();
  for (const one of typed<typeof readings.$inferInsert>(groups('fine')))
    await tx.insert(readings).values(one).onConflictDoNothing();
  for (const one of typed<typeof proposals.$inferInsert>(changes)) await tx.insert(proposals).values(one);
  for (const one of typed<typeof addenda.$inferInsert>(groups('correction'))) await tx.insert(addenda).values(one);
  const kept = columnsBy(minutesShape, row.facts, placed);
  if (!kept) return;
  const room = groupColumns('seat', row.facts, placed).map(seatIn);
  await tx.insert(minutes).values(typed<typeof minutes.$inferInsert>([{ ...kept, ...own, room }]));
  if (row.status === 'held') await setLock(tx, row.id, Number(kept.dueAt), placed);
};

const write = async (tx: Tx, row: Row, placed: Placed): Promise<readonly string[]> => {
  const { meetings } = meetingTables(tx);
  const { id, number, status, facts } = row;
  const meeting = columnsBy(meetingShape, facts, placed) ?? {};
  const seriesId = await writeSeries(tx, row, placed, meeting);
  const about = { allianceId: placed.alliance, committeeId: placed.committee, seriesId };
  for (const one of typed<typeof meetings.$inferInsert>([{ ...meeting, ...about, id, number, status }]))
    await tx.insert(meetings).values(one);
  await writeMinutes(tx, row, placed, await writeItems(tx, row, placed));
  await keepLed(tx, subjectOf(id), facts.led, row.versions[0].by.at, placed);
  return [];
};

export const restoreMeetings: Restoring = {
  kind: 'meeting',
  series: 'M',
  labelOf: labelFor,
  refuse: factFault,
  refers: ({ facts: { series } }) => (series === undefined ? [] : [series]),
  write,
};
