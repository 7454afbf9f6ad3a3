import { randomUUID } from 'node:crypto';
import { eq, isNotNull } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { tellPerson, wantCards } from '../src/core/cards.js';
import { parseAlliance } from '../src/core/directory/alliance-file.js';
import { loadAllianceFile } from '../src/core/directory/load.js';
import { directoryTables } from '../src/core/directory/tables.js';
import type { PersonId } from '../src/core/ids.js';
import type { Answer, Caller, PressCall, Spot } from '../src/core/platform.js';
import { cardTables } from '../src/core/tables.js';
import type { Subject } from '../src/core/view.js';
import { decisions } from '../src/features/decisions/index.js';
import { permissions } from '../src/features/permissions.js';
import { allianceWithLanes, channels, demoAlliance, type House, lanes, openHouse, people } from './house/house.js';
import { createNotes } from './house/notes.js';
import { eachEngine, type Open } from './stores.js';

/** Acme's second alliance, in the same deployment. Ana runs both; Dan takes part in this one only. */
const otherAlliance = `
alliance: { name: Acme and Zeta, timeZone: Europe/Zurich }
partners:
  - { key: acme, name: Acme Bio, slack: { team: T01ACME } }
  - { key: zeta, name: Zeta Labs, teams: { tenant: 22222222-2222-2222-2222-222222222222 } }
people:
  - { key: dan, name: Dan Volt, partner: acme, slack: U05DAN, professional: true }
  - { key: zed, name: Zed Quine, partner: zeta, teams: bbbbbbbb-0000-0000-0000-000000000001 }
committees:
  - key: JDC
    name: Joint Development Committee
    seats:
      - { person: dan, role: co-chair }
      - { person: zed, role: co-chair }
    channels:
      - { slack: { team: T01ACME, channel: C05JDC } }
`;

const dan: Caller = { platform: 'slack', workspace: 'T01ACME', user: 'U05DAN' };
const zed: Caller = {
  platform: 'teams',
  workspace: '22222222-2222-2222-2222-222222222222',
  user: 'bbbbbbbb-0000-0000-0000-000000000001',
};
const { ana, bob, ben } = people;

const jsc: Spot = { platform: 'slack', workspace: ana.workspace, conversation: channels.slack, direct: false };
const directOf = ({ platform, workspace, user }: Caller): Spot => ({
  platform,
  workspace,
  conversation: `D${user}`,
  direct: true,
});

const open = async (openStore: Open): Promise<House> => {
  const house = await openHouse(await openStore(), { features: [decisions, createNotes().feature] });
  await loadAllianceFile(house.store, parseAlliance(otherAlliance), randomUUID, house.clock.at);
  return house;
};

const press = (house: House, caller: Caller, spot: Spot, more: Pick<PressCall, 'interaction'> & Partial<PressCall>) =>
  house.inbound.press({ id: randomUUID(), caller, spot, values: {}, ...more });

const SECRET = 'Sell the plant';
const LINK = 'https://acme.slack.com/archives/C1/p1';

/** A decision of Acme and Nova, taken from a message that only Acme can read. */
const record = async (house: House): Promise<Subject> => {
  const values = { committee: await committeeOf(house, 'JSC'), text: SECRET, link: LINK };
  const answer = await house.press('ana', { interaction: 'decisions.record', values });
  const subject = answer.view.kind === 'notice' ? answer.view.buttons?.[0]?.subject : undefined;
  if (!subject) throw new Error('nothing was recorded');
  return subject;
};

const committeeOf = async ({ store }: House, key: string): Promise<string> => {
  const { committees } = directoryTables(store.read);
  const [row] = await store.read.select().from(committees).where(eq(committees.key, key));
  return row?.id ?? '';
};

const everyPress = [
  'confirm',
  'suggest',
  'revise',
  'withdraw',
  'history',
  'undo-record',
  'undo-confirm',
  'undo-withdraw',
];

/** Everything that could be told. */
const told = (answers: readonly Answer[]): string => JSON.stringify(answers);

