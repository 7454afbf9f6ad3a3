import { expect, it } from 'vitest';
import { features } from '../../src/features/index.js';
import type { Message, TeamsMessage } from '../../src/sandbox/model.js';
import { createChores } from '../house/chores.js';
import { eachEngine } from '../stores.js';
import { ana, ben, openFlow, said } from './flow.js';

/** A Tuesday, seven in the morning in Zurich. */
const MORNING = Date.UTC(2026, 10, 24, 6);
const NINE = Date.UTC(2026, 10, 24, 8);
const HOUR = 60 * 60 * 1_000;

const every = { from: '2026-01-01' } as const;

const openMorning = async (url: string) => {
  const begunAt = Date.now();
  const chores = createChores([
    { id: 'Read the minutes', owner: 'Ana Ruiz', remind: every },
    { id: 'Send the protocol', owner: 'Ana Ruiz', remind: every, dueOn: '2026-11-20' },
    { id: 'Accept the date', owner: 'Ben Ito', remind: every },
    { id: 'Book the room', owner: 'Ben Ito', remind: every },
  ]);
  const flow = await openFlow(
    url,
    { now: () => MORNING + (Date.now() - begunAt) },
    { features: [...features, chores.feature] },
  );
  // Teams says where its people are reached once one of them has written.
  await flow.client.say({ ...ben, text: 'entente' });
  const { client } = flow;
  const daily = ({ side, person }: typeof ana | typeof ben, match = 'most urgent first') =>
    client.awaitMessage({ side, person, match, timeoutMs: 15_000 });
  /** What a message says by now, as its reader sees it. */
  const plainOf = async (message: Message) =>
    (await client.state())[message.side].messages.find((one) => one.id === message.id)?.plain;
  return { ...flow, daily, plainOf };
};

eachEngine('the daily message', (_open, engine) => {
  it('comes at nine on Slack, with what is due first, and follows its buttons', async () => {
    const { client, daily, plainOf } = await openMorning(await engine.freshUrl());
    await client.clock({ to: NINE });
    const message = await daily(ana);
    expect(message.plain).toMatch(/Send the protocol[\s\S]*Read the minutes/);
    expect(new Date(message.at).toISOString()).toMatch(/^2026-11-24T08:0/);
    const pressed = await client.press({ ...ana, message: message.id, action: 0 });
    expect(said(pressed)).toContain('Send the protocol is done.');
    expect(pressed.answers.some((one) => one.onlyFor === ana.person)).toBe(true);
    await expect.poll(() => plainOf(message)).not.toContain('Send the protocol');
    await client.press({ ...ana, message: message.id, action: 'Done' });
    expect((await daily(ana, 'Nothing of this waits any more.')).id).toBe(message.id);
  });

  it('comes at nine on Teams, follows its buttons, and says what was done below', async () => {
    const { client, daily, plainOf } = await openMorning(await engine.freshUrl());
    await client.clock({ to: NINE });
    const message = await daily(ben);
    expect(message.plain).toContain('Accept the date');
    const pressed = await client.press({ ...ben, message: message.id, action: 0 });
    expect(pressed.status).toBe(200);
    expect(said(pressed)).toContain('Accept the date is done.');
    const answer = pressed.answers.find((one) => one.plain.includes('Accept the date is done.'));
    expect(JSON.stringify((answer as TeamsMessage).card)).toContain('Undo');
    await expect.poll(() => plainOf(message)).not.toContain('Accept the date');
    expect(await plainOf(message)).toContain('Book the room');
  });

  it('comes once a working day, also after a restart, and not on the weekend', async () => {
    const { client, daily, restart } = await openMorning(await engine.freshUrl());
    const count = async () => {
      const { slack } = await client.state();
      return slack.messages.filter((one) => one.plain.includes('most urgent first')).length;
    };
    await client.clock({ to: NINE });
    await daily(ana, 'Read the minutes');
    await restart();
    await client.clock({ by: HOUR });
    await client.clock({ to: NINE + 24 * HOUR });
    await expect.poll(count, { timeout: 15_000 }).toBe(2);
    await client.clock({ to: NINE + 4 * 24 * HOUR });
    await client.clock({ to: NINE + 6 * 24 * HOUR });
    await expect.poll(count, { timeout: 15_000 }).toBe(3);
  });

  it('is watched by a clock that only goes forward', async () => {
    const { client, sandbox } = await openMorning(await engine.freshUrl());
    await client.clock({ by: 2 * HOUR });
    expect(sandbox.now()).toBeGreaterThanOrEqual(NINE);
    await expect(client.clock({ to: NINE - HOUR })).rejects.toThrow('The clock only goes forward.');
    await expect(client.clock({ by: -1 })).rejects.toThrow('The clock only goes forward.');
    expect((await client.state()).ahead).toBe(2 * HOUR);
  });
});
