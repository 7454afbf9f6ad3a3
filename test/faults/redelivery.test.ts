import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { ana, ben, type Flow, jsc, openFlow } from '../flows/flow.js';
import { eachDatabase, usePostgres } from './databases.js';
import { rollDice } from './dice.js';
import type { Heard } from './door.js';
import { unanswered } from './ledger.js';
import { startLoad } from './load.js';
import { openOutside } from './outside.js';
import { expectPromises } from './promises.js';
import { readRecord, settledRecord } from './record.js';
import { load } from './replica.js';
import { expectTruth } from './truth.js';

const quick = { enforcePace: false };

const tom = { side: 'teams', person: 'cccccccc-0000-0000-0000-000000000001' } as const;
const labs = { side: 'teams', workplace: '33333333-3333-3333-3333-333333333333' } as const;

/** Ana's company begins an alliance with a third one. Gives the code. */
const setUpAnother = async ({ client }: Flow): Promise<string> => {
  await client.say({ ...ana, text: '/entente setup' });
  const { dialog } = await client.submit({ ...ana, values: { partner: 'Third Labs' } });
  return /join ((?:[a-z]+-){3}[a-z]+ (?:[a-z]+-){3}[a-z]+)/.exec(JSON.stringify(dialog))?.[1] ?? '';
};

const useCode = async ({ client }: Flow, code: string): Promise<void> => {
  await client.install(labs);
  const { answers } = await client.say({ ...tom, text: `join ${code}` });
  await client.press({ ...tom, message: answers.at(-1)?.id, action: 'Join as Third Labs' });
};

/** What a platform may repeat, and what makes it say that first. */
const doings: readonly {
  readonly what: string;
  readonly side: 'slack' | 'teams';
  readonly kind: 'command' | 'interaction' | 'event';
  readonly act: (flow: Flow) => Promise<unknown>;
  /** What stands in the answer each time. */
  readonly answer?: string;
}[] = [
  {
    what: 'a slash command',
    side: 'slack',
    kind: 'command',
    act: ({ client }) => client.say({ ...ana, conversation: jsc.slack, text: '/decision By command' }),
    answer: 'Recorded as D-2',
  },
  {
    what: 'a mention on Slack',
    side: 'slack',
    kind: 'event',
    act: ({ client }) => client.say({ ...ana, conversation: jsc.slack, text: '@Entente decision By mention' }),
  },
  {
    what: 'a button on Slack',
    side: 'slack',
    kind: 'interaction',
    act: async ({ client, card }) =>
      client.press({ ...ana, message: (await card('slack', 'D-1')).id, action: 'Confirm wording' }),
  },
  {
    what: 'a form on Slack',
    side: 'slack',
    kind: 'interaction',
    act: async ({ client }) => {
      await client.say({ ...ana, conversation: jsc.slack, text: '/decision' });
      await client.submit({ ...ana, values: { text: 'By form' } });
    },
    answer: 'Recorded as D-2',
  },
  {
    what: 'a message on Teams',
    side: 'teams',
    kind: 'command',
    act: ({ client }) => client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision By message' }),
  },
  {
    what: 'a press on Teams',
    side: 'teams',
    kind: 'interaction',
    act: async ({ client, card }) =>
      client.press({ ...ben, message: (await card('teams', 'D-1')).id, action: 'Withdraw' }),
    answer: 'Withdrawn',
  },
  {
    what: 'a seat given on Slack',
    side: 'slack',
    kind: 'command',
    act: ({ client }) => client.say({ ...ana, text: '/entente seat @Zoe Quinn co-chair JSC' }),
    answer: 'is now a co-chair',
  },
  {
    what: 'a channel bound on Slack',
    side: 'slack',
    kind: 'command',
    act: ({ client }) => client.say({ ...ana, conversation: 'C02GENERAL', text: '/entente bind JSC internal' }),
    answer: 'is the internal lane',
  },
  {
    what: 'an alliance set up on Slack',
    side: 'slack',
    kind: 'interaction',
    act: setUpAnother,
    answer: 'is set up',
  },
  {
    what: 'a code used on Teams',
    side: 'teams',
    kind: 'interaction',
    act: async (flow) => useCode(flow, await setUpAnother(flow)),
    answer: 'Asked to join',
  },
  {
    what: 'a workspace confirmed on Slack',
    side: 'slack',
    kind: 'interaction',
    act: async (flow) => {
      await useCode(flow, await setUpAnother(flow));
      const asked = await flow.client.awaitMessage({ ...ana, match: 'asks to join as Third Labs', timeoutMs: 10_000 });
      const label = asked.plain.split('\n').find((line) => line.startsWith('Confirm ')) ?? '';
      await flow.client.press({ ...ana, message: asked.id, action: label });
      await flow.client.awaitMessage({ ...tom, match: 'has joined as Third Labs', timeoutMs: 10_000 });
    },
  },
  {
    what: 'an installation on Teams',
    side: 'teams',
    kind: 'event',
    act: ({ client }) => client.install({ side: 'teams' }),
  },
];

