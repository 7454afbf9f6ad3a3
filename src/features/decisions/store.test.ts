import { expect, it } from 'vitest';
import { type House, openHouse, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { findBrokenEntry } from '../../core/history.js';
import type { Answer } from '../../core/platform.js';
import type { Button, RecordView, Subject } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { decisions } from './index.js';
import { decisionTables } from './tables.js';

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [decisions], permissions });

const sentence = (answer: Answer): string => (answer.view.kind === 'notice' ? String(answer.view.text) : '');

const undoOf = (answer: Answer): Button => {
  const [button] = answer.view.kind === 'notice' ? (answer.view.buttons ?? []) : [];
  if (!button) throw new Error('no undo was offered');
  return button;
};

const record = async (house: House, who: Who = 'ana', text = 'Meet monthly'): Promise<Subject> => {
  const { subject } = undoOf(await house.say(who, `decision ${text}`));
  if (!subject) throw new Error('nothing was recorded');
  return subject;
};

const confirm = (house: House, who: Who, subject: Subject, revision = '1') =>
  house.press(who, { interaction: 'decisions.confirm', subject, values: { revision } });

const card = async (house: House, who: Who, subject: Subject): Promise<RecordView> =>
  (await house.press(who, { interaction: 'decisions.history', subject })).card as RecordView;

const fact = (view: RecordView, label: string) => view.facts.find((one) => one.label === label)?.text;

