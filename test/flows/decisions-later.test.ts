import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, jsc, openFlow, said } from './flow.js';

/** Typed on Slack and confirmed on Teams. */
const agree = async ({ client, card }: Flow, text: string, label: string): Promise<void> => {
  await client.say({ ...ana, conversation: jsc.slack, text: `/decision ${text}` });
  const onTeams = await card('teams', `${label} `);
  await client.press({ ...ben, message: onTeams.id, action: 'Confirm wording' });
  await card('slack', 'Agreed');
};

eachEngine('a decision that was agreed', (_open, engine) => {
  it('is superseded from the question whether a new text is close to it, on both sides', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client, card } = flow;
    await agree(flow, 'Meet monthly in Basel because we drift', 'D-1');
    const asked = await client.say({
      ...ana,
      conversation: jsc.slack,
      text: '/decision Meet monthly in Basel and Tokyo because sites differ',
    });
    expect(said(asked)).toContain("Close to D-1 'Meet monthly in Basel' (agreed).");
    const [question] = asked.answers;
    const pressed = await client.press({ ...ana, message: question?.id ?? '', action: 'Supersede' });
    expect(said(pressed)).toContain('Recorded as D-2 for the JSC.');
    expect(said(pressed)).toContain('Until then D-1 stays in force.');
    await card('teams', 'D-2, once agreed');
    const onTeams = await card('teams', 'D-2 Meet monthly in Basel and Tokyo');
    await client.press({ ...ben, message: onTeams.id, action: 'Confirm wording' });
    for (const side of ['slack', 'teams'] as const) {
      const old = await card(side, 'Superseded by D-2');
      expect(old.plain).toContain('D-1');
      expect(old.plain).not.toContain('Dispute');
    }
    const why = await client.say({ ...bob, conversation: jsc.slack, text: '/why D-2' });
    expect(said(why)).toContain('sites differ');
    expect(said(why)).toContain('D-1 Meet monthly in Basel');
  });

  it('is disputed on Teams, settled from Slack with a changed wording, and confirmed on Teams', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client, card } = flow;
    await agree(flow, 'Meet monthly', 'D-1');
    const onTeams = await card('teams', 'Agreed');
    const form = await client.press({ ...ben, message: onTeams.id, action: 'Dispute' });
    expect(JSON.stringify(form.dialog)).toContain('What speaks against it');
    await client.submit({ ...ben, values: { reason: 'The sites are not ready' } });
    const disputed = await card('slack', 'Disputed');
    expect(disputed.plain).toContain('The sites are not ready');
    expect(disputed.plain).toContain('The dispute ends when Nova Pharma takes it back');
    await client.press({ ...ana, message: disputed.id, action: 'Suggest a change' });
    await client.submit({ ...ana, values: { text: 'Meet every six weeks', reason: 'the sites' } });
    const changed = await card('teams', 'Meet every six weeks');
    await client.press({ ...ben, message: changed.id, action: 'Confirm wording' });
    expect((await card('slack', 'Agreed')).plain).not.toContain('The dispute ends');
  });

  it('is superseded with the form that its card opens, on Teams', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client, card } = flow;
    await agree(flow, 'Meet monthly', 'D-1');
    const onTeams = await card('teams', 'Agreed');
    const form = await client.press({ ...ben, message: onTeams.id, action: 'Supersede' });
    expect(JSON.stringify(form.dialog)).toContain('stays in force until this is agreed');
    const wrong = await client.submit({ ...ben, values: { text: 'Meet weekly', review: '31 Feb' } });
    expect(JSON.stringify(wrong.dialog)).toContain('Entente cannot read this day. Write it like 1 June 2027.');
    await client.submit({ ...ben, values: { text: 'Meet weekly', review: '', kind: 'governance' } });
    const onSlack = await card('slack', 'D-2 Meet weekly');
    expect(onSlack.plain).toContain('Governance');
    await client.press({ ...bob, message: onSlack.id, action: 'Confirm wording' });
    await card('teams', 'Superseded by D-2');
  });
});
