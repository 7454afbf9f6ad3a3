/*
 * What every column of every table of meetings does when somebody is forgotten, and when two people are one. A column
 * that is not told of here fails the test.
 */
import { and, eq, getTableColumns } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openFull } from '../../../test/house/copies.js';
import { closing, type House } from '../../../test/house/house.js';
import { idOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { working } from '../../../test/house/minutes.js';
import { eachEngine } from '../../../test/stores.js';
import type { PersonId } from '../../core/ids.js';
import { insertGuest, listGuests } from './guest-store.js';
import { meetings as feature } from './index.js';
import { meetingTables } from './tables.js';

/** What stays: an id, a state, a day or a zone, or words that are part of what all companies share. */
const STAYS = 'stays';
/** Taken when whoever the row is of is forgotten, in a meeting that is ahead. */
const GOES = 'goes';
/** Somebody's id: the row is the kept one's once two are one; else it tells under whose name it was done. */
const THEIRS = 'theirs';
const DONE = 'done under their name';
/** The same, and the whole row goes when they are forgotten. */
const WHOLE = 'theirs, and goes';

type Fate = typeof STAYS | typeof GOES | typeof THEIRS | typeof DONE | typeof WHOLE;

const all = (names: string, fate: Fate): Record<string, Fate> =>
  Object.fromEntries(names.split(' ').map((name) => [name, fate]));

/** Of each table, by its name here, every column that can hold an id or words. */
const fates: Readonly<Record<string, Readonly<Record<string, Fate>>>> = {
  series: {
    ...all('id allianceId committeeId startsAt zone place rule createdFor', STAYS),
    createdBy: DONE,
  },
  meetings: {
    ...all('id allianceId seriesId committeeId original zone place status reason itemId', STAYS),
    ...all('openedBy closedBy', DONE),
  },
  attendance: { ...all('meetingId partnerId answer', STAYS), personId: WHOLE },
  items: {
    ...all('id allianceId committeeId meetingId kind title question status', STAYS),
    ...all('proposedFor link aboutFeature aboutId carriedFrom note', STAYS),
    ...all('ownerId proposedBy', THEIRS),
  },
  papers: { ...all('itemId link', STAYS), personId: THEIRS },
  guests: { ...all('id itemId name invitedFor', STAYS), personId: THEIRS, invitedBy: DONE },
  recusals: { ...all('itemId partnerId', STAYS), personId: THEIRS, reason: GOES },
  plans: all('committeeId steps', STAYS),
  positions: { ...all('itemId partnerId stance', STAYS), personId: THEIRS, ...all('condition stepOn', GOES) },
  notes: { ...all('id meetingId partnerId text', STAYS), personId: WHOLE },
  snoozes: { ...all('meetingId untilOn', STAYS), personId: WHOLE },
  nudges: { ...all('meetingId on', STAYS), personId: WHOLE, by: DONE },
  minutes: all('meetingId room note', STAYS),
  readings: { ...all('meetingId partnerId', STAYS), personId: THEIRS },
  proposals: { ...all('id meetingId itemId text partnerId status reason', STAYS), personId: THEIRS, settledBy: DONE },
  addenda: { ...all('id meetingId text partnerId', STAYS), personId: DONE },
  documents: { ...all('id allianceId meetingId partnerId state place', STAYS), personId: WHOLE },
  calendarFiles: { ...all('id allianceId seriesId partnerId state place', STAYS), personId: WHOLE },
};

type Tables = ReturnType<typeof meetingTables>;
/** All tables are written alike here. */
type Table = Tables['snoozes'];
type Columns = Record<string, unknown>;

const tablesOf = (db: Parameters<typeof meetingTables>[0]): Readonly<Record<string, Table>> =>
  meetingTables(db) as unknown as Record<string, Table>;

/** True of those that can hold somebody's id or words. */
const texts = (table: Table): readonly string[] =>
  Object.entries(getTableColumns(table)).flatMap(([name, { dataType }]) =>
    dataType === 'string' || dataType === 'json' || dataType === 'custom' ? [name] : [],
  );

const PLAIN: Readonly<Columns> = { status: 'open', state: 'offered', room: [], steps: {}, rule: null };

/** A row in which something stands everywhere. */
const rowFor = (table: Table, fixed: Columns): Columns =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([name, { dataType }]) => [
      name,
      fixed[name] ??
        PLAIN[name] ??
        (String(dataType) === 'number' ? 9 : String(dataType) === 'boolean' ? true : `some ${name}`),
    ]),
  );

