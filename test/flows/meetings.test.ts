import { expect, it } from 'vitest';
import { eachEngine } from '../stores.js';
import { ana, ben, bob, type Flow, jsc, kai, openFlow, said } from './flow.js';

/** A Tuesday, seven in the morning in Zurich. */
const MORNING = Date.UTC(2026, 10, 24, 6);

const openMorning = (url: string): Promise<Flow> => {
  const begunAt = Date.now();
  return openFlow(url, { now: () => MORNING + (Date.now() - begunAt) });
};

/** What a card says on a side by now. */
const reading =
  ({ client }: Flow, label: string) =>
  async (side: 'slack' | 'teams'): Promise<string> => {
    const { messages } = (await client.state())[side];
    return messages.find((one) => one.plain.includes(label) && !one.onlyFor && one.from !== ben.person)?.plain ?? '';
  };

const sides = ['slack', 'teams'] as const;

eachEngine('a meeting between the two companies', (_open, engine) => {
  it('goes from a date to minutes that are agreed, on both sides', async () => {
    const flow = await openMorning(await engine.freshUrl());
    const { client, card } = flow;
    const typed = (text: string) => client.say({ ...ana, conversation: jsc.slack, text });
    await client.say({ ...ben, text: 'entente' });
    expect(said(await typed('/meeting schedule JSC 18 Dec 14:00 Zurich 90 min'))).toContain('M-1 is scheduled');
    const mentioned = '@Entente meeting schedule JSC 22 Jan 14:00 Zurich';
    expect(said(await client.say({ ...ben, conversation: jsc.teams, text: mentioned }))).toContain('M-2 is scheduled');
    await client.clock({ to: Date.UTC(2026, 10, 27, 14) });
    const shown = {
      slack: await card('slack', 'Call for topics until'),
      teams: await card('teams', 'Call for topics'),
    };

    for (const who of [ana, ben]) {
      const spoken = await client.say({ ...who, conversation: jsc[who.side], text: `How we speak (${who.side})` });
      const { dialog } = await client.menu({ ...who, message: String(spoken.said), entry: 'menu.meeting' });
      const form = JSON.stringify(dialog);
      expect(form).toContain(`How we speak (${who.side})`);
      await client.submit({ ...who, values: { kind: 'discussion', title: `How we speak (${who.side})` } });
      for (const side of sides) await card(side, `How we speak (${who.side}) · `);
    }
    await typed('/meeting agenda add M-1 for decision: Do we start in May? 20 min');
    await card('teams', '3. Do we start in May?');

    await client.clock({ to: Date.UTC(2026, 11, 8, 15) });
    const owed = await client.awaitMessage({ ...bob, match: 'Your position', timeoutMs: 15_000 });
    expect(owed.plain).toContain('Only Acme Bio sees what you answer.');
    expect(said(await client.press({ ...bob, message: owed.id, action: 'Aligned' }))).toContain(
      'Only Acme Bio sees this',
    );
    expect((await card('teams', 'Acme Bio amber')).plain).not.toContain('Bob Brown: aligned');

    await client.clock({ to: Date.UTC(2026, 11, 18, 13) });
    expect(said(await typed('/entente open meeting'))).toContain('M-1 is open');
    for (const side of sides) await card(side, 'Under way');
    await client.press({ ...ana, message: shown.slack.id, action: 'Next' });
    await card('teams', 'Item 1 of 3');
    await typed('/decision Start in May because sites are ready');
    await card('teams', 'D-1');
    const asked = await typed('/entente close meeting');
    expect(said(asked)).toContain('1 decision, no actions. Correct?');
    const question = asked.answers.find(({ plain }) => plain.includes('Correct?'));
    await client.press({ ...ana, message: String(question?.id), action: 'Yes, close' });
    for (const side of sides) expect((await card(side, 'Minutes · JSC')).plain).toContain('D-1 Start in May');
    await client.clock({ to: Date.UTC(2026, 11, 28, 18) });
    for (const side of sides) expect((await card(side, 'minutes agreed')).id).toBe(shown[side].id);
    await expect.poll(() => reading(flow, 'Minutes · JSC')('teams'), { timeout: 10_000 }).not.toContain('Locks');
  });

  it('is refused with a sentence, privately, and nothing is kept, where it cannot be', async () => {
    const flow = await openMorning(await engine.freshUrl());
    const { client } = flow;
    const refused = async (text: string, why: string): Promise<void> => {
      const answer = await client.say({ ...ana, conversation: jsc.slack, text });
      expect(said(answer), text).toContain(why);
      expect(answer.answers.every((one) => one.onlyFor)).toBe(true);
      const there = await client.say({ ...ben, text: text.replace(/^\/(entente )?/, '') });
      expect(said(there), text).toContain(why);
    };
    for (const [text, why] of [
      ['11 Dec 25:00 Zurich', '25:00'],
      ['11 Dec 2025 14:00 Zurich', 'over'],
      ['11 Dec 14:00 Atlantis', 'Atlantis'],
      ['every 31st 14:00 Zurich', '31'],
      ['11 Dec 14:00 Zurich 0 min', 'minutes'],
      ['11 Dec 14:00 Zurich 3 days', 'hours'],
    ] as const)
      await refused(`/meeting schedule JSC ${text}`, why);
    await refused('/entente close meeting', "The JSC has no meeting open. Say 'meeting open' to begin the next one.");
    const early = await client.say({ ...ana, conversation: jsc.slack, text: '/entente open meeting' });
    expect(said(early)).toContain('The JSC has no meeting ahead.');
    const stranger = await client.say({ ...kai, text: 'meeting schedule JSC 11 Dec 14:00 Zurich' });
    expect(said(stranger)).not.toContain('is scheduled');
    expect(said(await client.say({ ...ana, conversation: jsc.slack, text: '/meeting' }))).not.toContain('M-1');
  });

  it('is opened once, and one at a time, and takes no agenda that nobody gets through', async () => {
    const { client } = await openMorning(await engine.freshUrl());
    const typed = async (text: string) => said(await client.say({ ...ana, conversation: jsc.slack, text }));
    await typed('/meeting schedule JSC 24 Nov 14:00 Zurich 90 min');
    await typed('/meeting schedule JSC 24 Nov 17:00 Zurich 60 min');
    const [first, second] = await Promise.all([
      typed('/entente open meeting M-1'),
      client.say({ ...ben, text: 'open meeting M-1' }).then(said),
    ]);
    expect(
      [first, second].filter((text) => text.includes('M-1 is open')),
      `${first} ${second}`,
    ).toHaveLength(1);
    expect([first, second].join()).toContain('M-1 is under way already.');
    expect(await typed('/entente open meeting M-2')).toContain('M-1 is still under way.');
    const lines = Array.from(
      { length: 30 },
      (_, at) => `/meeting agenda add M-2 for discussion: Topic ${at + 1} 1 min`,
    );
    for (const line of lines) await typed(line);
    expect(await typed('/meeting agenda add M-2 for discussion: One more')).toContain('M-2 has 30 items');
    expect(await typed('/meeting agenda add M-1 for discussion: Supply @Zoe Quinn')).toContain(
      'Whoever owns an item has a seat',
    );
  });
});
