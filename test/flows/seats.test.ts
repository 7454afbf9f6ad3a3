import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, jsc, openFlow, said } from './flow.js';

const general = 'C02GENERAL';
const desk = '19:desk@thread.v2';

eachEngine('committees and seats', (_open, engine) => {
  it('are set up from both sides in a few words, and each side sees what the other changes', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const slack = async (text: string, conversation: string = jsc.slack) =>
      said(await client.say({ ...ana, conversation, text }));
    const teams = async (text: string, conversation: string = jsc.teams) =>
      said(await client.say({ ...ben, conversation, text }));

    expect(await slack('/entente committee add JDC Joint Development Committee under JSC')).toContain('is added under');
    expect(await slack('/entente bind JDC', general)).toContain('This channel is bound for Acme Bio to the JDC.');
    expect(await teams('@Entente bind JDC', desk)).toContain('This channel is bound for Nova Pharma to the JDC.');
    expect(await slack('/entente seat @Bob Brown co-chair JDC')).toContain('is now a co-chair of the JDC');
    const there = { side: 'teams', conversation: desk, person: ben.person, timeoutMs: 10_000 } as const;
    await client.awaitMessage({ ...there, match: 'Bob Brown (Acme Bio) is now a co-chair of the JDC' });
    // In a channel on Teams the card is the answer.
    await teams('@Entente seat @Mei Sato member JSC from 1 Jan');
    expect((await card('slack', 'Mei Sato (Nova Pharma) is a member of the JSC')).plain).toContain('Ben Ito');
    expect(await slack('/entente roster JDC')).toContain('Bob Brown, co-chair');
    expect(await slack('/entente unseat @Ana Ruiz')).toContain('Name another co-chair first');
    expect(await slack('/entente unbind', general)).toContain('no longer bound to the JDC');
  });

  it('take forms, and put what is wrong beside its field', async () => {
    const { client, card } = await openFlow(await engine.freshUrl());
    const opened = await client.say({ ...ana, conversation: jsc.slack, text: '/entente seat @Zoe Quinn' });
    expect(JSON.stringify(opened.dialog)).toContain('Acme Bio and Nova Pharma will see this');
    const wrong = await client.submit({ ...ana, values: { role: 'member', until: 'soon' } });
    expect(JSON.stringify(wrong.dialog)).toContain('Entente cannot read this day.');
    const seated = await client.submit({ ...ana, values: { role: 'member', until: '31 December 2099' } });
    expect(seated.status).toBe(200);
    await card('teams', 'Zoe Quinn (Acme Bio) is now a member of the JSC');
  });

  it('are for alliance professionals, and show everybody where they stand', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    const text = '/entente seat @Zoe Quinn member JSC';
    expect(said(await client.say({ ...bob, conversation: jsc.slack, text }))).toContain('does this. Ask them.');
    const roster = await client.say({ ...bob, conversation: jsc.slack, text: '/entente roster' });
    expect(said(roster)).toContain('You sit as member.');
  });
});
