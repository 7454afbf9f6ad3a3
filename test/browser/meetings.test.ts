import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { closeWindow, phone, reads, type Side, type Table } from './table.js';

const open = withBrowser();

const ZONE = 'Europe/Zurich';
/** By then it is past nine in Tokyo and in Zurich, and in New York too. */
const [MORNING, AFTERNOON] = ['09:01', '15:01'];

/** A Thursday far enough ahead for all that comes before a meeting, whatever day it is today. */
const someThursday = (): Temporal.PlainDate => {
  const today = Temporal.Now.plainDateISO(ZONE);
  return today.add({ days: 8 - today.dayOfWeek + 38 });
};

const spoken = (day: Temporal.PlainDate): string =>
  day.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

const goTo = async ({ page }: Table, day: Temporal.PlainDate, time: string): Promise<void> => {
  const to = day.toZonedDateTime({ timeZone: ZONE, plainTime: time }).epochMilliseconds;
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ to }) };
  await page.evaluate(`fetch('/sandbox/api/clock', ${JSON.stringify(asked)})`);
};

const openChats = async ({ slack, teams }: Table): Promise<void> => {
  await slack.open('Entente');
  await slack.region.getByRole('tab', { name: 'Messages' }).click();
  await teams.open('Entente');
};

const openChannels = async ({ slack, teams }: Table): Promise<void> => {
  await slack.open('#jsc');
  await teams.open('JSC');
};

/** The one card of the meeting in a side's channel. */
const card = (side: Side) => side.messages(/When/).and(side.card('M-1'));
const daily = (side: Side, about: string | RegExp) => side.messages('most urgent first').filter({ hasText: about });
const minutesOf = (side: Side) => side.messages(/Fine/).and(side.card('M-1 Minutes'));

const press = (side: Side, label: string) => card(side).getByRole('button', { name: label, exact: true }).click();

/** Sends a form, and closes the window where the answer stands in it. */
const submit = async (side: Side, label: string): Promise<void> => {
  const button = side.dialog.getByRole('button', { name: label, exact: true });
  await button.click();
  await button.waitFor({ state: 'detached' });
  if ((await side.dialog.count()) > 0) await closeWindow(side);
};

const bothRead = async ({ slack, teams }: Table, ...texts: readonly (string | RegExp)[]): Promise<void> => {
  for (const side of [slack, teams]) for (const text of texts) await reads(card(side), text);
};

/** Until the call for topics, and what both sides put on the agenda. */
const callForTopics = async (table: Table, day: Temporal.PlainDate): Promise<void> => {
  const { slack, teams } = table;
  await slack.open('#general');
  await slack.say('/entente bind JSC internal');
  await slack.messages('the internal lane of Acme Bio').waitFor();
  await openChannels(table);
  // Teams says where its people are reached once one of them has written.
  await teams.say('@Entente help');
  await slack.say(`/meeting schedule JSC ${spoken(day)} 14:00 Zurich 90 min at https://meet.example/jsc`);
  await reads(slack.messages('M-1 is scheduled'), 'Acme Bio and Nova Pharma will see this.');
  await goTo(table, day.subtract({ days: 21 }), AFTERNOON);
  await bothRead(table, 'https://meet.example/jsc', /Call for topics until/);

  await teams.actAs('Jun Mori');
  await teams.say('@Entente meeting agenda add for decision: Do we approve the revised protocol? 30 min');
  await slack.say(
    '/meeting agenda add for discussion: How we speak to patients 15 min https://papers.example/p 4 pages',
  );
  await bothRead(table, 'Proposed', /1\. How we speak to patients/);
  await press(slack, 'Agenda');
  await slack.messages('Agenda of M-1').getByRole('button', { name: 'Accept' }).click();
  await bothRead(table, /2\. Do we approve the revised protocol\?/);
};

/** From the daily message: the paper, positions, and whether people come. */
const prepare = async (table: Table, day: Temporal.PlainDate): Promise<void> => {
  const { slack, teams } = table;
  await openChats(table);
  await goTo(table, day.subtract({ days: 15 }), MORNING);
  await daily(teams, '1 paper').getByRole('button', { name: 'Add the paper' }).click();
  await teams.dialog.getByLabel('Paper').fill('https://papers.example/protocol');
  await submit(teams, 'Save');

  for (const [side, answer, time] of [
    [teams, 'Not yet', MORNING],
    [slack, 'Aligned', AFTERNOON],
  ] as const) {
    await goTo(table, day.subtract({ days: 10 }), time);
    if (side === slack) await slack.actAs('Bob Brown');
    const asked = daily(side, 'Your position: Do we approve the revised protocol?').last();
    await reads(asked, /sees what you answer/);
    await asked.getByRole('button', { name: answer, exact: true }).click();
    await asked.waitFor({ state: 'detached' });
    await daily(side, 'Do you come?').last().getByRole('button', { name: 'Coming', exact: true }).click();
    await daily(side, 'Do you come?').waitFor({ state: 'detached' });
  }
};

