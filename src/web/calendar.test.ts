import { eq } from 'drizzle-orm';
import ical, { type VEvent } from 'node-ical';
import { afterEach, expect, it } from 'vitest';
import { closing, type House, openHouse, type Who } from '../../test/house/house.js';
import { idOf, planAgain, planItem, planMeeting } from '../../test/house/meetings.js';
import { eachEngine } from '../../test/stores.js';
import { readFeed } from '../core/calendar/feed.js';
import { momentOf } from '../core/days.js';
import { directoryTables } from '../core/directory/tables.js';
import type { View } from '../core/view.js';
import { features } from '../features/index.js';
import { meetingTables } from '../features/meetings/tables.js';
import { permissions } from '../features/permissions.js';
import { createLog } from '../log.js';
import { CALENDAR_ROUTE, tellCalendar } from './calendar.js';
import { createMetrics } from './metrics.js';
import { createWeb, type Served } from './server.js';

const running: Served[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close(0)));
});

const publicUrl = 'https://entente.example.com';

/** The pages of a house, and everything that they write into the log. */
const serve = async (house: House, derive: (purpose: string) => Uint8Array) => {
  const lines: string[] = [];
  const log = createLog('trace', { to: { write: (line) => void lines.push(line) } });
  const metrics = createMetrics({ cardsHealth: () => house.health(), log });
  const web = createWeb({ log, metrics, ready: async () => [] });
  const now = () => house.clock.at;
  const { store } = house;
  const parts = { store, features: house.parts.features, now, derive, publicUrl };
  web.app.get(CALENDAR_ROUTE, tellCalendar({ read: (address) => readFeed(parts, address), now }));
  const served = await web.listen('127.0.0.1', 0);
  running.push(served);
  const at = (address: string) => address.replace(publicUrl, `http://127.0.0.1:${served.port}`);
  return { get: (address: string, headers = {}) => fetch(at(address), { headers }), lines, metrics };
};

const addressIn = (view: View): string => {
  const text = view.kind === 'notice' ? [view.text].flat().join('') : '';
  const [address] = /https:\S+\.ics/.exec(text) ?? [];
  if (address === undefined) throw new Error(`no address in ${JSON.stringify(view)}`);
  return address;
};

const eventsIn = (text: string): readonly VEvent[] =>
  Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');

