/* Everything that all companies may see of some meetings, as facts: for copies, page by page. */
import { asc, inArray, min } from 'drizzle-orm';
import type { Db } from '../../core/db/store.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { listEntries } from '../../core/entries/entries.js';
import { groupedBy } from '../../core/grouped.js';
import type { AllianceId } from '../../core/ids.js';
import { listMade } from '../../core/origins.js';
import { SHARED } from '../../core/visibility.js';
import { type Facts, labelFor, meetingShape, minutesShape } from './copied-rules.js';
import { type Columns, factsBy, groupFacts } from './fact-store.js';
import { meetingTables } from './tables.js';

type Tables = ReturnType<typeof meetingTables>;
export type MeetingRow = Tables['meetings']['$inferSelect'];
export type SeriesRow = Tables['series']['$inferSelect'];
type ItemRow = Tables['items']['$inferSelect'];

/** Of a series, its first meeting: what stands for it where ids mean nothing. */
const listSeriesOf = async (db: Db, rows: readonly MeetingRow[]) => {
  const { series, meetings } = meetingTables(db);
  const ids = [...new Set(rows.map(({ seriesId }) => seriesId))];
  const all = await db.select().from(series).where(inArray(series.id, ids));
  const first = await db
    .select({ id: meetings.seriesId, number: min(meetings.number) })
    .from(meetings)
    .where(inArray(meetings.seriesId, ids))
    .groupBy(meetings.seriesId);
  return {
    series: new Map(all.map((one) => [one.id, one])),
    first: new Map(first.map(({ id, number }) => [id, Number(number)])),
  };
};

/** The labels of what was made from meetings and items, by their subjects' ids; only what all companies share. */
const listLed = async (db: Db, alliance: AllianceId, froms: readonly string[]) => {
  const made = await listMade(db, 'meetings', froms);
  const audience = await sharedAudience(db, alliance);
  const labels = new Map<string, string>();
  for (const [feature, all] of groupedBy(made, (one) => one.made.feature)) {
    const ids = all.map((one) => one.made.id);
    for (const { subject, label, visibility } of await listEntries(db, feature, ids, audience))
      if (visibility === SHARED) labels.set(`${feature} ${subject.id}`, label);
  }
  const led = new Map<string, string[]>();
  for (const { made: to, from } of made) {
    const label = labels.get(`${to.feature} ${to.id}`);
    if (label !== undefined) led.set(from.id, [...(led.get(from.id) ?? []), label]);
  }
  return (id: string): string | null => led.get(id)?.sort().join(' ') ?? null;
};

const onItems = async (db: Db, items: readonly ItemRow[]) => {
  const ids = items.map(({ id }) => id);
  if (ids.length === 0) return { papers: [], guests: [], recusals: [] };
  const { papers, guests, recusals } = meetingTables(db);
  return {
    papers: await db.select().from(papers).where(inArray(papers.itemId, ids)).orderBy(asc(papers.version)),
    guests: await db.select().from(guests).where(inArray(guests.itemId, ids)).orderBy(asc(guests.id)),
    recusals: await db.select().from(recusals).where(inArray(recusals.itemId, ids)).orderBy(asc(recusals.at)),
  };
};

const onMeetings = async (db: Db, ids: readonly string[]) => {
  const { items, attendance, minutes, readings, proposals, addenda } = meetingTables(db);
  const of = [...ids];
  return {
    items: await db
      .select()
      .from(items)
      .where(inArray(items.meetingId, of))
      .orderBy(asc(items.position), asc(items.id)),
    attendance: await db.select().from(attendance).where(inArray(attendance.meetingId, of)),
    minutes: await db.select().from(minutes).where(inArray(minutes.meetingId, of)),
    readings: await db.select().from(readings).where(inArray(readings.meetingId, of)).orderBy(asc(readings.at)),
    proposals: await db.select().from(proposals).where(inArray(proposals.meetingId, of)).orderBy(asc(proposals.at)),
    addenda: await db.select().from(addenda).where(inArray(addenda.meetingId, of)).orderBy(asc(addenda.at)),
  };
};

