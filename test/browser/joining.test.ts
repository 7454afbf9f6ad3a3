import { expect, it } from 'vitest';
import { expectQuiet, withBrowser } from './opened.js';
import { closeWindow, reads } from './table.js';

const open = withBrowser();

/** What a person does in about this long: finding the place, reading what came, and typing or clicking. */
const PACE_MS = 10_000;

/** Counts what a person does, each thing once: a click, a choice, a line or a field typed. */
const counting = () => {
  let done = 0;
  return {
    does: async (what: Promise<unknown>): Promise<void> => {
      done += 1;
      await what;
    },
    done: () => done,
  };
};

it('takes two companies that have never met Entente to their first agreed decision', async () => {
  const table = await open();
  const { page, slack, teams } = table;
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await page.getByRole('button', { name: 'Begin empty' }).click();
  const add = slack.region.getByText('Add to Slack');
  await add.waitFor();
  const startedAt = performance.now();
  const { does, done } = counting();

  // Acme installs it, and Ana sets up the alliance.
  const [consent] = await Promise.all([page.context().waitForEvent('page'), does(add.click())]);
  await does(consent.getByRole('button', { name: 'Allow' }).click());
  await consent.getByText('Entente is installed').first().waitFor();
  await consent.close();
  await does(slack.say('/entente setup'));
  await does(slack.dialog.getByLabel('Our company').fill('Acme Bio'));
  await does(slack.dialog.getByLabel('Our partner’s company').fill('Nova Pharma'));
  await does(slack.dialog.getByRole('button', { name: 'Set up' }).click());
  await reads(slack.dialog, '"Acme Bio and Nova Pharma" is set up');
  const code = /@Entente join ((?:[a-z]+[- ]){7}[a-z]+)/.exec((await slack.dialog.textContent()) ?? '')?.[1];
  expect(code).toBeDefined();
  await does(closeWindow(slack));
  await does(slack.region.getByRole('button', { name: 'Add Entente' }).click());
  await does(slack.say('/entente bind JSC'));
  await reads(slack.messages('This channel is bound'), 'JSC');
  await does(slack.say('/entente seat @Ana Ruiz co-chair JSC'));
  await reads(slack.messages('Ana Ruiz (Acme Bio) is now a co-chair of the JSC. Changed by'), 'Ana Ruiz');

  // Nova installs it, and Ben joins with the code; nothing is shown to him before Ana has confirmed.
  await does(teams.region.getByRole('button', { name: 'Add to Teams' }).click());
  await does(teams.open('Entente'));
  await does(teams.say(`join ${code}`));
  const offer = teams.messages('Acme Bio (Ana Ruiz) invites you');
  await does(offer.getByRole('button', { name: 'Join as Nova Pharma' }).click());
  await reads(teams.messages('Asked to join'), 'Acme Bio (Ana Ruiz) has been told');
  expect(await teams.region.getByText('co-chair').count()).toBe(0);
  await does(slack.open('Entente'));
  await does(slack.region.getByRole('button', { name: 'Confirm nova.example' }).click());
  await reads(slack.messages('Nova Pharma is in'), 'Ben Ito is told that you confirmed');
  await reads(teams.messages('has joined as Nova Pharma'), 'Acme Bio confirmed by Ana Ruiz');

  // Ben binds his channel and takes his seat; then the first decision goes there and back.
  await does(teams.open('JSC'));
  await does(teams.say('@Entente bind JSC'));
  await does(teams.say('@Entente seat @Ben Ito co-chair JSC'));
  await reads(teams.messages(/Ben Ito \(Nova Pharma\).*co-chair of the JSC/), 'Ben Ito');
  await does(slack.open('#jsc'));
  await does(slack.say('/decision Meet monthly because the data comes monthly'));
  await does(teams.card('D-1').getByRole('button', { name: 'Confirm wording' }).click());
  for (const side of [slack, teams]) await reads(side.card('D-1'), 'Agreed');

  expect(done()).toBeLessThan(25);
  expect(performance.now() - startedAt + done() * PACE_MS).toBeLessThan(5 * 60_000);
  expectQuiet(table);
}, 120_000);
