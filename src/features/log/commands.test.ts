import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { allianceWithLanes, closing, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import { directoryTables } from '../../core/directory/tables.js';
import { saveEntry } from '../../core/entries/entries.js';
import type { PersonId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import type { Button, ListView, View } from '../../core/view.js';
import { decisions } from '../decisions/index.js';
import { seats } from '../seats/index.js';
import { log } from './index.js';

const DAY = 24 * 60 * 60 * 1_000;

const listOf = ({ view }: Answer): ListView => {
  if (view.kind !== 'list') throw new Error(`no list: ${JSON.stringify(view)}`);
  return view;
};
const titles = (answer: Answer) => listOf(answer).items.map(({ title }) => title);
const buttonsIn = (view: View): readonly Button[] => ('buttons' in view ? (view.buttons ?? []) : []);

const direct = { ana: 'D01', ben: 'a:1' } as const;

eachEngine('the log', (open) => {
  const openLog = async () =>
    closing(await openHouse(await open(), { features: [decisions, log, seats], alliance: allianceWithLanes }));

  const press = (house: House, who: Who, button: Button | undefined, more = {}) =>
    house.press(
      who,
      { interaction: button!.id, values: { ...button!.carry }, ...(button!.subject && { subject: button!.subject }) },
      more,
    );

  it('gives the newest first, a page at a time, there and back', async () => {
    const house = await openLog();
    for (let n = 1; n <= 10; n += 1) await house.say('ana', `decision Month ${n}`);
    const first = await house.say('ben', 'log');
    expect(listOf(first)).toMatchObject({ title: 'Log: 10 found', instead: true });
    expect(titles(first)[0]).toBe('D-10 Month 10');
    expect(titles(first)).toHaveLength(8);
    const older = await press(
      house,
      'ben',
      buttonsIn(first.view).find(({ label }) => label === 'Older'),
    );
    expect(titles(older)).toEqual(['D-2 Month 2', 'D-1 Month 1']);
    expect(buttonsIn(older.view).map(({ label }) => label)).toEqual(['Newer']);
    expect(titles(await press(house, 'ben', buttonsIn(older.view)[0]))[0]).toBe('D-10 Month 10');
  });

  it('finds by words, committee and day, and says what was searched when there is nothing', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Send the revised protocol because the agency asked');
    house.clock.at += 40 * DAY;
    await house.say('ana', 'decision Meet monthly');
    expect(titles(await house.say('ben', 'log AGENCY'))).toEqual(['D-1 Send the revised protocol']);
    expect(titles(await house.say('ben', 'log JSC "revised protocol"'))).toEqual(['D-1 Send the revised protocol']);
    expect(titles(await house.say('ben', 'log since last week'))).toEqual(['D-2 Meet monthly']);
    expect(titles(await house.say('ben', 'log decisions since November'))).toHaveLength(2);
    const nothing = listOf(await house.say('ben', 'log JSC overdue phase'));
    expect(nothing.title).toBe('Log: 0 found');
    expect(JSON.stringify(nothing.empty)).toContain('phase');
  });

  it('lists what is mine and what is overdue', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Meet monthly');
    const [first] = listOf(await house.say('ana', 'log')).items;
    const { people } = directoryTables(house.store.read);
    const [ana] = await house.store.read.select({ id: people.id }).from(people).where(eq(people.name, 'Ana Ruiz'));
    const owed = {
      visibility: '',
      title: 'Send it',
      more: [],
      status: 'Open',
      live: true,
      owner: ana!.id as PersonId,
      at: house.clock.at,
    } as const;
    await house.store.write(async (tx) => {
      await saveEntry(
        tx,
        house.alliance,
        { feature: 'actions', id: 'a1' },
        { ...owed, label: 'A-1', dueOn: '2026-11-20' },
        1,
      );
      await saveEntry(
        tx,
        house.alliance,
        { feature: 'actions', id: 'a2' },
        { ...owed, label: 'A-2', dueOn: '2026-11-23' },
        1,
      );
    });
    expect(first?.title).toBe('D-1 Meet monthly');
    expect(titles(await house.say('ana', 'log mine'))).toEqual(['A-2 Send it', 'A-1 Send it']);
    expect(titles(await house.say('ana', 'log overdue'))).toEqual(['A-1 Send it']);
    expect(titles(await house.say('ben', 'log mine'))).toEqual([]);
    const caught = await house.say('ana', 'catchup');
    expect(titles(caught)).toContain('Actions overdue: 1');
  });

  it('opens a hit, and its buttons work', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Meet monthly');
    const [hit] = listOf(await house.say('ben', 'log')).items;
    const card = await press(house, 'ben', hit!.buttons![0]);
    expect(card.view).toMatchObject({ kind: 'record', label: 'D-1' });
    expect(await press(house, 'ben', buttonsIn(card.view)[0])).toMatchObject({ outcome: 'done' });
    expect(JSON.stringify(listOf(await house.say('ana', 'log')).items)).toContain('Agreed');
    const forged = await house.press('ben', {
      interaction: 'entente.open',
      values: { feature: 'decisions', record: 'x' },
    });
    expect(forged).toMatchObject({ outcome: 'refused' });
  });

  it('shows a company’s own records to its people alone, and to nobody in a channel that others read', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Offer ten million', { conversation: lanes.slack });
    const own = await house.say('ana', 'log million', { direct: true, conversation: direct.ana });
    expect(titles(own)).toEqual(['ID-1 Offer ten million']);
    expect(JSON.stringify(own.view)).toContain('only Acme Bio sees it');
    const [hit] = listOf(own).items;
    const theirs = { direct: true, conversation: direct.ben };
    expect(titles(await house.say('ben', 'log', theirs))).toEqual([]);
    expect(titles(await house.say('ben', 'catchup', theirs))).toEqual([]);
    expect(await press(house, 'ben', hit!.buttons![0], theirs)).toMatchObject({ outcome: 'refused' });
    const { channels } = directoryTables(house.store.read);
    await house.store.write(async (tx) => void (await tx.update(channels).set({ shared: true })));
    expect(titles(await house.say('ana', 'log million'))).toEqual([]);
    expect(titles(await house.say('ana', 'catchup'))).toEqual([]);
  });
});

