import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { allianceWithLanes, channels, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { directoryTables } from '../../core/directory/tables.js';
import { findBrokenEntry } from '../../core/history.js';
import type { Answer } from '../../core/platform.js';
import { entryTables } from '../../core/tables.js';
import type { Button, RecordView, Subject } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { decisions } from './index.js';
import { decisionTables } from './tables.js';

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [decisions], permissions, alliance: allianceWithLanes });

const wordsIn = ({ view }: Answer): string => (view.kind === 'notice' ? [view.text].flat().join('') : view.kind);
const buttonsIn = ({ view }: Answer): readonly Button[] => (view.kind === 'notice' ? (view.buttons ?? []) : []);

const subjectIn = (answer: Answer): Subject => {
  const subject = buttonsIn(answer)[0]?.subject;
  if (!subject) throw new Error(`nothing was recorded: ${JSON.stringify(answer.view)}`);
  return subject;
};

const press = (house: House, who: Who, verb: string, subject?: Subject, values: Record<string, string> = {}) =>
  house.press(who, { interaction: `decisions.${verb}`, ...(subject && { subject }), values });

const confirm = (house: House, who: Who, subject: Subject) => press(house, who, 'confirm', subject, { revision: '1' });

const card = async (house: House, subject: Subject): Promise<RecordView> =>
  (await press(house, 'mei', 'history', subject)).card as RecordView;

const fact = (view: RecordView, label: string) => view.facts.find((one) => one.label === label)?.text;
const labels = (view: RecordView): string[] => view.buttons.map((button) => button.label);

/** Recorded by Acme, confirmed by Nova. */
const agree = async (house: House, said: string): Promise<Subject> => {
  const subject = subjectIn(await house.say('ana', `decision ${said}`));
  await confirm(house, 'ben', subject);
  return subject;
};

const entryOf = async ({ store }: House, label: string) => {
  const rows = await store.read.select().from(entryTables(store.read).entries);
  return rows.find((row) => row.label === label);
};

