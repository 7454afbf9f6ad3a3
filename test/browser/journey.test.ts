import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { confirm, phone, reads } from './table.js';

const open = withBrowser();

const isOne = async (card: Locator): Promise<void> => expect(await card.count()).toBe(1);

it('takes a decision from Slack to Teams and back, within a second, as one card on each side', async () => {
  const table = await open();
  const { page, slack, teams } = table;
  const box = slack.region.getByRole('textbox', { name: 'Message #jsc' });
  await box.fill('/dec');
  await slack.region.getByRole('option', { name: /^\/decision/ }).waitFor();
  await box.press('Enter');
  expect(await box.inputValue()).toBe('/decision ');
  await box.pressSequentially('Meet monthly because the data comes monthly');
  const typedAt = Date.now();
  await box.press('Enter');
  await teams.card('D-1').getByTestId('adaptive-card').waitFor();
  const arrivedAt = await teams.card('D-1').locator('time').first().getAttribute('datetime');
  expect(Date.parse(String(arrivedAt)) - typedAt).toBeLessThan(1_000);

  const answer = slack.messages('Recorded as D-1 for the JSC.');
  await answer.getByText('Only visible to you').waitFor();
  await reads(slack.card('D-1'), 'the data comes monthly');
  await reads(teams.card('D-1'), 'Acme Bio confirmed by Ana Ruiz · Nova Pharma not yet');
  await slack.actAs('Bob Brown');
  await answer.waitFor({ state: 'detached' });

  await confirm(teams, 'D-1');
  for (const side of [slack, teams]) {
    await reads(side.card('D-1'), 'Agreed');
    await side.card('D-1').getByRole('button', { name: 'Confirm wording' }).waitFor({ state: 'detached' });
    await isOne(side.card('D-1'));
  }
  await page.getByTestId('changed').first().waitFor();
  expectQuiet(table);
});

it('takes a decision from Teams to Slack while Teams fails for a while', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.actAs('Bob Brown');
  await teams.say('@Entente decision Start in May because sites are ready');
  await reads(slack.card('D-1'), 'Delivered to Nova Pharma');

  await teams.answers('Down');
  await teams.region.getByTestId('failure').waitFor();
  await confirm(slack, 'D-1');
  await reads(slack.messages('D-1 is agreed'), 'Only visible to you');
  await reads(slack.card('D-1'), 'Not yet delivered to Nova Pharma, retrying since');
  await slack.say('/decision Hire a statistician');
  await reads(slack.card('D-2'), 'Not yet delivered to Nova Pharma');
  expect(await teams.card('D-1').getByText('Agreed').count()).toBe(0);
  expect(await teams.card('D-2').count()).toBe(0);

  await teams.answers('OK');
  await reads(teams.card('D-2'), 'Hire a statistician');
  await reads(teams.card('D-1'), 'Agreed');
  for (const label of ['D-1', 'D-2']) {
    await reads(slack.card(label), 'Delivered to Nova Pharma');
    for (const side of [slack, teams]) await isOne(side.card(label));
  }
  expectQuiet(table);
});

it('keeps messages and records through a restart', async () => {
  const table = await open();
  const { page, slack, teams, complaints, entente } = table;
  await slack.say('/decision Meet monthly');
  await confirm(teams, 'D-1');
  await reads(slack.card('D-1'), 'Agreed');
  await teams.say('Good to have this settled');

  await entente.restart();
  await page.getByTestId('link').getByText('Live', { exact: true }).waitFor();
  // The browser says in the console that nobody answered meanwhile.
  expect(complaints.splice(0).filter((complaint) => !complaint.includes('net::ERR_'))).toEqual([]);
  for (const side of [slack, teams]) await reads(side.card('D-1'), 'Agreed');
  await teams.messages('Good to have this settled').waitFor();
  await slack.messages('Recorded as D-1').waitFor();
  await teams.say('@Entente decision Start in May');
  await confirm(slack, 'D-2');
  for (const side of [slack, teams]) await reads(side.card('D-2'), 'Agreed');
  expectQuiet(table);
});

it('goes the same way on a phone, one side at a time', async () => {
  const table = await open(phone);
  const { page, slack, teams } = table;
  await slack.say('/decision Meet monthly because the data comes monthly');
  await reads(slack.card('D-1'), 'Delivered to Nova Pharma');
  await page.getByRole('tab', { name: /^Teams unread$/ }).click();
  await confirm(teams, 'D-1');
  await reads(teams.card('D-1'), 'Agreed');
  await page.getByRole('tab', { name: /^Slack/ }).click();
  await reads(slack.card('D-1'), 'Agreed');
  await slack.say('/decision');
  await slack.dialog.getByLabel('What was decided').fill('Start in May');
  await slack.dialog.getByRole('button', { name: 'Record' }).click();
  await reads(slack.card('D-2'), 'Start in May');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expectQuiet(table);
});
