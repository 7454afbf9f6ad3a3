import { expect, it } from 'vitest';
import {
  allianceWithLanes,
  channels,
  type House,
  lanes,
  openHouse,
  people,
  type Who,
} from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import type { Audience } from '../../core/context.js';
import { findCalled } from '../../core/entries/entries.js';
import { chainOf, findBrokenEntry } from '../../core/history.js';
import type { PartnerId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import { historyTables } from '../../core/tables.js';
import type { Subject, Text } from '../../core/view.js';
import { permissions } from '../permissions.js';
import { changes } from './change-rules.js';
import { actions } from './index.js';
import type { Status } from './rules.js';
import { actionTables } from './tables.js';

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), { features: [actions], permissions, alliance: allianceWithLanes });

const flat = (text: Text): string =>
  typeof text === 'string' ? text : text.map((span) => (typeof span === 'string' ? span : '')).join('');
const sentence = ({ view }: Answer): string => (view.kind === 'notice' ? flat(view.text) : '');
const subjectOf = ({ view }: Answer): Subject => (view.kind === 'notice' && view.buttons?.[0]?.subject) as Subject;

const SECRET = 'Sell the plant to Zeta';

/** Said in Acme's own lane. */
const inLane = (house: House, text = `@Bob Brown ${SECRET} by Friday`) =>
  house.say('ana', `action ${text}`, { conversation: lanes.slack });

const standingIn = ({ slack, teams }: House, conversation: string): string =>
  JSON.stringify([...slack.sent, ...teams.sent].filter((one) => one.conversation === conversation));

const rows = async ({ store }: House) => store.read.select().from(actionTables(store.read).actions);

eachEngine('an action in a company’s own lane', (openStore) => {
  it('is that company’s alone, counts by itself, and is told nowhere else', async () => {
    const house = await open(openStore);
    const answer = await inLane(house);
    expect(sentence(answer)).toContain('Recorded as IA-1 for the JSC');
    expect(sentence(answer)).toContain('Only Acme Bio will see this.');
    expect(sentence(await house.say('ben', 'action me: send the agenda by Friday'))).toContain('Recorded as A-1');
    await inLane(house, `@Bob Brown ${SECRET} tomorrow`);
    await house.settle();
    expect(standingIn(house, lanes.slack)).toContain('Only Acme Bio sees this');
    expect(standingIn(house, people.bob.user)).toContain(SECRET);
    for (const elsewhere of [channels.slack, channels.teams, lanes.teams, people.ben.user])
      expect(standingIn(house, elsewhere)).not.toContain(SECRET);
    await house.reconciler.stop();
  });

  it('is owned by one of that company, whoever else sits on the committee', async () => {
    const house = await open(openStore);
    for (const text of ['@Ben Ito Send it by Friday', '@Jun send it by Friday']) {
      const answer = await inLane(house, text);
      expect(answer.outcome).toBe('refused');
      expect(sentence(answer)).toContain('On the JSC sit Ana Ruiz and Bob Brown.');
    }
    const form = await inLane(house, 'Send the papers by Friday');
    expect(form.view).toMatchObject({ kind: 'form', audience: 'Only Acme Bio will see this' });
    expect(JSON.stringify(form.view)).not.toContain('Ben Ito');
  });

  it('is not there for the other company: the same answer as for one that does not exist', async () => {
    const house = await open(openStore);
    const subject = subjectOf(await inLane(house));
    const values = { due: 'Friday', reason: 'y', owner: 'z' };
    for (const { id: interaction } of actions.interactions ?? []) {
      if (interaction === 'actions.record') continue;
      for (const place of [{}, { conversation: 'a:ben', direct: true }, { conversation: lanes.teams }]) {
        const asked = (id: string) => house.press('ben', { interaction, subject: { ...subject, id }, values }, place);
        expect(await asked(subject.id)).toEqual(await asked('made-up'));
      }
    }
  });

  it('keeps its history in the company’s own chain, and its entry for the company alone', async () => {
    const house = await open(openStore);
    const subject = subjectOf(await inLane(house));
    await house.press('bob', { interaction: 'actions.done', subject });
    const { history } = historyTables(house.store.read);
    const entries = await house.store.read.select().from(history);
    const [row] = await rows(house);
    const own = chainOf(house.alliance, row?.visibility as PartnerId);
    expect(entries.filter(({ feature }) => feature === 'actions').map(({ allianceId }) => allianceId)).toEqual([
      own,
      own,
    ]);
    expect(await findBrokenEntry(house.store.read, own)).toBeUndefined();
    const partners = [row?.visibility as PartnerId];
    const audience = (owner?: PartnerId) => ({ alliance: house.alliance, partners, own: owner }) as unknown as Audience;
    expect(await findCalled(house.store.read, 'ia-1', audience(partners[0]))).toMatchObject({
      ...{ label: 'IA-1', title: SECRET, status: 'Done', live: false, dueOn: '2026-11-27' },
    });
    expect(await findCalled(house.store.read, 'IA-1', audience())).toBeUndefined();
  });

  it('is not recorded when others would read it than its form said', async () => {
    const house = await open(openStore);
    const form = await inLane(house, `${SECRET} by Friday`);
    if (form.view.kind !== 'form') throw new Error('no form');
    const owner = form.view.fields[1]?.kind === 'choice' ? (form.view.fields[1].options[0]?.value ?? '') : '';
    const values = { ...form.view.carry, text: SECRET, owner, due: 'Friday' };
    const elsewhere = await house.press('ana', { interaction: 'actions.record', values });
    expect(sentence(elsewhere)).toContain('Recorded as IA-1');
    expect((await rows(house)).every(({ visibility }) => visibility !== '')).toBe(true);
    const shared = await house.press(
      'ana',
      { interaction: 'actions.record', values: { ...values, seenBy: '' } },
      { conversation: lanes.slack },
    );
    expect(sentence(shared)).toContain('Who would see this has changed since the form was opened');
  });
});

