/* The demo alliance with a committee as large as they come, and a meeting of it with as much as one may hold. */
import { randomUUID } from 'node:crypto';
import type { Seat } from '../../src/core/context.js';
import { itemLimits } from '../../src/features/meetings/agenda-draft-rules.js';
import { type Item, MOST_ITEMS } from '../../src/features/meetings/agenda-rules.js';
import { insertPaper } from '../../src/features/meetings/agenda-store.js';
import { guestLimits } from '../../src/features/meetings/guest-rules.js';
import { insertGuest } from '../../src/features/meetings/guest-store.js';
import { NOTE_MAX } from '../../src/features/meetings/note-rules.js';
import { insertNote } from '../../src/features/meetings/note-store.js';
import { MAX } from '../../src/features/meetings/position-rules.js';
import { savePosition } from '../../src/features/meetings/position-store.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { allianceWithLanes, type House } from './house.js';
import { jscOf, planItem, planMeeting } from './meetings.js';

/** So many seats with a vote for each company, and as many that listen. */
const VOTES = 12;
const LISTENERS = 8;

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

const crowdOf = (company: 'acme' | 'nova') => {
  const where = (n: number) =>
    company === 'acme' ? `slack: U1${100 + n}` : `teams: bbbbbbbb-0000-0000-0000-000000000${100 + n}`;
  return numbers(VOTES + LISTENERS).map((n) => ({
    key: `${company}${n}`,
    person: `  - { key: ${company}${n}, name: Maximiliane ${company} Castellanos ${n}, partner: ${company}, ${where(n)} }\n`,
    seat: `      - { person: ${company}${n}, role: ${n <= VOTES ? 'member' : 'observer'} }\n`,
  }));
};

const crowd = [...crowdOf('acme'), ...crowdOf('nova')];

export const crowdedAlliance = allianceWithLanes
  .replace('committees:\n', `${crowd.map(({ person }) => person).join('')}committees:\n`)
  .replace('    channels:\n', `${crowd.map(({ seat }) => seat).join('')}    channels:\n`);

/** Distinct words up to a length. */
export const wordy = (start: string, length: number): string => {
  let text = start;
  for (let n = 1; text.length < length; n += 1) text += ` word${n}`;
  return text.slice(0, length).trim();
};

const link = (start: string) => `https://example.com/${start}/`.padEnd(itemLimits.link, 'abcdefghi/');

const fill = async (house: House, item: Item, at: number): Promise<void> => {
  const { owner: person, proposedFor: invitedFor } = item;
  const name = (n: number) => wordy(`Guest ${at} ${n}`, guestLimits.name + guestLimits.company);
  await house.store.write(async (tx) => {
    await insertPaper(tx, item.id, { link: link(`paper${at}`), pages: 1_234, version: 1, person, at: house.clock.at });
    for (const n of numbers(guestLimits.perItem))
      await insertGuest(tx, { id: randomUUID(), item: item.id, name: name(n), invitedBy: person, invitedFor });
  });
};

/** Each with a vote has a condition for it. */
const takePositions = async (house: House, item: Item, seats: readonly Seat[]): Promise<void> => {
  await house.store.write(async (tx) => {
    for (const { person, partner, personName } of seats)
      await savePosition(tx, {
        ...{ item: item.id, person, partner, at: house.clock.at, stance: 'if' },
        condition: wordy(`${personName} wants`, MAX),
      });
  });
};

export interface Crowded {
  readonly meeting: Meeting;
  readonly items: readonly Item[];
}

/** Planned with as many items as an agenda takes, for decision unless told, each as long as it may be. */
export const crowdMeeting = async (house: House, more: Partial<Item> = {}): Promise<Crowded> => {
  const meeting = await planMeeting(house, { place: wordy('Room', 200) });
  const { seats } = await jscOf(house);
  const voters = seats.filter(({ role }) => role !== 'observer');
  const items: Item[] = [];
  for (const at of numbers(MOST_ITEMS)) {
    const owner = voters[at % voters.length];
    if (!owner) throw new Error('nobody has a vote');
    const item = await planItem(house, meeting, {
      ...{
        title: wordy(`Title ${at}`, itemLimits.title),
        question: `${wordy(`Question ${at}`, itemLimits.question - 1)}?`,
      },
      ...{ owner: owner.person, link: `https://acme.slack.com/archives/C01JSC/p${at}`.padEnd(300, '0') },
      ...more,
    });
    await fill(house, item, at);
    await takePositions(house, item, voters.slice(2));
    items.push(item);
  }
  return { meeting, items };
};

/** Notes of a company to itself, by its first seat. */
export const noteDown = async (house: House, { id }: Meeting, company: string, count: number): Promise<void> => {
  const { seats } = await jscOf(house);
  const seat = seats.find(({ personName }) => personName === company);
  if (!seat) throw new Error(`${company} has no seat`);
  const { person, partner } = seat;
  await house.store.write(async (tx) => {
    for (const n of numbers(count))
      await insertNote(tx, {
        ...{ id: randomUUID(), meeting: id, partner, person, at: house.clock.at + n },
        text: wordy(`Note ${n}`, NOTE_MAX),
      });
  });
};