export interface Whole {
  readonly row: MeetingRow;
  readonly series: SeriesRow;
  readonly facts: Facts;
}

/** In the order of names, which is the same wherever a copy is taken back; `nameOf` gives it. */
export type NameOf = (person: string) => string;

interface Signed {
  readonly personId: string;
}

const byName = <T extends Signed>(rows: readonly T[], nameOf: NameOf): readonly T[] =>
  [...rows].sort((a, b) => (nameOf(a.personId) < nameOf(b.personId) ? -1 : 1));

/** The oldest first. */
const byTime = <T extends Signed & { readonly at: number }>(rows: readonly T[], nameOf: NameOf): readonly T[] =>
  [...byName(rows, nameOf)].sort((a, b) => a.at - b.at);

const seriesFacts = (row: MeetingRow, series: SeriesRow, first: number): Facts => ({
  series: labelFor(first),
  seriesFrom: series.startsAt,
  ...(series.rule !== null && { repeats: series.rule }),
  ...(series.endedAt !== null && { seriesEndedAt: new Date(series.endedAt).toISOString() }),
  ...factsBy(meetingShape, { ...row }),
});

const rowsOf = (rows: readonly object[]): readonly Columns[] => rows.map((row) => ({ ...row }));

interface Children extends Awaited<ReturnType<typeof onMeetings>>, Awaited<ReturnType<typeof onItems>> {
  readonly led: (id: string) => string | null;
  readonly nameOf: NameOf;
}

const childFacts = (id: string, all: Children): Facts => {
  const { led, nameOf } = all;
  const own = <T extends { readonly meetingId: string }>(rows: readonly T[]): readonly T[] =>
    rows.filter(({ meetingId }) => meetingId === id);
  const items = own(all.items);
  const number = new Map(items.map((item, at) => [item.id, at + 1]));
  const onOwn = <T extends { readonly itemId: string }>(
    rows: readonly T[],
  ): readonly (T & { readonly item: number })[] =>
    rows.flatMap((row) => {
      const item = number.get(row.itemId);
      return item === undefined ? [] : [{ ...row, item }];
    });
  const proposals = byTime(own(all.proposals), nameOf).map((row) => ({ ...row, item: number.get(row.itemId ?? '') }));
  const papers = [...onOwn(all.papers)].sort((a, b) => a.item - b.item || a.version - b.version);
  const [kept] = own(all.minutes);
  const came = led(id);
  return {
    ...(came !== null && { led: came }),
    ...groupFacts(
      'item',
      items.map((item): Columns => ({ ...item, led: led(`item:${item.id}`) })),
    ),
    ...groupFacts('paper', rowsOf(papers)),
    ...groupFacts('guest', rowsOf(onOwn(all.guests))),
    ...groupFacts('recused', rowsOf(byTime(onOwn(all.recusals), nameOf))),
    ...groupFacts('answer', rowsOf(byName(own(all.attendance), nameOf))),
    ...(kept && factsBy(minutesShape, { ...kept })),
    ...groupFacts('seat', (kept?.room ?? []) as readonly Columns[]),
    ...groupFacts('fine', rowsOf(byTime(own(all.readings), nameOf))),
    ...groupFacts('change', rowsOf(proposals)),
    ...groupFacts('correction', rowsOf(byTime(own(all.addenda), nameOf))),
  };
};

/** Gives whom they name first, so that names can be looked up, and then the facts. */
export const readWhole = async (db: Db, alliance: AllianceId, rows: readonly MeetingRow[]) => {
  const ids = rows.map(({ id }) => id);
  const { series, first } = await listSeriesOf(db, rows);
  const of = await onMeetings(db, ids);
  const more = await onItems(db, of.items);
  const led = await listLed(db, alliance, [...ids, ...of.items.map(({ id }) => `item:${id}`)]);
  return (nameOf: NameOf): readonly Whole[] =>
    rows.flatMap((row) => {
      const own = series.get(row.seriesId);
      if (!own) return [];
      const facts = { ...seriesFacts(row, own, first.get(own.id) ?? row.number) };
      return [{ row, series: own, facts: { ...facts, ...childFacts(row.id, { ...of, ...more, led, nameOf }) } }];
    });
};
