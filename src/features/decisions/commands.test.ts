import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { allianceWithLanes, channels, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { listPartners } from '../../core/directory/reads.js';
import { directoryTables } from '../../core/directory/tables.js';
import { chainOf, findBrokenEntry } from '../../core/history.js';
import type { PartnerId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import { historyTables } from '../../core/tables.js';
import type { Subject } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { decisions } from './index.js';
import { decisionTables } from './tables.js';

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [decisions], permissions, alliance: allianceWithLanes });

const sentence = ({ view }: Answer): string => (view.kind === 'notice' ? String(view.text) : '');
const subjectOf = ({ view }: Answer): Subject => (view.kind === 'notice' && view.buttons?.[0]?.subject) as Subject;

const SECRET = 'Sell the plant';

/** Said in Acme's own lane. */
const inLane = (house: House, who: Who = 'ana', text = SECRET) =>
  house.say(who, `decision ${text}`, { conversation: lanes.slack });

const standingIn = ({ slack, teams }: House, conversation: string): string =>
  JSON.stringify([...slack.sent, ...teams.sent].filter((one) => one.conversation === conversation));

eachEngine('a decision in a company’s own lane', (openStore) => {
  it('is that company’s alone, and says so', async () => {
    const house = await open(openStore);
    const answer = await inLane(house);
    expect(sentence(answer)).toBe('Recorded as ID-1 for the JSC. It is agreed. Only Acme Bio will see this.');
    await house.settle();
    expect(standingIn(house, lanes.slack)).toContain('Only Acme Bio sees this');
    for (const elsewhere of [channels.slack, channels.teams, lanes.teams])
      expect(standingIn(house, elsewhere)).not.toContain(SECRET);
    await house.reconciler.stop();
  });

  it('counts by itself, so that no gap in the shared numbers tells of it', async () => {
    const house = await open(openStore);
    const said = [await inLane(house), await house.say('ben', 'decision Meet monthly')];
    said.push(await inLane(house, 'ana', 'Buy another one'));
    said.push(await house.say('ben', 'decision Ours alone', { conversation: lanes.teams }));
    expect(said.map((answer) => /I?D-\d/.exec(sentence(answer))?.[0])).toEqual(['ID-1', 'D-1', 'ID-2', 'ID-1']);
  });

  it('is not there for the other company: the same answer as for one that does not exist', async () => {
    const house = await open(openStore);
    const subject = subjectOf(await inLane(house));
    const values = { revision: '1', text: 'x', reason: 'y' };
    for (const { id: interaction } of decisions.interactions ?? []) {
      if (interaction === 'decisions.record') continue;
      for (const place of [{}, { conversation: 'a:ben', direct: true }, { conversation: lanes.teams }]) {
        const asked = (id: string) => house.press('ben', { interaction, subject: { ...subject, id }, values }, place);
        expect(await asked(subject.id)).toEqual(await asked('made-up'));
      }
    }
  });

  it('is not there for its own people either where others read', async () => {
    const house = await open(openStore);
    const subject = subjectOf(await inLane(house));
    const { channels: bound } = directoryTables(house.store.read);
    await house.store.write((tx) =>
      tx.update(directoryTables(tx).channels).set({ shared: true }).where(eq(bound.conversation, channels.slack)),
    );
    const asked = await house.press('ana', { interaction: 'decisions.history', subject });
    expect(asked.outcome).toBe('refused');
    expect(JSON.stringify(asked)).not.toContain(SECRET);
  });

  it('has its own chain of history, which the shared one does not mention', async () => {
    const house = await open(openStore);
    await inLane(house);
    await house.say('ben', 'decision Meet monthly');
    const { read } = house.store;
    const acme = (await listPartners(read, house.alliance)).find(({ name }) => name === 'Acme Bio')?.id as PartnerId;
    const { history } = historyTables(read);
    const verbsIn = async (chain: string) =>
      (await read.select().from(history).where(eq(history.allianceId, chain)).orderBy(history.seq)).map(
        ({ verb, seq }) => [verb, seq],
      );
    expect(await verbsIn(chainOf(house.alliance, acme))).toEqual([
      ['recorded', 1],
      ['agreed', 2],
    ]);
    expect(await verbsIn(house.alliance)).toEqual([['recorded', 1]]);
    expect(await findBrokenEntry(read, chainOf(house.alliance, acme))).toBeUndefined();
  });

  it('is agreed when one vote of the company has confirmed it', async () => {
    const house = await open(openStore);
    const acme = directoryTables(house.store.read);
    await house.store.write((tx) =>
      tx.update(directoryTables(tx).seats).set({ role: 'observer' }).where(eq(acme.seats.role, 'co-chair')),
    );
    const recorded = await inLane(house);
    expect(sentence(recorded)).toContain('It is agreed when Acme Bio has confirmed the wording.');
    const place = { conversation: lanes.slack };
    const press = {
      interaction: 'decisions.confirm' as const,
      subject: subjectOf(recorded),
      values: { revision: '1' },
    };
    const home = await house.say('bob', '', { conversation: 'Dbob', direct: true });
    expect(JSON.stringify(home.view)).toContain(`ID-1 ${SECRET}`);
    expect(JSON.stringify((await house.say('jun', '', { conversation: 'a:jun', direct: true })).view)).not.toContain(
      SECRET,
    );
    expect(sentence(await house.press('bob', press, place))).toBe(
      'ID-1 is agreed: Acme Bio has confirmed the wording.',
    );
  });

  it('stays the company’s alone when its form comes back from somewhere else', async () => {
    const house = await open(openStore);
    const form = await house.say('ben', 'decision', { conversation: lanes.teams });
    expect(form.view).toMatchObject({ kind: 'form', audience: 'Only Nova Pharma will see this' });
    const carry = form.view.kind === 'form' ? form.view.carry : {};
    const values = { ...carry, text: SECRET };
    const submitted = await house.press(
      'ben',
      { interaction: 'decisions.record', values },
      { conversation: 'a:ben', direct: true },
    );
    expect(sentence(submitted)).toContain('Only Nova Pharma will see this.');
    await house.settle();
    expect(standingIn(house, lanes.teams)).toContain(SECRET);
    expect(standingIn(house, channels.teams)).not.toContain(SECRET);
    await house.reconciler.stop();
  });

  it('is refused when the form said that others would see it, or that another company alone would', async () => {
    const house = await open(openStore);
    const form = await house.say('ana', 'decision');
    const carry = form.view.kind === 'form' ? form.view.carry : {};
    for (const seenBy of [carry?.seenBy ?? '', 'another'])
      expect(
        await house.press(
          'ana',
          { interaction: 'decisions.record', values: { ...carry, seenBy, text: SECRET } },
          { conversation: lanes.slack },
        ),
      ).toMatchObject({ outcome: 'refused' });
    expect(await house.store.read.$count(decisionTables(house.store.read).decisions)).toBe(0);
  });

  it('keeps its committee open for its own company only', async () => {
    const house = await open(openStore);
    const { committees, seats } = directoryTables(house.store.read);
    await house.store.write((tx) =>
      tx.update(directoryTables(tx).seats).set({ role: 'observer' }).where(eq(seats.role, 'co-chair')),
    );
    await inLane(house);
    const [jsc] = await house.store.read
      .select()
      .from(committees)
      .where(and(eq(committees.key, 'JSC')));
    const pending: unknown[] = [];
    const asking = {
      name: 'asking',
      commands: [
        {
          name: 'ask',
          summary: '',
          usage: '',
          run: async (_said: unknown, ctx: never) => {
            const { place } = ctx as { place: { audience: never } };
            pending.push(await decisions.pending?.(jsc?.id as never, ctx, place.audience));
            return { kind: 'notice' as const, text: '' };
          },
        },
      ],
    };
    const beside = await openHouse(house.store, {
      features: [decisions, asking],
      alliance: allianceWithLanes,
      beside: house,
    });
    await beside.say('ana', 'ask');
    await beside.say('ben', 'ask');
    expect(pending).toEqual([[{ title: `ID-1 ${SECRET}`, text: 'Acme Bio has not confirmed the wording.' }], []]);
  });

  it('is not recorded for a committee that is closed', async () => {
    const house = await open(openStore);
    await house.store.write((tx) => tx.update(directoryTables(tx).committees).set({ closedAt: 1 }));
    for (const more of [{}, { conversation: lanes.slack }, { conversation: 'Dana', direct: true }])
      expect((await house.say('ana', 'decision Too late', more)).outcome).toBe('refused');
  });
});

