import { eq } from 'drizzle-orm';
import { entryTables } from '../../src/core/tables.js';
import type { Subject } from '../../src/core/view.js';
import { type House, lanes, type Who } from './house.js';

/** What is called so, wherever it is read. */
export const subjectCalled = async ({ store }: House, label: string): Promise<Subject> => {
  const { entries } = entryTables(store.read);
  const [row] = await store.read.select().from(entries).where(eq(entries.label, label));
  if (!row) throw new Error(`there is no ${label}`);
  return { feature: row.feature, id: row.subjectId };
};

/**
 * D-1 superseded by D-2, with D-1's amendment D-3 before; D-4 disputed, of a kind and a meeting, to be reviewed; D-5 to be
 * revisited. A-1 declined and handed over, A-2 blocked with another day, IA-1 of Acme alone and done.
 */
export const recordWhole = async (house: House): Promise<void> => {
  const say = async (who: Who, text: string, more = {}) => {
    house.clock.at += 60_000;
    const answer = await house.say(who, text, more);
    if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer.view));
  };
  const press = async (who: Who, label: string, interaction: string, values: Record<string, string> = {}) => {
    house.clock.at += 60_000;
    const subject = await subjectCalled(house, label);
    const answer = await house.press(who, { interaction: interaction as never, subject, values });
    if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer.view));
  };
  const agree = (label: string) => press('ben', label, 'decisions.confirm', { revision: '1' });
  await say('ana', 'decision Meet monthly because weekly is too much');
  await agree('D-1');
  await say('ana', 'decision amend D-1 Skip August');
  await agree('D-2');
  await say('ana', 'decision supersede D-1 Meet each quarter');
  await agree('D-3');
  const about = { text: 'Audit both sites', kind: 'finance', meeting: 'JSC 11 Dec', review: '1 June 2027' };
  await press('ana', 'D-3', 'decisions.replace', { ...about, how: 'amends' });
  await agree('D-4');
  await press('ben', 'D-4', 'decisions.dispute', { reason: 'No money for that' });
  await say('ben', 'decision Share one calendar, review on 1 May 2027');
  await press('ana', 'D-5', 'decisions.confirm', { revision: '1' });
  await press('ana', 'D-5', 'decisions.revisit', { on: '2027-05-01' });
  await say('ana', 'action @Ben Ito send the revised protocol by Friday');
  await press('ben', 'A-1', 'actions.decline', { reason: 'I am away' });
  await press('ana', 'A-1', 'actions.ask-hand-over');
  const form = await house.press('ana', {
    interaction: 'actions.ask-hand-over',
    subject: await subjectCalled(house, 'A-1'),
  });
  const field = form.view.kind === 'form' ? form.view.fields[0] : undefined;
  const owner =
    field?.kind === 'choice' ? (field.options.find(({ label }) => label.startsWith('Bob'))?.value ?? '') : '';
  await press('ana', 'A-1', 'actions.hand-over', { owner });
  await say('ana', 'action me book the room in two weeks');
  await press('ana', 'A-2', 'actions.date', { due: 'in three weeks' });
  await press('ana', 'A-2', 'actions.block', { reason: 'The hotel is full' });
  await say('ana', 'action me write down what we want by Friday', { conversation: lanes.slack });
  const subject = await subjectCalled(house, 'IA-1');
  await house.press('ana', { interaction: 'actions.done', subject }, { conversation: lanes.slack });
};
