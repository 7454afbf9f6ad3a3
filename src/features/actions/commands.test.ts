import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { directoryTables } from '../../core/directory/tables.js';
import { findBrokenEntry } from '../../core/history.js';
import type { Answer, Word } from '../../core/platform.js';
import { entryTables } from '../../core/tables.js';
import type { Button, RecordView, Subject, Text } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { actions } from './index.js';

/** A Monday, 10:00 in Zurich and 18:00 in Tokyo. */
const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [actions], permissions });

const flat = (text: Text | undefined): string =>
  typeof text === 'string'
    ? text
    : (text ?? [])
        .map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : 'moment' in span ? 'then' : ''))
        .join('');

const sentence = ({ view }: Answer): string => (view.kind === 'notice' ? flat(view.text) : `a ${view.kind}`);

const buttonOf = ({ view }: Answer): Button => {
  const [button] = view.kind === 'notice' ? (view.buttons ?? []) : [];
  if (!button) throw new Error(`no undo was offered: ${JSON.stringify(view)}`);
  return button;
};

const subjectIn = (answer: Answer): Subject => buttonOf(answer).subject as Subject;

const mention = (who: Who): Word => ({ ...people[who], name: who });

/** 'action @somebody ...' */
const give = (house: House, from: Who, to: Who, text = 'Send the revised protocol by Friday') =>
  house.say(from, ['action ', mention(to), ` ${text}`]);

/** Ana's for Ben, of the other company: whom she cannot mention. */
const propose = async (house: House, text = '@Ben Ito Send the revised protocol by Friday'): Promise<Subject> =>
  subjectIn(await house.say('ana', `action ${text}`));

const press = (house: House, who: Who, verb: string, subject: Subject, values: Record<string, string> = {}) =>
  house.press(who, { interaction: `actions.${verb}`, subject, values });

const card = async (house: House, who: Who, subject: Subject): Promise<RecordView> =>
  (await press(house, who, 'history', subject)).card as RecordView;

const fact = (view: RecordView, label: string) => flat(view.facts.find((one) => one.label === label)?.text);

const labels = (view: RecordView) => view.buttons.map(({ label }) => label);

const friday = { due: '2026-11-27' };

