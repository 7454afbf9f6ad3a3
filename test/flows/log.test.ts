import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, jsc, openFlow, said } from './flow.js';

eachEngine('the log', (_open, engine) => {
  it('is paged in place and opens a hit that can be confirmed, on both sides', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    for (let n = 1; n <= 9; n += 1) await client.say({ ...ana, conversation: jsc.slack, text: `/decision Month ${n}` });
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Start in May' });
    await card('slack', 'D-10');

    const onSlack = await client.say({ ...ana, conversation: jsc.slack, text: '/entente log' });
    expect(said(onSlack)).toContain('Log: 10 found');
    const [first] = onSlack.answers;
    const older = await client.press({ ...ana, message: first!.id, action: 'Older' });
    expect(said(older)).toContain('D-1 Month 1');
    expect(older.answers.map(({ id }) => id)).toEqual([first!.id]);
    await client.press({ ...ana, message: first!.id, action: 'Newer' });
    const opened = await client.press({ ...ana, message: first!.id, action: 'Open' });
    expect(said(opened)).toContain('D-10 Start in May');
    expect(opened.answers[0]!.onlyFor).toBe(ana.person);
    expect(opened.answers[0]!.id).not.toBe(first!.id);
    const confirmed = await client.press({ ...ana, message: opened.answers[0]!.id, action: 'Confirm wording' });
    expect(said(confirmed)).toContain('D-10 is agreed');
    await card('teams', 'Agreed');

    const alone = await client.say({ ...ana, text: 'log mont' });
    const below = await client.press({ ...ana, message: alone.answers[0]!.id, action: 'Older' });
    expect(below.answers.map(({ id }) => id)).toEqual([alone.answers[0]!.id]);

    const onTeams = await client.say({ ...ben, text: 'log mont' });
    expect(said(onTeams)).toContain('Log: 9 found');
    const next = await client.press({ ...ben, message: onTeams.answers[0]!.id, action: 'Older' });
    expect(JSON.stringify(next)).toContain('D-1 Month 1');
    const dialog = await client.press({ ...ben, message: onTeams.answers[0]!.id, action: 'Open' });
    expect(JSON.stringify(dialog.dialog)).toContain('Confirm wording');
  });

  it('opens what somebody names, and tells nobody what it may not', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('teams', 'D-1');
    expect(said(await client.say({ ...ana, conversation: jsc.slack, text: '/entente d-1' }))).toContain(
      'D-1 Meet monthly',
    );
    expect(said(await client.say({ ...ben, text: 'what was D-1?' }))).toContain('D-1 Meet monthly');
    expect(said(await client.say({ ...ben, text: 'D-2' }))).toContain('You can read no D-2 here.');
  });

  it('tells what happened since somebody looked', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('teams', 'D-1');
    const caught = await client.say({ ...ben, text: 'catchup' });
    expect(said(caught)).toContain('1 thing has changed');
    expect(said(caught)).toContain('D-1 Meet monthly');
    const again = await client.say({ ...ben, text: 'catchup' });
    expect(said(again)).toContain('Nothing is new');
    const week = await client.press({ ...ben, message: again.answers[0]!.id, action: 'Show the last week instead' });
    expect(JSON.stringify(week)).toContain('D-1 Meet monthly');
  });

  it('shows a record below its link where everybody may read it, and nowhere else', async () => {
    const { client, card, base } = await openFlow(await engine.freshUrl());
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('teams', 'D-1');
    const opened = said(await client.say({ ...ana, conversation: jsc.slack, text: '/entente D-1' }));
    const [link = ''] = opened.match(/http:\S+\/r\/\S+\/D-1/) ?? [];
    const page = await fetch(link);
    expect(page.status).toBe(200);
    expect(await page.text()).toBe(await (await fetch(`${base}/r/none/D-99`)).text());

    await client.say({ ...bob, conversation: jsc.slack, text: `As decided in ${link} then` });
    await card('slack', 'As decided in');
    expect((await card('slack', 'Say D-1 to Entente for the card.')).from).toBe(bob.person);
    await client.say({ ...bob, conversation: jsc.slack, text: `And ${link.replace('D-1', 'D-7')} too` });
    const { slack } = await client.state();
    expect(slack.messages.find(({ plain }) => plain.includes('D-7'))).not.toHaveProperty('unfurls');

    const { said: id } = await client.say({ ...ben, conversation: jsc.teams, text: `See ${link}` });
    const posted = (await client.state()).teams.messages.find((one) => one.id === id);
    expect(JSON.stringify(posted)).not.toContain('Meet monthly');
    const dialog = await client.press({ ...ben, message: String(id), action: 'Open' });
    expect(JSON.stringify(dialog.dialog)).toContain('Meet monthly');
  });
});
