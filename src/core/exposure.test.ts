import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { allianceWithLanes, channels, type House, lanes, openHouse, people } from '../../test/house/house.js';
import { eachEngine, type Open } from '../../test/stores.js';
import { decisions } from '../features/decisions/index.js';
import { permissions } from '../features/permissions.js';
import { announceCards } from './cards.js';
import { deleteChannel, findChannelAt, insertChannel } from './directory/channels.js';
import { directoryTables } from './directory/tables.js';
import { DeliveryError } from './errors.js';
import { surveyDue } from './exposure.js';
import type { ChannelId } from './ids.js';
import type { Answer, Notification } from './platform.js';
import { cardTables, historyTables, receiptTables } from './tables.js';

const SECRET = 'Sell the plant';
const WITHDRAWN = 'is no longer kept here';
const HOUR = 60 * 60 * 1_000;

const open = async (openStore: Open): Promise<House> => {
  const house = await openHouse(await openStore(), { features: [decisions], permissions, alliance: allianceWithLanes });
  house.slack.reading.set(lanes.slack, { name: 'acme-jsc', outsiders: false });
  // Asked already, all of them, when they were bound.
  await house.store.write((tx) => tx.update(directoryTables(tx).channels).set({ surveyedAt: house.clock.at }));
  await house.say('ana', `decision ${SECRET}`, { conversation: lanes.slack });
  await house.settle();
  return house;
};

const spot = { platform: 'slack', workspace: people.ana.workspace, conversation: lanes.slack, direct: false } as const;
const event: Notification = { kind: 'readers', platform: 'slack', workspace: people.ana.workspace, spot };

/** What stands in Acme's own lane. */
const standing = ({ slack }: House, conversation: string = lanes.slack): string => {
  const messages = new Map(
    slack.sent.filter((one) => one.conversation === conversation).map(({ message, view }) => [message, view]),
  );
  return JSON.stringify([...messages.values()]);
};

const surveying = (house: House) => ({ ...house.parts, nudge: house.reconciler.nudge });

const sentence = ({ view }: Answer): string => (view.kind === 'notice' ? String(view.text) : '');

const told = ({ slack }: House, user: string): string[] =>
  slack.sent.flatMap(({ conversation, how, view }) =>
    conversation === user && view.kind === 'notice' ? [`${how}: ${String(view.text)}`] : [],
  );

const letIn = (house: House): void => void house.slack.reading.set(lanes.slack, { name: 'acme-jsc', outsiders: true });

