import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import {
  allianceWithLanes,
  channels,
  closing,
  type House,
  lanes,
  openHouse,
  people,
  type Who,
} from '../../../test/house/house.js';
import { idOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { ownAudience, sharedAudience } from '../../core/directory/audience.js';
import { directoryOf } from '../../core/directory/reads.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { PartnerId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import { cardTables, receiptTables } from '../../core/tables.js';
import type { Subject } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { saveMeeting } from './store.js';
import { meetingTables } from './tables.js';
import { internalSubject, itemSubject } from './views.js';

const SECRET = 'walrus';
const direct = { conversation: 'D-ALONE', direct: true };

const shown = ({ view, card }: Answer): string => JSON.stringify([view, card]);

const everywhere = [
  {},
  direct,
  { conversation: lanes.slack },
  { conversation: lanes.teams },
  { conversation: channels.slack },
  { conversation: 'C-ELSEWHERE' },
];

/** What Ben would have to call it. */
const acmeIn = async ({ store }: House): Promise<PartnerId> => {
  const { partners } = directoryTables(store.read);
  const [row] = await store.read.select().from(partners).where(eq(partners.name, 'Acme Bio'));
  return row?.id as PartnerId;
};

eachEngine('a company’s own preparation', (open) => {
  /** Acme has said all that it could, with a word that nobody else may read. */
  const prepared = async () => {
    const house = closing(await openHouse(await open(), { features, permissions, alliance: allianceWithLanes }));
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    const acme = await acmeIn(house);
    const subject = internalSubject(acme, meeting.id);
    const say = (who: Who, verb: string, values: Record<string, string> = {}) =>
      house.press(who, { interaction: `meetings.${verb}`, subject: itemSubject(item.id), values });
    await say('ana', 'if', { condition: `the ${SECRET} agrees` });
    await say('bob', 'step', { step: `The ${SECRET} board` });
    await house.say('ana', `meeting note We can give up the ${SECRET}`, { conversation: lanes.slack });
    await house.settle();
    return { house, meeting, item, acme, subject, say };
  };

  const notesIn = ({ store }: House) => store.read.select().from(meetingTables(store.read).notes);

  const guestOf = async ({ store }: House, who: string, at: { platform: string; workspace: string }) => {
    const { identities } = directoryTables(store.read);
    const caller = { ...at, user: `guest-${who}` };
    await store.write(async (tx) => {
      await tx.insert(identities).values({ ...caller, personId: who, detail: {} });
    });
    return caller as (typeof people)[Who];
  };

  it('stands in its internal lane, with positions, steps and notes, and what others see of it', async () => {
    const { house, subject } = await prepared();
    const cards = [...house.slack.standing().values()].filter((view) => JSON.stringify(view).includes(SECRET));
    expect(cards).toHaveLength(1);
    expect(cards[0]).toMatchObject({
      ...{ kind: 'record', subject, label: 'M-1', status: 'Internal preparation' },
      title: 'Acme Bio prepares JSC · Fri 11 Dec 2026, 14:00 Europe/Zurich',
      footer: ['Only Acme Bio sees this. Nova Pharma sees only green, amber or red for each question.'],
      buttons: [{ label: 'Add a note' }, { label: 'Positions' }],
      facts: [
        {
          label: 'The revised protocol',
          text: `Do we approve the revised protocol?\nNo paper yet.\nAna Ruiz: aligned if the ${SECRET} agrees\nBob Brown: needs an internal step: The ${SECRET} board\nThe joint agenda shows amber for Acme Bio.`,
        },
        {
          label: 'Internal steps',
          text: `The revised protocol: Bob Brown needs an internal step: The ${SECRET} board`,
        },
        { label: 'Notes', text: `Ana Ruiz: We can give up the ${SECRET}` },
      ],
    });
    const inLane = house.slack.sent.filter((one) => JSON.stringify(one).includes(SECRET));
    expect(new Set(inLane.map(({ conversation }) => conversation))).toEqual(new Set([lanes.slack]));
    expect(JSON.stringify(house.teams.sent)).not.toContain(SECRET);
  });

  it('follows what its people say, and notes added with its button', async () => {
    const { house, subject, say } = await prepared();
    const form = await house.press('bob', { interaction: 'meetings.ask-note', subject }, { conversation: lanes.slack });
    expect(form.view).toMatchObject({ kind: 'form', audience: 'Only Acme Bio will see this', private: true, subject });
    const values = { text: 'Ask the board first' };
    await house.press('bob', { interaction: 'meetings.note', subject, values }, direct);
    await say('bob', 'aligned');
    await house.settle();
    const text = JSON.stringify([...house.slack.standing().values()]);
    expect(text).toContain('Bob Brown: Ask the board first');
    expect(text).toContain('Bob Brown: aligned');
    expect(text).not.toContain(`${SECRET} board`);
    const list = await house.press(
      'bob',
      { interaction: 'meetings.positions', subject },
      { conversation: lanes.slack },
    );
    expect(list.view).toMatchObject({ kind: 'list', title: 'Positions for M-1' });
  });

  it('is opened for a company without a lane too, and says so of a meeting that is over', async () => {
    const { house, meeting } = await prepared();
    await planItem(house, meeting, { title: 'The budget of 2027', status: 'proposed' });
    const { view } = await house.say('ben', 'meeting prep M-1', direct);
    expect(view).toMatchObject({ title: 'Nova Pharma prepares JSC · Fri 11 Dec 2026, 14:00 Europe/Zurich' });
    expect(JSON.stringify(view)).toContain('No answer yet: Ben Ito and Jun Mori');
    expect(JSON.stringify(view)).not.toMatch(/walrus|Acme Bio:|Ana|budget/);
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'held' }));
    expect((await house.say('ana', 'meeting prep M-1', direct)).view).toMatchObject({
      ...{ status: 'Held, minutes drafted', buttons: [] },
    });
    expect(await house.say('ana', 'meeting note M-1 Too late', direct)).toMatchObject({ outcome: 'refused' });
  });

  it('is drawn for an audience of its company alone', async () => {
    const { house, subject, acme } = await prepared();
    const { store, clock, alliance } = house;
    const read = { db: store.read, now: clock.at, directory: directoryOf(store.read, clock.at) };
    const meetings = features.find(({ name }) => name === 'meetings');
    const [nova] = (await read.directory.partners(alliance)).filter(({ id }) => id !== acme);
    for (const audience of [
      ownAudience(alliance, nova?.id as PartnerId),
      await sharedAudience(store.read, alliance),
      ownAudience('another' as typeof alliance, acme),
    ]) {
      expect(await meetings?.present?.(subject.id, read, audience)).toBeUndefined();
      expect(await meetings?.about?.(subject.id, read, audience)).toBeUndefined();
    }
    expect(await meetings?.about?.(subject.id, read, ownAudience(alliance, acme))).toMatchObject({ partner: acme });
    expect(await meetings?.entry?.(subject.id, read)).toBeUndefined();
  });

  it('gives nothing to the other company, whatever it presses or says, wherever', async () => {
    const { house, item, subject } = await prepared();
    const kept = await notesIn(house);
    const verbs = [
      'ask-note',
      'note',
      'undo-note',
      'positions',
      'ask-if',
      'if',
      'ask-step',
      'step',
      'aligned',
      'not-yet',
    ] as const;
    for (const who of ['ben', 'jun'] as const)
      for (const verb of verbs)
        for (const more of everywhere) {
          const values = { text: 'x', condition: 'x', step: 'x', note: kept[0]?.id ?? '' };
          const answer = await house.press(who, { interaction: `meetings.${verb}`, subject, values }, more);
          expect(answer.outcome).toBe('refused');
          expect(shown(answer)).not.toContain(SECRET);
        }
    const answers = [
      await house.press('ben', { interaction: 'meetings.ask-if', subject: itemSubject(item.id) }),
      await house.press('ben', { interaction: 'meetings.aligned', subject: itemSubject(item.id) }),
      await house.press('ben', { interaction: 'entente.open', values: { feature: 'meetings', record: subject.id } }),
      ...(await Promise.all(
        ['meeting', 'meeting prep', 'meeting positions', 'log', 'catchup', 'M-1', ''].flatMap((text) =>
          everywhere.slice(0, 2).map((more) => house.say('ben', text, more)),
        ),
      )),
    ];
    for (const answer of answers) expect(shown(answer)).not.toMatch(/walrus|internal step:|Bob Brown: /);
    expect(await house.say('ben', `log ${SECRET}`)).toMatchObject({ view: { title: 'Log: 0 found', items: [] } });
    const on = { ...house.call('ben'), on: subject, interaction: 'meetings.aligned' as const, values: {} };
    expect(shown(await house.inbound.press({ ...on, subject: itemSubject(item.id) }))).not.toContain(SECRET);
    expect((await notesIn(house)).filter(({ partnerId }) => partnerId === kept[0]?.partnerId)).toEqual(kept);
    await house.settle();
    expect(JSON.stringify(house.teams.sent)).not.toMatch(/aligned if|walrus board/);
  });

  it('is not opened by its own people where others read along, nor from another company’s workspace', async () => {
    const { house, item, subject } = await prepared();
    await house.store.write(async (tx) => {
      const { channels: all } = directoryTables(tx);
      await tx
        .update(all)
        .set({ shared: true })
        .where(and(eq(all.internal, false), eq(all.conversation, channels.slack)));
    });
    const opening = { interaction: 'entente.open' as const, values: { feature: 'meetings', record: subject.id } };
    expect(shown(await house.press('ana', opening))).not.toContain(SECRET);
    expect(shown(await house.press('ana', opening, direct))).toContain(SECRET);
    for (const verb of ['positions', 'ask-note'])
      expect((await house.press('ana', { interaction: `meetings.${verb}` as const, subject })).outcome).toBe('refused');

    const { platform, workspace } = people.ben;
    const caller = await guestOf(house, await idOf(house, 'Ana Ruiz'), { platform, workspace });
    const asked: (Subject | undefined)[] = [subject, itemSubject(item.id), undefined];
    const call = (alone: boolean) => ({
      ...{ id: house.parts.newId(), caller },
      spot: { platform, workspace, conversation: alone ? caller.user : channels.teams, direct: alone },
    });
    for (const alone of [true, false]) {
      for (const text of ['meeting positions', 'meeting prep', 'meeting note x', 'meeting show', 'log', ''])
        expect(shown(await house.inbound.command({ ...call(alone), words: [text] }))).not.toContain(SECRET);
      for (const verb of ['positions', 'ask-note', 'note', 'ask-if', 'if', 'ask-step', 'step', 'aligned', 'not-yet'])
        for (const one of asked) {
          const press = { interaction: `meetings.${verb}` as const, values: { text: 'x', condition: 'x', step: 'x' } };
          const answer = await house.inbound.press({ ...call(alone), ...press, ...(one && { subject: one }) });
          expect(answer.outcome).toBe('refused');
          expect(shown(answer)).not.toContain(SECRET);
        }
    }
    expect(await notesIn(house)).toHaveLength(1);
  });

  it('leaves a lane that others can read by now, and takes nothing there', async () => {
    const { house, subject, say } = await prepared();
    const { platform, workspace } = people.ana;
    const seen = { kind: 'readers', platform, workspace, outsiders: true } as const;
    await house.inbound.notify({ ...seen, spot: house.call('ana', lanes.slack).spot });
    await house.settle();
    const standing = () => JSON.stringify([...house.slack.standing().values()]);
    expect(standing()).not.toContain(SECRET);
    const at = { conversation: lanes.slack };
    const all = [
      await house.say('ana', 'meeting note Of the otter', at),
      await house.say('ana', 'meeting prep', at),
      await house.say('ana', 'meeting positions', at),
      await house.press('ana', { interaction: 'meetings.positions', subject }, at),
      await house.press('ana', { interaction: 'meetings.note', subject, values: { text: 'Of the otter' } }, at),
    ];
    for (const answer of all) {
      expect(answer.outcome).toBe('refused');
      expect(shown(answer)).not.toContain(SECRET);
    }
    await say('ana', 'if', { condition: `the ${SECRET} sleeps` });
    await house.settle();
    expect(standing()).not.toContain(SECRET);
    const { receipts } = receiptTables(house.store.read);
    const rows = [await notesIn(house), await house.store.read.select().from(receipts)];
    expect(JSON.stringify(rows)).not.toContain('otter');
    const { cards } = cardTables(house.store.read);
    const internal = await house.store.read.select().from(cards).where(eq(cards.subjectId, subject.id));
    expect(internal).toHaveLength(1);
  });

  it('takes notes where a company speaks to itself, from those with a seat, in so many characters', async () => {
    const { house } = await prepared();
    expect(shown(await house.say('ana', 'meeting note In the open'))).toContain('Say it in your internal lane');
    expect(await house.say('ana', 'meeting note In the open', { conversation: 'C-ELSEWHERE' })).toMatchObject({
      outcome: 'refused',
    });
    expect(await house.say('zoe', 'meeting note M-1 Hello', direct)).toMatchObject({ outcome: 'refused' });
    const long = `meeting note M-1 ${'x'.repeat(1_001)}`;
    expect(shown(await house.say('bob', long, direct))).toContain('at most 1,000 characters');
    expect((await house.say('bob', 'meeting note', direct)).view).toMatchObject({ kind: 'form' });
    expect(await notesIn(house)).toHaveLength(1);
    expect(await house.say('bob', 'meeting note M-1 From Bob', direct)).toMatchObject({
      view: { text: 'Noted for M-1. Only Acme Bio sees this.', buttons: [{ label: 'Undo' }] },
    });
    expect(await notesIn(house)).toHaveLength(2);
  });

  it('takes a note back for five minutes, from whoever wrote it', async () => {
    const { house, subject } = await prepared();
    const note = (await notesIn(house))[0]?.id ?? '';
    const undo = (who: Who) =>
      house.press(who, { interaction: 'meetings.undo-note', subject, values: { note } }, direct);
    expect((await undo('bob')).outcome).toBe('refused');
    house.clock.at += 5 * 60_000;
    expect((await undo('ana')).view).toMatchObject({ text: 'The note is gone.' });
    expect((await undo('ana')).outcome).toBe('refused');
    expect(await notesIn(house)).toEqual([]);
    await house.settle();
    expect(JSON.stringify([...house.slack.standing().values()])).not.toContain('give up');
    const { view } = await house.say('bob', 'meeting note M-1 Of Bob', direct);
    const button = view.kind === 'notice' ? view.buttons?.[0] : undefined;
    house.clock.at += 5 * 60_000 + 1;
    const late = { interaction: 'meetings.undo-note' as const, subject, values: { ...button?.carry } };
    expect(JSON.stringify(await house.press('bob', late, direct))).toContain('Undo works for five minutes');
  });
});