eachEngine('a decision from a channel without a committee', (openStore) => {
  const unbound = { conversation: 'C02GENERAL' };

  it('is asked about where its author has several, with what they said filled in', async () => {
    const two = allianceWithLanes.replace(
      'committees:\n',
      'committees:\n  - { key: JDC, name: Joint Development Committee, seats: [], channels: [] }\n',
    );
    const house = await openHouse(await openStore(), { features: [decisions], permissions, alliance: two });
    const { view } = await house.say('ana', 'decision Meet monthly because we drift', unbound);
    expect(view).toMatchObject({
      kind: 'form',
      audience: 'Acme Bio and Nova Pharma will see this',
      fields: [
        { name: 'text', value: 'Meet monthly' },
        { name: 'because', value: 'we drift' },
        { name: 'insteadOf' },
        {
          name: 'committee',
          options: [{ label: 'JDC, Joint Development Committee' }, { label: 'JSC, Joint Steering Committee' }],
        },
        { name: 'kind' },
        { name: 'meeting' },
        { name: 'review' },
      ],
    });
    expect(sentence(await house.say('bob', 'decision Meet monthly', unbound))).toContain(
      'Recorded as D-1 for the JSC.',
    );
  });

  it('is refused to somebody without a seat', async () => {
    const house = await open(openStore);
    const answer = await house.say('zoe', 'decision Meet monthly', unbound);
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toContain('You have no seat on a committee yet.');
  });
});
