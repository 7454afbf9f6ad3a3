import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { copyFor, openFull } from '../../../test/house/copies.js';
import { closing, type House, type Who } from '../../../test/house/house.js';
import { idOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { at, holdMeeting, working } from '../../../test/house/minutes.js';
import { eachEngine } from '../../../test/stores.js';
import { pagesOf } from '../../core/copy/pages.js';
import { restoreCopy } from '../../core/copy/restore.js';
import { openStore } from '../../core/db/open.js';
import { verifyAlliance } from '../../core/verify.js';
import { features } from '../index.js';
import { insertPaper } from './agenda-store.js';
import { listProposals } from './minutes-store.js';
import { meetingTables } from './tables.js';
import { minutesSubject, proposalSubject, subjectOf } from './views.js';

const faultsIn = async ({ store, clock, alliance }: House): Promise<readonly string[]> => {
  const { faults, chains } = await verifyAlliance({ ...pagesOf(store, () => clock.at), features }, alliance);
  return [...faults, ...chains.flatMap(({ broken }) => broken ?? [])];
};

/** A held meeting with everything that people can say of it, one that is to come, and one that was cancelled. */
const recordMeetings = async (house: House): Promise<void> => {
  const { meeting, items } = await holdMeeting(house);
  const [item] = items;
  const press = (who: Who, verb: 'fine' | 'propose-change' | 'correct', values = {}) =>
    house.press(who, { interaction: `meetings.${verb}`, subject: minutesSubject(meeting.id), values });
  const bob = await idOf(house, 'Bob Brown');
  await working(house, async ({ db, now }) => {
    const { recusals, guests } = meetingTables(db);
    const about = { itemId: item?.id ?? '', personId: bob, partnerId: item?.proposedFor ?? '' };
    await db.insert(recusals).values({ ...about, reason: 'Owns =shares', at: now });
    const guest = { id: randomUUID(), itemId: about.itemId, invitedBy: bob, invitedFor: about.partnerId };
    await db.insert(guests).values({ ...guest, personId: null, name: 'Dr "Who"' });
    for (const version of [1, 2])
      await insertPaper(db, about.itemId, { version, link: `https://x.test/${version}`, person: bob, at: now });
  });
  await press('ana', 'fine');
  house.clock.at += 60_000;
  await press('bob', 'propose-change', { item: item?.id, text: 'Approved as it stands' });
  const [proposal] = await listProposals(house.store.read, meeting.id);
  house.clock.at += 60_000;
  await house.press('ben', { interaction: 'meetings.take-change', subject: proposalSubject(proposal?.id ?? '') });
  house.clock.at += 60_000;
  await press('jun', 'propose-change', { item: 'meeting', text: 'It was short' });
  const open = (await listProposals(house.store.read, meeting.id)).find(({ status }) => status === 'open');
  house.clock.at += 60_000;
  const leave = { interaction: 'meetings.leave-change', subject: proposalSubject(open?.id ?? '') } as const;
  await house.press('ana', { ...leave, values: { reason: 'It was long' } });
  await at(house, '2026-12-18T17:00:00Z');
  house.clock.at += 60_000;
  await press('jun', 'correct', { text: 'Jun was there by phone' });
  const next = await planMeeting(house, { at: '2027-01-15T14:00', place: 'Bern', sequence: 2 });
  await planItem(house, next, { title: 'The budget', status: 'proposed', kind: 'information', question: undefined });
  const gone = await planMeeting(house, { at: '2027-02-15T14:00', status: 'cancelled', reason: 'Carnival' });
  await working(house, (work) => work.record(subjectOf(gone.id), 'cancelled', { reason: 'Carnival' }));
};

eachEngine('a copy of meetings', (open, { freshUrl }) => {
  const opened = async () => {
    const house = closing(await openFull(await open()));
    await recordMeetings(house);
    return house;
  };

  /** A copy for Acme, changed, and an empty database that may take it back. */
  const copied = async (house: House, changed: (csv: string) => string) => {
    const folder = await mkdtemp(join(tmpdir(), 'entente-meetings-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'copy.csv');
    const csv = (await copyFor(house, 'Acme Bio', 'csv')).toString();
    await writeFile(path, changed(csv));
    const store = await openStore(await freshUrl());
    const empty = closing(await openFull(store));
    onTestFinished(() => store.close());
    const { parts, alliance, clock } = empty;
    const now = () => clock.at;
    const restoring = { store, pages: pagesOf(store, now), features: parts.features, alliance, path, now };
    return { csv, empty, restore: () => restoreCopy({ ...restoring, newId: randomUUID }) };
  };

  it('holds all that the companies share of them, the same for both', async () => {
    const house = await opened();
    expect(await faultsIn(house)).toEqual([]);
    const meetingsIn = async (company: string) =>
      (await copyFor(house, company, 'csv'))
        .toString()
        .split('\r\n')
        .filter((line) => line.startsWith('M-'));
    const lines = await meetingsIn('Acme Bio');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['M-1', 'M-2', 'M-3']);
    expect(await meetingsIn('Nova Pharma')).toEqual(lines);
    const parts = unzipSync(await copyFor(house, 'Nova Pharma', 'docx'));
    const document = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    for (const told of ['Item 1: ', 'The revised protocol', 'Jun was there by phone', 'Item 1 led', 'D-1', 'Carnival'])
      expect(document).toContain(told);
  });

  it('comes back as it was, and a second time changes nothing', async () => {
    const house = await opened();
    const { csv, empty, restore } = await copied(house, (text) => text);
    expect(await restore()).toMatchObject({ faults: [], fresh: 6 });
    expect((await copyFor(empty, 'Acme Bio', 'csv')).toString()).toBe(csv);
    expect(await faultsIn(empty)).toEqual([]);
    expect(await restore()).toMatchObject({ faults: [], fresh: 0, same: 6 });
    const view = JSON.stringify((await empty.say('ben', 'meeting minutes M-1')).view);
    for (const told of ['Note: Approved as it stands', 'D-1', 'Excused: Jun Mori', 'Correction by Jun Mori'])
      expect(view).toContain(told);
  });

  it('brings drafts that are agreed on their day', async () => {
    const house = closing(await openFull(await open()));
    await holdMeeting(house);
    const { empty, restore } = await copied(house, (csv) => csv);
    expect(await restore()).toMatchObject({ faults: [] });
    await at(empty, '2026-12-18T17:00:00Z');
    expect(JSON.stringify((await empty.say('ben', 'meeting show M-1')).view)).toContain('minutes agreed');
  });

  it('is refused where it says what no meeting can', async () => {
    const house = await opened();
    const { restore } = await copied(house, (csv) =>
      csv.replaceAll('item 1 kind', 'item 1 colour').replace(',cancelled,', ',danced,'),
    );
    const { faults } = await restore();
    expect(faults.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        "'item 1 colour' is nothing that Entente keeps of a meeting",
        "'danced' is no status of a meeting",
      ]),
    );
  });

  it('is checked: what was changed behind Entente’s back is named', async () => {
    const house = await opened();
    const { meetings } = meetingTables(house.store.read);
    const change = (number: number, set: Partial<typeof meetings.$inferInsert>) =>
      house.store.write(async (tx) => {
        await tx.update(meetings).set(set).where(eq(meetings.number, number));
      });
    await change(1, { lockedAt: 5 });
    await change(2, { status: 'cancelled' });
    expect(await faultsIn(house)).toEqual(
      expect.arrayContaining([
        'M-1: its minutes were not agreed when the table says so',
        "M-2: its status is 'Cancelled', and the history left it at 'Planned'",
      ]),
    );
    await change(3, { number: 9 });
    expect(await faultsIn(house)).toContain('M-3: its number was given, and its row is gone');
  });
});
