import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { closeWindow, confirm, phone, reads } from './table.js';

const open = withBrowser();

it('asks whether a new text supersedes a decision it is close to, and shows on both sides that it does', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.say('/decision Meet monthly in Basel because we drift, review on 1 June 2035');
  await confirm(teams, 'D-1');
  await reads(slack.card('D-1'), 'Agreed');
  await slack.say('/decision Meet monthly in Basel and Tokyo because sites differ');
  const asked = slack.messages("Close to D-1 'Meet monthly in Basel' (agreed).");
  expect(await slack.messages(/^.*D-2/).count()).toBe(0);
  await asked.getByRole('button', { name: 'Supersede' }).click();
  await reads(slack.messages('Recorded as D-2'), 'Until then D-1 stays in force.');
  await reads(teams.card('D-1'), 'D-2, once agreed');
  await confirm(teams, 'D-2');
  for (const side of [slack, teams]) {
    await reads(side.card('D-1'), 'Superseded by D-2');
    await side.card('D-1').getByRole('button', { name: 'Dispute' }).waitFor({ state: 'detached' });
    await reads(side.card('D-2'), 'Supersedes');
  }
  await slack.say('/why D-2');
  await reads(slack.messages('Why D-2'), 'D-1 Meet monthly in Basel');
  expectQuiet(table);
});

it('asks the same of what a form brings, in its window', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.say('/decision Meet monthly in Basel');
  await confirm(teams, 'D-1');
  await reads(slack.card('D-1'), 'Agreed');
  await slack.say('/decision');
  await slack.dialog.getByLabel('What was decided').fill('Meet monthly in Basel and Tokyo');
  await slack.dialog.getByRole('button', { name: 'Record' }).click();
  await reads(slack.dialog, 'Nothing is recorded until you choose.');
  await slack.dialog.getByRole('button', { name: 'Different' }).click();
  await reads(slack.dialog, 'Recorded as D-2');
  await closeWindow(slack);
  await reads(teams.card('D-2'), 'Recorded');
  expectQuiet(table);
});

it('shows a dispute whole on a phone', async () => {
  const table = await open(phone);
  const { page, slack } = table;
  const show = (side: 'Slack' | 'Teams') => page.getByRole('tab', { name: side }).click();
  await slack.say('/decision Meet monthly');
  await show('Teams');
  const { teams } = table;
  await confirm(teams, 'D-1');
  await teams.card('D-1').getByRole('button', { name: 'Dispute' }).click();
  await teams.dialog.getByRole('textbox').fill('The sites are not ready');
  await teams.dialog.getByRole('button', { name: 'Dispute' }).click();
  await reads(teams.dialog, 'D-1 is disputed by Nova Pharma.');
  await closeWindow(teams);
  for (const side of ['Slack', 'Teams'] as const) {
    await show(side);
    const card = table[side === 'Slack' ? 'slack' : 'teams'].card('D-1');
    await reads(card, 'The sites are not ready');
    const wide = await card.evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(wide).toBe(false);
  }
  expectQuiet(table);
});
