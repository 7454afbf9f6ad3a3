import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { phone, reads, type Side, type Table } from './table.js';

const open = withBrowser();

const daily = (side: Side) => side.messages('most urgent first');

const move = ({ page }: Table, to: 'to Monday 09:00' | 'to 09:00 tomorrow' | 'to Friday 09:00' | 'one week on') =>
  page.getByTestId('clock').getByRole('button', { name: to }).click();

const openChat = async ({ slack, teams }: Table): Promise<void> => {
  await slack.open('Entente');
  await slack.region.getByRole('tab', { name: 'Messages' }).click();
  await teams.open('Entente');
};

it('says once a day what waits, is acted on from there, and is silent when nothing waits', async () => {
  const table = await open();
  const { slack, teams } = table;
  await move(table, 'to Friday 09:00');
  await slack.say('/decision Meet monthly');
  await teams.card('D-1').waitFor();
  await slack.say('/action @Ben Ito Send the revised protocol by Thursday');
  await reads(teams.card('A-1'), 'Proposed');
  await slack.say('/action @me Book the room in Basel in two weeks');
  await teams.card('A-2').waitFor();
  await openChat(table);
  await teams.say('mute');
  await reads(teams.messages('Your daily message comes at 09:00'), 'mute until');

  await move(table, 'one week on');
  await reads(daily(teams), 'Nova Pharma has not confirmed the wording.');
  await reads(daily(teams), 'one day over');
  const buttons = await daily(teams).getByTestId('adaptive-card').getByRole('button').allTextContents();
  expect(buttons).toEqual(['Confirm wording', 'Accept', 'Another date', 'Decline']);
  await daily(teams).getByRole('button', { name: 'Confirm wording' }).click();
  await reads(teams.messages('D-1 is agreed'), 'Undo');
  await daily(teams).getByRole('button', { name: 'Accept' }).click();
  await daily(teams).getByRole('button', { name: 'Done' }).click();
  await reads(daily(teams), 'Nothing of this waits any more.');

  // Three working days before A-2 is due Ana is told of it; Ben, for whom nothing waits, is not.
  await move(table, 'to Monday 09:00');
  await move(table, 'to 09:00 tomorrow');
  await reads(daily(slack), 'A-2 Book the room in Basel');
  await daily(slack).getByRole('button', { name: 'Done' }).click();
  await reads(daily(slack), 'Nothing of this waits any more.');
  for (const side of [slack, teams]) expect(await daily(side).count()).toBe(1);
  await slack.open('#jsc');
  await reads(slack.card('D-1'), 'Agreed');
  for (const action of ['A-1', 'A-2']) await reads(slack.card(action), 'Done by');
  expectQuiet(table);
});

it('goes to a cover while somebody is out, and rests while it is muted', async () => {
  const table = await open(phone);
  const { slack } = table;
  await move(table, 'to Friday 09:00');
  await slack.say('/action @me Book the room in Basel by Monday');
  await slack.card('A-1').waitFor();
  await slack.say('/action @Bob Brown Send the label by Monday');
  await reads(slack.card('A-2'), 'Open');
  await slack.say('/entente out until next Friday');
  await slack.messages('You are out until').getByRole('button', { name: 'Bob Brown' }).click();
  await reads(slack.messages('Bob Brown gets what waits for you until'), 'Undo');
  await slack.open('Entente');
  await slack.region.getByRole('tab', { name: 'Messages' }).click();

  await move(table, 'one week on');
  await slack.actAs('Bob Brown');
  await reads(daily(slack), 'For Ana Ruiz, who is out until');
  await reads(daily(slack), 'A-2 Send the label');
  expect(await table.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  await slack.say('mute for three weeks');
  await reads(slack.messages('No daily message comes until'), 'Unmute');
  await slack.actAs('Ana Ruiz');
  expect(await daily(slack).count()).toBe(0);
  await slack.say('back');
  await slack.messages('You are back.').waitFor();

  await move(table, 'one week on');
  await reads(daily(slack), 'A-1 Book the room in Basel');
  await slack.actAs('Bob Brown');
  await reads(slack.messages('No daily message comes until'), 'Unmute');
  expect(await daily(slack).count()).toBe(1);
  expectQuiet(table);
});
