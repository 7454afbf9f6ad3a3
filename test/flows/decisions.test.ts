import { expect, it } from 'vitest';
import type { TeamsMessage } from '../../src/sandbox/model.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, jsc, kai, mei, openFlow, said, zoe } from './flow.js';

eachEngine('a decision between the two companies', (_open, engine) => {
  it('typed on Slack stands on Teams, is confirmed there, and is agreed on both sides', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const text = '/decision Meet monthly because weekly is too much instead of weekly';
    const typed = await client.say({ ...ana, conversation: jsc.slack, text });
    expect(typed.status).toBe(200);
    expect(said(typed)).toContain('Recorded as D-1 for the JSC.');
    const onTeams = await card('teams', 'D-1');
    expect(onTeams.plain).toContain('Meet monthly');
    expect(onTeams.plain).toContain('weekly is too much');
    await client.press({ ...ben, message: onTeams.id, action: 'Confirm wording' });
    expect((await card('teams', 'Agreed')).id).toBe(onTeams.id);
    const onSlack = await card('slack', 'Agreed');
    expect(onSlack.plain).toContain('Nova Pharma confirmed by Ben Ito');
    const { slack, teams } = await client.state();
    expect(slack.messages.filter((one) => one.plain.includes('D-1') && !one.onlyFor)).toHaveLength(1);
    expect(teams.messages.filter((one) => one.plain.includes('D-1') && !one.onlyFor)).toHaveLength(1);
  });

  it('typed on Teams stands on Slack, is confirmed there, and is agreed on both sides', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({
      ...ben,
      conversation: jsc.teams,
      text: '@Entente decision Start in May because sites are ready',
    });
    const onSlack = await card('slack', 'D-1 Start in May');
    const pressed = await client.press({ ...bob, message: onSlack.id, action: 'Confirm wording' });
    expect(said(pressed)).toContain('D-1 is agreed');
    await card('slack', 'Agreed');
    await card('teams', 'Agreed');
  });

  it('answers the presser on Teams with the new card at once', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    const onTeams = await card('teams', 'D-1');
    const pressed = await client.press({ ...ben, message: onTeams.id, action: 'Confirm wording' });
    expect(pressed.status).toBe(200);
    const { teams } = await client.state();
    const now = teams.messages.find((one) => one.id === onTeams.id) as TeamsMessage;
    expect(JSON.stringify(now.localCards[ben.person] ?? now.card)).toContain('Agreed');
  });

  it('gives those who may not press their sentence, privately', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    const onTeams = await card('teams', 'D-1');
    const onSlack = await card('slack', 'D-1 Meet monthly');
    const twice = await client.press({ ...ana, message: onSlack.id, action: 'Confirm wording' });
    expect(said(twice)).toContain('You have confirmed the wording of D-1 already.');
    const ownSide = await client.press({ ...bob, message: onSlack.id, action: 'Confirm wording' });
    expect(said(ownSide)).toContain('Ana Ruiz has confirmed for Acme Bio. What is missing is Nova Pharma.');
    const seatless = await client.press({ ...zoe, message: onSlack.id, action: 'Confirm wording' });
    expect(said(seatless)).toContain('You have no seat on the JSC; ask a member of your company to confirm.');
    const observer = await client.press({ ...mei, message: onTeams.id, action: 'Confirm wording' });
    expect(said(observer)).toContain('You sit as observer; your comment is welcome.');
    const other = await client.press({ ...kai, message: onTeams.id, action: 'Confirm wording' });
    expect(said(other)).toContain('You have no seat on the JSC; ask a member of your company to confirm.');
    for (const outcome of [twice, ownSide, seatless]) expect(outcome.answers.every((one) => one.onlyFor)).toBe(true);
  });

  it('takes a form on both sides, and puts what is wrong beside its field', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const opened = await client.say({ ...ana, conversation: jsc.slack, text: '/decision' });
    expect(JSON.stringify(opened.dialog)).toContain('Acme Bio and Nova Pharma will see this');
    const wrong = await client.submit({ ...ana, values: { text: '   ' } });
    expect(JSON.stringify(wrong.dialog)).toContain('Write what was decided.');
    await client.submit({ ...ana, values: { text: 'Meet monthly', because: 'we drift' } });
    const onTeams = await card('teams', 'D-1');
    const suggest = await client.press({ ...ben, message: onTeams.id, action: 'Suggest a change' });
    expect(JSON.stringify(suggest.dialog)).toContain('Meet monthly');
    await client.submit({ ...ben, values: { text: 'Meet every six weeks', reason: 'holidays' } });
    expect((await card('slack', 'Meet every six weeks')).plain).toContain('Acme Bio not yet');
  });

  it('is logged from a message, on both sides', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    for (const who of [ana, ben]) {
      const { side } = who;
      const text = side === 'slack' ? 'Let us meet monthly' : 'Start in May, sites are ready';
      const spoken = await client.say({ ...who, conversation: jsc[side], text });
      const opened = await client.menu({ ...who, message: String(spoken.said), entry: 'menu.decision' });
      expect(JSON.stringify(opened.dialog)).toContain(text);
      await client.submit({ ...who, values: {} });
      await card(side === 'slack' ? 'teams' : 'slack', text);
    }
  });

  it('can be recorded by mention and in a direct message', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const mention = await client.say({ ...ana, conversation: jsc.slack, text: '@Entente decision By mention' });
    expect(said(mention)).toContain('Recorded as D-1');
    const direct = await client.say({ ...ana, text: 'decision By direct message' });
    expect(said(direct)).toContain('Recorded as D-2');
    const teams = await client.say({ ...ben, text: 'decision From a personal chat' });
    expect(said(teams)).toContain('Recorded as D-3');
    for (const label of ['D-1', 'D-2', 'D-3']) await card('slack', label);
  });

  it('shows home on both sides, with what waits and its button', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('teams', 'D-1');
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Start in May' });
    const onSlack = await card('slack', 'D-2 Start in May');
    await client.openHome({ person: ana.person });
    const { slack } = await client.state();
    expect(JSON.stringify(slack.homes[ana.person])).toContain('D-2 Start in May');
    await client.press({ ...ana, home: true, action: 'Confirm wording' });
    expect((await card('slack', 'Agreed')).id).toBe(onSlack.id);
    const home = await client.say({ ...ben, text: 'entente' });
    expect(said(home)).toContain('D-1 Meet monthly');
  });

  it('says on Slack that Teams does not have it yet while Teams fails, and recovers', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.fail({ side: 'teams', mode: 'down' });
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('slack', 'Not yet delivered to Nova Pharma, retrying since');
    await client.fail({ side: 'teams', mode: 'ok' });
    await card('teams', 'D-1');
    await card('slack', 'Delivered to Nova Pharma');
  });

  it('catches up after a restart', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client, card } = flow;
    await client.fail({ side: 'teams', mode: 'error' });
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('slack', 'retrying since');
    await flow.restart();
    await client.fail({ side: 'teams', mode: 'ok' });
    await card('teams', 'D-1');
    await card('slack', 'Delivered to Nova Pharma');
  });

  it('is the same after Slack or Teams delivers a call again', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const once = await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    const again = await client.redeliver({ side: 'slack' });
    expect(again.status).toBe(200);
    expect(JSON.stringify(again.body)).toContain('Recorded as D-1');
    expect(said(once)).toContain('Recorded as D-1');
    const onTeams = await card('teams', 'D-1');
    await client.press({ ...ben, message: onTeams.id, action: 'Confirm wording' });
    const repeated = await client.redeliver({ side: 'teams' });
    expect(JSON.stringify(repeated.body)).toContain('Agreed');
    await client.say({ ...ana, conversation: jsc.slack, text: '@Entente decision By mention' });
    await client.redeliver({ side: 'slack' });
    await card('teams', 'D-2');
    const next = await client.say({ ...ana, conversation: jsc.slack, text: '/decision The next one' });
    expect(said(next)).toContain('D-3');
  });
});
