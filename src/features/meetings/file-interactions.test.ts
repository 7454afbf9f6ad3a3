import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import ical, { type VEvent } from 'node-ical';
import { expect, it } from 'vitest';
import { closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { planDaily } from '../../core/daily/plan.js';
import { momentOf } from '../../core/days.js';
import type { Answer } from '../../core/platform.js';
import type { FileView, ListView, Subject } from '../../core/view.js';
import { runDueWakes } from '../../core/wakes.js';
import { createWork } from '../../core/work.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { renewFiles } from './file-store.js';
import type { Meeting } from './rules.js';
import { saveMeeting } from './store.js';
import { seriesSubject, subjectOf } from './views.js';

const direct = { direct: true, conversation: 'D1' } as const;

const textOf = ({ view }: Answer): string => (view.kind === 'notice' ? [view.text].flat().join('') : view.kind);

const filesTo = (house: House, who: Who): readonly FileView[] => {
  const { platform, user } = people[who];
  return house[platform].sent
    .filter(({ conversation, view }) => conversation === user && view.kind === 'file')
    .map(({ view }) => view as FileView);
};

const readFile = async ({ file }: FileView): Promise<{ readonly text: string; readonly event?: VEvent }> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.bytes(undefined as never)) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  const event = Object.values(ical.sync.parseICS(text)).find((one): one is VEvent => one?.type === 'VEVENT');
  return { text, ...(event && { event }) };
};

/** As whoever moves or cancels a meeting does. */
const change = (house: House, meeting: Meeting): Promise<void> =>
  house.store.write(
    async (tx) => {
      const { derive, alliance, parts, clock } = house;
      const own = { tx, derive, alliance, newId: randomUUID, now: clock.at, feature: 'meetings' };
      await saveMeeting(tx, meeting);
      await renewFiles(meeting.series, createWork({ ...own, features: parts.features }));
    },
    { scope: house.alliance },
  );

/** What somebody's daily messages list by now, each title once. */
const toldTo = async (house: House, who: Who, when: string): Promise<readonly string[]> => {
  house.clock.at = Date.parse(when);
  await runDueWakes({ ...house.parts, derive: house.derive, nudge: house.reconciler.nudge });
  await house.settle();
  const { platform, user } = people[who];
  const posts = house[platform].sent.filter(({ how, conversation }) => how === 'post' && conversation === user);
  const standing = house[platform].standing();
  const lists = posts.flatMap(({ message }) => (standing.get(message)?.kind === 'list' ? standing.get(message) : []));
  return lists.flatMap((view) => (view as ListView).items.map(({ title }) => title));
};

