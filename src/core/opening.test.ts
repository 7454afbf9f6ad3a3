import { expect, it } from 'vitest';
import { allianceWithLanes, closing, lanes, openHouse } from '../../test/house/house.js';
import { eachEngine } from '../../test/stores.js';
import { decisions } from '../features/decisions/index.js';
import { labelSaid } from './opening.js';

it('takes a label said alone for what is called so, and in a direct question', () => {
  for (const text of ['D-14', ' d-14?', 'show D-14', '/entente D-14', 'entente open d-14', '„D-14“'])
    expect(labelSaid([text], false)).toBe('D-14');
  expect(labelSaid(['ID-3'], false)).toBe('ID-3');
  expect(labelSaid(['what did we say in D-14?'], true)).toBe('D-14');
  expect(labelSaid(['what did we say in D-14?'], false)).toBeUndefined();
  expect(labelSaid(['decison Meet as in D-14'], true)).toBeUndefined();
  for (const text of ['D-14 or D-15?', 'COVID-19-like', 'D-', 'XD-14-2'])
    expect(labelSaid([text], true)).toBeUndefined();
  expect(labelSaid([{ user: 'U1', workspace: 'T1', name: 'Ana' }, 'D-14'], true)).toBeUndefined();
});

eachEngine('a label said to Entente', (open) => {
  const openLog = async () =>
    closing(await openHouse(await open(), { features: [decisions], alliance: allianceWithLanes }));

  it('opens the card, with buttons that work', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Meet monthly');
    const { outcome, view } = await house.say('ben', 'd-1?');
    expect([outcome, view.kind]).toEqual(['done', 'record']);
    const [confirm] = view.kind === 'record' ? view.buttons : [];
    const pressed = await house.press('ben', {
      interaction: confirm!.id,
      subject: confirm!.subject,
      values: { ...confirm!.carry },
    });
    expect(pressed.outcome).toBe('done');
  });

  it('says the same of what is not there and of what is another company’s', async () => {
    const house = await openLog();
    await house.say('ana', 'decision Offer ten million', { conversation: lanes.slack });
    expect((await house.say('ana', 'ID-1', { direct: true, conversation: 'D01' })).view.kind).toBe('record');
    const hidden = await house.say('ben', 'ID-1', { direct: true, conversation: 'a:1' });
    const missing = await house.say('ben', 'ID-2', { direct: true, conversation: 'a:1' });
    expect(hidden).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(hidden)).toBe(JSON.stringify(missing).replaceAll('ID-2', 'ID-1'));
  });
});
