import { expect, it } from 'vitest';
import { closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { idOf, jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { ownAudience } from '../../core/directory/audience.js';
import { directoryOf } from '../../core/directory/reads.js';
import { actorFor } from '../../core/directory/resolve.js';
import type { ListView } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { mergeItems } from './agenda-store.js';
import { agendaWaits, ownedItems } from './agenda-waiting-views.js';

const readOf = ({ store, clock }: House) => ({
  ...{ db: store.read, now: clock.at, directory: directoryOf(store.read, clock.at) },
});

const waitsOf = async (house: House, name: string) => {
  const actor = await actorFor(house.store.read, house.alliance, await idOf(house, name), house.clock.at);
  if (!actor) throw new Error(`${name} takes no part`);
  return agendaWaits(actor, readOf(house), ownAudience(house.alliance, actor.partner.id));
};

const labels = (home: ListView, title: string): string[] =>
  (home.items.find((item) => item.title.startsWith(title))?.buttons ?? []).map(({ label }) => label);

const homeOf = async (house: House, who: Who): Promise<ListView> =>
  (await house.say(who, '', { direct: true })).view as ListView;

eachEngine('what waits because of an agenda', (open) => {
  const opened = async () => closing(await openHouse(await open(), { features, permissions }));

  it('is once the question whether a meeting without a decision needs to happen', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting, { kind: 'discussion' });
    expect(await waitsOf(house, 'Ana Ruiz')).toEqual([]);
    house.clock.at = Date.UTC(2026, 11, 2, 9);
    expect(await waitsOf(house, 'Ana Ruiz')).toMatchObject([
      { text: 'Nothing on its agenda is for decision.', remind: { on: ['2026-12-01'] } },
    ]);
    expect(labels(await homeOf(house, 'ben'), 'M-1')).toEqual(['Cancel the meeting', 'Yes, keep it', 'Agenda']);
    expect(await waitsOf(house, 'Bob Brown')).toEqual([]);
    await house.press('ben', { interaction: 'meetings.keep', subject: { feature: 'meetings', id: meeting.id } });
    expect(await waitsOf(house, 'Ana Ruiz')).toEqual([]);
  });

  it('is an item whose owner lost their seat, to be edited', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting, { owner: 'gone' as never });
    expect(await waitsOf(house, 'Ana Ruiz')).toMatchObject([
      {
        title: 'An item of M-1: Do we approve the revised protocol?',
        text: expect.stringMatching(/^It has no owner any more/),
      },
    ]);
    const subject = { feature: 'meetings', id: `item:${item.id}` };
    const { view } = await house.press('ana', { interaction: 'meetings.edit-item', subject });
    const owner = await idOf(house, 'Bob Brown');
    const values = { kind: 'decision', title: item.title, question: 'Do we approve it?', owner, minutes: '20' };
    expect(view).toMatchObject({ kind: 'form' });
    await house.press('ana', { interaction: 'meetings.change-item', subject, values });
    expect(await waitsOf(house, 'Ana Ruiz')).toEqual([]);
  });

  it('is told to whoever takes somebody’s seat, with what they leave to be handed over', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting, { owner: await idOf(house, 'Bob Brown') });
    const { user, workspace } = people.bob;
    const answer = await house.say('ana', ['unseat ', { user, workspace, name: 'Bob Brown' }]);
    expect(JSON.stringify(answer.view)).toContain('An item of M-1: Do we approve the revised protocol?');
    expect(JSON.stringify(answer.view)).toContain('"label":"Edit"');
    expect(await waitsOf(house, 'Ben Ito')).toMatchObject([{ buttons: [{ label: 'Edit' }, { label: 'Remove' }] }]);
    expect(JSON.stringify((await house.say('ben', 'meeting show')).view)).toContain('a former member');
  });

  it('is handed over by whoever loses a seat, and goes with two people who are one', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const [ana, bob] = [await idOf(house, 'Ana Ruiz'), await idOf(house, 'Bob Brown')];
    await planItem(house, meeting);
    await planItem(house, meeting, { title: 'Done already', status: 'done' });
    const left = async (person: typeof ana) => {
      const { committee, seats } = await jscOf(house);
      const own = seats.find((seat) => seat.person === person)?.partner;
      if (!own) throw new Error('no seat');
      return (await ownedItems(person, committee.id, readOf(house), ownAudience(house.alliance, own))).map(
        ({ title }) => title,
      );
    };
    expect(await left(ana)).toEqual(['An item of M-1: Do we approve the revised protocol?']);
    await house.store.write((tx) => mergeItems(bob, ana, tx));
    expect([await left(ana), await left(bob)]).toEqual([[], ['An item of M-1: Do we approve the revised protocol?']]);
  });
});
