import { randomUUID } from 'node:crypto';
import { eq, isNotNull } from 'drizzle-orm';
import { expect, it, onTestFinished, vi } from 'vitest';
import { channels, type House, openHouse, people } from '../../../test/house/house.js';
import { createNotes } from '../../../test/house/notes.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { insertPartner } from '../../core/directory/alliances.js';
import { insertChannel } from '../../core/directory/channels.js';
import { ensureMember } from '../../core/directory/people.js';
import { directoryTables } from '../../core/directory/tables.js';
import { DeliveryError } from '../../core/errors.js';
import type { ChannelId, CommitteeId, PartnerId, PersonId } from '../../core/ids.js';
import { professionals } from '../../core/permission.js';
import type { Answer } from '../../core/platform.js';
import { cardTables } from '../../core/tables.js';
import type { ListItem, Text } from '../../core/view.js';
import { status } from './index.js';

const open = async (openStore: Open): Promise<House> => {
  const house = await openHouse(await openStore(), {
    features: [status, createNotes().feature],
    permissions: { status: professionals, 'status.retry': professionals },
  });
  onTestFinished(() => house.reconciler.stop());
  return house;
};

const flat = (text: Text | undefined): string =>
  [text ?? '']
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'moment' in span ? span.zone : ''))
    .join('');

const itemsOf = ({ view }: Answer): readonly ListItem[] => {
  if (view.kind !== 'list') throw new Error(`no list: ${JSON.stringify(view)}`);
  return view.items;
};

const linesOf = (answer: Answer): string[] => itemsOf(answer).map(({ title, text }) => `${title} | ${flat(text)}`);

const direct = { conversation: 'D1', direct: true };
const ask = (house: House, who: 'ana' | 'ben' | 'bob'): Promise<Answer> => house.say(who, 'status', direct);

const rowsOf = async ({ store }: House) => {
  const { partners, committees } = directoryTables(store.read);
  const [jsc] = await store.read.select().from(committees);
  const byName = new Map((await store.read.select().from(partners)).map(({ name, id }) => [name, id as PartnerId]));
  return { jsc: jsc?.id as CommitteeId, acme: byName.get('Acme Bio')!, nova: byName.get('Nova Pharma')! };
};

const bind = async (
  house: House,
  partner: PartnerId,
  name: string,
  reads: { shared?: boolean; internal?: boolean },
  workspace: string = people.ana.workspace,
): Promise<void> => {
  const { jsc } = await rowsOf(house);
  const place = {
    platform: workspace.startsWith('T') ? 'slack' : 'teams',
    workspace,
    conversation: `C-${name}`,
  } as const;
  const id = randomUUID() as ChannelId;
  const row = { id, committee: jsc, partner, detail: {}, shared: false, internal: false, name, ...place, ...reads };
  await house.store.write((tx) => insertChannel(tx, row));
};

/** The JSC's channel on Teams refuses everything from now on; direct messages arrive. */
const refuse = (house: House): void => {
  house.teams.obstacle = async (_how, conversation) => {
    if (conversation === channels.teams)
      throw new DeliveryError('never', 'teams:403', { advice: 'Install Entente in the team again.' });
  };
};