eachEngine('what meetings keep of somebody', (open) => {
  const opened = async () => {
    const house = closing(await openFull(await open()));
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    const fixed = {
      ...{ allianceId: house.alliance, committeeId: meeting.committee, meetingId: meeting.id, itemId: item.id },
      ...{ seriesId: meeting.series, partnerId: item.proposedFor, invitedFor: item.proposedFor },
    };
    return { house, fixed, bob: await idOf(house, 'Bob Brown') };
  };

  const insert = (house: House, name: string, row: Columns) =>
    house.store.write(async (tx) => {
      const table = tablesOf(tx)[name] as Table;
      await tx.insert(table).values(row as Table['$inferInsert']);
    });

  const rowsOf = async ({ store }: House, name: string, column: string, value: string): Promise<readonly Columns[]> => {
    const table = tablesOf(store.read)[name] as Table;
    return store.read
      .select()
      .from(table)
      .where(and(eq(table[column as 'personId'], value)));
  };

  const people = Object.entries(fates).flatMap(([name, columns]) =>
    Object.entries(columns).flatMap(([column, fate]) =>
      fate === STAYS || fate === GOES ? [] : [[name, column, fate] as const],
    ),
  );

  it('is told of every column', async () => {
    const tables = tablesOf((await open()).read);
    const told = Object.entries(fates).map(([name, columns]) => [name, Object.keys(columns).sort()]);
    expect(Object.entries(tables).map(([name, table]) => [name, [...texts(table)].sort()])).toEqual(told);
  });

  const clear = ({ store }: House, name: string, column: string, values: readonly string[]) =>
    store.write(async (tx) => {
      const table = tablesOf(tx)[name] as Table;
      for (const value of values) await tx.delete(table).where(eq(table[column as 'personId'], value));
    });

  it('is as it is told once they are forgotten', async () => {
    const { house, fixed, bob } = await opened();
    const how = { partner: { id: fixed.partnerId, name: 'Acme Bio' }, last: true, by: bob };
    for (const [name, column] of people) {
      const row = rowFor(tablesOf(house.store.read)[name] as Table, { ...fixed, [column]: bob, personId: bob });
      await insert(house, name, row);
      await working(house, async (work) => feature.erase?.(bob, work, how));
      const told = fates[name] ?? {};
      const gone = Object.keys(told).filter((key) => told[key] === GOES);
      const after = { ...row, ...Object.fromEntries(gone.map((key) => [key, null])) };
      const left = await rowsOf(house, name, column, bob);
      expect(left, `${name}.${column}`).toEqual(Object.values(told).includes(WHOLE) ? [] : [after]);
      await clear(house, name, column, [bob]);
    }
  });

  it('is as it is told once two are one', async () => {
    const { house, fixed, bob } = await opened();
    const gone = 'somebody' as PersonId;
    for (const [name, column, fate] of people) {
      await insert(house, name, rowFor(tablesOf(house.store.read)[name] as Table, { ...fixed, [column]: gone }));
      await house.store.write(async (tx) => feature.merged?.(bob, gone, tx));
      const [stay, moved] = [await rowsOf(house, name, column, gone), await rowsOf(house, name, column, bob)];
      expect([stay.length, moved.length], `${name}.${column}`).toEqual(fate === DONE ? [1, 0] : [0, 1]);
      await clear(house, name, column, [gone, bob]);
    }
  });

  it('is there once where both had said something', async () => {
    const { house, fixed, bob } = await opened();
    const gone = 'somebody' as PersonId;
    for (const name of ['attendance', 'recusals', 'positions', 'snoozes', 'nudges', 'readings', 'guests']) {
      const table = tablesOf(house.store.read)[name] as Table;
      for (const personId of [bob, gone])
        await insert(house, name, rowFor(table, { ...fixed, personId, id: `of ${personId}` }));
      await house.store.write(async (tx) => feature.merged?.(bob, gone, tx));
      expect(await rowsOf(house, name, 'personId', bob), name).toHaveLength(1);
      expect(await rowsOf(house, name, 'personId', gone), name).toEqual([]);
      await clear(house, name, 'personId', [bob]);
    }
  });

  it('moves whoever was there, or stood in, in minutes that are a draft', async () => {
    const { house, fixed, bob } = await opened();
    const tables = tablesOf(house.store.read);
    const held = rowFor(tables.meetings as Table, { ...fixed, id: 'held', original: 'x', status: 'held' });
    await insert(house, 'meetings', held);
    const one = { partner: fixed.partnerId, role: 'member', votes: true, here: true };
    const room = [
      { ...one, person: 'somebody' },
      { ...one, person: 'other', role: 'alternate', standsFor: 'somebody' },
    ];
    await insert(house, 'minutes', rowFor(tables.minutes as Table, { ...fixed, meetingId: 'held', room }));
    await house.store.write(async (tx) => feature.merged?.(bob, 'somebody' as PersonId, tx));
    const [{ room: after } = {}] = await rowsOf(house, 'minutes', 'meetingId', 'held');
    expect(after).toEqual([
      { ...one, person: bob },
      { ...one, person: 'other', role: 'alternate', standsFor: bob },
    ]);
  });

  it('takes the name of a guest that is theirs, and leaves those of others', async () => {
    const { house, fixed, bob } = await opened();
    const invite = (id: string, name: string) => {
      const about = { invitedBy: bob, invitedFor: fixed.partnerId };
      return house.store.write((tx) => insertGuest(tx, { id, name, item: fixed.itemId, ...about }));
    };
    await invite('1', 'Bob Brown');
    await invite('2', 'bob brown, Acme Bio');
    await invite('3', 'Bob Browning, Acme Bio');
    const how = { partner: { id: fixed.partnerId, name: 'Acme Bio' }, last: true, by: bob };
    const touched = await working(house, async (work) => feature.erase?.(bob, work, how));
    const guests = (await listGuests(house.store.read, [fixed.itemId])).get(fixed.itemId) ?? [];
    expect(guests.map(({ name, person }) => name ?? person)).toEqual([bob, bob, 'Bob Browning, Acme Bio']);
    expect(touched).toContainEqual({ feature: 'meetings', id: fixed.meetingId });
  });
});
