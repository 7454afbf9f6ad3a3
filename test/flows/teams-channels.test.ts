import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ben, jsc, openFlow, said } from './flow.js';

/** As the sandbox has them: a channel shared with another tenant, somebody of it, and a guest. */
const trials = '19:trials@thread.tacv2';
const ada = { side: 'teams', person: 'bbbbbbbb-0000-0000-0000-000000000001' } as const;
const gus = { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000007' } as const;

eachEngine('channels on Teams', (_open, engine) => {
  it('are shared from the moment that a guest joins, and the guest gets one sentence', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    const status = async () => said(await client.say({ ...ben, text: 'status' }));
    expect(await status()).not.toContain('shared');
    await client.member({ ...gus, conversation: jsc.teams, here: true });
    expect(await status()).toContain('JSC: JSC (shared');
    const answered = await client.say({ ...gus, conversation: jsc.teams, text: '@Entente decision Meet monthly' });
    expect(answered.answers.map(({ conversation }) => conversation)).not.toContain(jsc.teams);
    expect(said(answered)).toMatch(/^Entente answers the people of the companies .* you are a guest here\./);
    await client.member({ ...gus, conversation: jsc.teams, here: false });
    expect(await status()).not.toContain('shared');
  });

  it('shared with a tenant that nobody knows answer its people with one sentence, and nothing else', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    const { answers } = await client.say({ ...ada, conversation: trials, text: '@Entente decision Meet monthly' });
    expect(answers.map(({ conversation, plain }) => [conversation, plain])).toEqual([
      [trials, expect.stringMatching(/^I answer the people of the companies that work together here/)],
    ]);
  });

  it('are never an internal lane when they are shared, and who asks is told so one to one', async () => {
    const { client } = await openFlow(await engine.freshUrl());
    const asked = await client.say({ ...ben, conversation: trials, text: '@Entente bind JSC internal' });
    expect(asked.answers.map(({ conversation }) => conversation)).not.toContain(trials);
    expect(said(asked)).toContain('internal');
    expect(said(await client.say({ ...ben, text: 'status' }))).not.toContain('Trial data');
  });
});
