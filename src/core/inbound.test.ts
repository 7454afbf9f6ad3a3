import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type House, openHouse, people } from '../../test/house/house.js';
import { createNotes } from '../../test/house/notes.js';
import { eachEngine, type Open } from '../../test/stores.js';
import { CommitUnknown } from './db/failure.js';
import { directoryTables } from './directory/tables.js';
import { DeliveryError } from './errors.js';
import { findBrokenEntry } from './history.js';
import type { Answer } from './platform.js';
import { historyTables, receiptTables } from './tables.js';
import { sweepOld } from './tick.js';

const open = async (openStore: Open) => {
  const notes = createNotes();
  return { notes, house: await openHouse(await openStore(), { features: [notes.feature] }) };
};

/** What the alliance's own chain holds. */
const entriesOf = ({ store, alliance }: House): Promise<number> => {
  const { history } = historyTables(store.read);
  return store.read.$count(history, eq(history.allianceId, alliance));
};

const sentence = (answer: Answer): string => (answer.view.kind === 'notice' ? String(answer.view.text) : '');

eachEngine('inbound', (openStore) => {
  it('answers a redelivered call like the first time and does nothing twice', async () => {
    const { house } = await open(openStore);
    const call = { ...house.call('ana'), words: ['note once'] };
    const first = await house.inbound.command(call);
    const again = await house.inbound.command(call);
    expect(again).toEqual(first);
    expect(await entriesOf(house)).toBe(1);
  });

  it('does a call once although it is delivered twice at the same time', async () => {
    const { house } = await open(openStore);
    const call = { ...house.call('ana'), words: ['note once'] };
    const [one, other] = await Promise.all([house.inbound.command(call), house.inbound.command(call)]);
    expect(one).toEqual(other);
    expect(await entriesOf(house)).toBe(1);
  });

  it('tells whether a card in the place itself shows what was done', async () => {
    const { house } = await open(openStore);
    expect(await house.say('ana', 'note in the channel')).toMatchObject({ outcome: 'done', shown: true });
    expect(await house.say('ana', 'note in a chat', { conversation: 'D1', direct: true })).not.toHaveProperty('shown');
  });

  it('names the nearest command for an unknown word', async () => {
    const { house } = await open(openStore);
    const answer = await house.say('ana', 'noet buy milk');
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toContain("Did you mean 'note'?");
  });

  it('lists what can be said for a word that is like no command', async () => {
    const { house } = await open(openStore);
    expect(sentence(await house.say('ana', 'xylophone'))).toContain("Say 'help'");
    expect((await house.say('ana', 'help')).view.kind).toBe('list');
  });

  it('shows home when nothing is said', async () => {
    const { house } = await open(openStore);
    const answer = await house.say('ben', '');
    expect(answer.view).toMatchObject({ kind: 'list', title: 'Nothing waits for you' });
    expect(JSON.stringify(answer.view)).toContain('You sit on JSC (co-chair)');
  });

  it('gives a guest of the workspace one sentence that names whom to ask, and saves nothing', async () => {
    const { house } = await open(openStore);
    house.slack.profiles.set(people.zoe.user, { guest: true });
    const answer = await house.say('zoe', 'note hello');
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toBe(
      'Entente answers the people of the companies in this alliance, and you are a guest here. Write to it from your own company’s workspace, or ask Ana Ruiz, who runs the alliance for Acme Bio.',
    );
    const { receipts } = receiptTables(house.store.read);
    expect(await house.store.read.$count(receipts)).toBe(0);
  });

  it('knows one of the workspace’s people from their first word on, by what the platform tells', async () => {
    const { house } = await open(openStore);
    house.slack.profiles.set(people.zoe.user, { name: 'Zoe Fox', zone: 'America/New_York', email: 'zoe@acme.example' });
    const answer = await house.say('zoe', 'note hello');
    expect(answer.outcome).toBe('done');
    house.slack.profiles.set(people.zoe.user, { guest: true });
    const home = await house.inbound.home(house.call('zoe'));
    expect(home.view).toMatchObject({ intro: 'Zoe Fox, Acme Bio. You have no seat on a committee yet.' });
  });

  it('makes one person of somebody who says two things at once', async () => {
    const { house } = await open(openStore);
    const before = await house.store.read.$count(directoryTables(house.store.read).people);
    await Promise.all([house.say('zoe', 'note one'), house.say('zoe', 'note two')]);
    expect(await house.store.read.$count(directoryTables(house.store.read).people)).toBe(before + 1);
  });

  it('asks to try again when the platform does not tell who somebody is, and saves nothing', async () => {
    const { house } = await open(openStore);
    house.slack.profile = async () => {
      throw new DeliveryError('later', 'slack:timeout');
    };
    const answer = await house.say('zoe', 'note hello');
    expect(answer.outcome).toBe('refused');
    expect(sentence(answer)).toBe('Entente could not ask Slack who you are just now. Please try again in a minute.');
  });

  it('tells a workspace outside every alliance nothing about any', async () => {
    const { house } = await open(openStore);
    const call = house.call('ana');
    const caller = { ...call.caller, workspace: 'T99OTHER' };
    const answer = await house.inbound.command({ ...call, caller, words: ['note hello'] });
    expect(sentence(answer)).toBe(
      'This workspace has not joined an alliance yet. To begin one, say setup to Entente. If the other company has sent you a code, say join and the code.',
    );
  });

  it('says that nothing was saved when a handler fails, and rolls back what it did', async () => {
    const notes = createNotes();
    const broken = {
      name: 'broken',
      commands: [
        {
          name: 'break',
          summary: 'Fail.',
          usage: '',
          run: async (
            _said: unknown,
            ctx: { record: (s: { feature: string; id: string }, v: string, d: object) => Promise<void> },
          ) => {
            await ctx.record({ feature: 'broken', id: '1' }, 'half', {});
            throw new Error('a bug');
          },
        },
      ],
    };
    const house = await openHouse(await openStore(), { features: [notes.feature, broken as never] });
    const answer = await house.say('ana', 'break');
    expect(answer.outcome).toBe('failed');
    expect(sentence(answer)).toContain('nothing was saved');
    expect(await entriesOf(house)).toBe(0);
  });

  it('finds out whether a write was saved when the connection broke in the middle of the commit', async () => {
    const store = await openStore();
    const cut = { before: false, after: false };
    const flaky: typeof store = {
      ...store,
      write: async (work, options) => {
        if (cut.before) {
          cut.before = false;
          throw new CommitUnknown('cut');
        }
        const done = await store.write(work, options);
        if (!cut.after) return done;
        cut.after = false;
        throw new CommitUnknown('cut');
      },
    };
    const house = await openHouse(flaky, { features: [createNotes().feature] });
    for (const when of ['before', 'after'] as const) {
      cut[when] = true;
      expect(await house.say('ana', `note cut ${when}`)).toMatchObject({ outcome: 'done' });
    }
    expect(await entriesOf(house)).toBe(2);
  });

  it('says that it does not know, when the database stays away in the middle of a commit', async () => {
    const store = await openStore();
    let away = false;
    const write = store.write;
    const flaky: typeof store = {
      ...store,
      write: (work, options) => (away ? Promise.reject(new CommitUnknown('cut')) : write(work, options)),
    };
    const house = await openHouse(flaky, { features: [createNotes().feature] });
    away = true;
    const answer = await house.say('ana', 'note cut');
    expect(sentence(answer)).toContain('cannot tell whether it was');
  });

  it('says that a press was done when it was, although the card pressed cannot be drawn', async () => {
    const { house, notes } = await open(openStore);
    const subject = notes.subject('1');
    notes.feature.present = async () => {
      throw new TypeError('a bug');
    };
    const answer = await house.press('ana', { interaction: 'notes.rewrite', subject, values: { text: 'second' } });
    expect([answer.outcome, sentence(answer), answer.card]).toEqual(['done', 'rewritten', undefined]);
    expect(await entriesOf(house)).toBe(1);
  });

  it('keeps NUL and half characters out of the database', async () => {
    const { house } = await open(openStore);
    const answer = await house.say('ana', 'note a\0b \ud800 c');
    expect(answer.outcome).toBe('done');
  });

  it('keeps a newer address of a conversation and a person', async () => {
    const { house } = await open(openStore);
    const call = house.call('ben');
    const serviceUrl = 'https://smba.trafficmanager.net/emea/';
    await house.inbound.command({
      ...call,
      caller: { ...call.caller, detail: { mri: '29:ben' } },
      spot: { ...call.spot, detail: { serviceUrl } },
      words: ['note hello'],
    });
    house.reconciler.nudge();
    await house.teams.until((sent) => sent.length > 0);
    await house.reconciler.stop();
    const { directoryTables } = await import('./directory/tables.js');
    const { channels, identities } = directoryTables(house.store.read);
    const details = (await house.store.read.select().from(channels)).map((row) => row.detail.serviceUrl);
    expect(details).toContain(serviceUrl);
    const known = (await house.store.read.select().from(identities)).map((row) => row.detail.mri);
    expect(known).toContain('29:ben');
  });

  it('writes the people mentioned by their names, also when the platform gives only an id', async () => {
    const notes = createNotes();
    const house = await openHouse(await openStore(), { features: [notes.feature] });
    const said: string[] = [];
    const listening = {
      ...notes.feature,
      commands: [
        {
          name: 'hear',
          summary: '',
          usage: '',
          run: async ({ text }: { text: string }) => {
            said.push(text);
            return { kind: 'notice' as const, text };
          },
        },
      ],
    };
    const other = await openHouse(house.store, { features: [listening], beside: house });
    const bob = { user: people.bob.user, workspace: people.bob.workspace, name: people.bob.user };
    other.slack.profiles.set('U77', { name: 'Uma New' });
    const unmet = { ...bob, user: 'U77', name: 'U77' };
    const stranger = { user: 'U88', workspace: 'T88OTHER', name: 'Somebody' };
    await other.say('ana', ['hear ask ', bob, ', ', unmet, ' and ', stranger]);
    expect(said).toEqual(['ask @Bob Brown, @Uma New and @Somebody']);
  });

  it('forgets receipts that nobody asks for any more', async () => {
    const { house } = await open(openStore);
    await house.say('ana', 'note old');
    const { receipts } = receiptTables(house.store.read);
    await sweepOld(house.store, house.clock.at + 60_000);
    expect(await house.store.read.$count(receipts)).toBe(1);
    await sweepOld(house.store, house.clock.at + 4 * 24 * 60 * 60 * 1_000);
    expect(await house.store.read.$count(receipts)).toBe(0);
  });

  it('chains the history, and names the first entry that was altered behind its back', async () => {
    const { house } = await open(openStore);
    for (let n = 0; n < 5; n += 1) await house.say('ana', `note ${n}`);
    expect(await findBrokenEntry(house.store.read, house.alliance)).toBeUndefined();
    await house.store.write(async (tx) => {
      const { history } = historyTables(tx);
      const { eq } = await import('drizzle-orm');
      await tx.update(history).set({ verb: 'forged' }).where(eq(history.seq, 3));
    });
    expect(await findBrokenEntry(house.store.read, house.alliance)).toBe(3);
  });
});
