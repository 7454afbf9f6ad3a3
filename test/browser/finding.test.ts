import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { confirm, desktop, phone, reads, type Table } from './table.js';

const open = withBrowser();

/** Brings a side to the front where one is shown at a time. */
const showIn =
  ({ page }: Table, narrow: boolean) =>
  async (side: 'Slack' | 'Teams') => {
    if (narrow) await page.getByRole('tab', { name: side }).click();
  };

it.each([
  ['a desk', desktop],
  ['a phone', phone],
] as const)('catches up and finds on both sides, and opens what was found privately, on %s', async (_, viewport) => {
  const table = await open(viewport);
  const { page, slack, teams } = table;
  const show = showIn(table, viewport === phone);
  await slack.say('/decision Meet monthly because weekly is too often');
  await show('Teams');
  await confirm(teams, 'D-1');
  await show('Slack');
  await slack.say('/action @Ben Ito Send the revised protocol by 1 June');
  await reads(slack.card('A-1'), 'Delivered to Nova Pharma');

  await slack.say('/entente log weekl');
  const hits = slack.messages('Log: 1 found');
  await reads(hits, 'D-1 Meet monthly');
  await hits.getByRole('button', { name: 'Open' }).click();
  const opened = slack.messages(/D-1 Meet monthly[\s\S]*Link:/);
  await reads(opened, 'Only visible to you');
  await slack.say('/entente catchup');
  const news = slack.messages('2 things have changed');
  for (const group of ['Agreed: 1', 'New actions: 1']) await reads(news, group);
  await slack.actAs('Bob Brown');
  for (const own of [hits, opened, news]) await own.waitFor({ state: 'detached' });

  await show('Teams');
  await teams.open('Entente');
  await teams.say('log actions protocol');
  const found = teams.messages('Log: 1 found');
  await reads(found, 'Proposed · JSC · Ben Ito, due');
  await found.getByRole('button', { name: 'Open' }).click();
  await teams.dialog.getByRole('button', { name: 'Accept' }).click();
  await reads(teams.dialog, 'You accepted A-1.');
  await teams.dialog.getByRole('button', { name: 'Close' }).last().click();
  await teams.say('log overdue');
  await reads(teams.messages('Nothing was found for overdue'), 'Try fewer words');
  await show('Slack');
  await reads(slack.card('A-1'), 'Open');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expectQuiet(table);
});
