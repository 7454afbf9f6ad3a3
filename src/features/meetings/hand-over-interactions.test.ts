import { expect, it } from 'vitest';
import { closing, type House, openHouse, type Who } from '../../../test/house/house.js';
import { planItem, planMeeting } from '../../../test/house/meetings.js';
import { personOf } from '../../../test/house/mornings.js';
import { eachEngine } from '../../../test/stores.js';
import { sharedAudience } from '../../core/directory/audience.js';
import type { FormView } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { getItem, saveItem } from './agenda-store.js';
import { saveMeeting } from './store.js';
import { itemSubject } from './views.js';

eachEngine('an item that is not somebody’s', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    const meeting = await planMeeting(house);
    return { house, meeting, item: await planItem(house, meeting, { owner: await personOf(house, 'bob') }) };
  };
  const press = (house: House, who: Who, verb: string, item: string, values: Record<string, string> = {}) =>
    house.press(who, { interaction: `meetings.${verb}`, subject: itemSubject(item), values });
  const ownerOf = async (house: House, item: string) =>
    (await getItem(house.store.read, item, await sharedAudience(house.store.read, house.alliance)))?.owner;

  it('is handed to somebody with a seat, one’s own company’s first, and back', async () => {
    const { house, item } = await opened();
    const form = (await press(house, 'bob', 'ask-hand-over', item.id)).view as FormView;
    expect(form.title).toBe('Who then?');
    expect(form.fields[0]).toMatchObject({
      options: ['Ana Ruiz, Acme Bio', 'Ben Ito, Nova Pharma', 'Jun Mori, Nova Pharma', 'Mei Sato, Nova Pharma'].map(
        (label) => ({ label }),
      ),
    });
    const jun = await personOf(house, 'jun');
    expect(await press(house, 'bob', 'hand-over', item.id, { owner: jun })).toMatchObject({
      view: { text: "'The revised protocol' is Jun Mori’s now. They hear of it on their next working day." },
    });
    expect(await ownerOf(house, item.id)).toBe(jun);
    expect(await press(house, 'jun', 'undo-hand-over', item.id)).toMatchObject({ outcome: 'refused' });
    expect(await press(house, 'bob', 'undo-hand-over', item.id)).toMatchObject({
      view: { text: "'The revised protocol' is Bob Brown’s again." },
    });
    expect(await ownerOf(house, item.id)).toBe(await personOf(house, 'bob'));
    expect(await press(house, 'bob', 'undo-hand-over', item.id)).toMatchObject({ outcome: 'refused' });
  });

  it('is handed over by its owner and those who run the meeting alone', async () => {
    const { house, item } = await opened();
    expect(await press(house, 'jun', 'ask-hand-over', item.id)).toMatchObject({
      outcome: 'refused',
      view: { text: expect.stringContaining('A position is one’s own vote and cannot be handed over') },
    });
    expect(await press(house, 'ben', 'ask-hand-over', item.id)).toMatchObject({ view: { kind: 'form' } });
  });

  it('stays where it is for whoever has no seat, or owns it, or once nobody owes anything for it', async () => {
    const { house, meeting, item } = await opened();
    for (const owner of ['', 'nobody', await personOf(house, 'bob')])
      expect(await press(house, 'bob', 'hand-over', item.id, { owner })).toMatchObject({ outcome: 'refused' });
    await house.store.write((tx) => saveItem(tx, { ...item, status: 'declined' }));
    expect(await press(house, 'bob', 'ask-hand-over', item.id)).toMatchObject({ outcome: 'refused' });
    await house.store.write((tx) => saveItem(tx, item));
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'cancelled' }));
    expect(await press(house, 'bob', 'hand-over', item.id, { owner: await personOf(house, 'ana') })).toMatchObject({
      outcome: 'refused',
      view: { text: 'M-1 is not being prepared any more. Nothing has changed.' },
    });
    expect(await press(house, 'bob', 'ask-hand-over', 'none')).toMatchObject({ outcome: 'refused' });
    expect(await ownerOf(house, item.id)).toBe(await personOf(house, 'bob'));
  });
});