eachDatabase('delivered again', (newDatabase) => {
  for (const { what, side, kind, act, answer } of doings)
    it(`${what} is answered alike and changes nothing, also at once and after a restart`, async () => {
      const flow = await openFlow(await newDatabase(), quick);
      const { client, sandbox } = flow;
      await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision To act on' });
      await flow.card('slack', 'Delivered to Nova Pharma');
      await act(flow);
      const before = await settledRecord(flow.app.store);
      const again = () => client.redeliver({ side, kind });
      const answers = [await again(), ...(await Promise.all([again(), again(), again()]))];
      await flow.restart();
      answers.push(await again(), await again());
      const [first, ...rest] = answers;
      expect(first?.status).toBe(200);
      expect(JSON.stringify(first?.body)).toContain(answer ?? '');
      for (const other of rest) expect(other).toMatchObject({ status: first?.status, body: first?.body });
      const after = await settledRecord(flow.app.store);
      const { decisions, entries, counters, marks, seating } = after;
      const kept = { decisions, entries, counters, marks, seating };
      expect(before).toMatchObject(kept);
      expect(await expectTruth(after, sandbox)).toEqual([]);
    });
});

/** What opens no second window, since Slack lets one call open one. */
const OPEN_ALREADY = 'The form did not open in time. Please try again.';

/** Cards follow their record from one moment to the next; sentences do not change. */
const withoutCard = (heard: Heard | undefined): unknown => {
  const body = heard?.body.startsWith('{') ? JSON.parse(heard.body) : heard?.body;
  if (body?.text === OPEN_ALREADY) return { status: heard?.status, body: '' };
  const isCard = body?.type === 'application/vnd.microsoft.card.adaptive';
  return { status: heard?.status, body: isCard ? body.type : body };
};

describe('delivered three times at the same moment', () => {
  const newDatabase = usePostgres();

  it('to two replicas, every call is done once and answered alike', async () => {
    const outside = await openOutside(quick, 3);
    const url = await newDatabase();
    const order = outside.order(url);
    const loaded = await Promise.all([load(), load()]);
    const replicas = await Promise.all(loaded.map((one) => one.start(order)));
    outside.door.lead(...replicas.map(({ port }) => port));
    const busy = startLoad(outside.sandbox, rollDice(), 'alone');
    await sleep(5_000);
    await busy.stop();
    for (const replica of replicas)
      await vi.waitFor(async () => expect(await replica.behind()).toBe(0), { timeout: 60_000, interval: 50 });
    for (const replica of replicas) expect(await replica.terminate()).toMatchObject({ code: 0 });
    const recorded = await readRecord(url);
    expectPromises(busy, recorded);
    expect(unanswered(busy.ledger, recorded.marks)).toEqual([]);
    expect(await expectTruth(recorded, outside.sandbox)).toEqual([]);
    expect(outside.door.heard.length).toBeGreaterThan(10);
    for (const [first, ...others] of outside.door.heard)
      for (const other of others) expect(withoutCard(other)).toEqual(withoutCard(first));
    for (const replica of replicas) expect(replica.errors()).toEqual([]);
  });
});
