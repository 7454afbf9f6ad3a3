import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../src/demo.js';
import { inputId } from '../../src/platforms/teams/forms.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { type Door, openDoor } from '../faults/door.js';
import { ana, jsc, said } from '../flows/flow.js';
import { actionsIn, type Playground, startPlayground } from './playground.js';
import type { Json, Shown } from './stream.js';

/** The Teams company of the demo alliance. Ben sits in front; the last three only fill the room. */
const world = {
  tenant: '11111111-1111-1111-1111-111111111111',
  bot: { id: '28:entente', name: 'Entente' },
  people: ['Ben Ito', 'Mei Sato', 'Jun Mori', 'Kai Wolf', 'Lea Kern', 'Max Roth'].map((name, index) => ({
    id: `29:${index + 1}`,
    name,
    aadObjectId: `aaaaaaaa-0000-0000-0000-00000000000${index + 1}`,
  })),
  personal: 'a:ben',
  group: '19:desk@thread.v2',
  team: '19:team@thread.tacv2',
  channel: jsc.teams,
};
const ben = { id: '29:1', name: 'Ben Ito', aadObjectId: 'aaaaaaaa-0000-0000-0000-000000000001' };
const jun = { id: '29:3', name: 'Jun Mori', aadObjectId: 'aaaaaaaa-0000-0000-0000-000000000003' };
const kai = { id: '29:4', name: 'Kai Wolf', aadObjectId: 'aaaaaaaa-0000-0000-0000-000000000004' };
const mei = { id: '29:2', name: 'Mei Sato', aadObjectId: 'aaaaaaaa-0000-0000-0000-000000000002' };

const demo = new URL('../../db/demo/alliance.yaml', import.meta.url);
const main = new URL('../../src/main.ts', import.meta.url);

/** What the inputs of a card hold already, which Teams sends along. */
const filledIn = (part: unknown): Json => {
  if (typeof part !== 'object' || part === null) return {};
  const { type, id, value } = part as Json;
  const own = String(type).startsWith('Input.') && value !== undefined ? { [String(id)]: value } : {};
  return Object.assign(own, ...Object.values(part).map(filledIn));
};

/** Entente as an operator starts it, with nothing but the environment. */
const startMain = async (env: Readonly<Record<string, string>>): Promise<{ child: ChildProcess; port: number }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', main.pathname], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  const ended = once(child, 'close').then(() => {
    throw new Error(`Entente did not start:\n${written}`);
  });
  ended.catch(() => undefined);
  for (;;) {
    const ready = written.split('\n').find((line) => line.includes('"msg":"ready"'));
    if (ready) return { child, port: JSON.parse(ready).port };
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
};

