import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, jsc, openFlow, said } from './flow.js';

eachEngine('the log', (_open, engine) => {
  it('is paged in place and opens a hit that can be confirmed, on both sides', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    for (let n = 1; n <= 9; n += 1)
      await client.say({ ...ana, conversation: jsc.slack, text: `/decision Meet in month ${n}` });
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Start in May' });
    await card('slack', 'D-10');

    const onSlack = await client.say({ ...ana, conversation: jsc.slack, text: '/entente log' });
    expect(said(onSlack)).toContain('Log: 10 found');
    const [first] = onSlack.answers;
    const older = await client.press({ ...ana, message: first!.id, action: 'Older' });
    expect(said(older)).toContain('D-1 Meet in month 1');
    expect(older.answers.map(({ id }) => id)).toEqual([first!.id]);
    await client.press({ ...ana, message: first!.id, action: 'Newer' });
    const opened = await client.press({ ...ana, message: first!.id, action: 'Open' });
    expect(said(opened)).toContain('D-10 Start in May');
    expect(opened.answers[0]!.onlyFor).toBe(ana.person);
    expect(opened.answers[0]!.id).not.toBe(first!.id);
    const confirmed = await client.press({ ...ana, message: opened.answers[0]!.id, action: 'Confirm wording' });
    expect(said(confirmed)).toContain('D-10 is agreed');
    await card('teams', 'Agreed');

    const onTeams = await client.say({ ...ben, text: 'log meet month' });
    expect(said(onTeams)).toContain('Log: 9 found');
    const next = await client.press({ ...ben, message: onTeams.answers[0]!.id, action: 'Older' });
    expect(JSON.stringify(next)).toContain('D-1 Meet in month 1');
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
});
