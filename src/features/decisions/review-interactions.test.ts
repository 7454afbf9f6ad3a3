import { expect, it } from 'vitest';
import { allianceWithLanes, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { listPartners } from '../../core/directory/reads.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { Waiting } from '../../core/feature.js';
import type { Answer } from '../../core/platform.js';
import type { Button, ListView, RecordView, Subject, Text } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { decisions } from './index.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [decisions], permissions, alliance: allianceWithLanes });

const flat = (text: Text = ''): string =>
  [text]
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : '…'))
    .join('');

const wordsIn = ({ view }: Answer): string => (view.kind === 'notice' ? flat(view.text) : view.kind);
const buttonsIn = ({ view }: Answer): readonly Button[] => (view.kind === 'notice' ? (view.buttons ?? []) : []);

const press = (house: House, who: Who, verb: string, subject: Subject, values: Record<string, string> = {}) =>
  house.press(who, { interaction: `decisions.${verb}`, subject, values });

const agree = async (house: House, said: string): Promise<Subject> => {
  const recorded = await house.say('ana', `decision ${said}`);
  const subject = buttonsIn(recorded)[0]?.subject as Subject;
  await press(house, 'ben', 'confirm', subject, { revision: '1' });
  return subject;
};

const card = async (house: House, subject: Subject): Promise<RecordView> =>
  (await press(house, 'mei', 'history', subject)).card as RecordView;

const fact = (view: RecordView, label: string) => {
  const found = view.facts.find((one) => one.label === label);
  return found && flat(found.text);
};

/** What waits for somebody, without what they can say. */
const waitingFor = async (house: House, who: Who): Promise<readonly Waiting[]> => {
  const { view } = await house.say(who, '', { conversation: `D${who}`, direct: true });
  return (view as ListView).items.slice(0, -1) as readonly Waiting[];
};

eachEngine('a dispute', (openStore) => {
  it('stands on the card with who disputes and why, and with how it ends', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly');
    const form = await press(house, 'jun', 'ask-dispute', subject);
    expect(form.view).toMatchObject({ kind: 'form', title: 'Dispute D-1', fields: [{ name: 'reason' }] });
    expect(await press(house, 'jun', 'dispute', subject, { reason: ' ' })).toMatchObject({ field: 'reason' });
    const long = await press(house, 'jun', 'dispute', subject, { reason: 'x'.repeat(3_000) });
    expect(long).toMatchObject({ outcome: 'refused', field: 'reason' });
    const disputed = await press(house, 'jun', 'dispute', subject, { reason: 'The sites are not ready' });
    expect(wordsIn(disputed)).toContain('D-1 is disputed by Nova Pharma.');
    const shown = await card(house, subject);
    expect(shown.status).toBe('Disputed');
    expect(fact(shown, 'Disputed by')).toBe('Jun Mori, Nova Pharma, …: The sites are not ready');
    expect(flat(shown.footer[0])).toBe(
      'The dispute ends when Nova Pharma takes it back, a changed wording is confirmed afresh, a decision that supersedes it is agreed, or Acme Bio withdraws the decision.',
    );
    expect(shown.buttons.map(({ label }) => label)).toEqual([
      'Take back',
      'Suggest a change',
      'Supersede',
      'Withdraw',
      'History',
    ]);
    expect(wordsIn(await press(house, 'ben', 'dispute', subject, { reason: 'Me too' }))).toContain('D-1 is disputed.');
  });

  it('is taken back by the company that disputes, with Undo too', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly');
    const [undo] = buttonsIn(await press(house, 'jun', 'dispute', subject, { reason: 'No' }));
    expect(undo).toMatchObject({ label: 'Undo', id: 'decisions.take-back' });
    expect(wordsIn(await press(house, 'bob', 'take-back', subject))).toContain('Nova Pharma disputes D-1');
    expect((await press(house, 'ben', 'take-back', subject)).card).toMatchObject({ status: 'Agreed' });
    expect((await press(house, 'mei', 'ask-dispute', subject)).outcome).toBe('refused');
  });

  it('ends with a changed wording that both confirm', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly');
    await press(house, 'jun', 'dispute', subject, { reason: 'No' });
    const values = { revision: '1', text: 'Meet weekly', reason: 'to settle it' };
    expect((await press(house, 'bob', 'revise', subject, values)).card).toMatchObject({ status: 'Recorded' });
    const agreed = await press(house, 'jun', 'confirm', subject, { revision: '2' });
    expect(agreed.card).toMatchObject({ status: 'Agreed', title: 'Meet weekly' });
    expect(fact(agreed.card as RecordView, 'Disputed by')).toBeUndefined();
  });

  it('ends when the other side lets go of the decision, which is disputed again when that is undone', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly');
    await press(house, 'jun', 'dispute', subject, { reason: 'No' });
    expect(wordsIn(await press(house, 'ben', 'withdraw', subject))).toContain('is for the other side');
    expect((await press(house, 'ana', 'withdraw', subject)).card).toMatchObject({ status: 'Withdrawn' });
    expect((await press(house, 'ana', 'undo-withdraw', subject)).card).toMatchObject({ status: 'Disputed' });
  });

  it('of a decision that superseded another ends with that one in force again when it is withdrawn', async () => {
    const house = await open(openStore);
    const old = await agree(house, 'Meet monthly');
    const newer = await agree(house, 'supersede D-1 Meet weekly');
    await press(house, 'jun', 'dispute', newer, { reason: 'No' });
    expect((await card(house, old)).status).toBe('Superseded by D-2');
    await press(house, 'ana', 'withdraw', newer);
    expect((await card(house, old)).status).toBe('Agreed');
  });
});

