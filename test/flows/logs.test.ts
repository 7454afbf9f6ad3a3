import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/log.js';
import { eachEngine } from '../stores.js';
import { ana, ben, type Flow, jsc, kai, openFlow, zoe } from './flow.js';

const SECRET = 'Sell-the-plant-in-Basel';

/** What this process writes by any other way than the log: libraries like to speak to the terminal. */
const overhear = (heard: string[]): void => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write;
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      heard.push(String(chunk));
      return write.call(stream, chunk, ...rest);
    }) as typeof stream.write;
    onTestFinished(() => {
      stream.write = write;
    });
  }
};

/** Everything that people do, and everything that goes wrong with it. */
const live = async ({ client, card }: Flow): Promise<void> => {
  await client.say({
    ...ana,
    conversation: jsc.slack,
    text: `/decision ${SECRET} because ${SECRET} instead of ${SECRET}`,
  });
  const onTeams = await card('teams', 'D-1');
  await client.press({ ...ben, message: onTeams.id, action: 'Suggest a change' });
  await client.submit({ ...ben, values: { text: `${SECRET}!`, reason: SECRET } });
  await client.say({ ...ben, text: `decision ${'x'.repeat(3_000)}${SECRET}` });
  await client.say({ ...ben, conversation: jsc.teams, text: `@Entente decision ${SECRET} @Mei Sato` });
  await client.say({ ...ana, text: `${SECRET} nonsense` });
  await client.say({ ...zoe, conversation: jsc.slack, text: `/decision ${SECRET}` });
  await client.say({ ...kai, text: `decision ${SECRET}` });
  await client.openHome({ person: ana.person });
};

const raw = async ({ client, sandbox }: Flow): Promise<void> => {
  for (const side of ['slack', 'teams'] as const)
    for (const signature of ['good', 'forged', 'old', 'none'] as const) {
      await client.raw({ side, body: `{"text":"${SECRET}`, signature });
      if (signature !== 'good') await client.raw({ side, body: { type: 'message', text: SECRET }, signature });
    }
  const contentType = 'application/x-www-form-urlencoded';
  const payload = encodeURIComponent(JSON.stringify({ type: 'block_actions', actions: [{ text: SECRET }] }));
  for (const body of [`payload=${payload}`, 'payload={', `command=/decision&text=${SECRET}`])
    await client.raw({ side: 'slack', body, contentType });
  const strange = {
    type: 'message',
    text: SECRET,
    serviceUrl: `https://evil.example/${SECRET}`,
    conversation: { id: SECRET },
  };
  await client.raw({ side: 'teams', body: strange });
  await fetch(`${sandbox.url}/nowhere?${SECRET}`);
};

eachEngine('the log at its most talkative', (_open, engine) => {
  it('holds ids, and never what people wrote, who they are, or a secret', async () => {
    const lines: string[] = [];
    overhear(lines);
    const log = createLog('trace', { to: { write: (line) => void lines.push(line) } });
    const flow = await openFlow(await engine.freshUrl(), {}, { log });
    await live(flow);
    await raw(flow);
    for (const side of ['slack', 'teams'] as const) await flow.client.fail({ side, mode: 'error' });
    await flow.client.say({ ...ana, conversation: jsc.slack, text: '@Entente decision' });
    await flow.client.say({ ...ben, text: `decision ${SECRET}` });
    await flow.app.store.write((tx) => tx.rows(sql`alter table decision_wordings rename to gone`));
    for (const side of ['slack', 'teams'] as const) await flow.client.fail({ side, mode: 'ok' });
    await flow.client.say({ ...ana, conversation: jsc.slack, text: `/decision ${SECRET}` });
    await flow.client.say({ ...ben, text: `decision ${SECRET}` });
    await flow.app.store.write((tx) => tx.rows(sql`alter table gone rename to decision_wordings`));

    const said = lines.join('');
    expect(lines.length).toBeGreaterThan(20);
    expect(said).toContain('call failed');
    const { botToken, signingSecret, teams } = flow.sandbox;
    for (const secret of [SECRET, encodeURIComponent(SECRET), botToken, signingSecret, teams.token(), 'Bearer ', 'eyJ'])
      expect(said.includes(secret), secret).toBe(false);
    for (const name of ['Ana Ruiz', 'Ben Ito', 'Mei Sato', 'Acme Bio', 'Joint Steering'])
      expect(said.includes(name), name).toBe(false);
  });
});
