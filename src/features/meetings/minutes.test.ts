import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { channels, closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { idOf, planMeeting } from '../../../test/house/meetings.js';
import { at, holdMeeting, working } from '../../../test/house/minutes.js';
import { eachEngine } from '../../../test/stores.js';
import { pagesOf } from '../../core/copy/pages.js';
import { planDaily } from '../../core/daily/plan.js';
import { saveHolidays } from '../../core/directory/absences.js';
import type { PartnerId } from '../../core/ids.js';
import type { FileView, InteractionId, RecordView, View } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { draftMinutes, withdrawDraft } from './lock-store.js';
import { findKept, listAddenda, listProposals, mergeReaders } from './minutes-store.js';
import { findMeeting, saveMeeting } from './store.js';
import { minutesSubject, proposalSubject, subjectOf } from './views.js';

const cardIn = (house: House, id: string): RecordView => {
  const standing = house.slack.standing();
  const sent = house.slack.sent.find(
    ({ view, conversation }) =>
      conversation === channels.slack && view.kind === 'record' && view.subject.id === minutesSubject(id).id,
  );
  return standing.get(sent?.message ?? '') as RecordView;
};

const factOf = (card: RecordView, label: string) => card.facts.find((one) => one.label === label)?.text;

const text = (view: View): string => JSON.stringify(view);

/** What the person's last message lists. */
const dailyOf = (house: House, who: Who): readonly string[] => {
  const { platform, user } = people[who];
  const sent = house[platform].sent.filter(({ conversation, view }) => conversation === user && view.kind === 'list');
  const view = sent.at(-1)?.view;
  return view?.kind === 'list' ? view.items.map(({ title }) => title) : [];
};

/** Opens what somebody was sent: an archive with a document whose every element ends. */
const documentOf = async (house: House, { file }: FileView): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.bytes({ ...pagesOf(house.store, () => house.clock.at), features })) pieces.push(piece);
  const xml = strFromU8(unzipSync(Buffer.concat(pieces))['word/document.xml'] ?? new Uint8Array());
  const open: string[] = [];
  for (const [, end, name, single] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name);
    else if (!single) open.push(name ?? '');
  }
  expect(open).toEqual([]);
  return xml;
};

const dailyCount = (house: House, who: Who): number => {
  const { platform, user } = people[who];
  return house[platform].sent.filter(
    ({ conversation, view, how }) => how === 'post' && conversation === user && view.kind === 'list',
  ).length;
};