eachEngine('the table of actions', (openStore) => {
  it('is numbered without gaps under concurrent recorders, refusals among them', async () => {
    const house = await open(openStore);
    const who: Who[] = ['ana', 'bob', 'ben', 'zoe'];
    await Promise.all(
      Array.from({ length: 24 }, (_, n) => house.say(who[n % 4] ?? 'ana', `action me: send paper ${n} by Friday`)),
    );
    const numbers = (await rows(house)).map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 18 }, (_, n) => n + 1));
  });

  it('is changed by one of two who press at the same moment, and the other is told', async () => {
    const house = await open(openStore);
    const subject = subjectOf(await house.say('ana', 'action @Ben Ito Send it to Nova by Friday'));
    const press = (verb: string, values: Record<string, string>) =>
      house.press('ben', { interaction: `actions.${verb}` as 'actions.x', subject, values });
    const answers = await Promise.all([
      press('accept', { due: '2026-11-27' }),
      press('decline', { reason: 'Not ours' }),
      press('accept', { due: '2026-11-27' }),
    ]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused', 'refused']);
  });

  it('changes only as the table of changes says, whatever is pressed by whomever', async () => {
    const house = await open(openStore);
    const ids = (actions.interactions ?? []).map(({ id }) => id).filter((id) => id !== 'actions.record');
    const give = async () => subjectOf(await house.say('ana', 'action @Ben Ito Send it to Nova by Friday'));
    let subject = await give();
    const stands = async () => (await rows(house)).find(({ id }) => id === subject.id);
    const owners = [(await stands())?.ownerId ?? '', (await stands())?.recordedBy ?? ''];
    const who: Who[] = ['ana', 'bob', 'ben', 'jun', 'mei'];
    // What comes next is chosen by a sequence that repeats after 2^31 steps.
    let seed = 7;
    const next = (limit: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * limit);
    };
    const seen = new Set<string>();
    for (let step = 0; step < 250; step += 1) {
      const before = await stands();
      const interaction = ids[next(ids.length)] ?? 'actions.done';
      const due = before?.dueOn === '2026-11-27' ? '2026-12-04' : '2026-11-27';
      const accepting = interaction === 'actions.accept' ? (before?.dueOn ?? '') : due;
      const values = { due: accepting, reason: 'because', owner: owners[next(2)] ?? '' };
      const answer = await house.press(who[next(who.length)] ?? 'ana', { interaction, subject, values });
      const after = await stands();
      if (JSON.stringify(before) !== JSON.stringify(after)) {
        expect(answer.outcome).toBe('done');
        const table: Readonly<Record<string, { readonly from: readonly Status[]; readonly to: readonly Status[] }>> =
          changes;
        const allowed = table[interaction.replace('actions.', '')];
        expect(allowed?.from).toContain(before?.status);
        expect(allowed?.to).toContain(after?.status);
        seen.add(`${before?.status} ${after?.status}`);
      } else if (['done', 'dropped'].includes(after?.status ?? '') && next(4) === 0) subject = await give();
    }
    expect(seen.size).toBeGreaterThan(4);
    expect(await findBrokenEntry(house.store.read, house.alliance)).toBeUndefined();
  });
});