eachEngine('catching up', (open) => {
  const openLog = async () =>
    closing(await openHouse(await open(), { features: [decisions, log, seats], alliance: allianceWithLanes }));
  const alone = { direct: true, conversation: direct.ben };

  it('tells each record once, with what happened to it last, in groups', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Meet monthly');
    await house.say('ana', 'decision Start in May');
    await house.say('ana', 'decision Hire');
    const found = listOf(await house.say('ben', 'log')).items;
    const subjectOf = (at: number) => ({ feature: 'decisions', id: found[at]!.buttons![0]!.carry!.record! });
    await house.press('ben', { interaction: 'decisions.confirm', subject: subjectOf(2), values: { revision: '1' } });
    await house.press('ana', { interaction: 'decisions.withdraw', subject: subjectOf(0) });
    const caught = await house.say('ben', 'catchup', alone);
    expect(listOf(caught).title).toBe('3 things have changed');
    expect(titles(caught)).toEqual([
      'Decided: 1',
      'D-2 Start in May',
      'Agreed: 1',
      'D-1 Meet monthly',
      'Disputed or withdrawn: 1',
      'D-3 Hire',
    ]);
  });

  it('goes on from where one looked last, for oneself only, and shows the last week when asked', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Meet monthly');
    expect(titles(await house.say('ben', 'catchup', alone))).toHaveLength(2);
    house.clock.at += DAY;
    const again = await house.say('ben', 'catchup', alone);
    expect(listOf(again).title).toBe('Nothing is new');
    const [week] = buttonsIn(again.view);
    expect(week?.label).toBe('Show the last week instead');
    const pressed = await house.press('ben', { interaction: week!.id, values: { ...week!.carry } }, alone);
    expect(titles(pressed)).toEqual(['Decided: 1', 'D-1 Meet monthly']);
    expect(titles(await house.say('ana', 'catchup', { direct: true, conversation: direct.ana }))).toHaveLength(2);
    expect(titles(await house.say('ben', 'catchup since yesterday', alone))).toHaveLength(2);
  });

  it('looks back two weeks the first time, and counts a look at one committee as none', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Long ago');
    house.clock.at += 20 * DAY;
    await house.say('ana', 'decision Meet monthly');
    expect(titles(await house.say('ben', 'catchup JSC', alone))).toEqual(['Decided: 1', 'D-2 Meet monthly']);
    expect(titles(await house.say('ben', 'catchup', alone))).toEqual(['Decided: 1', 'D-2 Meet monthly']);
    expect(await house.say('ben', 'catchup everything', alone)).toMatchObject({ outcome: 'refused' });
  });

  it('tells who came and went in their own sentence', async () => {
    const house = await openLog();
    const mei = {
      user: 'aaaaaaaa-0000-0000-0000-000000000002',
      workspace: '11111111-1111-1111-1111-111111111111',
      name: 'Mei',
    };
    const seated = await house.say('ben', ['seat ', mei, ' JSC member']);
    expect(seated.outcome).toBe('done');
    const caught = listOf(await house.say('ana', 'catchup', { direct: true, conversation: direct.ana }));
    expect(caught.items[0]?.title).toBe('People: 1');
    expect(JSON.stringify(caught.items[1]?.text)).toContain('a member of the JSC');
  });
});
