import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, jsc, openFlow, said, zoe } from './flow.js';

eachEngine('an action between the two companies', (_open, engine) => {
  it('given from Slack is accepted and done on Teams, and both cards follow', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const text = '/action @Ben Ito Send the revised protocol in two weeks';
    const typed = await client.say({ ...ana, conversation: jsc.slack, text });
    expect(said(typed)).toContain('Recorded as A-1 for the JSC');
    expect(said(typed)).toContain('It is proposed until Ben Ito accepts it.');
    const onTeams = await card('teams', 'A-1');
    expect(onTeams.plain).toContain('Ben Ito, Nova Pharma');
    await client.press({ ...ben, message: onTeams.id, action: 'Accept' });
    const onSlack = await card('slack', 'Open');
    expect((await card('teams', 'Open')).id).toBe(onTeams.id);
    const wrong = await client.press({ ...bob, message: onSlack.id, action: 'Done' });
    expect(said(wrong)).toContain('Only Ben Ito can say that this is done.');
    await client.press({ ...ben, message: onTeams.id, action: 'Done' });
    expect((await card('slack', 'Done by Ben Ito')).id).toBe(onSlack.id);
    expect((await card('teams', 'Done by Ben Ito')).id).toBe(onTeams.id);
    const { slack, teams } = await client.state();
    for (const side of [slack, teams])
      expect(side.messages.filter((one) => one.plain.includes('A-1') && !one.onlyFor)).toHaveLength(1);
  });

  it('is moved on Teams, and both cards keep the old day', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/action @Ben Ito Send the protocol by 5 April 2099' });
    const tooFar = await client.state();
    expect(tooFar.teams.messages.some((one) => one.plain.includes('A-1'))).toBe(false);
    await client.say({ ...ana, conversation: jsc.slack, text: '/action @Ben Ito Send the protocol in 3 weeks' });
    const onTeams = await card('teams', 'A-1');
    const opened = await client.press({ ...ben, message: onTeams.id, action: 'Another date' });
    expect(JSON.stringify(opened.dialog)).toContain('Acme Bio and Nova Pharma will see this');
    const wrong = await client.submit({ ...ben, values: { due: '31 Feb' } });
    expect(JSON.stringify(wrong.dialog)).toContain("cannot read '31 Feb' as a day");
    await client.submit({ ...ben, values: { due: 'in 4 weeks' } });
    expect((await card('slack', 'changed by Ben Ito')).plain).toContain('Open');
    expect((await card('teams', 'changed by Ben Ito')).id).toBe(onTeams.id);
  });

  it('is declined on Teams, waits for its giver on Slack, and is handed over there', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/action @Ben Ito Send the protocol in two weeks' });
    const onTeams = await card('teams', 'A-1');
    await client.press({ ...ben, message: onTeams.id, action: 'Decline' });
    await client.submit({ ...ben, values: { reason: 'Regulatory owns this' } });
    const onSlack = await card('slack', 'Declined by Ben Ito: Regulatory owns this');
    await client.openHome({ person: ana.person });
    const { slack } = await client.state();
    expect(JSON.stringify(slack.homes[ana.person])).toContain('Regulatory owns this');
    const form = await client.press({ ...ana, message: onSlack.id, action: 'Hand over' });
    const [, bobs = ''] = /"Bob Brown, Acme Bio".*?"value":"([^"]+)"/.exec(JSON.stringify(form.dialog)) ?? [];
    await client.submit({ ...ana, values: { owner: bobs } });
    expect((await card('teams', 'Bob Brown, Acme Bio')).plain).toContain('Open');
  });

  it('given from Teams takes a mention, and is blocked and done on Slack', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente action @Bob Brown Book the hotel in 9 days' });
    const onSlack = await card('slack', 'A-1 Book the hotel');
    await client.press({ ...bob, message: onSlack.id, action: 'Accept' });
    await card('slack', 'Open');
    await client.press({ ...bob, message: onSlack.id, action: 'Blocked because' });
    await client.submit({ ...bob, values: { reason: 'The fair is on' } });
    expect((await card('teams', 'Blocked: The fair is on')).plain).toContain('A-1');
    await client.press({ ...bob, message: onSlack.id, action: 'Done' });
    await card('teams', 'Done by Bob Brown');
    const text = '@Entente action @Jun Mori Book the room in Basel tomorrow';
    await client.say({ ...ben, conversation: jsc.teams, text });
    expect((await card('teams', 'A-2 Book the room in Basel')).plain).toContain('Jun Mori, Nova Pharma');
  });

  it('is refused with a sentence, privately, where it names no owner, no day or no result', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    for (const [text, why] of [
      ['@team Send the protocol by Friday', 'An action has one owner'],
      ['@Ben Ito protocol by Friday', 'Say what will be there when it is done'],
      ['@Ben Ito Send the protocol by next fortnight', 'cannot read'],
      ['@Zoe Quinn Send the protocol by Friday', 'On the JSC sit'],
    ]) {
      const answer = await client.say({ ...ana, conversation: jsc.slack, text: `/action ${text}` });
      expect(said(answer)).toContain(why);
      expect(answer.answers.every((one) => one.onlyFor)).toBe(true);
    }
    const seatless = await client.say({ ...zoe, conversation: jsc.slack, text: '/action me: send it to Nova today' });
    expect(said(seatless)).toContain('You have no seat on the JSC.');
  });

  it('is logged from a message, on both sides, and asked for with a form', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    for (const who of [ana, ben]) {
      const { side } = who;
      const other = side === 'slack' ? 'teams' : 'slack';
      const spoken = await client.say({ ...who, conversation: jsc[side], text: `We send the papers (${side})` });
      const opened = await client.menu({ ...who, message: String(spoken.said), entry: 'menu.action' });
      const dialog = JSON.stringify(opened.dialog);
      expect(dialog).toContain(`We send the papers (${side})`);
      const [, owner = ''] = /"Ana Ruiz, Acme Bio".*?"value":"([^"]+)"/.exec(dialog) ?? [];
      const vague = await client.submit({ ...who, values: { owner, due: 'soon' } });
      expect(JSON.stringify(vague.dialog)).toContain("Entente cannot read 'soon' as a day.");
      await client.submit({ ...who, values: { owner, due: 'in two weeks' } });
      await card(other, `We send the papers (${side})`);
    }
  });
});