eachEngine('a decision that supersedes another', (openStore) => {
  it('takes its place once it is agreed, and both cards say so', async () => {
    const house = await open(openStore);
    const old = await agree(house, 'Meet monthly in Basel because we drift');
    const said = await house.say('ana', 'decision supersede D-1 Meet weekly because it is late instead of monthly');
    expect(wordsIn(said)).toBe(
      'Recorded as D-2 for the JSC. It is agreed when Nova Pharma has confirmed the wording. Until then D-1 stays in force. Acme Bio and Nova Pharma will see this.',
    );
    const newer = subjectIn(said);
    expect(fact(await card(house, old), 'Superseded by')).toBe('D-2, once agreed');
    expect((await card(house, old)).status).toBe('Agreed');
    expect(fact(await card(house, newer), 'Supersedes')).toBe('D-1, once agreed');
    expect(wordsIn(await confirm(house, 'ben', newer))).toContain('It supersedes D-1 from now on.');
    expect(await card(house, old)).toMatchObject({ status: 'Superseded by D-2', buttons: [{ label: 'History' }] });
    expect(fact(await card(house, newer), 'Supersedes')).toBe('D-1');
    expect(await entryOf(house, 'D-1')).toMatchObject({ live: false, status: 'Superseded by D-2' });
    expect(await findBrokenEntry(house.store.read, house.alliance)).toBeUndefined();
  });

  it('draws both cards anew on both sides', async () => {
    const house = await open(openStore);
    await agree(house, 'Meet monthly in Basel');
    const newer = subjectIn(await house.say('ana', 'decision supersede D-1 Meet weekly'));
    await confirm(house, 'ben', newer);
    await house.settle();
    for (const platform of [house.slack, house.teams]) {
      const standing = JSON.stringify([...platform.standing().values()]);
      expect(standing).toContain('Superseded by D-2');
      expect(standing).toContain('"Supersedes","text":"D-1"');
    }
    await house.reconciler.stop();
  });

  it('gives its place back when its confirmation is undone, and takes it again', async () => {
    const house = await open(openStore);
    const old = await agree(house, 'Meet monthly in Basel');
    const newer = subjectIn(await house.say('ana', 'decision supersede D-1 Meet weekly'));
    const [undo] = buttonsIn(await confirm(house, 'ben', newer));
    await house.press('ben', { interaction: undo?.id ?? 'x.y', subject: newer });
    expect(await card(house, old)).toMatchObject({ status: 'Agreed' });
    expect(fact(await card(house, old), 'Superseded by')).toBe('D-2, once agreed');
    expect(await entryOf(house, 'D-1')).toMatchObject({ live: true, status: 'Agreed' });
    await confirm(house, 'jun', newer);
    expect((await card(house, old)).status).toBe('Superseded by D-2');
  });

  it('leaves the older one as it was when it is withdrawn', async () => {
    const house = await open(openStore);
    const old = await agree(house, 'Meet monthly in Basel');
    const newer = subjectIn(await house.say('ana', 'decision supersede D-1 Meet weekly'));
    await press(house, 'ana', 'withdraw', newer);
    expect((await card(house, old)).facts.map(({ label }) => label)).not.toContain('Superseded by');
    expect(fact(await card(house, newer), 'Supersedes')).toBeUndefined();
    await press(house, 'ana', 'undo-withdraw', newer);
    expect(fact(await card(house, old), 'Superseded by')).toBe('D-2, once agreed');
    await press(house, 'ana', 'undo-record', newer);
    expect(labels(await card(house, old))).toContain('Supersede');
  });

  it('supersedes with it what amended it, and gives that back as well', async () => {
    const house = await open(openStore);
    await agree(house, 'Meet monthly in Basel');
    const amendment = subjectIn(await house.say('ana', 'decision amend D-1 By phone in summer'));
    await confirm(house, 'ben', amendment);
    const newer = subjectIn(await house.say('ana', 'decision supersede D-1 Meet weekly'));
    await confirm(house, 'ben', newer);
    expect((await card(house, amendment)).status).toBe('Superseded by D-3');
    await press(house, 'ben', 'undo-confirm', newer);
    expect((await card(house, amendment)).status).toBe('Agreed');
  });

  it('is refused where it makes no sense, with what to do', async () => {
    const house = await open(openStore);
    await house.say('ana', 'decision Not agreed');
    const old = await agree(house, 'Meet monthly in Basel');
    await house.say('ana', 'decision Ours alone', { conversation: lanes.slack });
    const refused = async (text: string, who: Who = 'ana', conversation?: string) => {
      const answer = await house.say(who, `decision ${text}`, conversation ? { conversation } : {});
      expect(answer.outcome, text).toBe('refused');
      return wordsIn(answer);
    };
    const unknown = "Say 'log' and a word to find the one you mean.";
    for (const label of ['D-99', 'D-0', 'D-3', 'ID-99'])
      expect(await refused(`supersede ${label} Meet weekly`)).toBe(
        `There is no decision ${label} in your log. ${unknown}`,
      );
    expect(await refused('supersede ID-1 Meet weekly')).toContain('ID-1 is Acme Bio’s alone');
    expect(await refused('supersede ID-1 Meet weekly', 'ben', lanes.teams)).toContain('no decision ID-1');
    expect(await refused('supersede D-2 Meet weekly', 'ana', lanes.slack)).toContain('D-2 is shared');
    expect(await refused('amend D-1 Meet weekly')).toContain('D-1 is not agreed yet. Use Suggest a change');
    expect(await refused('supersede')).toContain('Say which decision: decision supersede D-14');
    const newer = subjectIn(await house.say('ana', 'decision supersede D-2 Meet weekly'));
    expect(await refused('supersede D-2 Meet daily')).toContain('D-3 waits to supersede D-2 already.');
    await confirm(house, 'ben', newer);
    expect(await refused('supersede D-2 Meet daily')).toContain('D-2 was superseded by D-3.');
    expect(await refused(`supersede D-3 ${'x'.repeat(2_001)}`)).toContain('fits in 2,000 characters');
    expect(await refused(`supersede D-3 Meet daily because ${'x'.repeat(3_000)}`)).toContain(
      'The reason fits in 2,000',
    );
    expect(labels(await card(house, old))).toEqual(['History']);
  });

  it('is not confirmed for what was superseded by another meanwhile', async () => {
    const house = await open(openStore);
    await agree(house, 'Meet monthly in Basel');
    const amendment = subjectIn(await house.say('ana', 'decision amend D-1 By phone in summer'));
    await confirm(house, 'ben', subjectIn(await house.say('ana', 'decision supersede D-1 Meet weekly')));
    expect(wordsIn(await confirm(house, 'ben', amendment))).toBe(
      'D-2 amends D-1, which was superseded meanwhile. Withdraw D-2 and record anew what it should replace.',
    );
  });

  it('is asked for with a form that is filled in, and says what happens to the older one', async () => {
    const house = await open(openStore);
    const old = await agree(house, 'Meet monthly in Basel because we drift');
    for (const form of [await house.say('ben', 'decision supersede D-1'), await press(house, 'ben', 'supersede', old)])
      expect(form.view).toMatchObject({
        ...{ kind: 'form', title: 'Supersede D-1', submit: 'Record' },
        audience:
          "Acme Bio and Nova Pharma will see this. D-1 'Meet monthly in Basel' stays in force until this is agreed",
        fields: [{ value: 'Meet monthly in Basel' }, { value: 'we drift' }, {}, {}, {}, {}],
      });
    const form = await press(house, 'ben', 'supersede', old);
    const carry = form.view.kind === 'form' ? form.view.carry : {};
    const same = { ...carry, text: 'Meet monthly in Basel', because: 'we drift' };
    expect(await press(house, 'ben', 'replace', old, same)).toMatchObject({ outcome: 'refused', field: 'text' });
    const filled = { ...carry, text: 'Meet weekly', kind: 'governance', meeting: 'JSC 11 Dec', review: '1 June 2027' };
    const newer = subjectIn(await press(house, 'ben', 'replace', old, filled));
    const shown = await card(house, newer);
    expect(shown.facts.map(({ label }) => label)).toEqual([
      'Kind',
      'Committee',
      'Meeting',
      'Review',
      'Recorded by',
      'Supersedes',
      'Wording',
      'Status',
    ]);
    expect([fact(shown, 'Kind'), fact(shown, 'Meeting'), fact(shown, 'Review')]).toEqual([
      'Governance',
      'JSC 11 Dec',
      [{ day: '2027-06-01' }],
    ]);
  });

  it('of a company’s own lane stays there', async () => {
    const house = await open(openStore);
    const own = subjectIn(await house.say('ana', 'decision Sell the plant', { conversation: lanes.slack }));
    const direct = { conversation: 'Dana', direct: true };
    const said = await house.say('ana', 'decision supersede ID-1 Keep the plant', direct);
    expect(wordsIn(said)).toBe(
      'Recorded as ID-2 for the JSC. It is agreed. It supersedes ID-1. Only Acme Bio will see this.',
    );
    const shown = await house.press('ana', { interaction: 'decisions.history', subject: own }, direct);
    expect(shown.card).toMatchObject({ status: 'Superseded by ID-2' });
    await house.settle();
    expect(JSON.stringify(house.teams.sent)).not.toContain('plant');
    await house.reconciler.stop();
  });
});

