import { expect, it } from 'vitest';
import { answered, arm, at, cardsIn, changed, flat, personOf, toldTo, wake } from '../../../test/house/countdown.js';
import { allianceWithLanes, closing, type House, lanes, openHouse } from '../../../test/house/house.js';
import { planItem, planMeeting, workOf } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { replaceAbsences, saveHolidays } from '../../core/directory/absences.js';
import { directoryOf } from '../../core/directory/reads.js';
import { listHistory } from '../../core/history.js';
import type { Day, PartnerId } from '../../core/ids.js';
import { cardTables } from '../../core/tables.js';
import { wakeTables } from '../../core/wake-tables.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { disarmMeeting } from './countdown-store.js';
import { saveMeeting } from './store.js';
import { subjectOf } from './views.js';

const verbsOf = async (house: House, id: string) =>
  (await listHistory(house.store.read, house.alliance, subjectOf(id))).map(({ verb }) => verb);

const keysOf = async (house: House) => {
  const { wakes } = wakeTables(house.store.read);
  const rows = await house.store.read.select().from(wakes);
  return rows
    .filter(({ feature }) => feature === 'meetings')
    .map(({ key }) => key.split(':')[0])
    .sort();
};

const out = async (house: House, who: 'ana' | 'bob' | 'jun', fromOn: Day, untilOn: Day) => {
  const person = await personOf(house, who);
  await house.store.write((tx) =>
    replaceAbsences(tx, house.alliance, person, { before: [], after: [{ fromOn, untilOn }] }),
  );
};

const preparation = (house: House, platform: 'slack' | 'teams' = 'slack'): string => {
  const [view, ...others] = cardsIn(house, platform);
  if (view?.kind !== 'record' || others.length > 0) throw new Error('there is not just one card');
  return flat({ kind: 'notice', text: view.facts.find(({ label }) => label === 'Preparation')?.text ?? '' });
};

