import { describe, expect, it } from 'vitest';
import { type NewDatabase, newSqlite, usePostgres } from '../faults/databases.js';
import { expectExplained } from '../faults/deaths.js';
import { rollDice } from '../faults/dice.js';
import type { Repeat } from '../faults/truth.js';
import { isReachable, momentIn } from './days.js';
import { meetsOn, plannedOn, year } from './facts.js';
import { type Heard, heardIn } from './heard.js';
import { type Lived, liveThrough } from './living.js';
import { reckon } from './model.js';
import { members, names } from './place.js';
import { actsOf } from './script.js';
import { repeatsIn } from './standing.js';
import { isDaily, isHour, toldBy } from './told.js';

const ZURICH = 'Europe/Zurich';
const from = momentIn(ZURICH, plannedOn, '09:30');
/** YEAR_UNTIL=2027-02-22 lives through a season only. */
const until = momentIn(ZURICH, process.env.YEAR_UNTIL ?? '2027-12-20', '22:00');

/** How likely somebody dies at one of the three or four moments of a day. */
const DEADLINESS = 0.06;
const patienceMs = 1_800_000;
const MARGIN_MS = 12 * 60_000;

const isTold = (heard: Heard): boolean => toldBy(heard, year).length > 0;

/** What somebody was told twice. */
const toldTwice = (heard: readonly Heard[]): readonly Repeat[] => {
  const first = new Map<string, Heard>();
  const repeats: Repeat[] = [];
  for (const one of heard.filter(isTold)) {
    const label = toldBy(one, year).join(', ');
    const { conversation, moment } = one;
    const before = first.get(label);
    if (before) repeats.push({ side: 'slack', conversation, label, from: before.moment, until: moment });
    else first.set(label, one);
  }
  return repeats;
};

/** Whatever is told by whoever dies when: within somebody's working hours, and of use. */
const expectTimely = (heard: readonly Heard[]): void => {
  for (const one of heard.filter(isDaily)) {
    const name = names.find((each) => members[each].name === one.person) ?? 'ana';
    expect(one.at >= '09:00' && one.at < '18:00', `${one.person} heard at ${one.at}`).toBe(true);
    expect(isReachable(name, one.on), `${one.person} heard on ${one.on}`).toBe(true);
  }
  for (const one of heard.filter(isHour)) {
    const [label] = /M-\d+/u.exec(one.words) ?? [];
    const meeting = year.find((each) => each.label === label);
    const begins = meeting && momentIn(ZURICH, meetsOn(meeting), '14:00');
    expect(one.moment, `${one.person} heard of ${label}`).toBeLessThan(begins ?? 0);
  }
};

/** Nobody is written to out of the blue: what is not in the model answers what they just did. */
const expectAsked = (heard: readonly Heard[], { doings }: Lived): void => {
  for (const one of heard.filter((each) => !isTold(each))) {
    // What is idle by the database may be on its way to the platform for a moment.
    const asked = doings.some(({ from, until }) => from <= one.moment && one.moment <= until + MARGIN_MS);
    expect(asked, `${one.person} heard on ${one.on} at ${one.at}: ${one.words}`).toBe(true);
  }
};

const expectReckoned = async (lived: Lived, url: string): Promise<void> => {
  const { outside, deaths } = lived;
  const heard = await heardIn(outside);
  const told = new Set(heard.flatMap((one) => toldBy(one, year)));
  expect([...told].sort()).toEqual(reckon(year, { from, until }));
  expectTimely(heard);
  expectAsked(heard, lived);
  expectExplained(toldTwice(heard), deaths);
  expectExplained(await repeatsIn(url, outside), deaths);
};

const acts = actsOf(year);

const liveOn = async (newDatabase: NewDatabase, replicas: number): Promise<void> => {
  const url = await newDatabase();
  const dice = rollDice();
  const lived = await liveThrough({ url, from, until, replicas, deadliness: DEADLINESS, dice, acts });
  await expectReckoned(lived, url);
  expect(lived.deaths.length).toBeGreaterThan(0);
};

describe('a year at a thousand times its speed, with kill -9 at any moment: everybody is told what the model reckons', () => {
  it('on SQLite, of which one process is the owner at any time', { timeout: patienceMs }, () => liveOn(newSqlite, 1));

  describe('on PostgreSQL', () => {
    const newDatabase = usePostgres();

    it('with one replica', { timeout: patienceMs }, () => liveOn(newDatabase, 1));

    it('with three replicas', { timeout: patienceMs }, () => liveOn(newDatabase, 3));
  });

  it.skip('on SQLite with three replicas, which cannot be: its file has one owner, and a second process is refused', () => {});
});