eachEngine('a calendar’s address', (openStore) => {
  const open = async () => {
    const house = closing(await openHouse(await openStore(), { features, permissions, publicUrl }));
    const { get, lines, metrics } = await serve(house, house.derive);
    const address = async (who: Who) =>
      addressIn((await house.say(who, 'calendar', { direct: true, conversation: 'D1' })).view);
    const press = (who: Who, interaction: 'calendar.renew-address' | 'calendar.stop-address') =>
      house.press(who, { interaction }, { direct: true, conversation: 'D1' });
    return { house, get, lines, metrics, address, press };
  };

  it('gives the meetings of one’s committees, moved and cancelled ones included, to another parser', async () => {
    const { house, get, address } = await open();
    const rule = 'FREQ=MONTHLY;BYDAY=2FR';
    const first = await planMeeting(house, { rule, place: 'https://meet.example.com/jsc' });
    await planItem(house, first, { title: 'The budget, all; of it' });
    const moved = {
      original: '2027-01-08T14:00',
      startsAt: momentOf('2027-01-12T15:30', 'Europe/Zurich'),
      sequence: 1,
    };
    await planAgain(house, first, moved);
    await planAgain(house, first, { original: '2027-02-12T14:00', status: 'cancelled', sequence: 1 });
    const answer = await get(await address('jun'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('private');
    const text = await answer.text();
    const [event, ...more] = eventsIn(text);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ uid: `${first.series}@entente`, summary: 'JSC · Acme and Nova' });
    const from = new Date(Date.UTC(2026, 11, 1));
    const to = new Date(Date.UTC(2027, 5, 1));
    const starts = event && ical.expandRecurringEvent(event, { from, to }).map(({ start }) => start.getTime());
    const days = ['2026-12-11T14:00', '2027-01-12T15:30', '2027-03-12T14:00', '2027-04-09T14:00', '2027-05-14T14:00'];
    expect(starts).toEqual(days.map((time) => momentOf(time, 'Europe/Zurich')));
    const descriptions = Object.values(event?.recurrences ?? {}).map(({ description }) => String(description));
    expect(descriptions.join('\n')).toContain('1. For decision: The budget, all; of it (20 min)');
    expect(descriptions.join('\n')).toContain(`${publicUrl}/r/${house.alliance}/M-1`);
    for (const name of ['Ana', 'Ben', 'Jun', 'Bob', 'Mei']) expect(text).not.toContain(name);
  });

  it('gives a guest of one item that meeting alone, with that item', async () => {
    const { house, get, address } = await open();
    const first = await planMeeting(house, { rule: 'FREQ=MONTHLY;BYDAY=2FR' });
    const item = await planItem(house, first, { title: 'The budget' });
    await planItem(house, first, { title: 'Not for guests' });
    await planAgain(house, first, { original: '2027-01-08T14:00' });
    const jun = await idOf(house, 'Jun Mori');
    const { guests } = meetingTables(house.store.read);
    const { seats } = directoryTables(house.store.read);
    await house.store.write(async (tx) => {
      await tx.delete(seats).where(eq(seats.personId, jun));
      const invited = { invitedBy: item.owner, invitedFor: item.proposedFor };
      await tx.insert(guests).values({ id: 'guest', itemId: item.id, personId: jun, name: null, ...invited });
    });
    const events = eventsIn(await (await get(await address('jun'))).text());
    expect(events.map(({ uid }) => uid)).toEqual([`${first.id}@entente`]);
    expect(events[0]?.start).toEqual(new Date(first.startsAt));
    expect(events[0]?.description).toContain('The budget');
    expect(events[0]?.description).not.toContain('Not for guests');
  });

  it('is one person’s: another key, another’s key and a made-up one find nothing, all alike', async () => {
    const { get, address } = await open();
    const [ana, bob] = [await address('ana'), await address('bob')];
    const partsOf = (one: string) => one.split('/').slice(-2);
    const [anaId, anaKey = ''] = partsOf(ana);
    const [, bobKey] = partsOf(bob);
    const wrong = `${anaKey.startsWith('A') ? 'B' : 'A'}${anaKey.slice(1)}`;
    const none = [
      `${publicUrl}/calendar/${anaId}/${bobKey}`,
      `${publicUrl}/calendar/${anaId}/${wrong}`,
      `${publicUrl}/calendar/${anaId}/${anaKey.slice(1)}`,
      `${publicUrl}/calendar/${anaId}/${anaKey.replace('.ics', '')}`,
      `${publicUrl}/calendar/00000000-0000-0000-0000-000000000000/${anaKey}`,
      `${publicUrl}/calendar/x/y`,
    ];
    const answers = await Promise.all(none.map((one) => get(one)));
    const told = await Promise.all(answers.map(async (one) => [one.status, await one.text()]));
    expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify([404, 'There is no such calendar.\n'])]),
    );
    expect((await get(ana)).status).toBe(200);
    expect(await address('ana')).toBe(ana);
  });

  it('ends with a new one, and with Stop', async () => {
    const { get, address, press } = await open();
    const first = await address('ben');
    const second = addressIn((await press('ben', 'calendar.renew-address')).view);
    expect([(await get(first)).status, (await get(second)).status]).toEqual([404, 200]);
    await press('ben', 'calendar.stop-address');
    expect((await get(second)).status).toBe(404);
    const third = await address('ben');
    expect([first, second]).not.toContain(third);
    expect([(await get(second)).status, (await get(third)).status]).toEqual([404, 200]);
  });

  it('finds nothing any more for somebody who has left the alliance', async () => {
    const { house, get, address } = await open();
    const one = await address('bob');
    const { members } = directoryTables(house.store.read);
    const bob = await idOf(house, 'Bob Brown');
    await house.store.write(async (tx) => {
      await tx.delete(members).where(eq(members.personId, bob));
    });
    expect((await get(one)).status).toBe(404);
  });

  it('answers that nothing has changed, until something has', async () => {
    const { house, get, address } = await open();
    await planMeeting(house);
    const one = await address('mei');
    const tag = (await get(one)).headers.get('etag') ?? '';
    const again = await get(one, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await planMeeting(house, { at: '2026-12-18T10:00' });
    const fresh = await get(one, { 'if-none-match': tag });
    expect(fresh.status).toBe(200);
    expect(fresh.headers.get('etag')).not.toBe(tag);
  });

  it('stands in no line of the log, and in no label of the metrics', async () => {
    const { get, address, lines, metrics } = await open();
    const one = await address('ana');
    const [id = '', file = ''] = one.split('/').slice(-2);
    await get(one);
    await get(`${one}x`);
    await get(`${one}/more`);
    await expect.poll(() => lines.length).toBe(3);
    const told = `${lines.join('\n')}\n${await metrics.render()}`;
    expect(told).toContain(CALENDAR_ROUTE);
    expect(told).not.toContain(file.replace('.ics', ''));
    expect(told).not.toContain(id);
  });

  it('is read no more than so often in a minute', async () => {
    const { house, get, address } = await open();
    const one = await address('ana');
    for (let times = 0; times < 30; times += 1) expect((await get(one)).status).toBe(200);
    const much = await get(one);
    expect([much.status, much.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await get(await address('bob'))).status).toBe(200);
    house.clock.at += 60_000;
    expect((await get(one)).status).toBe(200);
  });
});