eachEngine('a review', (openStore) => {
  const ahead = (house: House, days: number) => {
    house.clock.at += days * DAY_MS;
  };

  it('is set in the quick form, told in the answer, and refused for a day that has passed', async () => {
    const house = await open(openStore);
    const said = await house.say('ana', 'decision Meet monthly because we drift, review on 1 June 2027');
    expect(wordsIn(said)).toContain('It comes up for review on 2027-06-01.');
    expect(fact(await card(house, buttonsIn(said)[0]?.subject as Subject), 'Why')).toBe('we drift');
    expect(wordsIn(await house.say('ana', 'decision Start soon review on 1 June 2020'))).toContain(
      'A review lies ahead.',
    );
    for (const day of ['31 Feb', '4/5/2027', '30 February 2027'])
      expect(wordsIn(await house.say('ana', `decision Start soon review on ${day}`))).toContain('cannot read this day');
    const none = await house.say('ana', 'decision Start the safety review on Friday');
    expect(wordsIn(none)).not.toContain('comes up for review');
  });

  it('waits for the co-chairs of both companies on its day, not before, and for nobody else', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly review on 1 March 2027');
    ahead(house, 97);
    expect(await waitingFor(house, 'ana')).toEqual([]);
    ahead(house, 1);
    for (const who of ['ana', 'ben'] as const)
      expect(await waitingFor(house, who)).toMatchObject([
        {
          ...{ title: 'D-1 Meet monthly', subject, dueOn: '2027-03-01', remind: { from: '2027-03-01' } },
          buttons: [{ label: 'Still right' }, { label: 'Revisit' }, { label: 'Superseded', opensWindow: true }],
        },
      ]);
    for (const who of ['bob', 'jun', 'mei'] as const) expect(await waitingFor(house, who)).toEqual([]);
  });

  it('is settled by the first answer: still right sets the next one in the same time, or on another day', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly review on 1 March 2027');
    ahead(house, 98);
    const due = { on: '2027-03-01' };
    const first = await press(house, 'ben', 'still-right', subject, due);
    expect(wordsIn(first)).toBe('D-1 is still right. It comes up again on 2027-06-07.');
    expect(await waitingFor(house, 'ana')).toEqual([]);
    expect(wordsIn(await press(house, 'ana', 'revisit', subject, due))).toContain('was answered already');
    expect(buttonsIn(first).map(({ label }) => label)).toEqual(['Undo', 'Another day']);
    expect((await press(house, 'ben', 'ask-review', subject)).view).toMatchObject({ title: 'Review D-1' });
    const wrong = await press(house, 'ben', 'review-on', subject, { review: 'some day' });
    expect(wrong).toMatchObject({ outcome: 'refused', field: 'review' });
    await press(house, 'ben', 'review-on', subject, { review: '1 October 2027' });
    expect(fact(await card(house, subject), 'Review')).toBe('2027-10-01');
    expect((await press(house, 'bob', 'still-right', subject, due)).outcome).toBe('refused');
  });

  it('is taken back for five minutes by who answered', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly review on 1 March 2027');
    ahead(house, 98);
    await press(house, 'ben', 'revisit', subject, { on: '2027-03-01' });
    expect(wordsIn(await press(house, 'ana', 'undo-review', subject))).toContain('Only who answered');
    await press(house, 'ben', 'undo-review', subject);
    expect(fact(await card(house, subject), 'Review')).toBe('2027-03-01');
    expect(await waitingFor(house, 'ana')).toHaveLength(1);
    await press(house, 'ben', 'still-right', subject, { on: '2027-03-01' });
    house.clock.at += 5 * 60_000 + 1;
    expect(wordsIn(await press(house, 'ben', 'undo-review', subject))).toContain('Undo works for five minutes.');
  });

  it('marks a decision that is to be revisited, until a co-chair finds it still right', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly review on 1 March 2027');
    ahead(house, 98);
    await press(house, 'ana', 'revisit', subject, { on: '2027-03-01' });
    const shown = await card(house, subject);
    expect(fact(shown, 'Review')).toBe('To be revisited, said Ana Ruiz on 2027-03-01');
    expect(shown.buttons[0]).toMatchObject({ label: 'Still right' });
    await press(house, 'ben', 'still-right', subject);
    expect(fact(await card(house, subject), 'Review')).toBe('2027-06-07');
  });

  it('is asked no more once what supersedes the decision is recorded, and again when that is withdrawn', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly review on 1 March 2027');
    ahead(house, 98);
    expect((await press(house, 'ana', 'supersede', subject, { on: '2027-03-01' })).view.kind).toBe('form');
    const newer = buttonsIn(await house.say('ana', 'decision supersede D-1 Meet weekly'))[0]?.subject as Subject;
    expect(await waitingFor(house, 'ana')).toEqual([]);
    await press(house, 'ana', 'withdraw', newer);
    expect(await waitingFor(house, 'ana')).toHaveLength(1);
  });
});

