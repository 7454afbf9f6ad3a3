import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, openFlow, said } from './flow.js';

const ivo = { side: 'slack', person: 'U06IVO' } as const;
const ada = { side: 'teams', person: 'bbbbbbbb-0000-0000-0000-000000000001' } as const;
const gus = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000007' } as const;
const slackPlaces = { shared: 'C03WITHNOVA', guests: 'C04VISITS', own: 'C02GENERAL' } as const;
const teamsPlaces = {
  shared: '19:trials@thread.tacv2',
  guests: '19:visits@thread.tacv2',
  own: '19:desk@thread.v2',
} as const;

eachEngine('people from outside', (_open, engine) => {
  const open = async () => openFlow(await engine.freshUrl());

  it('keep a channel from becoming an internal lane, on both sides', async () => {
    const { client } = await open();
    for (const place of ['shared', 'guests'] as const) {
      const slack = { ...ana, conversation: slackPlaces[place], text: '/entente bind JSC internal' };
      expect(said(await client.say(slack))).toContain('People from outside of Acme Bio can read this channel');
      const teams = { ...ben, conversation: teamsPlaces[place], text: '@Entente bind JSC internal' };
      expect(said(await client.say(teams))).toContain('People from outside of Nova Pharma can read this channel');
    }
  });

  it('end what Slack shows in an internal lane as soon as it is shared', async () => {
    const { client } = await open();
    const lane = { ...ana, conversation: slackPlaces.own } as const;
    await client.say({ ...lane, text: '/entente bind JSC internal' });
    await client.say({ ...lane, text: '/decision Ask for a rebate' });
    await client.awaitMessage({ side: 'slack', conversation: lane.conversation, match: 'rebate', person: 'U09ZOE' });
    await client.share({ side: 'slack', conversation: lane.conversation, shared: true });
    await client.member({ ...ivo, conversation: lane.conversation, here: true });
    await client.awaitMessage({ side: 'slack', match: 'A lane of your company is open to others', person: ana.person });
    const refused = await client.say({ ...lane, text: '/decision Ask for more' });
    expect(said(refused)).toContain('people from outside of it can read it by now');
    await client.awaitMessage({
      side: 'slack',
      conversation: lane.conversation,
      match: 'no longer',
      person: ivo.person,
    });
    const { messages } = (await client.state()).slack;
    const read = messages.filter(({ conversation, onlyFor }) => conversation === lane.conversation && !onlyFor);
    expect(JSON.stringify(read)).not.toContain('rebate');
  });

  it('end what Teams takes in an internal lane as soon as a guest joins', async () => {
    const { client } = await open();
    const lane = { ...ben, conversation: teamsPlaces.own } as const;
    await client.say({ ...lane, text: '@Entente bind JSC internal' });
    await client.member({ ...gus, conversation: lane.conversation, here: true });
    await client.awaitMessage({ side: 'teams', match: 'A lane of your company is open to others', person: ben.person });
    const refused = await client.say({ ...lane, text: '@Entente decision Ask for a rebate' });
    expect(said(refused)).toContain('people from outside of it can read it by now');
  });

  it('get one sentence, and nothing is recorded', async () => {
    const { client } = await open();
    const slack = await client.say({ ...ivo, conversation: slackPlaces.shared, text: '@Entente decision x' });
    const teams = await client.say({ ...ada, conversation: teamsPlaces.shared, text: '@Entente decision x' });
    const guest = await client.say({ ...gus, conversation: teamsPlaces.guests, text: '@Entente decision x' });
    for (const outcome of [slack, teams, guest]) expect(outcome.answers).toHaveLength(1);
    expect(said(guest)).toContain('you are a guest here');
    expect(said(await client.say({ ...ana, conversation: 'C01JSC', text: '/decision First' }))).toContain('D-1');
  });
});