const committees = allianceWithLanes.replace(
  'committees:\n',
  `committees:
  - { key: JDC, name: Joint Development Committee, channels: [], seats: [{ person: ana, role: member }, { person: ben, role: member }] }
  - { key: JFC, name: Joint Finance Committee, channels: [], seats: [] }
`,
);

eachEngine('a decision of another committee', (openStore) => {
  it('is superseded by its own one and by those above it, and by no other', async () => {
    const house = await openHouse(await openStore(), { features: [decisions], permissions, alliance: committees });
    const { committees: table } = directoryTables(house.store.read);
    const rows = await house.store.read.select().from(table);
    const idOf = (key: string) => rows.find((row) => row.key === key)?.id ?? '';
    await house.store.write((tx) =>
      tx
        .update(directoryTables(tx).committees)
        .set({ parentId: idOf('JSC') })
        .where(eq(table.id, idOf('JDC'))),
    );
    const low = subjectIn(await press(house, 'ana', 'record', undefined, { committee: idOf('JDC'), text: 'Two arms' }));
    await confirm(house, 'ben', low);
    const high = await agree(house, 'Meet monthly in Basel');
    expect(wordsIn(await house.say('ana', 'decision supersede D-1 Three arms'))).toContain(
      'Recorded as D-3 for the JSC.',
    );
    const move = (channel: string, key: string) =>
      house.store.write((tx) => {
        const { channels: bound } = directoryTables(tx);
        return tx
          .update(bound)
          .set({ committeeId: idOf(key) })
          .where(eq(bound.conversation, channel));
      });
    await move(channels.slack, 'JDC');
    const refused = await house.say('ana', 'decision supersede D-2 Meet weekly');
    expect(wordsIn(refused)).toBe(
      'D-2 is of the JSC, and the JDC does not stand above it. Say this in the channel of the JSC, to supersede it.',
    );
    expect((await card(house, high)).status).toBe('Agreed');
  });
});

