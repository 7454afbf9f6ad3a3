import { expect, it } from 'vitest';
import { allianceWithLanes, closing, openHouse, type Who } from '../../../test/house/house.js';
import { idOf, jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { createWork } from '../../core/work.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { saveItem } from './agenda-store.js';
import { refreshPreparations } from './internal-store.js';
import { meetingTables } from './tables.js';
import { internalSubject, itemSubject } from './views.js';

eachEngine('the readiness of companies', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions, alliance: allianceWithLanes }));
    const meeting = await planMeeting(house);
    const aligned = (who: Who, id: string) =>
      house.press(who, { interaction: 'meetings.aligned', subject: itemSubject(id) });
    const shown = async (): Promise<string | undefined> => {
      const { view } = await house.say('ben', 'meeting show');
      const fact = view.kind === 'record' && view.facts.find(({ label }) => label === 'Readiness');
      return fact ? String(fact.text) : undefined;
    };
    return { house, meeting, aligned, shown };
  };

  it('stands on the card from the day on which people are asked, or once somebody has answered', async () => {
    const { house, meeting, aligned, shown } = await opened();
    expect(await shown()).toBeUndefined();
    const item = await planItem(house, meeting);
    await planItem(house, meeting, { title: 'The news', kind: 'information' });
    expect(await shown()).toBeUndefined();
    await aligned('jun', item.id);
    expect(await shown()).toBe('The revised protocol: Acme Bio not asked yet · Nova Pharma amber, on the way');
    house.clock.at = Date.UTC(2026, 11, 1, 9);
    expect(await shown()).toBe('The revised protocol: Acme Bio no answer yet · Nova Pharma amber, on the way');
    await aligned('ben', item.id);
    expect(await shown()).toBe('The revised protocol: Acme Bio no answer yet · Nova Pharma green, aligned');
  });

  it('says so of a company that has nobody to ask, and how many lines are left out', async () => {
    const { house, meeting, shown } = await opened();
    house.clock.at = Date.UTC(2026, 11, 1, 9);
    const item = await planItem(house, meeting, { title: `A title of ${'very '.repeat(20)}many words` });
    const { seats } = await jscOf(house);
    const acme = seats.find(({ personName }) => personName === 'Ana Ruiz')?.partner as string;
    const recused = [await idOf(house, 'Ana Ruiz'), await idOf(house, 'Bob Brown')];
    await house.store.write(async (tx) => {
      const about = { itemId: item.id, partnerId: acme, reason: null, at: house.clock.at };
      await tx.insert(meetingTables(tx).recusals).values(recused.map((personId) => ({ ...about, personId })));
    });
    for (let n = 0; n < 9; n += 1) await planItem(house, meeting, { title: `Question ${n}` });
    const lines = (await shown())?.split('\n') ?? [];
    expect(lines[0]).toMatch(/^A title of [^:]{20,30}…: Acme Bio has no vote · Nova Pharma no answer yet$/);
    expect([lines.length, lines.at(-1)]).toEqual([9, 'and 2 more']);
  });

  it('is no secret: what changes on the agenda redraws each company’s own card', async () => {
    const { house, meeting } = await opened();
    const item = await planItem(house, meeting);
    await house.say('ana', 'meeting note M-1 To begin with', { conversation: 'C03OWN' });
    await house.settle();
    const { features: offered, newId } = house.parts;
    await house.store.write(
      async (tx) => {
        await saveItem(tx, { ...item, question: 'Do we approve it as revised?' });
        const parts = { tx, now: house.clock.at, newId, alliance: house.alliance, feature: 'meetings' };
        await refreshPreparations(
          meeting.id,
          createWork({ ...parts, features: offered, derive: () => new Uint8Array() }),
        );
      },
      { scope: house.alliance },
    );
    await house.settle();
    const cards = [...house.slack.standing().values()].map((view) => JSON.stringify(view));
    const { seats } = await jscOf(house);
    const subject = internalSubject(
      seats.find(({ personName }) => personName === 'Ana Ruiz')?.partner as never,
      meeting.id,
    );
    expect(cards.filter((card) => card.includes(subject.id))).toEqual([expect.stringContaining('as revised')]);
  });
});
