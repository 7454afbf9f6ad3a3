import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { App } from '../../src/app.js';
import { emptySeed } from '../../src/sandbox/index.js';
import type { Message, Outcome } from '../../src/sandbox/model.js';
import { mriOf } from '../../src/sandbox/teams/desk.js';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, jsc, kai, openFlow, said } from './flow.js';

const MINUTE = 60_000;

const listed = {
  sqlite: sql`select name from sqlite_master where type = 'table'`,
  postgres: sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
};

/** Where in the database any of these words stands. */
const traces = async ({ store }: App, words: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { name } of await store.read.rows<{ name: string }>(listed[store.dialect])) {
    const rows = JSON.stringify(await store.read.rows(sql`select * from ${sql.identifier(name)}`));
    found.push(...words.filter((word) => rows.includes(word)).map((word) => `${word} in ${name}`));
  }
  return found;
};

/** Entente whose clock runs ahead by as much as a test says. */
const openAhead = async (url: string, world = {}): Promise<Flow & { ahead(minutes: number): void }> => {
  let by = 0;
  const flow = await openFlow(url, world, { now: () => Date.now() + by });
  const ahead = (minutes: number): void => {
    by += minutes * MINUTE;
  };
  return new Proxy(flow, { get: (target, key) => (key === 'ahead' ? ahead : Reflect.get(target, key)) }) as never;
};

const answer = ({ answers }: Outcome): Message => {
  const last = answers.at(-1);
  if (!last) throw new Error('nothing was answered');
  return last;
};

const waiting = (app: App, words: readonly string[]) =>
  expect.poll(() => traces(app, words), { timeout: 15_000, interval: 250 });

eachEngine('somebody who asks to be forgotten', (_open, engine) => {
  it('on Slack is a former member on both sides’ cards, and nowhere in the database', async () => {
    const flow = await openAhead(await engine.freshUrl());
    const { client, card, app } = flow;
    await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet monthly' });
    await card('teams', 'Acme Bio confirmed by Ana Ruiz');
    const early = await client.say({ ...ana, text: '/entente forget me' });
    expect(said(early)).toContain('would be without an alliance professional');
    await client.say({ ...ana, conversation: jsc.slack, text: '/entente seat @Bob Brown professional' });
    await client.say({ ...ana, conversation: jsc.slack, text: '/entente seat @Bob Brown co-chair JSC' });
    await card('teams', 'Bob Brown');
    const asked = await client.say({ ...ana, conversation: jsc.slack, text: '/entente forget me' });
    expect(said(asked)).toContain('This cannot be undone.');
    const done = await client.press({ ...ana, message: answer(asked).id, action: 'Forget me' });
    expect(said(done)).toContain('Entente has forgotten you.');
    const onTeams = await card('teams', 'confirmed by a former member of Acme Bio');
    expect(onTeams.plain).toContain('D-1');
    await card('slack', 'confirmed by a former member of Acme Bio');
    flow.ahead(2);
    await waiting(app, ['Ana Ruiz', 'U01ANA', 'ana@acme.example']).toEqual([]);
    const named = async () => {
      const { slack, teams } = await client.state();
      const all = [...slack.messages, ...teams.messages].filter(({ onlyFor }) => !onlyFor);
      const own = all.filter(({ from }) => from === slack.bot.id || from === teams.bot.id);
      return own.map(({ plain }) => plain).filter((plain) => plain.includes('Ana Ruiz'));
    };
    await expect.poll(named, { timeout: 10_000 }).toEqual([]);
    const seen = await client.say({ ...bob, text: '/entente roster JSC' });
    expect(said(seen)).not.toContain('Ana Ruiz');
    const again = await client.say({ ...ana, conversation: jsc.slack, text: '/decision Meet weekly' });
    expect(said(again)).toContain('You have no seat on the JSC.');
  });

  it('leaves nothing of what installing and joining brought, on either platform', async () => {
    const flow = await openAhead(await engine.freshUrl(), { world: emptySeed });
    const { client, app } = flow;
    await client.consent({ answer: 'allow' });
    const begun = await fetch((await client.state()).installUrl ?? '', { redirect: 'manual' });
    const consent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const cookie = begun.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
    await fetch(consent.headers.get('location') ?? '', { headers: { cookie: cookie.join('; ') } });
    await client.install({ side: 'teams' });
    await client.say({ ...ana, text: '/entente setup' });
    const setUp = await client.submit({ ...ana, values: { partner: 'Nova Pharma' } });
    const code = /join ((?:[a-z]+-){3}[a-z]+ (?:[a-z]+-){3}[a-z]+)/.exec(
      `${said(setUp)}${JSON.stringify(setUp.dialog)}`,
    )?.[1];
    const offer = await client.say({ ...ben, text: `join ${code}` });
    await client.press({ ...ben, message: answer(offer).id, action: 'Join as Nova Pharma' });
    const request = await client.awaitMessage({ ...ana, match: 'asks to join', timeoutMs: 10_000 });
    const [confirm = ''] = /Confirm [^"]*nova[^"]*/i.exec(JSON.stringify(request)) ?? [];
    await client.press({ ...ana, message: request.id, action: confirm });
    await client.awaitMessage({ ...ben, match: 'Confirmed by Ana Ruiz', timeoutMs: 10_000 });
    await client.say({ ...kai, text: 'home' });
    await client.say({ ...bob, text: '/entente' });
    for (const side of ['slack', 'teams'] as const)
      await client.presence({ side, conversation: jsc[side], present: true });
    await client.say({ ...ben, conversation: jsc.teams, text: '@Entente seat @Kai Wolf professional' });
    await client.say({ ...ana, conversation: jsc.slack, text: '/entente seat @Bob Brown professional' });
    const mine = await client.say({ ...ben, text: 'forget me' });
    const theirs = await client.say({ ...ana, text: '/entente forget me' });
    // On Teams the answer takes the place of the question, for whoever pressed.
    const gone = await client.press({ ...ben, message: answer(mine).id, action: 'Forget me' });
    expect(JSON.stringify(gone.answers)).toContain('Entente has forgotten you.');
    expect(said(await client.press({ ...ana, message: answer(theirs).id, action: 'Forget me' }))).toContain(
      'forgotten you',
    );
    const withdrawn = 'What stood here is no longer kept here.';
    await client.awaitMessage({ ...ben, match: withdrawn, timeoutMs: 10_000 });
    await client.awaitMessage({ ...ana, match: withdrawn, timeoutMs: 10_000 });
    flow.ahead(2);
    await waiting(app, ['Ana Ruiz', 'U01ANA', 'Ben Ito', ben.person, mriOf(ben.person)]).toEqual([]);
  });
});