eachEngine('an action', (openStore) => {
  it('of one’s own company is open at once, and says whose it is and by when', async () => {
    const house = await open(openStore);
    const answer = await give(house, 'ana', 'bob');
    expect(sentence(answer)).toBe(
      'Recorded as A-1 for the JSC: Bob Brown’s, due 2026-11-27. Acme Bio and Nova Pharma will see this.',
    );
    const view = await card(house, 'ben', subjectIn(answer));
    expect(view).toMatchObject({ label: 'A-1', title: 'Send the revised protocol', status: 'Open' });
    expect(fact(view, 'Owner')).toBe('Bob Brown, Acme Bio');
    expect(fact(view, 'Due')).toBe('2026-11-27');
    expect(labels(view)).toEqual(['Done', 'Blocked because', 'Another date', 'Hand over', 'Drop because', 'History']);
  });

  it('of the other company is proposed until they accept it', async () => {
    const house = await open(openStore);
    const answer = await house.say('ana', 'action by Friday @Ben Ito to send the revised protocol');
    expect(sentence(answer)).toContain('It is proposed until Ben Ito accepts it.');
    const subject = subjectIn(answer);
    const before = await card(house, 'ana', subject);
    expect(before).toMatchObject({ status: 'Proposed', title: 'Send the revised protocol' });
    expect(labels(before).slice(0, 3)).toEqual(['Accept', 'Another date', 'Decline']);
    const accepted = await press(house, 'ben', 'accept', subject, friday);
    expect(sentence(accepted)).toBe('You accepted A-1. It is due 2026-11-27.');
    expect(accepted.card).toMatchObject({ status: 'Open' });
    const twice = await press(house, 'ben', 'accept', subject, friday);
    expect(sentence(twice)).toBe('A-1 is accepted and open, so there is nothing to do here. Look at its newest card.');
  });

  it.each([
    ['ana', 'accept', 'Only Ben Ito can accept this.'],
    ['jun', 'accept', 'Only Ben Ito can accept this.'],
    ['jun', 'done', 'Only Ben Ito can say that this is done.'],
    ['mei', 'ask-decline', 'Only Ben Ito can decline this.'],
  ] as const)('tells %s, who presses %s, whose it is', async (who, verb, said) => {
    const house = await open(openStore);
    const subject = await propose(house);
    const answer = await press(house, who, verb, subject, friday);
    expect([answer.outcome, sentence(answer)]).toEqual(['refused', said]);
  });

  it('is looked after by whoever covers for its owner, while they are out', async () => {
    const house = await open(openStore);
    const subject = await propose(house);
    const { absences, people: rows } = directoryTables(house.store.read);
    const all = await house.store.read.select().from(rows);
    const idOf = (name: string) => all.find((one) => one.name === name)?.id ?? '';
    const days = { fromOn: '2026-11-23', untilOn: '2026-11-24' };
    const out = { allianceId: house.alliance, personId: idOf('Ben Ito'), coverId: idOf('Jun Mori'), ...days };
    await house.store.write((tx) => tx.insert(absences).values(out));
    expect((await press(house, 'jun', 'accept', subject, friday)).outcome).toBe('done');
    house.clock.at += 2 * 86_400_000;
    expect(sentence(await press(house, 'jun', 'done', subject))).toBe('Only Ben Ito can say that this is done.');
  });

  it('is accepted with another date, and the old one is kept and shown', async () => {
    const house = await open(openStore);
    const subject = await propose(house);
    const form = await press(house, 'ben', 'ask-date', subject);
    expect(form.view).toMatchObject({ kind: 'form', title: 'Another date', fields: [{ value: 'Fri 27 Nov 2026' }] });
    const past = await press(house, 'ben', 'date', subject, { due: 'last Friday' });
    expect(past).toMatchObject({ outcome: 'refused', field: 'due' });
    const answer = await press(house, 'ben', 'date', subject, { due: 'in two weeks' });
    expect(sentence(answer)).toBe('A-1 is accepted, and is due 2026-12-07 instead of 2026-11-27.');
    expect(fact(answer.card as RecordView, 'Due')).toBe('2026-12-07 (was 2026-11-27, changed by Ben Ito)');
    const same = await press(house, 'ben', 'date', subject, { due: '7 December 2026' });
    expect(sentence(same)).toBe('A-1 is due on Mon 7 Dec 2026 already. Choose another day, or close the form.');
  });

  it('whose date the other company changes is proposed again, and not accepted by a card that shows the old one', async () => {
    const house = await open(openStore);
    const subject = await propose(house);
    await press(house, 'ben', 'accept', subject, friday);
    const moved = await press(house, 'ana', 'date', subject, { due: 'tomorrow' });
    expect(sentence(moved)).toContain('It is proposed until Ben Ito accepts it.');
    expect(sentence(await press(house, 'ben', 'accept', subject, friday))).toBe(
      'A-1 is due on Tue 24 Nov 2026, another day than this card shows. Look at it again, then accept it.',
    );
    expect((await press(house, 'ben', 'accept', subject, { due: '2026-11-24' })).outcome).toBe('done');
  });

  it('that is declined goes back to whoever gave it, who hands it over or drops it', async () => {
    const house = await open(openStore);
    const subject = await propose(house);
    const declined = await press(house, 'ben', 'decline', subject, { reason: 'Regulatory owns this' });
    expect(fact(declined.card as RecordView, 'Status')).toBe('Declined by Ben Ito: Regulatory owns this');
    expect(labels(declined.card as RecordView)).toEqual(['Hand over', 'Drop because', 'History']);
    const home = JSON.stringify((await house.say('ana', '')).view);
    expect(home).toContain('Declined by Ben Ito: Regulatory owns this');
    const form = await press(house, 'ana', 'ask-hand-over', subject);
    const jun = form.view.kind === 'form' && form.view.fields[0]?.kind === 'choice' && form.view.fields[0].options;
    const owner = (jun || []).find(({ label }) => label === 'Jun Mori, Nova Pharma')?.value ?? '';
    const handed = await press(house, 'ana', 'hand-over', subject, { owner });
    expect(sentence(handed)).toBe('A-1 is Jun Mori’s now. It is proposed until Jun Mori accepts it.');
    expect(handed.card).toMatchObject({ status: 'Proposed' });
    const dropped = await press(house, 'ana', 'drop', subject, { reason: 'Not needed' });
    expect(dropped.card).toMatchObject({ status: 'Dropped', buttons: [{ label: 'History' }] });
  });

  it('is blocked, open again, and done', async () => {
    const house = await open(openStore);
    const subject = subjectIn(await give(house, 'ana', 'bob'));
    const blocked = await press(house, 'bob', 'block', subject, { reason: 'Waiting for legal' });
    expect(fact(blocked.card as RecordView, 'Status')).toBe('Blocked: Waiting for legal');
    expect(labels(blocked.card as RecordView)[1]).toBe('Not blocked any more');
    expect((await press(house, 'bob', 'unblock', subject)).card).toMatchObject({ status: 'Open' });
    await press(house, 'bob', 'block', subject, { reason: 'Again' });
    const done = await press(house, 'bob', 'done', subject);
    expect(done.card).toMatchObject({ status: 'Done', buttons: [{ label: 'History' }] });
    const undone = await house.press('bob', { interaction: buttonOf(done).id, subject });
    expect(fact(undone.card as RecordView, 'Status')).toBe('Blocked: Again');
    expect(sentence(await press(house, 'bob', 'undo-done', subject))).toBe('This was undone already.');
  });

  it('is undone for five minutes by whoever did it, and not once somebody has answered', async () => {
    const house = await open(openStore);
    const first = await propose(house);
    expect((await press(house, 'bob', 'undo-record', first)).outcome).toBe('refused');
    expect((await press(house, 'ana', 'undo-record', first)).card).toMatchObject({ status: 'Dropped' });
    const second = await propose(house);
    const accepted = await press(house, 'ben', 'accept', second, friday);
    expect(sentence(await press(house, 'ana', 'undo-record', second))).toContain('Somebody has answered A-2');
    expect((await house.press('ben', { interaction: buttonOf(accepted).id, subject: second })).card).toMatchObject({
      status: 'Proposed',
    });
    const dropped = await press(house, 'ana', 'drop', second, { reason: 'Not needed' });
    expect(sentence(await press(house, 'ben', 'undo-drop', second))).toContain('Only who did this to A-2');
    house.clock.at += 5 * 60_000 + 1;
    const late = await house.press('ana', { interaction: buttonOf(dropped).id, subject: second });
    expect(sentence(late)).toBe('Undo works for five minutes. Record the action anew.');
  });

  it('is handed over within a company without asking, and to the other one with', async () => {
    const house = await open(openStore);
    const subject = await propose(house);
    await press(house, 'ben', 'accept', subject, friday);
    const form = await press(house, 'ben', 'ask-hand-over', subject);
    const options =
      form.view.kind === 'form' && form.view.fields[0]?.kind === 'choice' ? form.view.fields[0].options : [];
    expect(options.map(({ label }) => label)).not.toContain('Ben Ito, Nova Pharma');
    const id = (name: string) => options.find(({ label }) => label.startsWith(name))?.value ?? '';
    expect((await press(house, 'ben', 'hand-over', subject, { owner: id('Jun') })).card).toMatchObject({
      status: 'Open',
    });
    const back = await press(house, 'jun', 'hand-over', subject, { owner: id('Bob') });
    expect(back.card).toMatchObject({ status: 'Proposed' });
    expect(sentence(await press(house, 'jun', 'done', subject))).toBe('Only Bob Brown can say that this is done.');
    expect(sentence(await press(house, 'mei', 'drop', subject, { reason: 'x' }))).toContain('Only its owner, whoever');
  });

  it.each([
    ['@team Send the protocol by Friday', 'An action has one owner'],
    ['@Acme Send the protocol by Friday', 'is a company'],
    ['Nova Pharma: send the protocol by Friday', 'is a company'],
    ['@Ben Ito and @Jun Mori send the protocol by Friday', 'this names Ben Ito and Jun Mori'],
    ['@Zoe Quinn send the protocol by Friday', 'On the JSC sit Ana Ruiz, Ben Ito, Bob Brown'],
    ['@Ben Ito Send the protocol by yesterday', 'is over: it was Sun 22 Nov 2026'],
    ['@Ben Ito Send the protocol by 12 Apr 2020', 'is over'],
    ['@Ben Ito Send the protocol by 31 Feb', "cannot read '31 Feb' as a day"],
    ['@Ben Ito Send the protocol next fortnight', "cannot read 'next fortnight' as a day"],
    ['@Ben Ito Send the protocol by 4/5', 'could be two days'],
    ['@Ben Ito protocol by Friday', 'Say what will be there when it is done'],
    ['@Ben Ito follow up by Friday', 'Say what will be there when it is done'],
    [`@Ben Ito ${'word '.repeat(600)} by Friday`, 'fits in 1,000 characters'],
  ])('is not made of %s', async (said, why) => {
    const house = await open(openStore);
    const answer = await house.say('ana', `action ${said}`);
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toContain(why);
    expect(sentence(answer)).toMatch(/^[A-Z'].{10,300}\.$/u);
  });

  it('takes a stranger and somebody without a seat for no owner', async () => {
    const house = await open(openStore);
    house.slack.profiles.set('U77GUEST', { name: 'Gil Guest', guest: true });
    const guest: Word = { ...people.ana, user: 'U77GUEST', name: 'Gil Guest' };
    const stranger = await house.say('ana', ['action ', guest, ' Send it by Friday']);
    expect(sentence(stranger)).toContain('Gil Guest takes no part in this alliance');
    // Whoever is only named reads nothing: the channel is as much the company's own as before.
    const { channels } = directoryTables(house.store.read);
    expect((await house.store.read.select().from(channels)).map(({ shared }) => shared)).toEqual([false, false]);
    await house.say('zoe', '');
    expect(sentence(await give(house, 'ana', 'zoe'))).toContain(
      'has no seat on the JSC, so they cannot own its action.',
    );
  });

  it('asks with a form filled in with what was read', async () => {
    const house = await open(openStore);
    const empty = await house.say('ana', 'action');
    expect(empty.view).toMatchObject({
      ...{ kind: 'form', title: 'Record an action', audience: 'Acme Bio and Nova Pharma will see this' },
      fields: [{ name: 'text' }, { name: 'owner' }, { name: 'due' }],
    });
    const half = await house.say('ana', 'action Send the revised protocol to @Ben Ito by Friday');
    expect(half.view).toMatchObject({
      fields: [{ value: 'Send the revised protocol to Ben Ito' }, { name: 'owner' }, { value: 'Fri 27 Nov 2026' }],
    });
    if (half.view.kind !== 'form') throw new Error('no form');
    const [text, owner] = half.view.fields;
    const ben =
      owner?.kind === 'choice' ? owner.options.find(({ label }) => label === 'Ben Ito, Nova Pharma') : undefined;
    const values = { ...half.view.carry, text: text?.value ?? '', owner: ben?.value ?? '', due: 'Fri 27 Nov 2026' };
    const wrong = await house.press('ana', { interaction: 'actions.record', values: { ...values, due: 'soon' } });
    expect(wrong).toMatchObject({ outcome: 'refused', field: 'due' });
    const nobody = await house.press('ana', { interaction: 'actions.record', values: { ...values, owner: 'x' } });
    expect(nobody).toMatchObject({ outcome: 'refused', field: 'owner' });
    const vague = await house.press('ana', { interaction: 'actions.record', values: { ...values, text: 'protocol' } });
    expect(vague).toMatchObject({ outcome: 'refused', field: 'text' });
    expect(sentence(await house.press('ana', { interaction: 'actions.record', values }))).toContain('Recorded as A-1');
  });

  it('is taken from a message with its link, for the recorder’s company alone, and with the day as it was meant then', async () => {
    const house = await open(openStore);
    const link = 'https://acme.slack.com/archives/C1/p1';
    const quote = { text: 'Bob sends the protocol by Friday', link, saidAt: house.clock.at - 86_400_000 };
    const form = await house.say('ana', 'action', { quote });
    expect(form.view).toMatchObject({ fields: [{ value: quote.text }, {}, { value: 'Fri 27 Nov 2026' }] });
    if (form.view.kind !== 'form') throw new Error('no form');
    const owner = form.view.fields[1]?.kind === 'choice' ? (form.view.fields[1].options[0]?.value ?? '') : '';
    const values = { ...form.view.carry, text: quote.text, owner, due: 'Friday' };
    const subject = subjectIn(await house.press('ana', { interaction: 'actions.record', values }));
    expect(fact(await card(house, 'bob', subject), 'From')).toBe(link);
    expect(JSON.stringify(await card(house, 'ben', subject))).not.toContain(link);
    // When it was said, and not when it was logged.
    for (const who of ['bob', 'ben'] as const)
      expect((await card(house, who, subject)).facts.find(({ label }) => label === 'Said')?.text).toMatchObject([
        { moment: quote.saidAt },
      ]);
    const { entries } = entryTables(house.store.read);
    const [entry] = await house.store.read.select().from(entries).where(eq(entries.subjectId, subject.id));
    expect(entry?.at).toBe(quote.saidAt);
  });

  it('says in the form when a message was too long to be taken whole', async () => {
    const house = await open(openStore);
    const quote = { text: 'x'.repeat(1_001), saidAt: house.clock.at };
    const { view } = await house.say('ana', 'action', { quote });
    expect(view.kind === 'form' && view.fields[0]).toMatchObject({
      value: 'x'.repeat(1_000),
      hint: 'The message is longer: here are its first 1,000 characters.',
    });
  });

  it('is due on a day of the speaker’s calendar, also across the date line', async () => {
    const house = await open(openStore);
    // Monday 17:00 in Zurich is Tuesday 01:00 in Tokyo.
    house.clock.at = Date.UTC(2026, 10, 23, 16);
    const tokyo = await house.say('jun', 'action me: send the agenda today');
    expect(sentence(tokyo)).toContain('yours, due 2026-11-24');
    expect(sentence(await house.say('ana', 'action me: send the agenda today'))).toContain('due 2026-11-23');
  });

  it('is told to its owner directly only when it is due within two days, and to nobody twice', async () => {
    const house = await open(openStore);
    await propose(house);
    await house.settle();
    const direct = () =>
      house.teams.sent.filter(({ how, conversation }) => how === 'post' && conversation === people.ben.user);
    expect(direct()).toEqual([]);
    await propose(house, '@Ben Ito Call the site tomorrow');
    await give(house, 'ana', 'ana', 'Call the other site tomorrow');
    await house.settle();
    expect(direct().map(({ view }) => view.kind === 'record' && view.label)).toEqual(['A-2']);
    expect(house.slack.sent.filter(({ conversation }) => conversation === people.ana.user)).toEqual([]);
    await house.reconciler.stop();
  });

  it('tells its history, and keeps a chain that holds', async () => {
    const house = await open(openStore);
    const subject = await propose(house);
    await press(house, 'ben', 'date', subject, { due: '3 December' });
    await press(house, 'ben', 'done', subject);
    const { view } = await press(house, 'mei', 'history', subject);
    const items = view.kind === 'list' ? view.items.map(({ title, text }) => `${title} ${flat(text)}`) : [];
    expect(items).toEqual([
      'Recorded by Ana Ruiz then: "Send the revised protocol" for Ben Ito, due 2026-11-27',
      'Day changed by Ben Ito then, due 2026-12-03 instead of 2026-11-27',
      'Done by Ben Ito then',
    ]);
    expect(await findBrokenEntry(house.store.read, house.alliance)).toBeUndefined();
  });
});
