import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, jsc, openFlow, said } from './flow.js';

eachEngine('the status of an alliance', (_open, engine) => {
  it('tells the professional whose channel was archived, who mends it and presses Retry', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    await client.archive({ conversation: jsc.slack, archived: true });
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente decision Meet monthly' });
    expect((await card('teams', 'Could not be delivered to Acme Bio')).plain).toContain('D-1');
    const far = await client.say({ ...ben, text: 'status' });
    expect(said(far)).toContain('1 card not delivered to Acme Bio');
    const near = await client.say({ ...ana, text: 'status' });
    expect(said(near)).toContain('The channel is archived. Unarchive it, or bind the committee to another channel.');
    await client.archive({ conversation: jsc.slack, archived: false });
    const list = near.answers.find((message) => message.plain.includes('not delivered'));
    const pressed = await client.press({ ...ana, message: String(list?.id), action: 'Retry' });
    expect(said(pressed)).toContain('The card is being sent again.');
    await card('slack', 'D-1 Meet monthly');
    await card('teams', 'Delivered to Acme Bio');
    expect(said(await client.say({ ...ana, text: 'status' }))).toContain('Everything is delivered');
  });

  it('is refused to everybody else, and help does not offer it to them', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    expect(said(await client.say({ ...bob, text: 'status' }))).toContain('Only the alliance professional of Acme Bio');
    const help = said(await client.say({ ...bob, text: 'help' }));
    expect(help).toContain('decision: Record what the committee decided');
    expect(help).not.toContain('status');
    expect(said(await client.say({ ...ben, text: 'help' }))).toContain('status: See what is bound');
    expect(said(await client.say({ ...bob, text: 'Hello' }))).toContain('Decide and act: decision');
  });
});