eachEngine('minutes', (openStore) => {
  const opened = async () => closing(await openHouse(await openStore(), { features, permissions }));

  const press = (house: House, who: Who, verb: string, id: string, values: Record<string, string> = {}) =>
    house.press(who, { interaction: `meetings.${verb}` as InteractionId, subject: minutesSubject(id), values });

  const settle = async (house: House, who: Who, verb: string, meeting: string) => {
    const [proposal] = await listProposals(house.store.read, meeting);
    return house.press(who, {
      interaction: `meetings.${verb}` as InteractionId,
      subject: proposalSubject(proposal?.id ?? ''),
    });
  };

  const propose = (house: House, who: Who, id: string, item: string, said: string) =>
    press(house, who, 'propose-change', id, { item, text: said });

  const statusOf = async (house: House, id: string) => (await findMeeting(house.store.read, id))?.status;

  it('are drawn from what happened, and announced to both companies', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    await house.settle();
    const card = cardIn(house, meeting.id);
    expect(card).toMatchObject({ label: 'M-1', title: 'Minutes · JSC · Fri 11 Dec 2026', status: 'Draft' });
    expect(card.facts.slice(0, 6)).toEqual([
      { label: 'Present', text: 'Acme Bio: Ana Ruiz, Bob Brown · Nova Pharma: Ben Ito, Mei Sato' },
      { label: 'Quorum', text: 'Met: Acme Bio 2, Nova Pharma 1 with a vote' },
      { label: 'Decided', text: 'D-1 The revised protocol is approved' },
      { label: 'Actions', text: 'A-1 Send the budget, A-2 Book the room in Basel' },
      { label: 'Parked', text: 'Sites in Japan' },
      { label: 'Fine', text: 'Acme Bio 0 of 2 · Nova Pharma 0 of 2' },
    ]);
    expect(card.buttons.map(({ label }) => label)).toEqual(['Fine', 'Propose a change', 'Read', 'As a document']);
    const announced = house.teams.sent.filter(({ conversation }) => conversation === channels.teams);
    expect(announced.some(({ view }) => view.kind === 'record' && view.label === 'M-1')).toBe(true);
    const whole = text((await press(house, 'jun', 'minutes', meeting.id)).view);
    for (const told of ['Excused: Jun Mori', '25 of 20 min', 'Not', '70 of 90 planned minutes', 'Besides the agenda'])
      expect(whole).toContain(told);
    expect(text((await house.say('ana', 'meeting show M-1')).view)).toMatch(/Drafted, 0 of 4 said fine/);
    expect(text((await house.say('ben', 'log Japan')).view)).toContain('M-1');
  });

  it('are agreed as soon as all who were there said so, and a second Fine changes nothing', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    const answers = await Promise.all([
      press(house, 'ana', 'fine', meeting.id),
      press(house, 'ana', 'fine', meeting.id),
    ]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(answers.filter(({ view }) => text(view).includes('You have said so'))).toHaveLength(1);
    await press(house, 'bob', 'fine', meeting.id);
    await press(house, 'mei', 'fine', meeting.id);
    await house.settle();
    expect(factOf(cardIn(house, meeting.id), 'Fine')).toBe('Acme Bio 2 of 2 · Nova Pharma 1 of 2');
    await press(house, 'mei', 'undo-fine', meeting.id);
    await press(house, 'ben', 'fine', meeting.id);
    expect(await statusOf(house, meeting.id)).toBe('held');
    expect(text((await press(house, 'mei', 'fine', meeting.id)).view)).toContain('You were the last one');
    expect(await statusOf(house, meeting.id)).toBe('agreed');
    await house.settle();
    const card = cardIn(house, meeting.id);
    expect(card.status).toBe('Agreed');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Read', 'As a document', 'Add a correction']);
    expect(await press(house, 'ana', 'propose-change', meeting.id, { item: 'meeting', text: 'Late' })).toMatchObject({
      ...{ outcome: 'refused', view: { text: expect.stringContaining('meeting correct M-1') } },
    });
    const history = await house.press('jun', { interaction: 'meetings.history', subject: subjectOf(meeting.id) });
    expect(text(history.view)).toContain('Minutes agreed');
    expect(text(history.view)).toContain('4 of 4 said fine');
  });

  it('are agreed on the evening of the fifth day on which both companies work', async () => {
    const house = await opened();
    const { partnerOf } = await working(house, async (work) => {
      const partners = await work.directory.partners(work.alliance);
      const found = (name: string) => partners.find((one) => one.name === name)?.id as PartnerId;
      await saveHolidays(work.db, found('Acme Bio'), new Map([['2026-12-15', 'Founders’ day']]));
      await saveHolidays(work.db, found('Nova Pharma'), new Map([['2026-12-17', 'Moving day']]));
      return { partnerOf: found };
    });
    expect(partnerOf('Acme Bio')).toBeDefined();
    const { meeting } = await holdMeeting(house);
    await at(house, '2026-12-22T16:59:00Z');
    expect(await statusOf(house, meeting.id)).toBe('held');
    await at(house, '2026-12-22T17:00:00Z');
    expect(await statusOf(house, meeting.id)).toBe('agreed');
    expect(cardIn(house, meeting.id).status).toBe('Agreed');
  });

  it('remind those who have not read them on the next working day and on the last, and nobody else', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    await press(house, 'ana', 'fine', meeting.id);
    await planDaily(house.store, house.clock.at);
    const title = 'M-1 Minutes · JSC · Fri 11 Dec 2026';
    const days: Record<string, readonly Who[]> = {};
    const everybody = ['ana', 'bob', 'ben', 'mei', 'jun'] as const;
    for (const day of ['12', '13', '14', '15', '16', '17', '18']) {
      const before = everybody.map((who) => dailyCount(house, who));
      for (const hour of ['00', '08', '14']) await at(house, `2026-12-${day}T${hour}:05:00Z`);
      days[day] = everybody.filter(
        (who, one) => dailyCount(house, who) > (before[one] ?? 0) && dailyOf(house, who).includes(title),
      );
    }
    expect(days).toEqual({
      12: [],
      13: [],
      14: ['bob', 'ben', 'mei'],
      15: [],
      16: [],
      17: [],
      18: ['bob', 'ben', 'mei'],
    });
  });

  it('are changed by what one company proposes and a co-chair of the other takes', async () => {
    const house = await opened();
    const { meeting, items } = await holdMeeting(house);
    for (const who of ['ana', 'bob'] as const) await press(house, who, 'fine', meeting.id);
    const form = (await press(house, 'jun', 'ask-change', meeting.id)).view;
    expect(form.kind === 'form' && form.fields[0]).toMatchObject({
      options: [{ label: 'The whole meeting' }, { label: '1. The revised protocol' }, { label: '2. Sites in Japan' }],
    });
    expect(await propose(house, 'jun', meeting.id, 'nowhere', 'x')).toMatchObject({
      outcome: 'refused',
      field: 'item',
    });
    expect(await propose(house, 'jun', meeting.id, 'meeting', ' ')).toMatchObject({
      outcome: 'refused',
      field: 'text',
    });
    expect(await propose(house, 'jun', meeting.id, 'meeting', 'x'.repeat(1_001))).toMatchObject({ outcome: 'refused' });
    await propose(house, 'jun', meeting.id, items[1]?.id ?? '', 'Osaka comes before Tokyo');
    await house.settle();
    expect(cardIn(house, meeting.id).buttons.map(({ label }) => label)).toContain('Settle');
    expect(text((await press(house, 'ana', 'changes', meeting.id)).view)).toContain('Osaka comes before Tokyo');
    for (const who of ['bob', 'mei', 'jun'] as const)
      expect((await settle(house, who, 'take-change', meeting.id)).outcome).toBe('refused');
    expect(text((await settle(house, 'ben', 'take-change', meeting.id)).view)).toContain(
      'a co-chair of Acme Bio takes',
    );
    const both = await Promise.all(['take-change', 'take-change'].map((one) => settle(house, 'ana', one, meeting.id)));
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
    expect(text((await press(house, 'ben', 'minutes', meeting.id)).view)).toContain('Note: Osaka comes before Tokyo');
    await house.settle();
    // Ana took it, so she knows; Bob has not read what the minutes say now.
    expect(factOf(cardIn(house, meeting.id), 'Fine')).toBe('Acme Bio 1 of 2 · Nova Pharma 0 of 2');
    expect(text((await house.say('bob', 'log Osaka')).view)).toContain('M-1');
  });

  it('leave out what a co-chair leaves, and whoever proposed it may take it back', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    await propose(house, 'bob', meeting.id, 'meeting', 'It was a long one');
    expect((await settle(house, 'bob', 'leave-change', meeting.id)).outcome).toBe('done');
    house.clock.at += 60_000;
    await propose(house, 'jun', meeting.id, 'meeting', 'It was a short one');
    const [, open] = await listProposals(house.store.read, meeting.id);
    const left = { interaction: 'meetings.leave-change', subject: proposalSubject(open?.id ?? '') } as const;
    expect((await house.press('mei', { ...left })).outcome).toBe('refused');
    expect((await house.press('ana', { ...left, values: { reason: 'It was long' } })).outcome).toBe('done');
    expect((await listProposals(house.store.read, meeting.id)).map(({ status }) => status)).toEqual([
      'declined',
      'declined',
    ]);
    const whole = text((await press(house, 'ana', 'minutes', meeting.id)).view);
    expect(whole).not.toMatch(/a long one|a short one/);
  });

  it('wait past their day for what is proposed, and are agreed once it is settled', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    await propose(house, 'bob', meeting.id, 'meeting', 'Bob presented the budget');
    await planDaily(house.store, house.clock.at);
    await at(house, '2026-12-18T17:00:00Z');
    expect(await statusOf(house, meeting.id)).toBe('held');
    expect(factOf(cardIn(house, meeting.id), 'Locks')).toBe('Once the co-chairs have settled what is proposed');
    for (const day of ['21', '22']) {
      const before = dailyCount(house, 'ben');
      await at(house, `2026-12-${day}T08:05:00Z`);
      expect(dailyCount(house, 'ben')).toBe(before + 1);
      expect(dailyOf(house, 'ben')).toContain('M-1: a change to the minutes');
      expect(dailyOf(house, 'ana')).not.toContain('M-1: a change to the minutes');
    }
    expect(text((await settle(house, 'ben', 'take-change', meeting.id)).view)).toContain('minutes of M-1 are agreed');
    expect(await statusOf(house, meeting.id)).toBe('agreed');
  });

  it('are never agreed over a change that was proposed in the same moment', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    house.clock.at = Date.parse('2026-12-18T17:00:00Z');
    const [proposed] = await Promise.all([
      propose(house, 'bob', meeting.id, 'meeting', 'One more thing'),
      at(house, '2026-12-18T17:00:00Z'),
    ]);
    const open = (await listProposals(house.store.read, meeting.id)).filter(({ status }) => status === 'open').length;
    expect([proposed.outcome, open, await statusOf(house, meeting.id)]).toEqual(
      proposed.outcome === 'done' ? ['done', 1, 'held'] : ['refused', 0, 'agreed'],
    );
  });

  it('are called fine by those who were there and have a seat, and by nobody else', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    expect(text((await press(house, 'jun', 'fine', meeting.id)).view)).toContain('you are not among them');
    expect((await press(house, 'zoe', 'fine', meeting.id)).outcome).toBe('refused');
    expect((await press(house, 'bob', 'correct', meeting.id, { text: 'Too early' })).view).toMatchObject({
      text: expect.stringContaining('still a draft'),
    });
    const planned = await planMeeting(house, { at: '2027-01-15T14:00' });
    expect(text((await press(house, 'bob', 'fine', planned.id)).view)).toContain('has no minutes now');
    expect(text((await house.say('bob', 'meeting minutes M-2')).view)).toContain('is planned');
  });

  it('are one person’s where two turn out to be one', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    const [bob, jun] = [await idOf(house, 'Bob Brown'), await idOf(house, 'Jun Mori')];
    await press(house, 'bob', 'fine', meeting.id);
    await working(house, ({ db }) => mergeReaders(jun, bob, db));
    expect(text((await press(house, 'jun', 'fine', meeting.id)).view)).toContain('You have said so');
    const kept = await findKept(house.store.read, meeting.id);
    expect(kept?.room.filter(({ here }) => here).map(({ person }) => person)).toContain(jun);
    expect(kept?.room.filter(({ person }) => person === jun || person === bob)).toHaveLength(1);
  });

  it('take corrections once they are agreed, which stand under them for good', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    await at(house, '2026-12-18T17:00:00Z');
    const form = (await house.say('bob', 'meeting correct M-1')).view;
    expect(form).toMatchObject({
      kind: 'form',
      title: 'Add a correction',
      audience: 'Acme Bio and Nova Pharma will see this',
    });
    expect((await house.say('jun', 'meeting correct M-1 Jun was there by phone')).outcome).toBe('done');
    house.clock.at += 60_000;
    expect((await press(house, 'ana', 'correct', meeting.id, { text: 'The room was in Bern' })).outcome).toBe('done');
    expect((await listAddenda(house.store.read, meeting.id)).map((one) => one.text)).toEqual([
      'Jun was there by phone',
      'The room was in Bern',
    ]);
    expect(text((await house.say('ben', 'meeting minutes')).view)).toContain('Correction by Jun Mori (Nova Pharma)');
    await house.settle();
    expect(factOf(cardIn(house, meeting.id), 'Corrections')).toBe('2');
    expect(text((await house.say('ben', 'log phone')).view)).toContain('M-1');
  });

  it('are gone while the closing is undone, and drafted again when it is closed again', async () => {
    const house = await opened();
    const { meeting } = await holdMeeting(house);
    await house.settle();
    await press(house, 'ana', 'fine', meeting.id);
    await propose(house, 'bob', meeting.id, 'meeting', 'One more thing');
    const reopened = { ...meeting, status: 'open' as const, closedAt: undefined, closedBy: undefined };
    await working(house, async (work) => {
      await saveMeeting(work.db, reopened);
      await withdrawDraft(reopened, work);
    });
    await house.settle();
    const standing = [...house.slack.standing().values()].map(text);
    expect(standing.join()).toContain('M-1 has no minutes now: its closing was undone.');
    expect((await press(house, 'bob', 'fine', meeting.id)).outcome).toBe('refused');
    await at(house, '2026-12-20T17:00:00Z');
    expect(await statusOf(house, meeting.id)).toBe('open');
    const again = { ...meeting, closedAt: house.clock.at };
    await working(house, async (work) => {
      await saveMeeting(work.db, again);
      await draftMinutes(again, work);
    });
    await house.settle();
    expect(factOf(cardIn(house, meeting.id), 'Fine')).toBe('Acme Bio 0 of 2 · Nova Pharma 0 of 2');
    await at(house, '2026-12-25T16:59:00Z');
    expect(await statusOf(house, meeting.id)).toBe('held');
    await at(house, '2026-12-25T17:00:00Z');
    expect(await statusOf(house, meeting.id)).toBe('agreed');
  });

  it('come as a document to whoever asks, and to nobody else', async () => {
    const house = await opened();
    const { meeting, items } = await holdMeeting(house);
    await propose(house, 'bob', meeting.id, items[0]?.id ?? '', 'Approved <with> "care" & joy');
    await settle(house, 'ben', 'take-change', meeting.id);
    expect((await press(house, 'mei', 'ask-document', meeting.id)).outcome).toBe('done');
    await house.settle();
    const files = house.teams.sent.filter(({ view }) => view.kind === 'file');
    expect(files.map(({ conversation }) => conversation)).toEqual([people.mei.user]);
    const view = files[0]?.view as FileView;
    expect(view.file.name).toBe('jsc-m-1-minutes.docx');
    const xml = await documentOf(house, view);
    for (const told of ['Draft of ', 'Approved &lt;with&gt;', 'A-2', 'Excused', 'Jun Mori', 'Sites in Japan', 'D-1'])
      expect(xml).toContain(told);
    expect(xml).not.toContain('North Star');
    const accept = { interaction: 'meetings.accept-document', subject: view.subject } as const;
    const direct = { conversation: 'a:mei', direct: true } as const;
    expect((await house.press('jun', { ...accept, values: { place: 'p' } }, direct)).outcome).toBe('refused');
    expect((await house.press('mei', { ...accept, values: { place: 'https://x.test/1' } }, direct)).outcome).toBe(
      'done',
    );
    await house.settle();
    const placed = house.teams.sent.filter((one) => one.view.kind === 'file').at(-1)?.view as FileView;
    expect(placed.file.place).toBe('https://x.test/1');
    await at(house, '2026-12-18T17:00:00Z');
    await press(house, 'ana', 'ask-document', meeting.id);
    await house.settle();
    const agreed = house.slack.sent.find(({ view: one }) => one.kind === 'file')?.view as FileView;
    expect(await documentOf(house, agreed)).toContain('Agreed on Fri 18 Dec 2026');
  });
});
