import { expect, it } from 'vitest';
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

  it('is for alliance professionals', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    for (const who of [bob, mei])
      expect(said(await client.say({ ...who, text: 'entente export' }))).toMatch(/Only the alliance professional/);
  });
});