eachEngine('a decision', (openStore) => {
  it('is agreed when somebody with a vote on each side has confirmed its wording', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'ana', 'Meet monthly because we drift instead of weekly');
    const before = await card(house, 'ben', subject);
    expect(before).toMatchObject({ label: 'D-1', title: 'Meet monthly', status: 'Recorded' });
    expect(fact(before, 'Why')).toBe('we drift');
    expect(fact(before, 'Instead of')).toBe('weekly');
    expect(fact(before, 'Wording')).toBe('Acme Bio confirmed by Ana Ruiz · Nova Pharma not yet');
    const answer = await confirm(house, 'ben', subject);
    expect(sentence(answer)).toBe('D-1 is agreed: Acme Bio and Nova Pharma have confirmed the wording.');
    expect(answer.card).toMatchObject({
      status: 'Agreed',
      buttons: [{ label: 'Dispute' }, { label: 'Supersede' }, { label: 'Amend' }, { label: 'History' }],
    });
  });

  it('does not count its recorder as confirming without a vote', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'mei');
    expect(fact(await card(house, 'mei', subject), 'Wording')).toBe('Acme Bio not yet · Nova Pharma not yet');
    await confirm(house, 'jun', subject);
    expect(sentence(await confirm(house, 'bob', subject))).toContain('is agreed');
  });

  it.each([
    ['ana', 'You have confirmed the wording of D-1 already.'],
    ['bob', 'Ana Ruiz has confirmed for Acme Bio. What is missing is Nova Pharma.'],
    ['mei', 'Only JSC members decide this. You sit as observer; your comment is welcome.'],
  ] as const)('gives %s the sentence that fits', async (who, said) => {
    const house = await open(openStore);
    const subject = await record(house);
    const answer = await confirm(house, who, subject);
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toBe(said);
  });

  it('is numbered without gaps under fifty concurrent recorders, refusals among them', async () => {
    const house = await open(openStore);
    const who: Who[] = ['ana', 'bob', 'ben', 'mei', 'jun', 'zoe'];
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => house.say(who[n % 6] ?? 'ana', `decision number ${n}`)),
    );
    expect(answers.filter((answer) => answer.outcome === 'done')).toHaveLength(50);
    const rows = await house.store.read.select().from(decisionTables(house.store.read).decisions);
    const numbers = rows.map((row) => row.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(await findBrokenEntry(house.store.read, house.alliance)).toBeUndefined();
  });

  it('asks with a form when there is no text, filled in from a quoted message', async () => {
    const house = await open(openStore);
    const form = await house.say('ana', 'decision');
    expect(form.view).toMatchObject({
      kind: 'form',
      title: 'Record a decision',
      audience: 'Acme Bio and Nova Pharma will see this',
    });
    const quote = { text: 'we meet monthly', link: 'https://acme.slack.com/archives/C1/p1', saidAt: 1 };
    const filled = await house.say('ana', 'decision', { quote });
    expect(filled.view).toMatchObject({
      fields: [
        { name: 'text', value: 'we meet monthly' },
        {},
        {},
        { name: 'kind' },
        { name: 'meeting' },
        { name: 'review' },
      ],
    });
    if (filled.view.kind !== 'form') throw new Error('no form');
    const values = { ...filled.view.carry, text: 'We meet monthly', because: '', insteadOf: '' };
    expect(sentence(await house.press('ana', { interaction: 'decisions.record', values }))).toContain('D-1');
  });

  it('keeps the link to the message for the recorder’s company alone', async () => {
    const house = await open(openStore);
    const link = 'https://acme.slack.com/archives/C1/p1';
    const form = await house.say('ana', 'decision', { quote: { text: 'x', link } });
    if (form.view.kind !== 'form') throw new Error('no form');
    const answer = await house.press('ana', {
      interaction: 'decisions.record',
      values: { ...form.view.carry, text: 'x' },
    });
    const subject = undoOf(answer).subject as Subject;
    expect(fact(await card(house, 'bob', subject), 'From')).toBe(link);
    expect(JSON.stringify(await card(house, 'ben', subject))).not.toContain(link);
  });

  it('puts what is wrong beside its field', async () => {
    const house = await open(openStore);
    const form = await house.say('ana', 'decision');
    if (form.view.kind !== 'form') throw new Error('no form');
    const values = { ...form.view.carry, text: 'ok', because: 'x'.repeat(3_000) };
    expect(await house.press('ana', { interaction: 'decisions.record', values })).toMatchObject({
      outcome: 'refused',
      field: 'because',
    });
  });

  it('has a new wording that both confirm afresh, and refuses a confirmation of the old one', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    const form = await house.press('jun', { interaction: 'decisions.suggest', subject, values: { revision: '1' } });
    expect(form.view).toMatchObject({
      kind: 'form',
      title: 'Suggest a change',
      fields: [{ value: 'Meet monthly' }, {}, {}, {}],
    });
    const same = { revision: '1', text: 'Meet monthly', reason: 'none' };
    const unchanged = await house.press('jun', { interaction: 'decisions.revise', subject, values: same });
    expect(unchanged).toMatchObject({ outcome: 'refused', field: 'text' });
    const values = { revision: '1', text: 'Meet every six weeks', reason: 'holidays' };
    const revised = await house.press('jun', { interaction: 'decisions.revise', subject, values });
    expect(revised.card).toMatchObject({ title: 'Meet every six weeks', status: 'Recorded' });
    expect(fact(revised.card as RecordView, 'Changed')).toBe('Revision 2 by Jun Mori: holidays');
    expect(fact(revised.card as RecordView, 'Wording')).toBe('Acme Bio not yet · Nova Pharma confirmed by Jun Mori');
    expect(sentence(await confirm(house, 'bob', subject, '1'))).toContain('has changed since this card was drawn');
    expect(sentence(await confirm(house, 'bob', subject, '2'))).toContain('is agreed');
    expect(sentence(await house.press('jun', { interaction: 'decisions.revise', subject, values }))).toContain(
      'is agreed by both sides',
    );
  });

  it('is withdrawn by its author or an alliance professional only, and not once it is agreed', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'bob');
    const withdraw = (who: Who) => house.press(who, { interaction: 'decisions.withdraw', subject });
    expect(sentence(await withdraw('jun'))).toContain('Only its author or an alliance professional');
    const answer = await withdraw('ben');
    expect(answer.card).toMatchObject({ status: 'Withdrawn' });
    expect(sentence(await confirm(house, 'jun', subject))).toContain('was withdrawn');
    expect(sentence(await withdraw('bob'))).toContain('was withdrawn');
    await house.press('ben', { interaction: undoOf(answer).id, subject });
    await confirm(house, 'jun', subject);
    expect(sentence(await withdraw('bob'))).toContain('is agreed by both sides');
  });

  it('lets its recorder undo for five minutes, unless somebody has answered', async () => {
    const house = await open(openStore);
    const undo = (who: Who, subject: Subject) => house.press(who, { interaction: 'decisions.undo-record', subject });
    const first = await record(house);
    expect((await undo('bob', first)).outcome).toBe('refused');
    expect((await undo('ana', first)).card).toMatchObject({ label: 'D-1', status: 'Withdrawn' });
    expect(sentence(await undo('ana', first))).toBe('This was undone already.');
    const answered = await record(house);
    await confirm(house, 'ben', answered);
    expect(sentence(await undo('ana', answered))).toContain('Somebody has answered D-2');
    const late = await record(house);
    house.clock.at += 5 * 60_000 + 1;
    expect(sentence(await undo('ana', late))).toContain('Undo works for five minutes');
  });

  it('lets a confirmation be taken back, which makes it recorded again', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    const answer = await confirm(house, 'ben', subject);
    const undone = await house.press('ben', { interaction: undoOf(answer).id, subject });
    expect(undone.card).toMatchObject({ status: 'Recorded' });
    expect(fact(undone.card as RecordView, 'Wording')).toContain('Nova Pharma not yet');
  });

  it('tells its history, oldest first', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    await confirm(house, 'ben', subject);
    const { view } = await house.press('mei', { interaction: 'decisions.history', subject });
    expect(view.kind === 'list' && view.items.map((item) => item.title)).toEqual([
      'Recorded by Ana Ruiz, Acme Bio',
      'Wording confirmed by Ben Ito, Nova Pharma',
      'Agreed',
    ]);
  });

  it('waits in the home of those who have not confirmed it', async () => {
    const house = await open(openStore);
    await record(house);
    expect((await house.say('ben', '')).view).toMatchObject({
      title: 'What waits for you',
      items: [{ title: 'D-1 Meet monthly', buttons: [{ label: 'Confirm wording' }] }, {}],
    });
    expect((await house.say('ana', '')).view).toMatchObject({ title: 'Nothing waits for you' });
  });

  it('is recorded for one’s only committee from a channel without one and from a direct message, for both to see', async () => {
    const house = await open(openStore);
    const unbound = await house.say('ana', 'decision Meet monthly', { conversation: 'C02GENERAL' });
    expect(sentence(unbound)).toBe(
      'Recorded as D-1 for the JSC. It is agreed when Nova Pharma has confirmed the wording. Acme Bio and Nova Pharma will see this.',
    );
    const direct = await house.say('jun', 'decision Meet weekly', { conversation: 'a:jun', direct: true });
    expect(sentence(direct)).toContain('Recorded as D-2 for the JSC.');
  });

  it('shows a long wording whole', async () => {
    const house = await open(openStore);
    const text = 'word '.repeat(300).trim();
    const view = await card(house, 'ana', await record(house, 'ana', text));
    expect([...view.title].length).toBeLessThanOrEqual(120);
    expect(fact(view, 'Decision')).toBe(text);
  });

  it('waits in the home also behind fifty that wait for the other side', async () => {
    const house = await open(openStore);
    for (let n = 0; n < 51; n += 1) await record(house, 'ana', `number ${n}`);
    await record(house, 'ben', 'Start in May');
    const home = await house.say('ana', '');
    expect(JSON.stringify(home.view)).toContain('D-52 Start in May');
  });

  it('keeps no link that is no web address, and goes on without it', async () => {
    const house = await open(openStore);
    const answers: Answer[] = [];
    for (const link of ['javascript:alert(1)', `https://x/${'y'.repeat(5_000)}`, 'not a link']) {
      const form = await house.say('ana', 'decision', { quote: { text: 'x', link } });
      expect(form.view).toMatchObject({ kind: 'form', carry: {} });
      expect(JSON.stringify(form.view)).not.toContain(link);
      const committee = form.view.kind === 'form' ? String(form.view.carry?.committee) : '';
      const values = { committee, text: 'x', link, saidAt: 'never' };
      answers.push(await house.press('ana', { interaction: 'decisions.record', values }));
    }
    for (const answer of answers) {
      const shown = await card(house, 'ana', undoOf(answer).subject as Subject);
      expect(fact(shown, 'From')).toBeUndefined();
    }
  });

  it.each(['', ' 1', '01e0', '1.0', '0x1', 'one', undefined])(
    'is not confirmed by a button that does not say the wording: %j',
    async (revision) => {
      const house = await open(openStore);
      const subject = await record(house);
      const values: Record<string, string> = revision === undefined ? {} : { revision };
      for (const id of ['confirm', 'suggest'] as const) {
        const answer = await house.press('ben', { interaction: `decisions.${id}`, subject, values });
        expect([answer.outcome, sentence(answer)]).toEqual([
          'refused',
          'This button does not say which wording it is for. Use a newer card.',
        ]);
      }
    },
  );

  it('is confirmed once when two of one company press at the same moment, and the other is told', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    const answers = await Promise.all((['ben', 'jun'] as const).map((who) => confirm(house, who, subject)));
    expect(answers.map((answer) => answer.outcome).sort()).toEqual(['done', 'refused']);
    const refused = answers.find((answer) => answer.outcome === 'refused') as Answer;
    expect(sentence(refused)).toMatch(/(Ben Ito|Jun Mori) has confirmed for Nova Pharma. Nothing more is needed./);
  });

  it('is confirmed or changed, whichever comes first, and never a wording that nobody saw', async () => {
    const house = await open(openStore);
    for (let n = 0; n < 5; n += 1) {
      const subject = await record(house, 'ana', `Monthly ${n}`);
      const values = { revision: '1', text: `Meet weekly, ${n}`, reason: 'drift' };
      const [confirmed, revised] = await Promise.all([
        confirm(house, 'ben', subject),
        house.press('bob', { interaction: 'decisions.revise', subject, values }),
      ]);
      const shown = await card(house, 'ben', subject);
      const after = [confirmed.outcome, revised.outcome, shown.status, shown.title];
      if (confirmed.outcome === 'done') expect(after).toEqual(['done', 'refused', 'Agreed', `Monthly ${n}`]);
      else expect(after).toEqual(['refused', 'done', 'Recorded', `Meet weekly, ${n}`]);
    }
  });

  it('cannot be reached by another alliance’s people', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    const gone = await confirm(house, 'ben', { ...subject, id: 'other' });
    expect(sentence(gone)).toContain('This decision is not in your log.');
  });
});