const catchUp = async (house: House): Promise<void> => {
  while ((await house.health()).behind > 0) {
    house.reconciler.nudge();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** Until no conversation is looked after any more: only a wish that is due by then stirs it again. */
const rest = async ({ store }: House): Promise<void> => {
  const { lanes: rows } = cardTables(store.read);
  const awake = () => store.read.$count(rows, isNotNull(rows.dueAt));
  while ((await awake()) > 0) await new Promise((resolve) => setImmediate(resolve));
};

eachEngine('what one alliance or company says to itself', (openStore) => {
  it('is not told to the people of another alliance who guess its id, and not even that it exists', async () => {
    const house = await open(openStore);
    const real = await record(house);
    const values = { revision: '1', text: 'x', reason: 'y' };
    for (const [caller, spot] of [
      [dan, directOf(dan)],
      [zed, directOf(zed)],
      [zed, jsc],
    ] as const) {
      const asked = (subject: Subject) =>
        Promise.all(
          everyPress.map((verb) => press(house, caller, spot, { interaction: `decisions.${verb}`, subject, values })),
        );
      const answers = await asked(real);
      expect(told(answers)).not.toContain(SECRET);
      expect(answers.every(({ outcome, card }) => outcome === 'refused' && card === undefined)).toBe(true);
      expect(answers).toEqual(await asked({ ...real, id: 'made-up' }));
    }
  });

  it('is not recorded for another alliance’s committee by guessing its id', async () => {
    const house = await open(openStore);
    const values = { committee: await committeeOf(house, 'JSC'), text: 'Ours now' };
    for (const caller of [dan, zed]) {
      const answer = await press(house, caller, directOf(caller), { interaction: 'decisions.record', values });
      expect(answer).toMatchObject({ outcome: 'refused', field: 'committee' });
    }
  });

  it('is not told to somebody else whose call has the same id', async () => {
    const house = await open(openStore);
    const form = { id: 'same', spot: jsc, words: ['decision'], quote: { text: SECRET, link: LINK } };
    expect(told([await house.inbound.command({ ...form, caller: ana })])).toContain(SECRET);
    for (const caller of [bob, { ...ben, workspace: ana.workspace, user: bob.user, platform: 'slack' } as const]) {
      const answer = await house.inbound.command({ id: 'same', caller, spot: jsc, words: ['decision'] });
      expect(answer.outcome).toBe('done');
      expect(told([answer])).not.toContain(SECRET);
    }
  });

  it('is not told to the other company’s people who are in a channel of its own', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    const own = await press(house, bob, jsc, { interaction: 'decisions.history', subject });
    expect(told([own])).toContain(LINK);
    const answer = await press(house, ben, jsc, { interaction: 'decisions.history', subject });
    expect(answer.outcome).toBe('done');
    expect(told([answer])).not.toContain(LINK);
  });

  it('is taken off the cards of a channel that the other company can read from now on', async () => {
    const house = await open(openStore);
    await record(house);
    await catchUp(house);
    const standing = () => JSON.stringify([...house.slack.standing().values()]);
    expect(standing()).toContain(LINK);
    await rest(house);
    const opened = demoAlliance.replace('channel: C01JSC }', 'channel: C01JSC, shared: true }');
    await loadAllianceFile(house.store, parseAlliance(opened), randomUUID, house.clock.at);
    await catchUp(house);
    expect(standing()).toContain(SECRET);
    expect(standing()).not.toContain(LINK);
    await house.reconciler.stop();
  });

  it('is no longer shown where nobody knows who reads it', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    await catchUp(house);
    const { channels: bound } = directoryTables(house.store.read);
    await house.store.write((tx) =>
      tx.delete(directoryTables(tx).channels).where(eq(bound.conversation, channels.slack)),
    );
    await press(house, ben, directOf(ben), { interaction: 'decisions.confirm', subject, values: { revision: '1' } });
    await catchUp(house);
    const standing = JSON.stringify([...house.slack.standing().values()]);
    expect(standing).toContain('is no longer kept here');
    expect(standing).not.toContain(SECRET);
    await house.reconciler.stop();
  });

  it('is withdrawn from the direct messages of somebody who is none of the company’s people any more', async () => {
    const house = await open(openStore);
    const subject = await record(house);
    const wish = { alliance: house.alliance, subject, now: house.clock.at, newId: randomUUID };
    const { identities, members } = directoryTables(house.store.read);
    const [row] = await house.store.read.select().from(identities).where(eq(identities.user, bob.user));
    await house.store.write((tx) => tellPerson(tx, wish, row?.personId as PersonId));
    await catchUp(house);
    const direct = () => JSON.stringify([...house.slack.sent].filter((one) => one.conversation === bob.user).at(-1));
    expect(direct()).toContain(SECRET);
    await house.store.write(async (tx) => {
      await tx.delete(directoryTables(tx).members).where(eq(members.personId, row?.personId ?? ''));
      await wantCards(tx, subject, house.clock.at);
    });
    await catchUp(house);
    expect(direct()).toContain('is no longer kept here');
    await house.reconciler.stop();
  });

  it('is not told where its people are guests: the company of that chat can read along', async () => {
    const house = await openHouse(await openStore(), {
      features: [decisions],
      permissions,
      alliance: allianceWithLanes,
    });
    await loadAllianceFile(house.store, parseAlliance(otherAlliance), randomUUID, house.clock.at);
    const said = await house.say('ben', `decision ${SECRET}`, { conversation: lanes.teams });
    const subject = said.view.kind === 'notice' ? said.view.buttons?.[0]?.subject : undefined;
    const guestIn = async (platform: Caller['platform'], workspace: string): Promise<Caller> => {
      const account = { platform, workspace, user: 'U77BEN' };
      const { identities } = directoryTables(house.store.read);
      const [row] = await house.store.read.select().from(identities).where(eq(identities.user, ben.user));
      await house.store.write((tx) =>
        tx.insert(directoryTables(tx).identities).values({ ...account, personId: row?.personId ?? '', detail: {} }),
      );
      return account;
    };
    const atAcme = await guestIn('slack', ana.workspace);
    const shared = await record(house);
    expect(
      (await press(house, atAcme, directOf(atAcme), { interaction: 'decisions.history', subject: shared })).outcome,
    ).toBe('done');
    const refused = await press(house, atAcme, directOf(atAcme), { interaction: 'decisions.history', subject });
    expect([refused.outcome, told([refused]).includes(SECRET)]).toEqual(['refused', false]);
    // Zeta takes no part in the alliance of Acme and Nova.
    const atZeta = await guestIn('teams', zed.workspace);
    const elsewhere = await press(house, atZeta, directOf(atZeta), {
      interaction: 'decisions.history',
      subject: shared,
    });
    expect([elsewhere.outcome, told([elsewhere]).includes(SECRET)]).toEqual(['refused', false]);
  });

  it('does not name people of another alliance who are mentioned', async () => {
    const house = await open(openStore);
    const word = { user: zed.user, workspace: zed.workspace, name: 'someone' };
    const spot: Spot = { ...jsc, platform: 'teams', workspace: ben.workspace, conversation: channels.teams };
    await house.inbound.command({ id: 'mention', caller: ben, spot, words: ['decision Ask ', word] });
    await catchUp(house);
    const standing = JSON.stringify([...house.teams.standing().values()]);
    expect(standing).toContain('Ask @someone');
    expect(standing).not.toContain('Zed Quine');
    await house.reconciler.stop();
  });
});