eachEngine('a confirmation that is missing', (openStore) => {
  it('waits at once, and is reminded of after two working days of that side', async () => {
    const house = await open(openStore);
    // A Monday.
    await house.say('ana', 'decision Meet monthly');
    const due = async () => (await waitingFor(house, 'ben')).map(({ dueOn, remind }) => ({ dueOn, remind }));
    expect(await due()).toEqual([{ dueOn: '2026-11-25', remind: { from: '2026-11-25' } }]);
    const partners = await listPartners(house.store.read, house.alliance);
    const close = (name: string) =>
      house.store.write((tx) =>
        tx.insert(directoryTables(tx).holidays).values({
          partnerId: partners.find((one) => one.name === name)?.id ?? '',
          on: '2026-11-24',
          name: 'A holiday',
        }),
      );
    await close('Acme Bio');
    expect(await due()).toMatchObject([{ dueOn: '2026-11-25' }]);
    await close('Nova Pharma');
    expect(await due()).toMatchObject([{ dueOn: '2026-11-26' }]);
  });
});

eachEngine('why', (openStore) => {
  it('tells the reason, the options, who stood behind it, each wording, and what it has to do with', async () => {
    const house = await open(openStore);
    const subject = await agree(house, 'Meet monthly because we drift instead of weekly');
    await press(house, 'jun', 'dispute', subject, { reason: 'No' });
    const values = { revision: '1', text: 'Meet weekly', because: 'we drift', reason: 'to settle it' };
    await press(house, 'bob', 'revise', subject, values);
    await press(house, 'jun', 'confirm', subject, { revision: '2' });
    await agree(house, 'amend D-1 By phone in summer');
    for (const word of ['D-1', 'd1', '1', 'D-1?']) {
      const { view } = await house.say('mei', `why ${word}`);
      expect((view as ListView).title).toBe('Why D-1');
      expect((view as ListView).items.map(({ title, text }) => [title, flat(text)])).toEqual([
        ['Why', 'we drift'],
        ['Recorded by', 'Ana Ruiz, Acme Bio, …'],
        ['Confirmed', 'Acme Bio confirmed by Bob Brown · Nova Pharma confirmed by Jun Mori'],
        ['Amended by', 'D-2 By phone in summer'],
        ['Wording 1', 'Ana Ruiz, Acme Bio, …: "Meet monthly" because "we drift" instead of "weekly"'],
        ['Wording 2', 'Bob Brown, Acme Bio, …: "Meet weekly" because "we drift". Changed because: to settle it'],
      ]);
    }
  });

  it('tells of a company’s own decision where it may be read, and of none elsewhere', async () => {
    const house = await open(openStore);
    await house.say('ana', 'decision Sell the plant', { conversation: lanes.slack });
    const asked = (who: Who, conversation: string) => house.say(who, 'why ID-1', { conversation });
    expect(JSON.stringify((await asked('bob', lanes.slack)).view)).toContain('Sell the plant');
    const elsewhere = await asked('ben', lanes.teams);
    expect(elsewhere.outcome).toBe('refused');
    expect(wordsIn(elsewhere)).toBe(
      "There is no decision ID-1 in your log. Say 'log' and a word to find the one you mean.",
    );
    expect(wordsIn(await house.say('ben', 'why'))).toContain('Say which decision you mean: why D-14.');
    expect((await house.say('ben', `why ${'x'.repeat(5_000)}`)).outcome).toBe('refused');
  });
});