eachEngine('a decision that a forged button names as close', (openStore) => {
  it('is not superseded by a committee that does not stand above its own', async () => {
    const house = await openHouse(await openStore(), { features: [decisions], permissions, alliance: committees });
    const high = await agree(house, 'Meet monthly in Basel');
    const rows = await house.store.read.select().from(directoryTables(house.store.read).committees);
    const committee = rows.find((row) => row.key === 'JDC')?.id ?? '';
    await press(house, 'ana', 'record', undefined, { committee, text: 'Two arms in each trial' });
    const asked = await press(house, 'ana', 'record', undefined, { committee, text: 'Two arms in each trial again' });
    const different = buttonsIn(asked).at(-1) as Button;
    const values = { ...different.carry, near: high.id, how: 'supersedes' };
    const forged = await house.press('ana', { interaction: different.id, values });
    expect(forged.outcome).toBe('refused');
    expect(labels(await card(house, high))).toContain('Supersede');
  });
});

eachEngine('a decision that amends another', (openStore) => {
  it('leaves it in force, and both cards say so', async () => {
    const house = await open(openStore);
    const old = await agree(house, 'Meet monthly in Basel');
    const amendment = subjectIn(await house.say('ana', 'decision amend D-1 By phone in summer'));
    expect(fact(await card(house, old), 'Amended by')).toBe('D-2, once agreed');
    await confirm(house, 'ben', amendment);
    expect(fact(await card(house, old), 'Amended by')).toBe('D-2');
    expect(fact(await card(house, amendment), 'Amends')).toBe('D-1');
    expect((await card(house, old)).status).toBe('Agreed');
    expect(await entryOf(house, 'D-1')).toMatchObject({ live: true });
  });
});

