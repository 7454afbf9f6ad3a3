import ical, { type VEvent } from 'node-ical';
import { expect, it } from 'vitest';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { AllianceId } from '../../src/core/ids.js';
import { features } from '../../src/features/index.js';
import type { Message, Outcome } from '../../src/sandbox/model.js';
import type { House } from '../house/house.js';
import { planMeeting } from '../house/meetings.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, jsc, mei, openFlow } from './flow.js';

const plan = async ({ app, sandbox }: Flow) => {
  const [alliance] = await app.store.read.select().from(directoryTables(app.store.read).alliances);
  const parts = { features: new Map(features.map((one) => [one.name, one])) };
  const house = { store: app.store, alliance: alliance?.id as AllianceId, clock: { at: sandbox.now() }, parts };
  return planMeeting(house as unknown as House, {
    ...{ rule: 'FREQ=MONTHLY;BYDAY=2FR', at: '2099-12-11T14:00' },
    createdAt: sandbox.now(),
  });
};

/** What somebody sees now: on Teams a card that was pressed changes for whoever pressed it. */
const seen = ({ answers }: Outcome): string =>
  answers
    .map((message) => ('localCards' in message ? JSON.stringify(message.localCards) : '') + message.plain)
    .join('\n');

const addressIn = (outcome: Outcome): string => {
  const [address] = /http:\/\/localhost:\d+\/calendar\/[\w-]+\/[\w-]+\.ics/.exec(seen(outcome)) ?? [];
  if (address === undefined) throw new Error(`no address in ${seen(outcome)}`);
  return address.replace('localhost', '127.0.0.1');
};

const eventIn = (text: string): VEvent | undefined =>
  Object.values(ical.sync.parseICS(text)).find((one): one is VEvent => one?.type === 'VEVENT');

const messageWith = ({ answers }: Outcome, match: string): string =>
  answers.find((message) => message.plain.includes(match))?.id ?? '';

const download = async (message: Message): Promise<string> => {
  const file = message.side === 'slack' ? message.files?.[0] : message.file;
  if (!file) throw new Error('no file arrived');
  expect(file.name).toBe('jsc-meetings.ics');
  return (await fetch(file.url)).text();
};

eachEngine('meetings in people’s own calendars', (_open, engine) => {
  it('are read at a private address by people of both companies, until they end it', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client } = flow;
    const meeting = await plan(flow);
    for (const who of [bob, mei]) {
      const told = await client.say({ ...who, text: 'entente calendar' });
      const address = addressIn(told);
      const event = eventIn(await (await fetch(address)).text());
      expect(event).toMatchObject({ uid: `${meeting.series}@entente`, summary: 'JSC · Acme and Nova' });
      const message = messageWith(told, '/calendar/');
      const renewed = addressIn(await client.press({ ...who, message, action: 'New address' }));
      expect([(await fetch(address)).status, (await fetch(renewed)).status]).toEqual([404, 200]);
    }
  });

  it('are told in a channel to nobody but who asked', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    const told = await client.say({ ...ben, conversation: jsc.teams, text: '@Entente calendar' });
    expect(
      told.answers.filter(({ plain }) => plain.includes('/calendar/')).map(({ conversation }) => conversation),
    ).not.toContain(jsc.teams);
  });

  it('come as a file to Slack, and into the OneDrive of whoever accepts on Teams', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client } = flow;
    await plan(flow);
    for (const who of [ana, ben]) {
      const home = await client.say({ ...who, text: 'entente' });
      const press = (message: string, action: string) => client.press({ ...who, message, action });
      const ways = await press(messageWith(home, 'New meetings: JSC'), 'Add to my calendar');
      expect(seen(ways)).toContain('Keep the address to yourself');
      await press(ways.answers[0]?.id ?? '', 'Send me the file');
      const about = { person: who.person, side: who.side, timeoutMs: 10_000 };
      const arrived = await client.awaitMessage({ ...about, match: '.ics' });
      if (who.side === 'teams') await press(arrived.id, 'Accept');
      const file = who.side === 'teams' ? await client.awaitMessage({ ...about, match: 'Download' }) : arrived;
      expect(eventIn(await download(file))).toMatchObject({ summary: 'JSC · Acme and Nova' });
    }
  });
});