eachEngine('a meeting in one’s own calendar', (openStore) => {
  const open = async (publicUrl = 'https://entente.example.com'): Promise<House> =>
    closing(await openHouse(await openStore(), { features, permissions, ...(publicUrl && { publicUrl }) }));
  const press = (house: House, who: Who, verb: string, subject: Subject, values = {}) =>
    house.press(who, { interaction: `meetings.${verb}`, subject, values }, direct);
  const take = async (house: House, who: Who, meeting: Meeting): Promise<void> => {
    expect((await press(house, who, 'invite-file', subjectOf(meeting.id))).outcome).toBe('done');
    await house.settle();
  };

  it('comes by address, or as a file for those who would rather have one', async () => {
    const house = await open();
    const meeting = await planMeeting(house, { createdAt: house.clock.at });
    const answer = await press(house, 'jun', 'invite', subjectOf(meeting.id));
    expect(answer.view).toMatchObject({
      secret: true,
      buttons: [{ id: 'meetings.invite-file', label: 'Send me the file', subject: seriesSubject(meeting.series) }],
    });
    expect(textOf(answer)).toMatch(/https:\/\/entente\.example\.com\/calendar\/\S+\.ics/);
    expect(textOf(await press(house, 'jun', 'invite', seriesSubject(meeting.series)))).toBe(textOf(answer));
  });

  it('comes as a file only where calendars cannot reach Entente', async () => {
    const house = await open('');
    const meeting = await planMeeting(house, { createdAt: house.clock.at });
    const answer = await press(house, 'ana', 'invite', subjectOf(meeting.id));
    expect(textOf(answer)).toContain('PUBLIC_URL');
    expect(answer.view).not.toHaveProperty('secret');
    await take(house, 'ana', meeting);
    expect(filesTo(house, 'ana')).toHaveLength(1);
  });

  it('is a file that another parser reads, sent to whoever asked and to nobody else', async () => {
    const house = await open();
    const meeting = await planMeeting(house, { place: 'Room 1', createdAt: house.clock.at });
    await take(house, 'ana', meeting);
    expect([filesTo(house, 'ben'), filesTo(house, 'bob')]).toEqual([[], []]);
    const [view] = filesTo(house, 'ana');
    expect(view?.file).toMatchObject({ name: 'jsc-meetings.ics', type: 'text/calendar' });
    const { event, text } = await readFile(view as FileView);
    expect(event).toMatchObject({
      uid: `${meeting.series}@entente`,
      summary: 'JSC · Acme and Nova',
      location: 'Room 1',
    });
    expect(event?.start).toEqual(new Date(meeting.startsAt));
    expect(text).toContain('\r\nMETHOD:PUBLISH\r\n');
    expect((await press(house, 'ana', 'invite-file', subjectOf(meeting.id))).outcome).toBe('refused');
  });

  it('gives whoever has the file a new one when the meeting is moved, and one that cancels it', async () => {
    const house = await open();
    const meeting = await planMeeting(house, { createdAt: house.clock.at });
    await take(house, 'ana', meeting);
    await take(house, 'ben', meeting);
    const moved = { ...meeting, startsAt: momentOf('2026-12-17T10:00', meeting.zone), sequence: 1 };
    house.clock.at += 60_000;
    await change(house, moved);
    await change(house, moved);
    await house.settle();
    expect([filesTo(house, 'ana').length, filesTo(house, 'ben').length, filesTo(house, 'jun').length]).toEqual([
      2, 2, 0,
    ]);
    const second = await readFile(filesTo(house, 'ana')[1] as FileView);
    expect(second.event?.start).toEqual(new Date(moved.startsAt));
    expect(second.text).toContain('\r\nSEQUENCE:1\r\n');
    house.clock.at += 60_000;
    await change(house, { ...moved, status: 'cancelled', sequence: 2, changedAt: house.clock.at });
    await house.settle();
    const third = await readFile(filesTo(house, 'ana')[2] as FileView);
    expect(third.event).toMatchObject({ uid: `${meeting.series}@entente`, status: 'CANCELLED' });
    expect(third.text).toContain('\r\nMETHOD:CANCEL\r\n');
  });

  it('is put where the platform says once accepted, and sent no more to whoever declined', async () => {
    const house = await open();
    const meeting = await planMeeting(house, { createdAt: house.clock.at });
    await take(house, 'ben', meeting);
    await take(house, 'jun', meeting);
    const subject = filesTo(house, 'ben')[0]?.subject as Subject;
    const values = { place: 'over there' };
    expect(textOf(await press(house, 'jun', 'take-file', subject, values))).toContain('not made for you');
    expect(textOf(await press(house, 'ana', 'take-file', subject, values))).toContain('not made for you');
    await press(house, 'ben', 'take-file', subject, values);
    await press(house, 'jun', 'leave-file', filesTo(house, 'jun')[0]?.subject as Subject);
    await house.settle();
    expect(filesTo(house, 'ben').at(-1)?.file.place).toBe('over there');
    expect(JSON.stringify(house.teams.sent.map(({ view }) => view))).toContain('You declined this file');
    await change(house, { ...meeting, sequence: 1, status: 'cancelled' });
    await house.settle();
    expect(filesTo(house, 'jun')).toHaveLength(1);
    expect(filesTo(house, 'ben').at(-1)?.text).toContain('are cancelled');
    house.clock.at += 2 * 60 * 60_000;
    await runDueWakes({ ...house.parts, derive: house.derive, nudge: () => {} });
    const kept = await house.store.read.rows<{ place: string | null }>(sql`select place from calendar_files`);
    expect(kept.map(({ place }) => place)).not.toContain('over there');
  });

  it('is told once to each member on the next working day, until they have it', async () => {
    const house = await open();
    // A Friday.
    house.clock.at = Date.parse('2026-11-27T15:00:00Z');
    await planDaily(house.store, house.clock.at);
    const meeting = await planMeeting(house, { at: '2027-01-15T14:00', createdAt: house.clock.at });
    expect(await toldTo(house, 'ana', '2026-11-28T12:00:00Z')).toEqual([]);
    expect(await toldTo(house, 'ana', '2026-11-30T08:00:00Z')).toEqual(['New meeting: JSC']);
    expect(await toldTo(house, 'jun', '2026-11-30T08:00:00Z')).toEqual(['New meeting: JSC']);
    expect(await toldTo(house, 'ana', '2026-12-01T08:00:00Z')).toEqual(['New meeting: JSC']);
    await take(house, 'ana', meeting);
    expect(await toldTo(house, 'ana', '2026-12-01T09:00:00Z')).toEqual([]);
    await house.say('jun', 'calendar', direct);
    const home = await house.say('jun', 'entente', direct);
    expect(JSON.stringify(home.view)).not.toContain('New meeting');
  });

  it('waits in nobody’s home any more once the first meeting is over or cancelled', async () => {
    const house = await open();
    const meeting = await planMeeting(house, { createdAt: house.clock.at });
    const home = async (who: Who) => JSON.stringify((await house.say(who, 'entente', direct)).view);
    expect(await home('mei')).toContain('New meeting: JSC');
    await change(house, { ...meeting, status: 'cancelled' });
    expect(await home('mei')).not.toContain('New meeting');
    await change(house, meeting);
    house.clock.at = meeting.startsAt + 3 * 60 * 60_000;
    expect(await home('mei')).not.toContain('New meeting');
  });
});