/** Each company's own card, and what the other sees of it. */
const alignAlone = async (table: Table, day: Temporal.PlainDate): Promise<void> => {
  const { slack, teams } = table;
  await slack.actAs('Ana Ruiz');
  await teams.actAs('Ben Ito');
  await goTo(table, day.subtract({ days: 6 }), AFTERNOON);
  await slack.open('#general');
  await teams.open('Entente');
  await reads(slack.card('M-1 Acme Bio'), 'Bob Brown: aligned');
  await reads(teams.card('M-1 Nova Pharma'), 'Jun Mori: not yet');
  expect(await slack.region.getByText('Jun Mori: not yet').count()).toBe(0);
  expect(await teams.region.getByText('Bob Brown: aligned').count()).toBe(0);
  await openChannels(table);
  await bothRead(table, /Each company prepares by itself/, /Acme Bio amber/, /Nova Pharma red/);
  await slack.say('/meeting readiness M-1');
  await slack.messages('Readiness for M-1').getByRole('button', { name: 'Nudge this one' }).click();
  await reads(slack.messages('Ben Ito hears of it'), 'Only visible to you');
  await press(slack, 'Coming');
  await press(teams, 'Not coming');
  await bothRead(table, 'Acme Bio 2: Ana Ruiz, Bob Brown · Nova Pharma 1: Jun Mori', 'Ben Ito');
  await press(teams, 'Coming');
  await bothRead(table, /Nova Pharma 2: Ben Ito, Jun Mori/);
};

const meet = async (table: Table, day: Temporal.PlainDate): Promise<void> => {
  const { slack, teams } = table;
  await goTo(table, day.subtract({ days: 1 }), AFTERNOON);
  await bothRead(table, /Final brief: 1 for decision and 1 for discussion, 45 of 90 minutes/);
  await goTo(table, day, '13:01');
  await openChats(table);
  for (const side of [slack, teams]) await reads(side.messages('M-1 begins'), 'Do we approve the revised protocol?');
  await openChannels(table);
  await goTo(table, day, '14:00');
  await slack.say('/entente open meeting');
  await bothRead(table, 'Under way', /Acme Bio 2: Ana Ruiz, Bob Brown · Nova Pharma 2: Ben Ito, Jun Mori/);
  await press(slack, 'Next');
  await bothRead(table, /Item 1 of 2 · How we speak to patients/);
  await press(teams, 'Park');
  await bothRead(table, /Item 2 of 2 · Do we approve the revised protocol\?/);
  await press(slack, 'Decided');
  const wording = slack.dialog.getByLabel('What was decided');
  expect(await wording.inputValue()).toBe('Do we approve the revised protocol?');
  await wording.fill('The revised protocol is approved');
  await submit(slack, 'Record');
  await bothRead(table, 'D-1');
  await press(teams, 'Action');
  await teams.dialog.getByRole('textbox').first().fill('Send the protocol to all sites');
  await teams.dialog.getByLabel('Owner').selectOption({ label: 'Bob Brown, Acme Bio' });
  await teams.dialog.getByLabel('Due').fill('in two weeks');
  await submit(teams, 'Record');
  await bothRead(table, 'A-1');
  await press(slack, 'Next');
  await bothRead(table, 'All items are done');
};

const closeAndAgree = async (table: Table, day: Temporal.PlainDate): Promise<void> => {
  const { slack, teams } = table;
  await slack.say('/entente close meeting');
  const question = slack.messages('1 decision, 1 action. Correct?');
  await reads(question, 'D-1 The revised protocol is approved');
  await question.getByRole('button', { name: 'Yes, close' }).click();
  for (const side of [slack, teams]) {
    await reads(minutesOf(side), 'Draft');
    await reads(minutesOf(side), 'How we speak to patients');
  }
  await minutesOf(slack).getByRole('button', { name: 'Fine' }).click();
  await reads(minutesOf(teams), /Acme Bio 1 of 2 · Nova Pharma 0 of 2/);
  await minutesOf(teams).getByRole('button', { name: 'Propose a change' }).click();
  await teams.dialog.getByRole('textbox').first().fill('Jun Mori asked for the budget first.');
  await submit(teams, 'Propose');
  await reads(minutesOf(slack), '1 change');
  await minutesOf(slack).getByRole('button', { name: 'Settle' }).click();
  await slack.messages('proposed changes').getByRole('button', { name: 'Take it' }).click();
  await minutesOf(slack).getByText('1 change').waitFor({ state: 'detached' });
  await minutesOf(teams).getByRole('button', { name: 'Fine' }).click();

  await goTo(table, day.add({ days: 8 }), AFTERNOON);
  await bothRead(table, 'Minutes agreed');
  for (const side of [slack, teams]) {
    await minutesOf(side).getByRole('button', { name: 'Fine' }).waitFor({ state: 'detached' });
    expect(await card(side).count()).toBe(1);
  }
};

const afterwards = async (table: Table): Promise<void> => {
  const { slack, teams } = table;
  await slack.say('/meeting correct M-1 Bob Brown was there by phone');
  await reads(minutesOf(teams), 'Corrections');
  await minutesOf(slack).getByRole('button', { name: 'As a document' }).click();
  await reads(slack.messages('on their way to your direct messages'), 'Only visible to you');
  await openChats(table);
  await reads(slack.region, /\.docx/);
};

it('goes from a date to minutes that both companies have agreed, with one card on each side', async () => {
  const table = await open();
  // So many redraws in a minute are paced as Slack wants it.
  table.page.setDefaultTimeout(60_000);
  const day = someThursday();
  await callForTopics(table, day);
  await prepare(table, day);
  await alignAlone(table, day);
  await meet(table, day);
  await closeAndAgree(table, day);
  await afterwards(table);
  await table.page.setViewportSize(phone);
  expect(await table.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expectQuiet(table);
});