eachEngine('a text that is close to a decision that stands', (openStore) => {
  const texts = 'Meet monthly in Basel or Zurich';

  it('is not recorded before its author has said how the two are related', async () => {
    const house = await open(openStore);
    await agree(house, 'Meet monthly in Basel');
    const asked = await house.say('ben', `decision ${texts} because the train is late`);
    expect(wordsIn(asked)).toBe(
      "Close to D-1 'Meet monthly in Basel' (agreed). How does yours stand to it? Nothing is recorded until you choose.",
    );
    expect(buttonsIn(asked).map(({ label }) => label)).toEqual(['Supersede', 'Amend', 'Different']);
    const { decisions: table } = decisionTables(house.store.read);
    expect(await house.store.read.$count(table)).toBe(1);
    for (const button of buttonsIn(asked)) expect(JSON.stringify(button).length).toBeLessThan(300);
  });

  it.each([
    ['Supersede', { Supersedes: 'D-1, once agreed' }],
    ['Amend', { Amends: 'D-1, once agreed' }],
    ['Different', {}],
  ] as const)('is recorded with %s, whole however long it is, and once', async (label, facts) => {
    const house = await open(openStore);
    await agree(house, 'Meet monthly in Basel');
    const because = 'late '.repeat(390).trim();
    const insteadOf = 'never '.repeat(160).trim();
    const asked = await house.say('ben', `decision ${texts} because ${because} instead of ${insteadOf}`);
    const button = buttonsIn(asked).find((one) => one.label === label) as Button;
    const chosen = { interaction: button.id, values: { ...button.carry } };
    expect((await house.press('jun', chosen)).outcome).toBe('refused');
    const recorded = await house.press('ben', chosen, { conversation: 'a:ben', direct: true });
    expect(wordsIn(recorded)).toContain('Recorded as D-2 for the JSC.');
    const shown = await card(house, subjectIn(recorded));
    expect([fact(shown, 'Why'), fact(shown, 'Instead of')]).toEqual([because, insteadOf]);
    for (const [name, text] of Object.entries(facts)) expect(fact(shown, name)).toBe(text);
    expect(wordsIn(await house.press('ben', chosen))).toContain('This was recorded already');
  });

  it('is asked about by the form too, with what was filled in kept', async () => {
    const house = await open(openStore);
    await agree(house, 'Meet monthly in Basel');
    const form = await house.say('ben', 'decision');
    const carry = form.view.kind === 'form' ? form.view.carry : {};
    const asked = await press(house, 'ben', 'record', undefined, { ...carry, text: texts, meeting: 'JSC 11 Dec' });
    expect(wordsIn(asked)).toContain('Close to D-1');
    const different = buttonsIn(asked).at(-1) as Button;
    const recorded = await house.press('ben', { interaction: different.id, values: { ...different.carry } });
    expect(fact(await card(house, subjectIn(recorded)), 'Meeting')).toBe('JSC 11 Dec');
  });

  it('points to one that waits to be agreed, which is neither superseded nor amended', async () => {
    const house = await open(openStore);
    await house.say('ana', 'decision Meet monthly in Basel');
    const asked = await house.say('ben', `decision ${texts}`);
    expect(wordsIn(asked)).toContain('It is not agreed yet: confirm it or suggest a change on its card.');
    expect(buttonsIn(asked).map(({ label }) => label)).toEqual(['Different']);
  });

  it('tells nobody of what is another company’s alone, nor of what no longer stands', async () => {
    const house = await open(openStore);
    await house.say('ana', 'decision Sell the plant in Basel', { conversation: lanes.slack });
    for (const more of [{}, { conversation: lanes.teams }, { conversation: 'a:ben', direct: true }])
      expect(wordsIn(await house.say('ben', 'decision Sell the plant in Basel', more))).not.toContain('Close to ID');
    expect(wordsIn(await house.say('ana', 'decision Sell the plant in Basel'))).not.toContain('ID-1');
    const old = await agree(house, 'Meet monthly in Tokyo');
    await confirm(house, 'ben', subjectIn(await house.say('ana', 'decision supersede D-2 Quarterly')));
    expect((await card(house, old)).status).toBe('Superseded by D-3');
    expect(wordsIn(await house.say('ana', 'decision Meet monthly in Tokyo'))).toContain('Recorded as D-4');
  });
});
