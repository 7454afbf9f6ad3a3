import { expect, it } from 'vitest';
import { openHouse } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import type { Audience, Seat } from '../../core/context.js';
import { directoryOf } from '../../core/directory/reads.js';
import type { AllianceId, PersonId } from '../../core/ids.js';
import { createWork } from '../../core/work.js';
import { seats } from './index.js';
import { getChange, getPlanned, listPlanned, saveKind, saveTouched, touchedBy } from './store.js';

eachEngine('the seats’ store', (open) => {
  const openRooms = async () => {
    const house = await openHouse(await open(), { features: [seats] });
    const directory = directoryOf(house.store.read, house.clock.at);
    const [committee] = await directory.committees(house.alliance);
    if (!committee) throw new Error('no committee');
    const bob = (await directory.seats(committee.id)).find((seat) => seat.personName === 'Bob Brown');
    if (!bob) throw new Error('no Bob');
    const audience = { alliance: house.alliance, partners: [] } as unknown as Audience;
    return { house, committee, bob, audience, seatsNow: () => directory.seats(committee.id, 'all') };
  };

  const plan = { user: 'U02BOB', workspace: 'T01ACME', name: 'Bob' };

  const planOf = (house: Awaited<ReturnType<typeof openRooms>>['house'], id: string) =>
    house.store.write(async (tx) => {
      const parts = { tx, now: house.clock.at, newId: () => 'x', alliance: house.alliance, feature: 'seats' };
      return getPlanned(createWork({ ...parts, features: new Map(), derive: () => new Uint8Array() }), id);
    });

  it('gives a change to its own alliance only', async () => {
    const { house, audience } = await openRooms();
    const { view } = await house.say('ana', ['seat ', plan, ' observer']);
    const id = (view.kind === 'notice' && view.buttons?.[0]?.subject?.id) || '';
    expect(await getChange(house.store.read, id, audience)).toMatchObject({ id, kind: 'changed', role: 'observer' });
    const other = { ...audience, alliance: 'other' as AllianceId };
    expect(await getChange(house.store.read, id, other)).toBeUndefined();
  });

  it('lists what waits for its day until it is done with', async () => {
    const { house, committee, bob } = await openRooms();
    await house.say('ana', ['seat ', plan, ' co-chair from 1 Jan until 1 June']);
    const read = { db: house.store.read, directory: directoryOf(house.store.read, house.clock.at) };
    const [first, ...more] = await listPlanned(read, [committee.id]);
    expect(more).toEqual([]);
    const seat = { ...bob, role: 'co-chair', fromOn: '2027-01-01', untilOn: '2027-06-01' };
    expect(first?.seat).toEqual(seat);
    expect(await planOf(house, first?.change ?? '')).toEqual(first);
    await house.store.write((tx) => saveKind(tx, first?.change ?? '', 'undone'));
    expect(await listPlanned(read, [committee.id])).toEqual([]);
    expect(await planOf(house, first?.change ?? '')).toBeUndefined();
  });

  it('makes the seats as they were and as they become, and touches no other', async () => {
    const { house, committee, bob, seatsNow } = await openRooms();
    const before = await seatsNow();
    const kim: Seat = { ...bob, person: 'kim' as PersonId, personName: 'Kim', committee: committee.id };
    const after = [...before.filter((seat) => seat.person !== bob.person), kim];
    const touched = touchedBy(before, after);
    expect(touched).toEqual({ before: [bob], after: [kim] });
    await house.store.write((tx) => saveTouched(tx, touched));
    expect((await seatsNow()).some((seat) => seat.person === bob.person)).toBe(false);
    await house.store.write((tx) => saveTouched(tx, { before: touched.after, after: touched.before }));
    expect(await seatsNow()).toEqual(before);
  });
});
