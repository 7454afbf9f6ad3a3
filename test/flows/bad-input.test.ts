import { expect, it } from 'vitest';
import { entryTables } from '../../src/core/tables.js';
import { decisionTables } from '../../src/features/decisions/tables.js';
import { eachEngine } from '../stores.js';
import { ana, ben, type Flow, jsc, kai, mei, openFlow, said, zoe } from './flow.js';

const countDecisions = ({ app }: Flow): Promise<number> =>
  app.store.read.$count(decisionTables(app.store.read).decisions);

const pings = async ({ client }: Flow): Promise<readonly string[]> => {
  const { slack, teams } = await client.state();
  return [...slack.messages, ...teams.messages]
    .filter((one) => one.from !== ana.person && one.from !== ben.person)
    .flatMap((one) => one.pings);
};

const personalMessage = (flow: Flow, tenant: string) => ({
  type: 'message',
  id: '1700000000001',
  channelId: 'msteams',
  serviceUrl: flow.sandbox.teams.serviceUrl,
  text: 'decision Meet monthly',
  from: { id: '29:eve', name: 'Eve', aadObjectId: 'eeeeeeee-0000-0000-0000-000000000001' },
  recipient: { id: `28:${flow.sandbox.teams.appId}`, name: 'Entente' },
  conversation: { id: 'a:eve', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
});

eachEngine('bad input', (_open, engine) => {
  it('of ten thousand characters is refused with a sentence on both sides, and nothing is saved', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const long = 'x'.repeat(10_000);
    const slack = await flow.client.say({ ...ana, conversation: jsc.slack, text: `/decision ${long}` });
    expect(said(slack)).toContain('A decision fits in 2,000 characters.');
    const teams = await flow.client.say({ ...ben, text: `decision ${long}` });
    expect(said(teams)).toContain('A decision fits in 2,000 characters.');
    expect(await countDecisions(flow)).toBe(0);
  });

  it.each([
    ['<!channel> and <!here> and <!everyone>'],
    ['<@U02BOB> and <#C01JSC> and <!subteam^S1>'],
    ['@channel @everyone @Bob Brown'],
    ['<at>Ben Ito</at> **bold** [link](javascript:alert(1)) # head'],
    ['${title} $' + '{$root} {{DATE(2026-01-01T00:00:00Z)}}'],
    ['\u202Eevil\u202C \u200Fmarks\u2066 and \u0007 bells'],
    ['half \ud83d a \0 character'],
  ])('smuggled into the text pings nobody and is kept as text: %j', async (text) => {
    const flow = await openFlow(await engine.freshUrl());
    await flow.client.say({ ...ana, conversation: jsc.slack, text: `/decision ${text} because ${text}` });
    const again = await flow.client.say({ ...ben, text: `decision ${text} because ${text}` });
    // The same words again: whether that is another decision is asked first.
    const [asked] = again.answers;
    if (asked && said(again).includes('Close to'))
      await flow.client.press({ ...ben, message: asked.id, action: 'Different' });
    for (const side of ['slack', 'teams'] as const) for (const label of ['D-1 ', 'D-2 ']) await flow.card(side, label);
    expect(await pings(flow)).toEqual([]);
    expect(await countDecisions(flow)).toBe(2);
  });

  it('typed into the forms of actions and decisions stays there, with what to do beside its field, on both sides', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const { client } = flow;
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet in Basel' });
    for (const who of [ana, ben]) {
      const spoken = await client.say({ ...who, conversation: jsc[who.side], text: 'We send the papers' });
      const { dialog } = await client.menu({ ...who, message: String(spoken.said), entry: 'menu.action' });
      const [, owner = ''] = /"Ana Ruiz, Acme Bio".*?"value":"([^"]+)"/.exec(JSON.stringify(dialog)) ?? [];
      for (const [values, why] of [
        [{ owner, due: 'by yesterday' }, 'over'],
        [{ owner, due: '31 Feb' }, "Entente cannot read '31 Feb' as a day."],
        [{ owner, due: 'next fortnight' }, "Entente cannot read 'next fortnight' as a day."],
        [{ owner, due: '4/5' }, '4/5'],
        [{ owner, due: 'Friday', text: 'protocol' }, 'Say what will be there when it is done'],
      ] as const) {
        const outcome = await client.submit({ ...who, values });
        expect(JSON.stringify(outcome.dialog), `${who.side} ${JSON.stringify(values)}`).toContain(why);
        // Slack leaves what was typed where it is; on Teams the form comes back with it.
        if (who.side === 'teams') expect(JSON.stringify(outcome.dialog)).toContain(`"value":"${values.due}"`);
      }
      await client.closeDialog(who);
      for (const words of ['supersede D-99 Meet weekly', 'supersede ID-1 Meet weekly', 'amend D-0 Meet weekly']) {
        const text = who.side === 'slack' ? `/decision ${words}` : `decision ${words}`;
        const place = who.side === 'slack' ? { conversation: jsc.slack } : {};
        expect(said(await client.say({ ...who, ...place, text })), text).toMatch(/no (D-99|ID-1|D-0)|log/);
      }
    }
    expect(await countDecisions(flow)).toBe(1);
    const { entries } = entryTables(flow.app.store.read);
    expect(await flow.app.store.read.$count(entries)).toBe(1);
  });

  it('such as an unknown command gets the nearest one', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const slack = await flow.client.say({ ...ana, conversation: jsc.slack, text: '/entente decison Meet monthly' });
    expect(said(slack)).toContain("Did you mean 'decision'?");
    const teams = await flow.client.say({ ...ben, text: 'decison Meet monthly' });
    expect(said(teams)).toContain("Did you mean 'decision'?");
    expect(await countDecisions(flow)).toBe(0);
  });

  it('such as a command of somebody without a seat is told whom to ask, in a channel of nobody too', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const nowhere = await flow.client.say({ ...zoe, conversation: 'C02GENERAL', text: '/decision Meet monthly' });
    expect(said(nowhere)).toContain(
      'You have no seat on a committee yet. Ask the alliance professional of your company',
    );
    const slack = await flow.client.say({ ...zoe, conversation: jsc.slack, text: '/decision Meet monthly' });
    expect(said(slack)).toContain('You have no seat on the JSC. Ask one of its members to do this.');
    const teams = await flow.client.say({ ...kai, text: 'decision Meet monthly' });
    expect(said(teams)).toContain('You have no seat on a committee yet.');
    expect(await countDecisions(flow)).toBe(0);
  });

  it('such as an answer to a wording that changed meanwhile is refused with the reason', async () => {
    const flow = await openFlow(await engine.freshUrl());
    await flow.client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    const onTeams = await flow.card('teams', 'D-1');
    const observer = await flow.client.press({ ...mei, message: onTeams.id, action: 'Confirm wording' });
    expect(said(observer)).toContain('You sit as observer');
    await flow.client.press({ ...ben, message: onTeams.id, action: 'Suggest a change' });
    await flow.client.press({ ...ana, message: (await flow.card('slack', 'D-1 Meet monthly')).id, action: 'Withdraw' });
    await flow.card('teams', 'Withdrawn by Ana Ruiz');
    const stale = await flow.client.submit({ ...ben, values: { text: 'Meet weekly', reason: 'too rare' } });
    expect(JSON.stringify(stale)).toContain('D-1 was withdrawn.');
  });

  it('with a forged, an old or no signature is turned away on both sides', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const event = { type: 'event_callback', event_id: 'Ev1', team_id: 'T01ACME', event: { type: 'message' } };
    for (const signature of ['forged', 'old', 'none'] as const) {
      expect((await flow.client.raw({ side: 'slack', body: event, signature })).status).toBe(401);
    }
    const activity = personalMessage(flow, '11111111-1111-1111-1111-111111111111');
    for (const signature of ['forged', 'old', 'none'] as const) {
      const { status } = await flow.client.raw({ side: 'teams', body: activity, signature });
      expect([401, 403]).toContain(status);
    }
    expect(await countDecisions(flow)).toBe(0);
  });

  it('of five megabytes is turned away before it is read', async () => {
    const flow = await openFlow(await engine.freshUrl());
    for (const side of ['slack', 'teams'] as const) {
      const { status, body } = await flow.client.raw({ side, body: {}, padTo: 5 * 1024 * 1024 });
      expect(status).toBe(413);
      expect(JSON.stringify(body)).not.toContain('node_modules');
    }
  });

  it('from a tenant that is not on the list gets nothing', async () => {
    const flow = await openFlow(await engine.freshUrl());
    const tenant = '99999999-9999-9999-9999-999999999999';
    const activity = personalMessage(flow, tenant);
    const before = (await flow.client.calls({ side: 'teams' })).length;
    const { body } = await flow.client.raw({ side: 'teams', body: activity });
    expect(JSON.stringify(body)).not.toContain('Acme');
    expect(await flow.client.calls({ side: 'teams' })).toHaveLength(before);
    expect(await countDecisions(flow)).toBe(0);
  });
});
