import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { confirm, reads } from './table.js';

const open = withBrowser();

it('sends each side its copy, and takes what was downloaded back into a fresh database', async () => {
  const table = await open();
  const { page, slack, teams } = table;
  await slack.say('/decision Meet monthly because weekly is too often');
  await confirm(teams, 'D-1');
  await reads(slack.card('D-1'), 'Agreed');
  await teams.say('@Entente decision Start in May');
  await reads(slack.card('D-2'), 'Recorded');

  await slack.say('/entente export');
  await slack.messages('A copy of the log is on its way').waitFor();
  await slack.open('Entente');
  await slack.region.getByRole('tab', { name: 'Messages' }).click();
  const link = slack.messages('as a spreadsheet').getByRole('link', { name: /\.csv$/ });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const path = await download.path();
  const csv = await readFile(path, 'utf8');
  expect(csv).toContain('D-1,decision');

  await teams.open('Entente');
  await teams.say('export');
  const offered = teams.messages(/\.csv/);
  await offered.getByRole('button', { name: 'Accept' }).click();
  await offered.getByRole('link', { name: 'Download' }).waitFor();
  await teams
    .messages(/\.docx/)
    .getByRole('button', { name: 'Decline' })
    .click();
  await teams.messages('You declined this file.').waitFor();
  expectQuiet(table);

  const fresh = await open();
  const said = await fresh.entente.runStopped(['import', path, '--dry-run'], ['import', path], ['verify']);
  expect(said).toContain('All of it can be taken: 2 records');
  expect(said).toContain('2 records were imported into Acme and Nova.');
  expect(said).toContain('Everything is as it was recorded.');
  await fresh.page.getByTestId('link').getByText('Live', { exact: true }).waitFor();
  await fresh.slack.say('/entente log');
  await reads(fresh.slack.messages('Log: 2 found'), 'D-2 Start in May');
  await fresh.slack.say('/decision The next one');
  await reads(fresh.slack.messages('Recorded as D-3'), 'JSC');
});
