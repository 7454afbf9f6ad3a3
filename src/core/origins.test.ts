import { expect, it } from 'vitest';
import { closing, openHouse } from '../../test/house/house.js';
import { eachEngine } from '../../test/stores.js';
import { decisions } from '../features/decisions/index.js';
import { sharedAudience } from './directory/audience.js';
import { findCalled } from './entries/entries.js';
import type { Feature } from './feature.js';
import type { CommitteeId } from './ids.js';
import { listMade, originLabel, originOf, readSubject, spellSubject } from './origins.js';

it('spells what a button carries, and reads nothing else', () => {
  const subject = { feature: 'meetings', id: 'item:7' };
  expect(readSubject(spellSubject(subject))).toEqual(subject);
  for (const text of [undefined, '', 'meetings', 'meetings/', '/7', 'Meetings/7', `meetings/${'7'.repeat(201)}`])
    expect(readSubject(text)).toBeUndefined();
});

eachEngine('what a record was made from', (open) => {
  const told: string[] = [];
  /** Is at one thing, and called something. */
  const room: Feature = {
    name: 'room',
    occasion: async () => ({ feature: 'room', id: 'now' }),
    called: async (id) => `Room ${id}`,
    led: async (id, made) => void told.push(`${id} ${made.feature}`),
    source: async (id, { actor, feature }) =>
      id === 'before' && feature === 'decisions' ? actor.seats[0]?.committee : undefined,
  };

  it('is what the committee is at, unless it was made from something else', async () => {
    const house = closing(await openHouse(await open(), { features: [decisions, room] }));
    told.length = 0;
    await house.say('ana', 'decision We meet monthly');
    expect([...told]).toEqual(['now decisions']);
    const { committee } = await house.store.snapshot(async (db) => {
      const audience = await sharedAudience(db, house.alliance);
      return { committee: (await findCalled(db, 'D-1', audience))?.committee as CommitteeId };
    });
    const values = { text: 'The trial starts in April', committee, from: 'room/before' };
    await house.press('ana', { interaction: 'decisions.record', values });
    expect((await listMade(house.store.read, 'room', ['before'])).length).toBe(1);
    expect((await listMade(house.store.read, 'room', ['now'])).length).toBe(1);
    // Told before the log knew it, and again once it did: never of what the committee is at.
    expect(told.slice(1)).toEqual(['before decisions', 'before decisions']);
    const [made] = await listMade(house.store.read, 'room', ['before']);
    expect(await originOf(house.store.read, made!.made)).toEqual({ feature: 'room', id: 'before' });
    expect(await originLabel(house.store.read, made!.made)).toBe('Room before');
    expect((await house.say('ben', 'D-2')).view).toMatchObject({
      facts: expect.arrayContaining([{ label: 'Meeting', text: 'Room before' }]),
    });
  });
});