eachEngine('the countdown', (open, engine) => {
  const opened = async (alliance?: string) =>
    closing(await openHouse(await open(), { features, permissions, ...(alliance && { alliance }) }));

  /** Friday 22 January 2027, 14:00: two months away. */
  const far = (house: House) => planMeeting(house, { at: '2027-01-22T14:00' });

  it('is one card in each company’s channel, which says at each step where it is', async () => {
    const house = await opened();
    const meeting = await arm(house, await far(house));
    await planItem(house, meeting);
    await at(house, '2026-12-31T23:00Z');
    expect(cardsIn(house, 'slack')).toEqual([]);
    await at(house, '2027-01-01T08:00Z');
    expect(preparation(house)).toBe('Call for topics until  | 2027-01-12');
    await at(house, '2027-01-12T08:00Z');
    expect(preparation(house)).toBe('Papers and questions due  | 2027-01-12 | , positions due  | 2027-01-15');
    await at(house, '2027-01-15T08:00Z');
    expect(preparation(house)).toBe('Each company prepares by itself until  | 2027-01-21');
    await at(house, '2027-01-21T08:00Z');
    expect(preparation(house)).toBe('Final brief: 1 for decision, 20 of 90 minutes');
    expect(preparation(house, 'teams')).toBe(preparation(house));
    expect(await verbsOf(house, meeting.id)).toEqual([
      'scheduled',
      'preparation-begun',
      'papers-due',
      'positions-asked',
      'companies-prepare',
      'briefed',
    ]);
  });

  it('begins with one card where a meeting is planned late, and with what is still of use', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house, { at: '2026-11-24T14:00' }));
    await at(house, house.clock.at);
    expect(cardsIn(house, 'slack')).toHaveLength(1);
    expect(cardsIn(house, 'teams')).toHaveLength(1);
    expect(await verbsOf(house, meeting.id)).toEqual(['scheduled', 'papers-due', 'positions-asked', 'briefed']);
    expect(await keysOf(house)).toEqual(['end', 'hour']);
  });

  it('waits for the next working day where it is late', async () => {
    const house = await opened();
    house.clock.at = Date.parse('2026-11-28T10:00Z');
    await arm(house, await planMeeting(house, { at: '2026-12-02T14:00' }));
    await at(house, '2026-11-29T10:00Z');
    expect(cardsIn(house, 'slack')).toEqual([]);
    await at(house, '2026-11-30T08:00Z');
    expect(cardsIn(house, 'slack')).toHaveLength(1);
  });

  it('does not begin on a holiday of either company, also one that was told since', async () => {
    const house = await opened();
    await arm(house, await far(house));
    const nova = await directoryOf(house.store.read, 0).partnerOf(house.alliance, await personOf(house, 'ben'));
    await house.store.write((tx) => saveHolidays(tx, nova?.id as PartnerId, new Map([['2027-01-01', 'New Year']])));
    await at(house, '2027-01-01T08:00Z');
    expect(cardsIn(house, 'slack')).toEqual([]);
    await at(house, '2027-01-04T08:00Z');
    expect(cardsIn(house, 'slack')).toHaveLength(1);
  });

  it('goes to each company’s own lane, and where there is none to its alliance professional', async () => {
    const house = await opened(allianceWithLanes.replace(/ +- \{ teams: [^\n]*internal: true \} \}\n/, ''));
    await arm(house, await far(house));
    await wake(house, '2027-01-15T08:00Z');
    const { cards } = cardTables(house.store.read);
    const rows = await house.store.read.select().from(cards);
    const internal = rows.filter(({ subjectId }) => subjectId.startsWith('internal:'));
    expect(internal.map(({ laneId }) => laneId.split('/').at(-1)).sort()).toEqual([
      lanes.slack,
      'aaaaaaaa-0000-0000-0000-000000000001',
    ]);
    for (const { subjectId, partnerId } of internal) expect(subjectId).toContain(`internal:${partnerId}:`);
  });

  it('reminds those who come or have not answered just before, once, and nobody else', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house, { place: 'https://meet.example/jsc' }));
    await planItem(house, meeting);
    await answered(house, meeting, 'Ana Ruiz', 'coming');
    await answered(house, meeting, 'Ben Ito', 'not-coming');
    await out(house, 'jun', '2026-12-11', '2026-12-11');
    await at(house, '2026-12-11T11:59Z');
    expect(toldTo(house, 'ana')).toEqual([]);
    await at(house, '2026-12-11T12:00Z');
    await at(house, '2026-12-11T12:05Z');
    expect([toldTo(house, 'ana'), toldTo(house, 'bob'), toldTo(house, 'mei')].map((all) => all.length)).toEqual([
      1, 1, 1,
    ]);
    expect([toldTo(house, 'ben'), toldTo(house, 'jun')]).toEqual([[], []]);
    const [said] = toldTo(house, 'ana');
    expect(flat(said)).toContain('https://meet.example/jsc');
    expect(flat(said)).toContain('The revised protocol');
  });

  it('tells those who were reminded that the meeting was moved or cancelled, and reminds again', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house));
    await at(house, '2026-12-11T12:00Z');
    const moved = await changed(house, meeting, { startsAt: meeting.startsAt + 3 * 3_600_000 });
    await at(house, '2026-12-11T12:10Z');
    expect(toldTo(house, 'ana').map(flat)).toEqual([expect.stringContaining('M-1 is  | 2026-12-11T16:00')]);
    await at(house, '2026-12-11T15:00Z');
    expect(toldTo(house, 'ana')).toHaveLength(2);
    await changed(house, moved, { status: 'cancelled' });
    await at(house, '2026-12-11T15:01Z');
    expect(flat(toldTo(house, 'ana')[1])).toContain('M-1 is cancelled.');
    expect(await keysOf(house)).toEqual([]);
  });

  it('is not repeated by a move to a nearer date, and comes again for one far away', async () => {
    const house = await opened();
    const meeting = await arm(house, await far(house));
    await at(house, '2027-01-01T08:00Z');
    await at(house, '2027-01-12T08:00Z');
    const day = 86_400_000;
    const nearer = await changed(house, meeting, { startsAt: meeting.startsAt - 3 * day });
    await at(house, '2027-01-12T09:00Z');
    const before = ['scheduled', 'preparation-begun', 'papers-due', 'positions-asked'];
    expect(await verbsOf(house, meeting.id)).toEqual(before);
    await changed(house, nearer, { startsAt: meeting.startsAt + 28 * day });
    await at(house, '2027-01-28T08:00Z');
    expect(await verbsOf(house, meeting.id)).toEqual(before);
    expect(preparation(house)).toContain('Papers and questions due  | 2027-01-12');
    await at(house, '2027-01-29T08:00Z');
    expect(await verbsOf(house, meeting.id)).toEqual([...before, 'preparation-begun']);
    expect(preparation(house)).toBe('Call for topics until  | 2027-02-09');
  });

  it('rings for nothing when a meeting was cancelled, or moved by somebody who set no alarm', async () => {
    const house = await opened();
    const meeting = await arm(house, await far(house));
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, startsAt: meeting.startsAt + 7 * 86_400_000 }));
    await at(house, '2027-01-01T08:00Z');
    expect(cardsIn(house, 'slack')).toEqual([]);
    await at(house, '2027-01-08T08:00Z');
    expect(cardsIn(house, 'slack')).toHaveLength(1);
    await house.store.write((tx) => disarmMeeting(meeting, workOf(house, tx)), { scope: house.alliance });
    expect(await keysOf(house)).toEqual([]);
  });

  it('comes once although two replicas look at once', async () => {
    const url = await engine.freshUrl();
    const house = closing(await openHouse(await open(url), { features, permissions }));
    const store = engine.dialect === 'postgres' ? await open(url) : house.store;
    const other = closing(await openHouse(store, { features, permissions, beside: house }));
    const meeting = await arm(house, await far(house));
    for (const when of [
      '2027-01-01T08:00Z',
      '2027-01-12T08:00Z',
      '2027-01-15T08:00Z',
      '2027-01-21T08:00Z',
      '2027-01-22T12:00Z',
    ]) {
      await Promise.all([wake(house, when), wake(other, when)]);
      await Promise.all([wake(house, when), wake(other, when)]);
      await house.settle();
    }
    expect(cardsIn(house, 'slack')).toHaveLength(1);
    expect(cardsIn(house, 'teams')).toHaveLength(1);
    expect(toldTo(house, 'bob')).toHaveLength(1);
    const verbs = await verbsOf(house, meeting.id);
    expect(verbs).toEqual([...new Set(verbs)]);
  });
});
