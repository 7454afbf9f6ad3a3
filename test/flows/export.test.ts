import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { obey } from '../../src/command-line.js';
import type { Config } from '../../src/config.js';
import type { Message } from '../../src/sandbox/model.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, jsc, mei, openFlow, said } from './flow.js';

const formats = ['docx', 'csv', 'jsonl'] as const;
type Format = (typeof formats)[number];

const extension = (message: Message): string | undefined => {
  const file = message.side === 'slack' ? message.files?.[0] : (message.file ?? message.asked);
  return file?.name.split('.').at(-1);
};

/** What somebody downloads, by its ending. */
const download = async (message: Message): Promise<Buffer> => {
  const file = message.side === 'slack' ? message.files?.[0] : message.file;
  if (!file) throw new Error('no file arrived');
  const response = await fetch(file.url);
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.length).toBe(file.size);
  return bytes;
};

const onSlack = async ({ client }: Flow, format: Format): Promise<Buffer> => {
  const arrived = await client.awaitMessage({
    side: 'slack',
    match: `.${format}`,
    person: ana.person,
    timeoutMs: 10_000,
  });
  expect(extension(arrived)).toBe(format);
  return download(arrived);
};

const askedOnTeams = ({ client }: Flow, format: Format): Promise<Message> =>
  client.awaitMessage({ side: 'teams', match: `.${format}`, person: ben.person, timeoutMs: 10_000 });

const onTeams = async (flow: Flow, format: Format): Promise<Buffer> => {
  const asked = await askedOnTeams(flow, format);
  await flow.client.press({ ...ben, message: asked.id, action: 'Accept' });
  const sent = await flow.client.awaitMessage({
    side: 'teams',
    match: 'Download',
    person: ben.person,
    timeoutMs: 10_000,
  });
  expect(sent.id).toBe(asked.id);
  return download(sent);
};

eachEngine('a copy of the log', (_open, engine) => {
  it('arrives on Slack as three files, with all that Acme may see', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client } = flow;
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly because weekly is too much' });
    const asked = await client.say({ ...ana, text: 'entente export' });
    expect(said(asked)).toContain('on its way');
    const csv = (await onSlack(flow, 'csv')).toString();
    expect(csv.startsWith('\ufeffrecord,kind,number')).toBe(true);
    expect(csv).toContain('D-1,decision,1,JSC,all,recorded,1,Meet monthly,weekly is too much');
    expect(csv.trimEnd().split('\r\n').at(-1)).toMatch(/^end of copy,,1,/);
    const lines = (await onSlack(flow, 'jsonl'))
      .toString()
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one));
    expect(lines[0]).toMatchObject({ what: 'copy', format: 'entente/1', for: 'Acme Bio' });
    expect(lines.find(({ what }) => what === 'decision')).toMatchObject({ label: 'D-1', status: 'recorded' });
    expect(lines.filter(({ what }) => what === 'head').map(({ chain }) => chain)).toEqual(['shared', 'Acme Bio']);
    expect((await onSlack(flow, 'docx')).subarray(0, 2).toString()).toBe('PK');
    const again = await client.say({ ...ana, text: 'entente export' });
    expect(said(again)).toContain('You can ask for a fresh one in 10 minutes.');
  });

  it('is offered on Teams, and goes into the OneDrive of whoever accepts', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client } = flow;
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Start in May' });
    await client.say({ ...ben, text: 'entente export' });
    const csv = (await onTeams(flow, 'csv')).toString();
    expect(csv).toContain('D-1,decision,1,JSC,all,recorded,1,Start in May');
    const declined = await askedOnTeams(flow, 'docx');
    await client.press({ ...ben, message: declined.id, action: 'Decline' });
    await client.awaitMessage({
      side: 'teams',
      match: 'You declined this file',
      person: ben.person,
      timeoutMs: 10_000,
    });
  });

  it('comes back into a fresh database as it was, and the next copy is the same', async () => {
    const flow = await openFlow(await engine.freshUrl());
    await flow.client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly because we drift' });
    const card = await flow.card('teams', 'D-1');
    await flow.client.press({ ...ben, message: card.id, action: 'Confirm wording' });
    await flow.card('slack', 'Agreed');
    await flow.client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Start in May' });
    await flow.client.say({ ...ana, text: 'entente export' });
    const csv = await onSlack(flow, 'csv');
    const folder = await mkdtemp(join(tmpdir(), 'entente-flow-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'copy.csv');
    await writeFile(path, csv);

    const url = await engine.freshUrl();
    const fresh = await openFlow(url);
    await fresh.app.stop();
    const surface = { readConfig: () => ({ databaseUrl: url }) as Config, now: Date.now };
    const { code, text } = await obey(['import', path], surface);
    expect([code, text]).toEqual([0, expect.stringContaining('2 records were imported into Acme and Nova.')]);
    await fresh.restart();
    await fresh.client.say({ ...ana, text: 'entente export' });
    expect((await onSlack(fresh, 'csv')).toString()).toBe(csv.toString());
    const next = await fresh.client.say({ ...ana, conversation: jsc.slack, text: '/decision The next one' });
    expect(said(next)).toContain('Recorded as D-3');
    expect((await obey(['verify'], surface)).code).toBe(0);
  });

  it('arrives although Slack fails half of the time', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client } = flow;
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await client.say({ ...ana, text: 'entente' });
    await client.fail({ side: 'slack', mode: 'random', seed: 7, share: 0.5 });
    await client.say({ ...ana, text: 'entente export' });
    await client.awaitMessage({ side: 'slack', match: '.docx', person: ana.person, timeoutMs: 20_000 });
    await client.fail({ side: 'slack', mode: 'ok' });
    expect((await onSlack(flow, 'csv')).toString()).toContain('D-1,decision');
    await onSlack(flow, 'jsonl');
  });

  it('is for alliance professionals', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    for (const who of [bob, mei])
      expect(said(await client.say({ ...who, text: 'entente export' }))).toMatch(/Only the alliance professional/);
  });
});
