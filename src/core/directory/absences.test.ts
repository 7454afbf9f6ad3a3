import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import type { CommitteeId, Day, PartnerId, PersonId } from '../ids.js';
import { hasVote } from '../permission.js';
import { listCovered, replaceAbsences } from './absences.js';
import { findPerson, mergePeople } from './people.js';
import { directoryOf } from './reads.js';
import { actorFor, listActors } from './resolve.js';
import { saveSeat } from './seats.js';
import { directoryTables } from './tables.js';

const idOf = async ({ store }: House, who: Who) => (await findPerson(store.read, people[who])) as PersonId;

const away = async (house: House, who: Who, fromOn: Day, untilOn: Day, cover?: Who) => {
  const absence = { fromOn, untilOn, ...(cover && { cover: await idOf(house, cover) }) };
  const person = await idOf(house, who);
  await house.store.write((tx) => replaceAbsences(tx, house.alliance, person, { before: [], after: [absence] }));
};

/** Mei, who observes, stands in for Jun, who is in Tokyo. */
const withAlternate = async (house: House) => {
  const [committee] = await directoryOf(house.store.read, 0).committees(house.alliance);
  const [mei, jun] = [await idOf(house, 'mei'), await idOf(house, 'jun')];
  const partner = (await directoryOf(house.store.read, 0).partnerOf(house.alliance, mei))?.id as PartnerId;
  const seat = {
    committee: committee?.id as CommitteeId,
    person: mei,
    partner,
    role: 'alternate',
    standsFor: jun,
  } as const;
  await house.store.write((tx) => saveSeat(tx, seat));
};

const meiVotes = async (house: House): Promise<boolean> => {
  const [mei] = await listActors(house.store.read, people.mei, house.clock.at);
  return mei?.seats.some(hasVote) ?? false;
};

eachEngine('somebody who is out', (openStore) => {
  it('is stood in for by their alternate on these days, as the calendar is where they are', async () => {
    const house = await openHouse(await openStore(), { features: [] });
    await withAlternate(house);
    expect(await meiVotes(house)).toBe(false);
    await away(house, 'jun', '2026-11-24', '2026-11-25');
    // 00:30 of the 24th in Tokyo, where Jun is; in Zurich, where the alliance is, it is the 23rd.
    house.clock.at = Date.UTC(2026, 10, 23, 15, 30);
    expect(await meiVotes(house)).toBe(true);
    const [committee] = await directoryOf(house.store.read, 0).committees(house.alliance);
    const seats = await directoryOf(house.store.read, house.clock.at).seats(committee?.id as CommitteeId);
    expect(seats.filter(({ standsIn }) => standsIn).map(({ personName }) => personName)).toEqual(['Mei Sato']);
    house.clock.at = Date.UTC(2026, 10, 25, 14, 59);
    expect(await meiVotes(house)).toBe(true);
    house.clock.at = Date.UTC(2026, 10, 25, 15, 1);
    expect(await meiVotes(house)).toBe(false);
  });

  it('is covered for by whom they named, on these days only', async () => {
    const house = await openHouse(await openStore(), { features: [] });
    await away(house, 'ana', '2026-11-23', '2026-11-24', 'bob');
    const bob = await idOf(house, 'bob');
    const covered = () => listCovered(house.store.read, house.alliance, bob, house.clock.at);
    expect(await covered()).toEqual([
      { person: await idOf(house, 'ana'), fromOn: '2026-11-23', untilOn: '2026-11-24', cover: bob },
    ]);
    house.clock.at += 48 * 60 * 60 * 1_000;
    expect(await covered()).toEqual([]);
  });

  it('is out as the one person that their two accounts have become, and covers for nobody else than before', async () => {
    const house = await openHouse(await openStore(), { features: [] });
    const [bob, ana, zoe] = [await idOf(house, 'bob'), await idOf(house, 'ana'), 'zoe' as PersonId];
    await away(house, 'ana', '2026-11-23', '2026-11-24', 'bob');
    await away(house, 'bob', '2026-12-01', '2026-12-02');
    await house.store.write((tx) => mergePeople(tx, zoe, bob));
    const { absences } = directoryTables(house.store.read);
    const rows = await house.store.read.select().from(absences).where(eq(absences.allianceId, house.alliance));
    expect(rows.map(({ personId, coverId }) => [personId, coverId]).sort()).toEqual(
      [
        [ana, zoe],
        [zoe, null],
      ].sort(),
    );
    await house.store.write((tx) => mergePeople(tx, zoe, ana));
    const [own] = await house.store.read
      .select()
      .from(absences)
      .where(and(eq(absences.personId, zoe), eq(absences.fromOn, '2026-11-23')));
    expect(own?.coverId).toBeNull();
  });

  it('acts, when somebody else asks, as they would themselves', async () => {
    const house = await openHouse(await openStore(), { features: [] });
    const mei = await idOf(house, 'mei');
    const [caller] = await listActors(house.store.read, people.mei, house.clock.at);
    expect(await actorFor(house.store.read, house.alliance, mei, house.clock.at)).toEqual(caller);
    expect(await actorFor(house.store.read, house.alliance, 'nobody' as PersonId, house.clock.at)).toBeUndefined();
  });
});
