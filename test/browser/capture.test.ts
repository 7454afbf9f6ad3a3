import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { closeWindow, confirm, phone, reads } from './table.js';

const open = withBrowser();

it('logs a message as a decision and as an action, on both sides, and finds it when it is logged again', async () => {
  const table = await open();
  const { slack, teams } = table;
  const sides = [
    {
      side: slack,
      other: teams,
      decision: 'D-1',
      said: 'Let us meet in Basel',
      action: 'A-1',
      owner: 'Bob Brown, Acme Bio',
    },
    {
      side: teams,
      other: slack,
      decision: 'D-2',
      said: 'A statistician joins in May',
      action: 'A-2',
      owner: 'Jun Mori, Nova Pharma',
    },
  ] as const;
  for (const { side, other, decision, said, action, owner } of sides) {
    await side.say(said);
    await side.menu(side.messages(said), 'Log decision');
    expect(await side.dialog.getByLabel('What was decided').inputValue()).toBe(said);
    await side.dialog.getByRole('button', { name: 'Record' }).click();
    await reads(other.card(decision), said);
    await reads(side.dialog, `Recorded as ${decision}`);
    await closeWindow(side);
    await side.menu(side.messages(said).first(), 'Log decision');
    // Slack answers with a message, Teams in the window that its menus open.
    await reads(side.region, `Logged already as ${decision}`);
    await side.region.getByRole('button', { name: 'Log another one' }).waitFor();
    if (side === teams) await closeWindow(side);

    await side.say(`Send the label for ${action} by 1 June`);
    await side.menu(side.messages(`Send the label for ${action}`), 'Log action');
    expect(await side.dialog.getByLabel('Due').inputValue()).toMatch(/1 Jun 20/);
    await side.dialog.getByLabel('Owner').selectOption({ label: owner });
    await side.dialog.getByRole('button', { name: 'Record' }).click();
    await reads(other.card(action), owner);
    await reads(side.dialog, `Recorded as ${action}`);
    await closeWindow(side);
  }
  // The card of the other company says when it was said, and nothing of where.
  await reads(teams.card('D-1'), 'Said');
  expect(await teams.card('D-1').getByText('archives').count()).toBe(0);
  expectQuiet(table);
});

it('carries a suggested wording there and back until both sides have confirmed it, also on a phone', async () => {
  const table = await open(phone);
  const { page, slack, teams } = table;
  const show = (side: 'Slack' | 'Teams') => page.getByRole('tab', { name: side }).click();
  await slack.say('/decision Meet monthly');
  await show('Teams');
  await teams.card('D-1').getByRole('button', { name: 'Suggest a change' }).click();
  await teams.dialog.getByLabel('What was decided').fill('Meet every six weeks');
  await teams.dialog.getByLabel('Why change it').fill('Holidays');
  await teams.dialog.getByRole('button', { name: 'Suggest' }).click();
  await teams.dialog.waitFor({ state: 'detached' });
  await reads(teams.card('D-1'), 'Acme Bio not yet · Nova Pharma confirmed by Ben Ito');
  await show('Slack');
  await reads(slack.card('D-1'), 'Revision 2 by Ben Ito: Holidays');
  await confirm(slack, 'D-1');
  await reads(slack.card('D-1'), 'Agreed');
  await slack.card('D-1').getByRole('button', { name: 'History' }).click();
  const history = slack.messages('History of D-1');
  for (const wording of ['Meet monthly', 'Meet every six weeks']) await reads(history, wording);
  await show('Teams');
  await reads(teams.card('D-1'), 'Agreed');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expectQuiet(table);
});
