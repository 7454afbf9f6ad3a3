import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { closeWindow, confirm, reads } from './table.js';

const open = withBrowser();

it('asks with forms on both sides, and says beside the field what is wrong', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.say('/decision');
  await reads(slack.dialog, 'Acme Bio and Nova Pharma will see this');
  await slack.dialog.getByLabel('What was decided').fill('   ');
  await slack.dialog.getByRole('button', { name: 'Record' }).click();
  await reads(slack.dialog, 'Write what was decided.');
  await slack.dialog.getByLabel('What was decided').fill('Meet monthly');
  await slack.dialog.getByLabel('Why').fill('The data comes monthly');
  await slack.dialog.getByRole('button', { name: 'Record' }).click();
  await reads(slack.dialog, 'Recorded as D-1 for the JSC.');
  await closeWindow(slack);
  await reads(teams.card('D-1'), 'The data comes monthly');

  await teams.card('D-1').getByRole('button', { name: 'Suggest a change' }).click();
  const { dialog } = teams;
  expect(await dialog.getByLabel('What was decided').inputValue()).toBe('Meet monthly');
  await dialog.getByLabel('Why change it').fill('Holidays');
  await dialog.getByRole('button', { name: 'Suggest' }).click();
  await reads(dialog, 'Nothing is different yet.');
  expect(await dialog.getByLabel('Why change it').inputValue()).toBe('Holidays');
  await dialog.getByLabel('What was decided').fill('Meet every six weeks');
  await dialog.getByRole('button', { name: 'Suggest' }).click();
  await dialog.waitFor({ state: 'detached' });
  await reads(slack.card('D-1'), 'Revision 2 by Ben Ito: Holidays');
  await reads(slack.card('D-1'), 'Acme Bio not yet · Nova Pharma confirmed by Ben Ito');

  await teams.say('@Entente decision');
  await teams.open('Entente');
  const form = teams.messages('Record a decision');
  await form.getByLabel('What was decided').fill('Start in May');
  await form.getByRole('button', { name: 'Record' }).click();
  await reads(teams.messages('Recorded as D-2'), 'It is agreed when Acme Bio has confirmed the wording.');
  await reads(slack.card('D-2'), 'Start in May');
  expectQuiet(table);
});

it('tells the history to whoever asks, on both sides, and to nobody else', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.say('/decision Meet monthly');
  await confirm(teams, 'D-1');
  await reads(slack.card('D-1'), 'Agreed');
  const lines = ['Recorded by Ana Ruiz', 'Wording confirmed by Ben Ito', 'Agreed'];

  await slack.card('D-1').getByRole('button', { name: 'History' }).click();
  const history = slack.messages('History of D-1');
  for (const line of ['Only visible to you', ...lines]) await reads(history, line);
  await slack.actAs('Bob Brown');
  await history.waitFor({ state: 'detached' });

  await teams.card('D-1').getByRole('button', { name: 'History' }).click();
  await teams.dialog.getByRole('heading', { name: 'History of D-1' }).waitFor();
  for (const line of lines) await reads(teams.dialog, line);
  await teams.actAs('Jun Mori');
  await teams.dialog.waitFor({ state: 'detached' });
  expectQuiet(table);
});

it('shows what waits in the App Home and in the personal chat, to be confirmed right there', async () => {
  const table = await open();
  const { slack, teams } = table;
  await teams.say('@Entente decision Start in May');
  await slack.card('D-1').waitFor();
  await slack.say('/decision Meet monthly');
  await teams.card('D-2').waitFor();

  await slack.open('Entente');
  await slack.region.getByRole('tab', { name: 'Home' }).click();
  const home = slack.region.getByTestId('app-home');
  await reads(home, 'D-1 Start in May');
  await home.getByRole('button', { name: 'Confirm wording' }).click();
  await reads(home, 'Nothing waits for you');
  await reads(slack.dialog, 'D-1 is agreed');
  await closeWindow(slack);
  await reads(teams.card('D-1'), 'Agreed');

  await teams.open('Entente');
  await teams.region.getByRole('textbox', { name: 'Message Entente' }).waitFor();
  await teams.say('entente');
  await reads(teams.messages('What waits for you'), 'D-2 Meet monthly');
  await teams.messages('What waits for you').getByRole('button', { name: 'Confirm wording' }).click();
  await slack.open('#jsc');
  await reads(slack.card('D-2'), 'Agreed');
  await teams.say('decision Hire a statistician');
  await reads(teams.messages('Hire a statistician'), 'decision');
  await reads(slack.card('D-3'), 'Hire a statistician');
  expectQuiet(table);
});

it('undoes, and refuses observers and people without a seat in private', async () => {
  const table = await open();
  const { slack, teams } = table;
  await slack.say('/decision Meet monthly');
  await slack.messages('Recorded as D-1').getByRole('button', { name: 'Undo' }).click();
  await slack.messages('D-1 is undone.').waitFor();
  for (const side of [slack, teams]) await reads(side.card('D-1'), 'Withdrawn by Ana Ruiz');

  await slack.say('/decision Start in May');
  await slack.actAs('Zoe Quinn');
  await slack.card('D-2').getByRole('button', { name: 'Confirm wording' }).click();
  const refusal = slack.messages('You have no seat on the JSC; ask a member of your company to confirm.');
  await reads(refusal, 'Only visible to you');
  await slack.actAs('Bob Brown');
  await refusal.waitFor({ state: 'detached' });

  await teams.actAs('Mei Sato');
  await confirm(teams, 'D-2');
  const observer = teams.messages('You sit as observer; your comment is welcome.');
  await reads(observer, 'Only visible to you');
  await teams.actAs('Kai Wolf');
  await observer.waitFor({ state: 'detached' });
  await teams.say('@Entente decision Give me a seat');
  await teams.open('Entente');
  await teams.messages('You have no seat on the JSC. Ask one of its members to do this.').waitFor();
  expect(await slack.card('D-3').count()).toBe(0);
  expectQuiet(table);
});
