import { randomUUID } from 'node:crypto';
import type { Committee, Seat } from '../../src/core/context.js';
import { momentOf } from '../../src/core/days.js';
import { directoryOf } from '../../src/core/directory/reads.js';
import type { Instant, WallTime, Zone } from '../../src/core/ids.js';
import { createWork } from '../../src/core/work.js';
import type { Item } from '../../src/features/meetings/agenda-rules.js';
import { insertItem, nextPosition } from '../../src/features/meetings/agenda-store.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { insertMeeting, insertSeries } from '../../src/features/meetings/store.js';
import type { House } from './house.js';

/** The committee of the demo alliance, with its seats. */
export const jscOf = async ({
  store,
  alliance,
  clock,
}: House): Promise<{ readonly committee: Committee; readonly seats: readonly Seat[] }> => {
  const directory = directoryOf(store.read, clock.at);
  const [committee] = await directory.committees(alliance);
  if (!committee) throw new Error('the alliance has no committee');
  return { committee, seats: await directory.seats(committee.id) };
};

/** Somebody's id, by their name. */
export const idOf = async (house: House, name: string) => {
  const found = (await jscOf(house)).seats.find(({ personName }) => personName === name);
  if (!found) throw new Error(`${name} has no seat`);
  return found.person;
};

export const workOf = (house: House, tx: Parameters<Parameters<House['store']['write']>[0]>[0]) =>
  createWork({
    tx,
    now: house.clock.at,
    newId: randomUUID,
    derive: () => new Uint8Array(32),
    alliance: house.alliance,
    feature: 'meetings',
    features: house.parts.features,
  });

const LONG_MS = 60 * 24 * 60 * 60 * 1_000;

/** A meeting of the JSC as a row, without anybody scheduling it; two weeks after the house's clock, and of a series that is nothing new, unless told. */
export const planMeeting = async (
  house: House,
  more: Partial<Meeting> & {
    readonly at?: WallTime;
    readonly zone?: Zone;
    readonly rule?: string;
    readonly createdAt?: Instant;
  } = {},
): Promise<Meeting> => {
  const { committee, seats } = await jscOf(house);
  const { at = '2026-12-11T14:00', zone = 'Europe/Zurich', rule, createdAt = house.clock.at - LONG_MS, ...rest } = more;
  const [somebody] = seats;
  if (!somebody) throw new Error('the committee has no seats');
  return house.store.write(
    async (tx) => {
      const work = workOf(house, tx);
      const about = { alliance: house.alliance, committee: committee.id, minutes: 90, sequence: 0, zone };
      const series = { ...about, id: randomUUID(), startsAt: at, changedAt: house.clock.at };
      const made = { createdBy: somebody.person, createdFor: somebody.partner, createdAt };
      await insertSeries(tx, { ...series, ...made, ...(rule !== undefined && { rule }) });
      const meeting: Meeting = {
        ...about,
        id: randomUUID(),
        number: await work.nextNumber('M'),
        series: series.id,
        original: at,
        startsAt: momentOf(at, zone),
        status: 'planned',
        changedAt: house.clock.at,
        ...rest,
      };
      await insertMeeting(tx, meeting);
      await work.record({ feature: 'meetings', id: meeting.id }, 'scheduled', { number: meeting.number });
      return meeting;
    },
    { scope: house.alliance },
  );
};

/** Another meeting of the same series, when the rule would have it unless told. */
export const planAgain = async (
  house: House,
  before: Meeting,
  more: Partial<Meeting> & { readonly original: WallTime },
): Promise<Meeting> =>
  house.store.write(
    async (tx) => {
      const work = workOf(house, tx);
      const number = await work.nextNumber('M');
      const startsAt = momentOf(more.original, before.zone);
      const meeting: Meeting = { ...before, id: randomUUID(), number, startsAt, ...more };
      await insertMeeting(tx, meeting);
      await work.record({ feature: 'meetings', id: meeting.id }, 'scheduled', { number });
      return meeting;
    },
    { scope: house.alliance },
  );

/** An item that stands on a meeting's agenda, proposed by Ana Ruiz and hers unless told. */
export const planItem = async (house: House, meeting: Meeting, more: Partial<Item> = {}): Promise<Item> => {
  const { seats } = await jscOf(house);
  const ana = seats.find(({ personName }) => personName === 'Ana Ruiz');
  if (!ana) throw new Error('Ana Ruiz has no seat');
  const item: Item = {
    id: randomUUID(),
    committee: meeting.committee,
    meeting: meeting.id,
    position: await nextPosition(house.store.read, meeting.id),
    kind: 'decision',
    title: 'The revised protocol',
    question: 'Do we approve the revised protocol?',
    minutes: 20,
    owner: ana.person,
    status: 'accepted',
    proposedBy: ana.person,
    proposedFor: ana.partner,
    proposedAt: house.clock.at,
    spentMs: 0,
    ...more,
  };
  await house.store.write((tx) => insertItem(tx, house.alliance, item), { scope: house.alliance });
  return item;
};
