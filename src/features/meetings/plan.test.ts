import { expect, it } from 'vitest';
import { arm, at, cardsIn, flat } from '../../../test/house/countdown.js';
import { allianceWithLanes, closing, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { jscOf, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { listHistory } from '../../core/history.js';
import { wakeTables } from '../../core/wake-tables.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { usualPlan } from './plan-rules.js';
import { getPlan } from './plan-store.js';
import { planSubject } from './views.js';

const usual = { topics: '21', papers: '10', positions: '10', internal: '5', brief: '1', hour: '60' };

eachEngine('a committee’s plan', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions, alliance: allianceWithLanes }));
    const { committee } = await jscOf(house);
    const subject = planSubject(committee.id);
    const press = (who: Who, verb: string, values: Record<string, string> = {}, conversation?: string) =>
      house.press(who, { interaction: `meetings.${verb}`, subject, values }, { ...(conversation && { conversation }) });
    return { house, committee, subject, press };
  };

  const wakesOf = async (house: House) => {
    const { wakes } = wakeTables(house.store.read);
    const rows = await house.store.read.select().from(wakes);
    return Object.fromEntries(
      rows
        .filter(({ feature }) => feature === 'meetings')
        .map(({ key, dueAt }) => [key.split(':')[0], new Date(dueAt).toISOString().slice(0, 16)]),
    );
  };

  it('is shown in words, with the days of the next meeting, and asked for in a form', async () => {
    const { house, press } = await opened();
    await planMeeting(house, { at: '2027-01-22T14:00' });
    const { view } = await house.say('mei', 'meeting plan jsc');
    expect(view).toMatchObject({ kind: 'list', title: 'How the JSC prepares' });
    expect(flat(view)).toContain('21 days before: call for topics');
    expect(flat(view)).toContain('. For M-1:  | 2027-01-01');
    expect(flat(view)).toContain('An hour before: link and agenda, to those who come');
    const form = (await press('ana', 'ask-plan')).view;
    expect(form).toMatchObject({
      kind: 'form',
      title: 'Preparation plan',
      audience: 'Acme Bio and Nova Pharma will see this',
    });
    expect(form.kind === 'form' && form.fields.map(({ value }) => value)).toEqual(Object.values(usual));
  });

  it('is changed by those who run the committee, sets the alarms anew, and is told to both companies', async () => {
    const { house, committee, subject, press } = await opened();
    const meeting = await planMeeting(house, { at: '2027-01-22T14:00' });
    await arm(house, meeting);
    expect((await wakesOf(house)).topics).toBe('2027-01-01T08:00');
    const said = await press('ben', 'plan', { ...usual, topics: '28', internal: 'never', hour: '30' });
    expect(flat(said.view)).toContain(
      'The plan of the JSC is changed for Acme Bio and Nova Pharma, and its planned meeting goes by it from now on.',
    );
    expect(await getPlan(house.store.read, committee.id)).toEqual({
      ...usualPlan,
      topics: 28,
      internal: null,
      hour: 30,
    });
    expect(await wakesOf(house)).toEqual({
      topics: '2026-12-25T08:00',
      papers: '2027-01-12T08:00',
      positions: '2027-01-12T08:00',
      brief: '2027-01-21T08:00',
      hour: '2027-01-22T12:30',
      end: '2027-01-22T14:45',
    });
    const [entry] = await listHistory(house.store.read, house.alliance, subject);
    expect(entry).toMatchObject({ verb: 'plan-changed', detail: { before: usualPlan, after: { topics: 28 } } });
    const shown = flat((await house.say('ana', 'meeting plan JSC')).view);
    expect(shown).toContain('Changed by Ben Ito (Nova Pharma)');
    expect(shown).toContain('Never: each company prepares by itself');
    await press('ben', 'undo-plan');
    expect(await getPlan(house.store.read, committee.id)).toEqual(usualPlan);
    expect((await wakesOf(house)).topics).toBe('2027-01-01T08:00');
    expect((await press('ben', 'undo-plan')).view).toMatchObject({ text: 'This was undone already.' });
  });

  it('does not do again what was done, and begins at once where the new plan would have begun before', async () => {
    const { house, press } = await opened();
    await arm(house, await planMeeting(house, { at: '2027-01-22T14:00' }));
    await at(house, '2026-12-30T10:00Z');
    expect(cardsIn(house, 'slack')).toEqual([]);
    await press('ana', 'plan', { ...usual, topics: '28' });
    await at(house, house.clock.at);
    expect(cardsIn(house, 'slack')).toHaveLength(1);
    const posted = house.slack.sent.length;
    await press('ana', 'plan', { ...usual, topics: '27' });
    await at(house, house.clock.at + 60_000);
    expect(house.slack.sent).toHaveLength(posted);
  });

  it('is refused where it is not right, where it was changed meanwhile, and in a company’s own lane', async () => {
    const { house, committee, press } = await opened();
    expect(await press('bob', 'plan', usual)).toMatchObject({ outcome: 'refused' });
    expect(await press('mei', 'ask-plan')).toMatchObject({ outcome: 'refused' });
    expect(await press('ana', 'plan', { ...usual, papers: '30' })).toMatchObject({
      outcome: 'refused',
      field: 'papers',
    });
    expect(await press('ana', 'plan', usual)).toMatchObject({ view: { text: 'The plan of the JSC stays as it is.' } });
    const form = (await press('ana', 'ask-plan')).view;
    await press('ben', 'plan', { ...usual, topics: '30' });
    const late = await press('ana', 'plan', { ...usual, topics: '25', ...(form.kind === 'form' && form.carry) });
    expect(late).toMatchObject({
      outcome: 'refused',
      view: { text: expect.stringMatching(/^Somebody changed the plan/) },
    });
    expect((await press('ana', 'plan', usual, lanes.slack)).view).toMatchObject({
      text: expect.stringMatching(/own lane/),
    });
    expect((await getPlan(house.store.read, committee.id)).topics).toBe(30);
    expect((await house.say('ana', 'meeting plan XYZ')).view).toMatchObject({
      text: "There is no committee 'XYZ' in this alliance. Its committees are JSC.",
    });
  });
});
