import { expect, it } from 'vitest';
import { emptySeed } from '../../src/sandbox/index.js';
import type { Message, Outcome } from '../../src/sandbox/model.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, jsc, kai, mei, openFlow, said } from './flow.js';

/** Somebody allows the app on Slack's page, in a browser that keeps the one cookie there is. */
const installOnSlack = async ({ client }: Flow): Promise<void> => {
  await client.consent({ answer: 'allow' });
  const asked = await fetch((await client.state()).installUrl ?? '', { redirect: 'manual' });
  const consent = await fetch(asked.headers.get('location') ?? '', { redirect: 'manual' });
  const cookie = asked.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  await fetch(consent.headers.get('location') ?? '', { headers: { cookie: cookie.join('; ') } });
};

/** Slack answers a form in its window. */
const codeIn = (outcome: Outcome): string => {
  const text = `${said(outcome)} ${JSON.stringify(outcome.dialog)}`;
  const [, code] = /join ((?:[a-z]+-){3}[a-z]+ (?:[a-z]+-){3}[a-z]+)/.exec(text) ?? [];
  if (!code) throw new Error(`no code in: ${text}`);
  return code;
};

const answer = ({ answers }: Outcome): Message => {
  const last = answers.at(-1);
  if (!last) throw new Error('nothing was answered');
  return last;
};

const openEmpty = async (url: string): Promise<Flow> => {
  const flow = await openFlow(url, { world: emptySeed });
  await installOnSlack(flow);
  await flow.client.install({ side: 'teams' });
  return flow;
};

/** Ana sets an alliance up by its form; @returns the code. */
const setUp = async ({ client }: Flow): Promise<string> => {
  await client.say({ ...ana, text: '/entente setup' });
  const done = await client.submit({ ...ana, values: { partner: 'Nova Pharma' } });
  return codeIn(done);
};

eachEngine('two companies that have never met Entente', (_open, engine) => {
  it('go live from chat, and the second sees nothing before the first has confirmed it', async () => {
    const flow = await openEmpty(await engine.freshUrl());
    const { client } = flow;
    const form = await client.say({ ...ana, text: '/entente setup' });
    expect(JSON.stringify(form.dialog)).toContain('Joint Steering Committee');
    const wrong = await client.submit({ ...ana, values: { own: 'Acme Bio', partner: 'acme bio' } });
    expect(JSON.stringify(wrong.dialog)).toContain('An alliance is of two companies.');
    const code = codeIn(await client.submit({ ...ana, values: { partner: 'Nova Pharma', name: 'Dawn' } }));

    expect(said(await client.say({ ...ben, text: 'decision' }))).toContain('has not joined an alliance yet');
    const offer = await client.say({ ...ben, text: `join ${code}` });
    expect(said(offer)).toContain('Acme Bio (Ana Ruiz) invites you to "Dawn" as Nova Pharma.');
    await client.press({ ...ben, message: answer(offer).id, action: 'Join as Nova Pharma' });
    expect(said(await client.say({ ...ben, text: 'decision' }))).toContain('has not joined an alliance yet');
    expect(said(await client.say({ ...kai, text: 'join' }))).toContain('Ben Ito has asked to join');

    const asked = await client.awaitMessage({ ...ana, match: 'asks to join as Nova Pharma', timeoutMs: 10_000 });
    expect(asked.plain).toMatch(/Ben Ito of .+ \(Teams\) asks to join as Nova Pharma/);
    const [confirm = ''] = /Confirm [^"]*nova[^"]*/i.exec(JSON.stringify(asked)) ?? [];
    await client.press({ ...ana, message: asked.id, action: confirm });
    await client.awaitMessage({ ...ana, match: 'Confirmed by Ana Ruiz', timeoutMs: 10_000 });
    const told = await client.awaitMessage({ ...ben, match: 'Confirmed by Ana Ruiz', timeoutMs: 10_000 });
    expect(told.plain).toContain('has joined as Nova Pharma');
    expect(said(await client.say({ ...ben, text: 'invite' }))).toContain('No invitation is open.');
    expect(said(await client.say({ ...kai, text: `join ${code}` }))).toContain('takes part in "Dawn" already');
  });

  it('read codes privately on both sides, also where others read', async () => {
    const flow = await openEmpty(await engine.freshUrl());
    const { client } = flow;
    const code = await setUp(flow);
    const list = await client.say({ ...ana, text: '/entente invite' });
    const shown = await client.press({ ...ana, message: answer(list).id, action: 'Show the code' });
    expect(codeIn(shown)).toBe(code);
    for (const side of ['slack', 'teams'] as const)
      await client.presence({ side, conversation: jsc[side], present: true });
    await client.say({ ...ben, text: 'hello' });
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente join wrong words' });
    const inSlack = await client.say({ ...bob, conversation: jsc.slack, text: '/entente join wrong words' });
    expect(said(inSlack)).toContain("'words' is in no code");
    const { teams } = await client.state();
    const told = teams.messages.filter(({ plain }) => plain.includes("'words' is in no code"));
    expect(told.map(({ conversation }) => conversation === jsc.teams)).toEqual([false]);
  });
});

eachEngine('a guest account', (_open, engine) => {
  it.each([
    ['Slack', mei, { side: 'slack', person: 'U05NOA' }, 'Mei Sato, Nova Pharma'],
    ['Teams', bob, { side: 'teams', person: 'aaaaaaaa-0000-0000-0000-000000000007' }, 'Bob Brown, Acme Bio'],
  ] as const)('on %s becomes one with their own by a code', async (_where, own, guest, who) => {
    const { client } = await openFlow(await engine.freshUrl());
    expect(said(await client.say({ ...guest, text: 'home' }))).not.toContain(who);
    const { answers: made } = await client.say({ ...own, text: own.side === 'slack' ? '/entente link' : 'link' });
    const code = /link ((?:[a-z]+-){3}[a-z]+ [a-z]+)/.exec(JSON.stringify(made))?.[1];
    const offer = await client.say({ ...guest, text: `${guest.side === 'slack' ? '/entente ' : ''}link ${code}` });
    expect(said(offer)).toContain('made this code. Link only if that is you');
    const [label = ''] = /Link to [^"]+/.exec(JSON.stringify(offer.answers)) ?? [];
    await client.press({ ...guest, message: answer(offer).id, action: label });
    expect(said(await client.say({ ...guest, text: guest.side === 'slack' ? '/entente' : 'home' }))).toContain(who);
  });
});
