import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { allianceWithLanes, closing, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { idOf, jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { ownAudience, sharedAudience } from '../../core/directory/audience.js';
import { saveSeat } from '../../core/directory/seats.js';
import { directoryTables } from '../../core/directory/tables.js';
import { chainOf, findBrokenEntry, listHistory } from '../../core/history.js';
import type { PartnerId } from '../../core/ids.js';
import { cardTables, entryTables, historyTables } from '../../core/tables.js';
import { createWork } from '../../core/work.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import type { Item } from './agenda-rules.js';
import { listPositions } from './position-store.js';
import { saveMeeting } from './store.js';
import { meetingTables } from './tables.js';
import { internalSubject, itemSubject, subjectOf } from './views.js';

type Answer = Awaited<ReturnType<House['press']>>;

const direct = { conversation: 'D-ALONE', direct: true };

const texts = ({ view }: Pick<Answer, 'view'>): string => JSON.stringify(view);

eachEngine('positions before a meeting', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions, alliance: allianceWithLanes }));
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    const [acme, nova] = (await house.store.read.select().from(directoryTables(house.store.read).partners))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ id }) => id as PartnerId) as [PartnerId, PartnerId];
    return { house, meeting, item, acme, nova };
  };

  const say = (house: House, who: Who, item: Pick<Item, 'id'>, verb: string, values: Record<string, string> = {}) =>
    house.press(who, { interaction: `meetings.${verb}`, subject: itemSubject(item.id), values });

  const announced = async (house: House, meeting: string, partner: PartnerId) => {
    const { committee } = await jscOf(house);
    await house.store.write(
      async (tx) => {
        const { features: offered } = house.parts;
        const parts = { tx, now: house.clock.at, newId: house.parts.newId, alliance: house.alliance };
        const work = createWork({ ...parts, feature: 'meetings', features: offered, derive: () => new Uint8Array(32) });
        await work.announce(subjectOf(meeting), committee.id);
        await work.announce(internalSubject(partner, meeting), committee.id, partner);
      },
      { scope: house.alliance },
    );
  };

  /** Everything of the shared log and of Nova's that an answer of Acme's could touch. */
  const outside = async ({ store, teams, alliance }: House) => {
    const { history } = historyTables(store.read);
    const { entries } = entryTables(store.read);
    const { cards } = cardTables(store.read);
    return {
      history: await store.read.select().from(history).where(eq(history.allianceId, alliance)),
      entries: await store.read.select().from(entries),
      cards: (await store.read.select().from(cards)).filter(({ laneId }) => laneId.startsWith('teams')),
      sent: teams.sent.length,
    };
  };

  it('are taken with a button, and told to nobody but as a colour', async () => {
    const { house, meeting, item, acme } = await opened();
    await announced(house, meeting.id, acme);
    await house.settle();
    expect(await say(house, 'ana', item, 'aligned')).toMatchObject({
      outcome: 'done',
      view: {
        text: 'The revised protocol: aligned. Only Acme Bio sees this. The joint agenda shows amber for Acme Bio. You can change it until the meeting is closed.',
      },
    });
    expect(await say(house, 'bob', item, 'if', { condition: 'If the budget holds' })).toMatchObject({
      outcome: 'done',
      view: { text: expect.stringContaining('aligned if the budget holds. Only Acme Bio sees this.') },
    });
    await house.settle();
    const ours = JSON.stringify([...house.slack.standing().values()]);
    const theirs = JSON.stringify(house.teams.sent);
    expect(ours).toContain('Bob Brown: aligned if the budget holds');
    expect(theirs).toContain('Acme Bio amber, on the way · Nova Pharma not asked yet');
    expect(theirs).not.toContain('budget');
    expect(theirs).not.toMatch(/aligned|internal/i);
    await say(house, 'bob', item, 'aligned');
    await house.settle();
    expect(texts(await house.say('ben', 'meeting show'))).toContain('The revised protocol: Acme Bio green, aligned');
    await say(house, 'ana', item, 'not-yet');
    expect(texts(await house.say('ben', 'meeting show'))).toContain('Acme Bio red, not yet');
  });

  it('touch nothing that the other company could see while the colour stays', async () => {
    const { house, meeting, item, acme } = await opened();
    await announced(house, meeting.id, acme);
    await say(house, 'ana', item, 'if', { condition: 'the price falls' });
    await house.settle();
    const before = await outside(house);
    house.clock.at += 60_000;
    await say(house, 'bob', item, 'aligned');
    await say(house, 'bob', item, 'step', { step: 'Portfolio board', day: '4 December' });
    await house.say('ana', 'meeting note We can give up Japan', { conversation: lanes.slack });
    await house.say('ana', 'meeting positions', direct);
    await house.settle();
    expect(await outside(house)).toEqual(before);
  });

  it('name nobody where a colour changes, and stand in the own chain of their company alone', async () => {
    const { house, meeting, item, acme, nova } = await opened();
    await say(house, 'bob', item, 'not-yet');
    const { read } = house.store;
    const shared = await listHistory(read, house.alliance, subjectOf(meeting.id));
    expect(shared.at(-1)).toEqual({
      ...{ seq: expect.any(Number), at: house.clock.at, verb: 'readiness' },
      detail: { item: item.id, partner: acme, colour: 'red' },
    });
    const own = await listHistory(read, chainOf(house.alliance, acme), internalSubject(acme, meeting.id));
    expect(own).toMatchObject([{ verb: 'position', person: await idOf(house, 'Bob Brown') }]);
    expect(await listHistory(read, house.alliance, internalSubject(acme, meeting.id))).toEqual([]);
    const { history } = historyTables(read);
    expect(
      await read
        .select()
        .from(history)
        .where(eq(history.allianceId, chainOf(house.alliance, nova))),
    ).toEqual([]);
    expect(await findBrokenEntry(read, house.alliance)).toBeUndefined();
    expect(texts(await house.say('ben', 'catchup'))).not.toContain('Bob');
  });

  it('are read with an audience of their own company and with no other', async () => {
    const { house, item, acme, nova } = await opened();
    await say(house, 'ana', item, 'if', { condition: 'the price falls' });
    const { read } = house.store;
    expect(await listPositions(read, [item.id], ownAudience(house.alliance, acme))).toHaveLength(1);
    expect(await listPositions(read, [item.id], ownAudience(house.alliance, nova))).toEqual([]);
    expect(await listPositions(read, [item.id], await sharedAudience(read, house.alliance))).toEqual([]);
  });

  it('are asked with a form that says what the other company will see, and filled with what was said', async () => {
    const { house, item } = await opened();
    const asked = await say(house, 'ana', item, 'ask-if');
    expect(asked.view).toMatchObject({
      ...{ kind: 'form', id: 'meetings.if', title: 'Aligned if ...', private: true },
      audience: 'Only Acme Bio will see this. Nova Pharma will see only green, amber or red.',
      subject: itemSubject(item.id),
    });
    await say(house, 'ana', item, 'step', { step: 'Portfolio board', day: '4 Dec' });
    expect((await say(house, 'ana', item, 'ask-step')).view).toMatchObject({
      fields: [
        { name: 'step', value: 'Portfolio board' },
        { name: 'day', value: '2026-12-04' },
      ],
    });
    expect(texts(await say(house, 'bob', item, 'ask-step'))).not.toContain('Portfolio board",');
  });

  it('need their words, and a day that is to come', async () => {
    const { house, item } = await opened();
    expect(await say(house, 'ana', item, 'if', { condition: ' ' })).toMatchObject({
      ...{ outcome: 'refused', field: 'condition' },
    });
    for (const day of ['nonsense', '1 Nov 2026', 'Friday until Sunday', '4/5'])
      expect(await say(house, 'ana', item, 'step', { step: 'The board', day })).toMatchObject({
        ...{ outcome: 'refused', field: 'day' },
      });
    expect(await house.store.read.select().from(meetingTables(house.store.read).positions)).toEqual([]);
  });

  it('are asked of those with a vote, not of those who take no part, on what is accepted and for decision', async () => {
    const { house, meeting, item } = await opened();
    const { store } = house;
    expect(await say(house, 'mei', item, 'aligned')).toMatchObject({ outcome: 'refused' });
    expect(await say(house, 'mei', item, 'ask-if')).toMatchObject({ outcome: 'refused' });
    const refused = async (more: Partial<Item>) => {
      const other = await planItem(house, meeting, { title: 'Something else', ...more });
      expect(await say(house, 'jun', other, 'aligned')).toMatchObject({ outcome: 'refused' });
      expect(await say(house, 'jun', other, 'ask-step')).toMatchObject({ outcome: 'refused' });
    };
    for (const kind of ['discussion', 'information'] as const) await refused({ kind });
    for (const status of ['proposed', 'declined', 'done', 'parked', 'carried'] as const) await refused({ status });
    const [personId, at] = [await idOf(house, 'Jun Mori'), house.clock.at];
    const partnerId = (await jscOf(house)).seats.find(({ person }) => person === personId)?.partner as string;
    await store.write(async (tx) => {
      await tx.insert(meetingTables(tx).recusals).values({ itemId: item.id, personId, partnerId, reason: null, at });
    });
    expect(texts(await say(house, 'jun', item, 'aligned'))).toContain('You take no part in deciding this item');
    expect(texts(await say(house, 'ben', item, 'aligned'))).toContain('The joint agenda shows green for Nova Pharma.');
  });

  it('can be changed until the meeting is closed', async () => {
    const { house, meeting, item } = await opened();
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'open' }));
    expect(await say(house, 'ana', item, 'aligned')).toMatchObject({ outcome: 'done' });
    for (const status of ['held', 'agreed', 'cancelled'] as const) {
      await house.store.write((tx) => saveMeeting(tx, { ...meeting, status }));
      expect(await say(house, 'ana', item, 'not-yet')).toMatchObject({ outcome: 'refused' });
    }
  });

  it('count for the member whom an alternate stands in for', async () => {
    const { house, item, nova } = await opened();
    const { committee } = await jscOf(house);
    const [person, standsFor] = [await idOf(house, 'Mei Sato'), await idOf(house, 'Jun Mori')];
    await house.store.write((tx) =>
      saveSeat(tx, { committee: committee.id, person, partner: nova, role: 'alternate', standsFor }),
    );
    expect(await say(house, 'mei', item, 'aligned')).toMatchObject({ outcome: 'refused' });
    await house.say('jun', 'out until 4 December', direct);
    await say(house, 'ben', item, 'aligned');
    expect(texts(await say(house, 'mei', item, 'aligned'))).toContain('shows green for Nova Pharma');
  });

  it('are listed with one’s own answer and the colleagues’, where only one’s own company reads', async () => {
    const { house, meeting, item } = await opened();
    await planItem(house, meeting, { title: 'The budget of 2027', question: 'Do we approve the budget?' });
    await say(house, 'bob', item, 'not-yet');
    await say(house, 'ben', item, 'step', { step: 'Brand committee' });
    const { view } = await house.say('ana', 'meeting positions M-1', direct);
    expect(view).toMatchObject({
      ...{ kind: 'list', title: 'Positions for M-1' },
      intro: 'Only Acme Bio sees this. Nova Pharma sees only green, amber or red for each question.',
    });
    const shown = JSON.stringify(view);
    expect(shown).toContain('You have not answered yet.\\nBob Brown: not yet');
    expect(shown).toContain('"label":"We need an internal step"');
    expect(shown).not.toContain('Brand');
    await say(house, 'ana', item, 'aligned');
    const later = (await house.say('ana', 'meeting positions', direct)).view;
    expect(later).toMatchObject({ items: [{ title: 'The budget of 2027' }, { title: 'The revised protocol' }] });
  });

  it('are neither shown nor taken where others read along', async () => {
    const { house, meeting, item } = await opened();
    await say(house, 'ana', item, 'if', { condition: 'the price falls' });
    await house.store.write(async (tx) => {
      const { channels } = directoryTables(tx);
      await tx.update(channels).set({ shared: true }).where(eq(channels.internal, false));
    });
    const all = [
      await house.say('ana', 'meeting positions'),
      await house.say('ana', 'meeting prep'),
      await house.say('ana', 'meeting note The price is too high'),
      await say(house, 'ana', item, 'not-yet'),
      await say(house, 'ana', item, 'ask-if'),
    ];
    for (const answer of all) {
      expect(answer.outcome).toBe('refused');
      expect(texts(answer)).not.toContain('price');
      expect(texts(answer)).toContain('Say it to Entente directly');
    }
    expect(texts(await house.say('ana', `meeting show M-${meeting.number}`))).not.toContain('price');
  });

  it('lose their words when somebody is forgotten, and their notes go', async () => {
    const { house, item, acme } = await opened();
    await say(house, 'bob', item, 'if', { condition: 'the price falls' });
    await house.say('bob', 'meeting note The price is too high', { conversation: lanes.slack });
    await house.settle();
    const asked = await house.say('bob', 'forget me', direct);
    const button = asked.view.kind === 'notice' ? asked.view.buttons?.[0] : undefined;
    await house.press(
      'bob',
      {
        interaction: 'people.forget',
        ...(button?.subject && { subject: button.subject }),
        values: { ...button?.carry },
      },
      direct,
    );
    await house.settle();
    const { positions, notes } = meetingTables(house.store.read);
    expect(await house.store.read.select().from(positions)).toMatchObject([{ stance: 'if', condition: null }]);
    expect(await house.store.read.select().from(notes)).toEqual([]);
    const { history } = historyTables(house.store.read);
    const own = await house.store.read.select().from(history);
    expect(JSON.stringify(own)).not.toContain('price');
    expect(JSON.stringify([...house.slack.standing().values()])).not.toContain('price');
    expect(texts(await house.say('ana', 'meeting prep', { conversation: lanes.slack }))).toContain(
      'aligned on a condition',
    );
    expect(await findBrokenEntry(house.store.read, chainOf(house.alliance, acme))).toBeUndefined();
  });

  it('are one person’s when two turn out to be one, the later answer of two', async () => {
    const { house, item } = await opened();
    const [ana, bob] = [await idOf(house, 'Ana Ruiz'), await idOf(house, 'Bob Brown')];
    await say(house, 'ana', item, 'aligned');
    house.clock.at += 1_000;
    await say(house, 'bob', item, 'not-yet');
    await house.say('bob', 'meeting note To be merged', { conversation: lanes.slack });
    const meetings = features.find(({ name }) => name === 'meetings');
    const { positions, notes } = meetingTables(house.store.read);
    await house.store.write(async (tx) => meetings?.merged?.(ana, bob, tx));
    expect(await house.store.read.select().from(positions)).toMatchObject([{ personId: ana, stance: 'not-yet' }]);
    expect(await house.store.read.select().from(notes)).toMatchObject([{ personId: ana }]);
    await house.store.write(async (tx) => meetings?.merged?.(bob, ana, tx));
    expect(await house.store.read.select().from(positions)).toMatchObject([{ personId: bob, stance: 'not-yet' }]);
  });
});