describe("in Microsoft's Agents Playground", () => {
  let folder: string;
  let door: Door;
  let playground: Playground;
  let sandbox: Sandbox;
  let entente: ChildProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'entente-main-'));
    door = await openDoor();
    sandbox = await openSandbox(0, { slackEventsUrl: `${door.url}/slack/events` });
    playground = await startPlayground(world, `${door.url}/api/messages`);
    const alliance = (await readFile(demo, 'utf8')).replaceAll('http://127.0.0.1:4100/', playground.serviceUrl);
    await writeFile(join(folder, 'alliance.yaml'), alliance);
    const started = await startMain({
      DATABASE_URL: `file:${join(folder, 'entente.db')}`,
      ALLIANCE_FILE: join(folder, 'alliance.yaml'),
      TEAMS_ANONYMOUS: '1',
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_SIGNING_SECRET: sandbox.signingSecret,
      SLACK_API_URL: sandbox.slackApiUrl,
    });
    entente = started.child;
    door.lead(started.port);
  });

  afterAll(async () => {
    entente?.kill('SIGKILL');
    await playground?.stop();
    await door?.close();
    await sandbox?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const onSlack = (match: string) =>
    sandbox.controls.awaitMessage({ side: 'slack', conversation: jsc.slack, match, timeoutMs: 10_000 });

  it('a decision typed on Slack stands in the channel, is confirmed there, and changes in place', async () => {
    const text = '/decision Meet monthly because weekly is too much';
    expect(said(await sandbox.controls.say({ ...ana, conversation: jsc.slack, text }))).toContain('D-1');
    const card = await playground.shown(world.channel, 'D-1 Meet monthly');
    const answer = await playground.press(card, 'Confirm wording');
    expect(answer).toMatchObject({ type: 'application/vnd.microsoft.card.adaptive' });
    expect(JSON.stringify(answer)).toContain('Agreed');
    const changed = await playground.shown(world.channel, 'Agreed');
    expect(changed).toMatchObject({ id: card.id });
    expect(changed.changes).toBeGreaterThan(0);
    expect((await onSlack('Agreed')).plain).toContain('Nova Pharma confirmed by Ben Ito');
  });

  it('a decision said in the channel stands there and on Slack', async () => {
    await playground.say(world.channel, 'decision Start in May because sites are ready instead of June');
    const card = await playground.shown(world.channel, 'D-2 Start in May');
    expect(JSON.stringify(card.card)).toContain('sites are ready');
    expect((await onSlack('D-2')).plain).toContain('Nova Pharma confirmed by Ben Ito');
    await playground.shown(world.channel, 'Delivered to Acme Bio');
  });

  it('who presses twice gets a sentence, and the card stays as it is', async () => {
    const card = await playground.shown(world.channel, 'D-2 Start in May');
    expect(await playground.press(card, 'Confirm wording')).toEqual({
      type: 'application/vnd.microsoft.activity.message',
      value: 'You have confirmed the wording of D-2 already.',
    });
  });

  it('somebody without a vote gets the reason, and a form opens in a dialog', async () => {
    const card = await playground.shown(world.channel, 'D-2 Start in May');
    await playground.press(card, 'Confirm wording');
    const invoke = playground.last('invoke') as { id: string; value: { action: { data: object } } };
    const observed = await playground.send({ ...invoke, id: 'of-mei', from: mei });
    expect(JSON.stringify(observed.body)).toContain('You sit as observer; your comment is welcome.');
    const data = { ...invoke.value.action.data, interaction: 'decisions.suggest' };
    const opened = await playground.send({ ...invoke, id: 'a-form', name: 'task/fetch', value: { data } });
    expect(opened.status).toBe(200);
    expect(opened.body).toMatchObject({ task: { type: 'continue', value: { title: 'Suggest a change' } } });
  });

  it('a personal chat knows the same words', async () => {
    await playground.say(world.personal, 'help', { mention: false });
    await playground.shown(world.personal, 'What you can say to Entente');
    await playground.say(world.personal, 'decision From the chat', { mention: false });
    await playground.shown(world.personal, 'Recorded as D-3 for the JSC');
    await playground.shown(world.channel, 'D-3 From the chat');
    await playground.say(world.personal, 'decison From the chat', { mention: false });
    await playground.shown(world.personal, "Did you mean 'decision'?");
  });

  it('a group chat that no committee uses gets its answer one to one', async () => {
    await playground.say(world.group, 'decision In another place');
    await playground.shown(world.personal, 'Recorded as D-4 for the JSC');
    expect(playground.all().filter(({ conversation }) => conversation === world.group)).toEqual([]);
  });

  it('the home shows what waits after something was pressed on it', async () => {
    await sandbox.controls.say({ ...ana, conversation: jsc.slack, text: '/decision Share the data' });
    await playground.shown(world.channel, 'D-5 Share the data');
    await playground.say(world.personal, 'entente', { mention: false });
    const home = await playground.shown(world.personal, 'What waits for you');
    expect(JSON.stringify(home.card)).toContain('D-5 Share the data');
    const after = JSON.stringify(await playground.press(home, 'Confirm wording'));
    expect(after).toContain('"type":"application/vnd.microsoft.card.adaptive"');
    expect(after).toContain('D-5 is agreed');
    expect(after).not.toContain('D-5 Share the data');
  });

  it('an action given from Slack is accepted in the channel, and done there', async () => {
    const text = '/action @Ben Ito Send the revised protocol in two weeks';
    expect(said(await sandbox.controls.say({ ...ana, conversation: jsc.slack, text }))).toContain('A-1');
    const card = await playground.shown(world.channel, 'A-1 Send the revised protocol');
    expect(JSON.stringify(await playground.press(card, 'Accept'))).toContain('Open');
    const open = await playground.shown(world.channel, '"Blocked because"');
    expect(open).toMatchObject({ id: card.id });
    expect((await onSlack('A-1 Send the revised protocol')).plain).toContain('Open');
    await playground.press(open, 'Done');
    expect((await playground.shown(world.channel, 'Done by Ben Ito')).id).toBe(card.id);
    await onSlack('Done by Ben Ito');
  });

  it('the log is asked one to one, and its hits are opened from there', async () => {
    await playground.say(world.personal, 'log protocol', { mention: false });
    const found = await playground.shown(world.personal, 'Log: 1 found');
    expect(JSON.stringify(found.card)).toContain('A-1 Send the revised protocol');
    await playground.say(world.personal, 'D-1', { mention: false });
    expect(JSON.stringify(await playground.shown(world.personal, 'D-1 Meet monthly'))).toContain('weekly is too much');
  });

  it('a decision close to an agreed one is recorded once it is said how they stand, and supersedes it', async () => {
    await playground.say(world.personal, 'decision Share the data weekly', { mention: false });
    const asked = await playground.shown(world.personal, "Close to D-5 'Share the data'");
    await playground.press(asked, 'Supersede');
    await playground.shown(world.channel, 'D-6 Share the data weekly');
    await playground.shown(world.channel, 'D-6, once agreed');
    const card = await onSlack('D-6 Share the data weekly');
    await sandbox.controls.press({ ...ana, message: card.id, action: 'Confirm wording' });
    await playground.shown(world.channel, 'Superseded by D-6');
    await playground.say(world.channel, 'decision supersede D-6 Meet in Tokyo');
    expect(JSON.stringify(await playground.shown(world.channel, 'D-7 Meet in Tokyo'))).toContain('Supersedes');
  });

  it('a reply that quotes takes the quoted words along', async () => {
    await playground.say(world.group, 'decision Quoted soon');
    const message = playground.last('message') as { id: string; entities?: readonly object[] };
    const quotedReply = { messageId: '1795818357368', senderId: mei.id, preview: 'We open the site in Tokyo' };
    await playground.send({
      ...message,
      id: 'quoting',
      text: '<at>Entente</at> decision',
      entities: [...(message.entities ?? []), { type: 'quotedReply', quotedReply }],
    });
    const form = await playground.shown(world.personal, 'Record a decision');
    expect(JSON.stringify(form.card)).toContain('We open the site in Tokyo');
  });

  /** Opens what a button of a message opens in a dialog, and sends it filled in; as somebody else where told. */
  const fillIn = async (on: Shown, title: string, values: Json, from: Json = ben): Promise<string> => {
    const button = actionsIn(on.card).find((one) => one.title === title);
    const about = { ...playground.last('invoke'), from, replyToId: on.id, conversation: { id: on.address } };
    const fetched = { ...about, id: `${title} opens`, name: 'task/fetch', value: { data: button?.data } };
    const opened = await playground.send(fetched);
    const submit = actionsIn(opened.body).at(-1);
    if (!submit) throw new Error(`'${title}' opens no dialog: ${JSON.stringify(opened)}`);
    const given = Object.entries(values).map(([name, value]) => [inputId(name), value]);
    const data = { ...(submit.data as Json), ...filledIn(opened.body), ...Object.fromEntries(given) };
    const sent = await playground.send({ ...about, id: `${title} is sent`, name: 'task/submit', value: { data } });
    return JSON.stringify(sent.body);
  };

  const pressAs = async (from: Json, on: Shown, title: string): Promise<string> => {
    const { type, verb, data } = actionsIn(on.card).find((one) => one.title === title) ?? {};
    const value = { action: { type, title, verb, data }, trigger: 'manual' };
    const about = { ...playground.last('invoke'), replyToId: on.id, conversation: { id: on.address } };
    const press = { ...about, id: `${title} by ${from.name}`, name: 'adaptiveCard/action', from, value };
    return JSON.stringify((await playground.send(press)).body);
  };

  it('a meeting is prepared, run and minuted, on one card of the channel', async () => {
    const soon = new Date(Date.now() + 2 * 3_600_000).toISOString();
    const when = `${soon.slice(0, 10)} ${soon.slice(11, 16)} UTC 60 min`;
    await playground.say(world.channel, `meeting schedule JSC ${when}`);
    await playground.shown(world.personal, 'M-1');
    const planned = await playground.shown(world.channel, 'Alternate comes');
    expect(JSON.stringify(await playground.press(planned, 'Coming'))).toContain('Nova Pharma 1: Ben Ito');
    expect(await pressAs(jun, planned, 'Not coming')).toContain('Jun Mori');
    for (const title of ['Coming', 'Not coming', 'Alternate comes'])
      expect(await pressAs(kai, planned, title)).toContain('You have no seat on the JSC.');
    // Whoever reads the channel reads the agenda, and proposes nothing.
    expect(await fillIn(planned, 'Agenda', {}, kai)).toContain('You have no seat on the JSC.');
    const item = { kind: 'decision', title: 'The budget of 2027', question: 'Do we agree the budget?' };
    expect(await fillIn(planned, 'Propose an item', item)).toContain('stands on the agenda of M-1');
    await playground.shown(world.channel, 'Do we agree the budget?');
    await playground.say(world.personal, 'meeting positions', { mention: false });
    const asked = await playground.shown(world.personal, 'Positions for M-1');
    const taken = await fillIn(asked, 'Aligned if ...', { condition: 'it stays below last year' });
    expect(taken).toContain('Only Nova Pharma sees this.');
    await playground.say(world.channel, 'open meeting');
    const open = await playground.shown(world.channel, 'Close meeting');
    expect(open.id).toBe(planned.id);
    await playground.press(open, 'Next');
    const running = await playground.shown(world.channel, 'Item 1 of 1');
    for (const title of ['Next', 'Park']) expect(await pressAs(kai, running, title)).toContain('JSC');
    await fillIn(running, 'Decided', { because: 'all sites agree' });
    await playground.shown(world.channel, 'all sites agree');
    await playground.press(running, 'Park');
    await playground.say(world.channel, 'close meeting');
    const question = await playground.shown(world.personal, 'Close M-1?');
    expect(JSON.stringify(await playground.press(question, 'Yes, close'))).toContain('1 decision');
    const minutes = await playground.shown(world.channel, 'Propose a change');
    await fillIn(minutes, 'Propose a change', { text: 'The budget is for 2028' });
    await onSlack('1 change');
  });

  it('an alliance set up in a personal chat is joined on Slack', async () => {
    await playground.say(world.personal, 'setup', { mention: false });
    const form = await playground.shown(world.personal, 'Our partner’s company');
    const names = { own: 'Nova Pharma', partner: 'Gamma', name: 'Beryl', zone: 'Europe/Zurich' };
    const setUp = { ...names, key: 'JDC', committee: 'Joint Development Committee' };
    const made = JSON.stringify(await playground.press(form, 'Set up', setUp));
    expect(made).toContain('Send this to Gamma:');
    expect(made).toContain('"label":"To copy"');
    const [, code = ''] = /@Entente join ([a-z -]+)\\n/.exec(made) ?? [];
    const offered = await sandbox.controls.say({ ...ana, text: `join ${code}` });
    expect(said(offered)).toContain('invites you to "Beryl" as Gamma.');
    const asked = await sandbox.controls.press({
      ...ana,
      message: offered.answers[0]?.id ?? '',
      action: 'Join as Gamma',
    });
    expect(said(asked)).not.toBe('');
    const request = await playground.shown(world.personal, 'asks to join as Gamma');
    const confirm = /"title":"(Confirm [^"]+)"/.exec(JSON.stringify(request.card))?.[1] ?? '';
    expect(JSON.stringify(await playground.press(request, confirm))).toContain('Confirmed');
  });

  it('Entente ends when it is asked to', async () => {
    const gone = once(entente, 'exit');
    entente.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
});