eachEngine('status', (openStore) => {
  it('is for alliance professionals, and only where nobody else reads', async () => {
    const house = await open(openStore);
    expect((await ask(house, 'bob')).view).toMatchObject({
      text: 'Only the alliance professional of Acme Bio does this. Ask them.',
    });
    const { channels: table } = directoryTables(house.store.read);
    await house.store.write(async (tx) => {
      await tx.update(table).set({ shared: true }).where(eq(table.conversation, channels.slack));
    });
    expect((await house.say('ana', 'status')).view).toMatchObject({
      text: 'This shows what only Acme Bio may see, and others read here. Say it to Entente directly.',
    });
  });

  it('says that all is well when it is, and where the committees are', async () => {
    const house = await open(openStore);
    const answer = await ask(house, 'ana');
    expect(answer.view).toMatchObject({ title: 'Status of Acme and Nova', intro: 'Only you see this.', buttons: [] });
    expect(linesOf(answer)).toEqual(['Everything is delivered | ', 'Channels of Acme Bio | JSC: C01JSC']);
  });

  it('tells how each channel of one’s own company is read, and no channel of another', async () => {
    const house = await open(openStore);
    const { acme, nova } = await rowsOf(house);
    await bind(house, acme, 'prep', { internal: true });
    await bind(house, acme, 'open', { shared: true });
    await bind(house, acme, 'leaky', { internal: true, shared: true });
    await bind(house, nova, 'nova-secret', { internal: true }, people.ben.workspace);
    const [, bindings = ''] = linesOf(await ask(house, 'ana'));
    expect(bindings).toBe(
      'Channels of Acme Bio | JSC: C01JSC, #leaky (internal, but others can read it now: bind another one), #open (shared: people from outside of your workspace read it too), #prep (internal)',
    );
    expect(bindings).not.toContain('nova-secret');
    expect(linesOf(await ask(house, 'ben'))[1]).toContain('nova-secret (internal)');
  });

  it('says who has no channel yet, without counting their own lanes', async () => {
    const house = await open(openStore);
    const { nova } = await rowsOf(house);
    const { channels: table } = directoryTables(house.store.read);
    await house.store.write(async (tx) => void (await tx.delete(table).where(eq(table.partnerId, nova))));
    await bind(house, nova, 'nova-secret', { internal: true }, people.ben.workspace);
    expect(linesOf(await ask(house, 'ana'))).toContain(
      'Channels of Acme Bio | JSC: C01JSC. Nova Pharma has no channel for it yet',
    );
  });

  it('tells the side that misses a card where, since when and what to do, and the other one only that it does', async () => {
    const house = await open(openStore);
    refuse(house);
    await house.say('ana', 'note lost');
    await house.settle();
    expect(linesOf(await ask(house, 'ben'))[0]).toBe(
      '1 card not delivered in 19:jsc@thread.tacv2 | Since Europe/Zurich. Install Entente in the team again. Then press Retry.',
    );
    const other = linesOf(await ask(house, 'ana'));
    expect(other[0]).toBe(
      '1 card not delivered to Nova Pharma | Since Europe/Zurich. The alliance professional of Nova Pharma was told what to do.',
    );
    expect(JSON.stringify(other)).not.toContain('19:jsc');
  });

  it('sends again what was parked, and tells whoever was told that it failed', async () => {
    const house = await open(openStore);
    refuse(house);
    await house.say('ana', 'note lost');
    await house.settle();
    house.teams.obstacle = () => undefined;
    const [button] = itemsOf(await ask(house, 'ben'))[0]?.buttons ?? [];
    const pressed = await house.press('ben', { interaction: button!.id, values: { ...button?.carry } });
    expect(pressed.view).toMatchObject({
      text: "The card is being sent again. Say 'entente status' in a minute to see whether it helped.",
    });
    await house.settle();
    expect((await house.health()).parked).toBe(0);
    expect(house.teams.sent.filter(({ conversation }) => conversation === channels.teams)).toHaveLength(1);
    expect(house.teams.sent.filter(({ conversation }) => conversation === people.ben.user).at(-1)?.view).toMatchObject({
      title: 'A card is sent again',
    });
    expect(linesOf(await ask(house, 'ben'))[0]).toBe('Everything is delivered | ');
  });

  it('tells anew when a retry fails again', async () => {
    const house = await open(openStore);
    refuse(house);
    await house.say('ana', 'note lost');
    await house.settle();
    await house.press('ben', { interaction: 'status.retry' });
    await house.settle();
    const told = house.teams.sent.filter(({ conversation }) => conversation === people.ben.user).at(-1);
    expect(told?.view).toMatchObject({ title: 'A card could not be delivered' });
    expect((await house.health()).parked).toBe(1);
  });

  it('does not let one side have the other side’s cards sent', async () => {
    const house = await open(openStore);
    refuse(house);
    await house.say('ana', 'note lost');
    await house.settle();
    const lane = itemsOf(await ask(house, 'ben'))[0]?.buttons?.[0]?.carry?.lane ?? '';
    expect(lane).not.toBe('');
    for (const values of [{ lane }, {}] as Record<string, string>[])
      expect((await house.press('ana', { interaction: 'status.retry', values })).view).toMatchObject({
        text: 'Everything has been delivered meanwhile.',
      });
    expect((await house.health()).parked).toBe(1);
  });

  it('names what Entente still tries, and nothing that is only on its way', async () => {
    const house = await open(openStore);
    house.teams.obstacle = async () => {
      throw new DeliveryError('later', 'teams:503');
    };
    await house.say('ana', 'note slow');
    expect(linesOf(await ask(house, 'ben'))[0]).toBe('Everything is delivered | ');
    const { cards } = cardTables(house.store.read);
    await vi.waitFor(async () => expect(await house.store.read.$count(cards, isNotNull(cards.failingSince))).toBe(1));
    house.clock.at += 90_000;
    expect(linesOf(await ask(house, 'ben'))[0]).toContain('Entente keeps trying');
    expect(linesOf(await ask(house, 'ana')).join()).toContain(
      'not delivered to Nova Pharma | Since Europe/Zurich. Entente keeps trying.',
    );
  });

  it('names people without a seat, people who cannot be reached, and companies that have not joined', async () => {
    const house = await open(openStore);
    const { acme } = await rowsOf(house);
    await house.say('zoe', 'help');
    await house.store.write(async (tx) => {
      const { people: table } = directoryTables(tx);
      await tx.insert(table).values({ id: 'lea', name: 'Lea Moss' });
      await ensureMember(tx, acme, 'lea' as PersonId);
      await insertPartner(tx, house.alliance, 'zeta' as PartnerId, 'Zeta Labs');
    });
    expect(linesOf(await ask(house, 'ana')).slice(2)).toEqual([
      "Zeta Labs has not joined yet | Say 'entente invite' for the code to send them, or for a new one.",
      "Without a seat | Lea Moss, U09ZOE. Say 'entente seat' to give somebody one.",
      'Entente cannot write to | Lea Moss. They have no account in a workspace of Acme Bio that has joined.',
    ]);
    const other = JSON.stringify(linesOf(await ask(house, 'ben')));
    expect(other).not.toContain('Lea Moss');
    expect(other).not.toContain('U09ZOE');
  });
});
