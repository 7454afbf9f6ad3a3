import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { closeWindow, phone, reads } from './table.js';

const open = withBrowser();

it('takes an action to the other company, which accepts it on another day and does it', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.say('/action @Ben Ito Send the revised protocol by 1 June');
  await reads(slack.messages('Recorded as A-1'), 'It is proposed until Ben Ito accepts it.');
  const [there, here] = [teams.card('A-1'), slack.card('A-1')];
  await reads(there, 'Proposed: Ben Ito has not accepted it yet');

  await here.getByRole('button', { name: 'Accept' }).click();
  await reads(slack.messages('Only Ben Ito'), 'Only visible to you');

  await there.getByRole('button', { name: 'Accept' }).click();
  for (const card of [here, there]) await reads(card, 'Open');
  // A day that the other company changes is proposed again; one that its owner names is accepted with it.
  await here.getByRole('button', { name: 'Another date' }).click();
  await slack.dialog.getByLabel('Due').fill('2 June');
  await slack.dialog.getByRole('button', { name: 'Change' }).click();
  await reads(slack.dialog, 'It is proposed until Ben Ito accepts it.');
  await closeWindow(slack);
  for (const card of [here, there]) await reads(card, 'Proposed: Ben Ito has not accepted it yet');
  await there.getByRole('button', { name: 'Another date' }).click();
  await teams.dialog.getByLabel('Due').fill('3 June');
  await teams.dialog.getByRole('button', { name: 'Change' }).click();
  for (const card of [here, there]) await reads(card, /3 Jun 20\d\d \(was .* 2 Jun 20\d\d, changed by Ben Ito\)/);
  await there.getByRole('button', { name: 'Done' }).click();
  for (const card of [here, there]) await reads(card, 'Done by Ben Ito');
  for (const card of [here, there]) expect(await card.count()).toBe(1);
  await there.getByRole('button', { name: 'Done' }).waitFor({ state: 'detached' });
  expectQuiet(table);
});

it('says on a phone what is missing, and declines with a reason', async () => {
  const table = await open(phone);
  const { page, slack, teams } = table;
  await slack.say('/action team Protocol by Friday');
  await reads(slack.messages("'team' is no single person"), 'Only visible to you');
  await slack.say('/action @Ben Ito Send the revised protocol by 1 June');
  await page.getByRole('tab', { name: 'Teams' }).click();
  await teams.card('A-1').getByRole('button', { name: 'Decline' }).click();
  await teams.dialog.getByRole('textbox').fill('Regulatory has it');
  await teams.dialog.getByRole('button', { name: 'Decline' }).click();
  await page.getByRole('tab', { name: 'Slack' }).click();
  await reads(slack.card('A-1'), 'Declined by Ben Ito: Regulatory has it');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expectQuiet(table);
});