eachEngine('a company’s own lane that others can read', (openStore) => {
  it.each<[string, (house: House) => Promise<unknown>]>([
    ['by an event that shows it', (house) => house.inbound.notify({ ...event, outsiders: true })],
    [
      'by an event after which the platform is asked',
      (house) => {
        letIn(house);
        return house.inbound.notify(event);
      },
    ],
    [
      'by somebody from elsewhere who speaks there',
      (house) => {
        const caller = { ...people.ben, platform: 'slack', workspace: people.ana.workspace, user: 'U77BEN' } as const;
        return house.store
          .write(async (tx) => {
            const { identities } = directoryTables(tx);
            const [ben] = await tx.select().from(identities).where(eq(identities.user, people.ben.user));
            await tx.insert(identities).values({ ...caller, personId: ben?.personId ?? '', detail: {} });
          })
          .then(() => house.inbound.command({ ...house.call('ana', lanes.slack), caller, words: ['decision Hello'] }));
      },
    ],
    [
      'by a stranger who speaks there and is turned away',
      async (house) => {
        house.slack.profiles.set('U66GUEST', { guest: true });
        const caller = { ...people.ana, user: 'U66GUEST' };
        const answer = await house.inbound.command({
          ...house.call('ana', lanes.slack),
          caller,
          words: ['decision Hi'],
        });
        expect(answer.outcome).toBe('refused');
      },
    ],
    [
      'by the hourly look',
      (house) => {
        letIn(house);
        house.clock.at += HOUR + 1;
        return surveyDue(surveying(house));
      },
    ],
  ])('shows nothing internal any more, and its professionals are told: %s', async (_, opens) => {
    const house = await open(openStore);
    expect(standing(house)).toContain(SECRET);
    await opens(house);
    await house.settle();
    expect(standing(house)).not.toContain(SECRET);
    expect(standing(house)).toContain(WITHDRAWN);
    expect(told(house, people.ana.user)).toEqual([
      expect.stringContaining('post: People from outside of your company'),
    ]);
    expect(told(house, people.bob.user)).toEqual([]);
    await house.reconciler.stop();
  });

  it('keeps nothing of what is said there, not even that it was said', async () => {
    const house = await open(openStore);
    await house.inbound.notify({ ...event, outsiders: true });
    await house.settle();
    const { read } = house.store;
    const count = async () => [
      await read.$count(receiptTables(read).receipts),
      await read.$count(historyTables(read).history),
    ];
    const before = await count();
    const answer = await house.say('ana', 'decision Close the site', { conversation: lanes.slack });
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toContain('nothing was kept');
    const form = { interaction: 'decisions.record' as const, values: { text: 'Close the site', committee: 'x' } };
    expect((await house.press('ana', form, { conversation: lanes.slack })).outcome).toBe('refused');
    expect(await count()).toEqual(before);
    await house.reconciler.stop();
  });

  it('gets nothing new that was recorded elsewhere for its company alone', async () => {
    const house = await open(openStore);
    const form = await house.say('ana', 'decision', { conversation: lanes.slack });
    await house.inbound.notify({ ...event, outsiders: true });
    const values = { ...(form.view.kind === 'form' ? form.view.carry : {}), text: 'Close the site' };
    await house.press('ana', { interaction: 'decisions.record', values }, { conversation: 'Dana', direct: true });
    await house.settle();
    expect(standing(house)).not.toContain('Close the site');
    await house.reconciler.stop();
  });

  it('shows its cards again when it is its company’s own again, and tells anew when it is not once more', async () => {
    const house = await open(openStore);
    await house.inbound.notify({ ...event, outsiders: true });
    await house.settle();
    await house.inbound.notify(event);
    await house.settle();
    expect(standing(house)).toContain(SECRET);
    expect(standing(house)).not.toContain(WITHDRAWN);
    await house.inbound.notify({ ...event, outsiders: true });
    await house.settle();
    expect(standing(house)).not.toContain(SECRET);
    expect(told(house, people.ana.user)).toEqual([
      expect.stringContaining('post: People from outside'),
      expect.stringMatching(/^update: acme-jsc, your internal lane for the JSC, is your company.s own again\.$/),
      expect.stringContaining('post: People from outside'),
    ]);
    await house.reconciler.stop();
  });

  it('is asked about again within minutes when the platform did not answer', async () => {
    const house = await open(openStore);
    const { readers } = house.slack;
    house.slack.readers = async () => {
      throw new DeliveryError('later', 'slack:ratelimited');
    };
    await house.inbound.notify(event);
    await surveyDue(surveying(house));
    expect(standing(house)).toContain(SECRET);
    letIn(house);
    house.slack.readers = readers;
    house.clock.at += 61_000;
    await surveyDue(surveying(house));
    await house.settle();
    expect(standing(house)).not.toContain(SECRET);
    await house.reconciler.stop();
  });

  it('is asked about each hour also while another channel cannot be asked about', async () => {
    const house = await open(openStore);
    const asked: string[] = [];
    house.slack.readers = async ({ conversation }) => {
      asked.push(conversation);
      if (conversation === channels.slack) throw new DeliveryError('never', 'slack:channel_not_found');
      return { outsiders: false };
    };
    for (let minute = 0; minute < 70; minute += 1) {
      house.clock.at += 60_000;
      await surveyDue(surveying(house));
    }
    expect(asked.filter((one) => one === lanes.slack)).toHaveLength(1);
    expect(asked.filter((one) => one === channels.slack)).toHaveLength(2);
    await house.reconciler.stop();
  });

  it('withdraws also the card that was on its way when the channel was opened', async () => {
    const house = await open(openStore);
    let posted: () => void = () => {};
    const sending = new Promise<void>((resolve) => {
      house.slack.obstacle = (how, conversation) => {
        if (how !== 'post' || conversation !== lanes.slack) return undefined;
        resolve();
        return new Promise((go) => {
          posted = go;
        });
      };
    });
    await house.say('bob', 'decision Close the site', { conversation: lanes.slack });
    house.reconciler.nudge();
    await sending;
    house.slack.obstacle = () => undefined;
    await house.inbound.notify({ ...event, outsiders: true });
    posted();
    await house.settle();
    expect(house.slack.sent.some(({ view }) => JSON.stringify(view).includes('Close the site'))).toBe(true);
    expect(standing(house)).not.toContain('Close the site');
    await house.reconciler.stop();
  });
});

eachEngine('a channel that is bound no more', (openStore) => {
  const unbind = (house: House) =>
    house.store.write(
      async (tx) => {
        const channel = await findChannelAt(tx, spot);
        if (channel) await deleteChannel(tx, channel.id, house.clock.at);
        return channel;
      },
      { scope: house.alliance },
    );

  it('says so in the place of its cards, also when others are let in at that moment', async () => {
    const house = await open(openStore);
    await unbind(house);
    await house.inbound.notify({ ...event, outsiders: true });
    await house.settle();
    expect(standing(house)).toContain(WITHDRAWN);
    expect(standing(house)).not.toContain(SECRET);
    expect(told(house, people.ana.user)).toEqual([]);
    await house.reconciler.stop();
  });

  it('shows a card again when it is announced after the channel was bound anew', async () => {
    const house = await open(openStore);
    const { cards } = cardTables(house.store.read);
    const [card] = await house.store.read.select().from(cards);
    const channel = await unbind(house);
    await house.settle();
    if (!channel || !card) throw new Error('it was not bound');
    await house.store.write(async (tx) => {
      await insertChannel(tx, { ...channel, id: 'anew' as ChannelId });
      const subject = { feature: card.feature, id: card.subjectId };
      const wish = { alliance: house.alliance, subject, now: house.clock.at, newId: house.parts.newId };
      await announceCards(tx, wish, channel.committee, channel.partner);
      await announceCards(tx, wish, channel.committee, channel.partner);
    });
    await house.settle();
    expect(standing(house)).toContain(SECRET);
    expect(house.slack.sent.filter(({ how }) => how === 'post')).toHaveLength(1);
    await house.reconciler.stop();
  });
});
