import { expect, it } from 'vitest';
import type { Client } from '../../src/sandbox/client.js';
import type { Message, Outcome } from '../../src/sandbox/model.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, jsc, mei, openFlow, said } from './flow.js';

/** Ben and Mei talk there among themselves. */
const group = '19:desk@thread.v2';

const shown = (outcome: Outcome): string => JSON.stringify(outcome.dialog);

/** With where its links lead. */
const drawn = (message: Message): string => JSON.stringify(message.side === 'teams' && message.card);

const messageOf = async (client: Client, side: 'slack' | 'teams', id: string | undefined): Promise<Message> => {
  const state = await client.state();
  const found = [...state.slack.messages, ...state.teams.messages].find((one) => one.side === side && one.id === id);
  if (!found) throw new Error('no such message');
  return found;
};

eachEngine('capture where the talk is', (_open, engine) => {
  it('logs a message of a Slack channel from its menu, and finds it again', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...bob, conversation: jsc.slack, text: 'We meet *monthly* from now on' });
    const menu = { ...ana, message: talk.said ?? '', entry: 'menu.decision' };
    expect(shown(await client.menu(menu))).toContain('We meet monthly from now on');
    await client.submit({ ...ana, values: {} });
    const onSlack = await card('slack', 'D-1');
    expect(onSlack.plain).toContain('Said');
    expect(onSlack.plain).toMatch(/\/archives\/C01JSC\/p\d{16}/);
    const onTeams = await card('teams', 'D-1');
    expect(onTeams.plain).toContain('Said');
    expect(onTeams.plain).not.toContain('archives');
    const again = await client.menu({ ...menu, ...bob });
    expect(said(again)).toContain('Logged already as D-1');
    const offered = again.answers.at(-1);
    const another = await client.press({ ...bob, message: offered?.id ?? '', action: 'Log another one' });
    expect(shown(another)).toContain('We meet monthly from now on');
    await client.submit({ ...bob, values: { text: 'Meet in Basel' } });
    await card('teams', 'D-2 Meet in Basel');
  });

  it('takes along what a Slack thread is about, through the button that opens the form', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...bob, conversation: jsc.slack, text: 'We meet monthly' });
    const thread = talk.said ?? '';
    const asked = await client.say({ ...ana, conversation: jsc.slack, thread, text: '@Entente decision' });
    const [invitation] = asked.answers;
    expect(invitation).toMatchObject({ onlyFor: ana.person, thread });
    const opened = await client.press({ ...ana, message: invitation?.id ?? '', action: 0 });
    expect(shown(opened)).toContain('We meet monthly');
    await client.submit({ ...ana, values: {} });
    expect((await card('slack', 'D-1 We meet monthly')).plain).toContain('Said');
    const words = '@Entente decision Start in May because sites are ready';
    const typed = await client.say({ ...ana, conversation: jsc.slack, thread, text: words });
    expect(said(typed)).toContain('Recorded as D-2');
    expect((await card('slack', 'D-2 Start in May')).plain).toContain(`/p${thread.replace('.', '')}`);
    const again = await client.say({ ...bob, conversation: jsc.slack, thread, text: '@Entente decision' });
    expect(said(again)).toContain('Logged already as D-');
  });

  it('records an action said in a Slack thread as it was said, and where', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...bob, conversation: jsc.slack, text: 'Who sends the protocol?' });
    const thread = talk.said ?? '';
    const text = '@Entente action @Bob Brown Send the revised protocol in two weeks';
    const typed = await client.say({ ...ana, conversation: jsc.slack, thread, text });
    expect(said(typed)).toContain('Recorded as A-1');
    expect((await card('slack', 'A-1 Send the revised protocol')).plain).toContain(`/p${thread.replace('.', '')}`);
  });

  it('goes on without the text when Slack does not give it', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...bob, conversation: jsc.slack, text: 'We meet monthly' });
    const where = { conversation: jsc.slack, thread: talk.said ?? '' };
    const asked = await client.say({ ...ana, ...where, text: '@Entente decision' });
    await client.presence({ side: 'slack', conversation: jsc.slack, present: false });
    const opened = await client.press({ ...ana, message: asked.answers[0]?.id ?? '', action: 0 });
    expect(shown(opened)).toContain('Record a decision');
    expect(shown(opened)).not.toContain('We meet monthly');
  });

  it('logs a message of a Teams channel from its menu, and finds it again', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...mei, conversation: jsc.teams, text: 'We meet monthly & in Basel' });
    const menu = { ...ben, message: talk.said ?? '', entry: 'menu.decision' };
    expect(shown(await client.menu(menu))).toContain('We meet monthly & in Basel');
    await client.submit({ ...ben, values: {} });
    const onTeams = await card('teams', 'D-1');
    expect(drawn(onTeams)).toContain('l/message/19%3Ajsc%40thread.tacv2/');
    expect(onTeams.plain).toContain('Said');
    const again = await client.menu(menu);
    expect(shown(again)).toContain('Logged already as D-1');
    const another = await client.submit({ ...ben, values: {}, action: 'Log another one' });
    expect(shown(another)).toContain('Record a decision');
    await client.submit({ ...ben, values: { text: 'Hire a statistician' } });
    await card('slack', 'D-2 Hire a statistician');
    // Slack's people cannot open it, and are told nothing of where it comes from.
    expect((await card('slack', 'D-1')).plain).not.toContain('l/message');
  });

  it('keeps the thread that a reply on Teams stands in, and what a reply in a chat quotes', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...mei, conversation: jsc.teams, text: 'How often do we meet?' });
    const thread = talk.said ?? '';
    await client.say({ ...ben, conversation: jsc.teams, thread, text: '@Entente decision Meet monthly' });
    const inChannel = await card('teams', 'D-1 Meet monthly');
    expect(drawn(inChannel)).toContain(`/l/message/19%3Ajsc%40thread.tacv2/${thread}`);
    const quoted = await client.say({ ...mei, conversation: group, text: 'Start in May & finish in June' });
    const asked = await client.say({ ...ben, conversation: group, thread: quoted.said, text: '@Entente decision' });
    const form = asked.answers.at(-1);
    expect(JSON.stringify(form)).toContain('Start in May & finish in June');
    await client.press({ ...ben, message: form?.id ?? '', action: 'Record' });
    const fromChat = await card('teams', 'D-2 Start in May');
    expect(drawn(fromChat)).toContain(`/l/message/19%3Adesk%40thread.v2/${quoted.said}`);
    expect((await messageOf(client, 'teams', quoted.said)).thread).toBeUndefined();
  });

  it('takes the same reply once, however often the platform delivers it', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const talk = await client.say({ ...bob, conversation: jsc.slack, text: 'How often do we meet?' });
    const text = '@Entente decision Meet monthly';
    await client.say({ ...ana, conversation: jsc.slack, thread: talk.said, text });
    await card('teams', 'D-1');
    await client.redeliver({ side: 'slack', kind: 'event' });
    const { teams } = await client.state();
    expect(teams.messages.filter(({ plain }) => plain.includes('D-2'))).toEqual([]);
  });
});
