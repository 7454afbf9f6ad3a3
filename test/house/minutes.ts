import { createHash, randomUUID } from 'node:crypto';
import type { Work } from '../../src/core/context.js';
import { runDueWakes } from '../../src/core/wakes.js';
import { createWork } from '../../src/core/work.js';
import type { Item } from '../../src/features/meetings/agenda-rules.js';
import { saveItem } from '../../src/features/meetings/agenda-store.js';
import { saveAttendance } from '../../src/features/meetings/attendance-store.js';
import { draftMinutes } from '../../src/features/meetings/lock-store.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { saveMeeting } from '../../src/features/meetings/store.js';
import { subjectOf } from '../../src/features/meetings/views.js';
import type { House, Who } from './house.js';
import { idOf, jscOf, planItem, planMeeting } from './meetings.js';

const derive = (purpose: string) => createHash('sha256').update(purpose).digest();

/** What Entente does by itself. */
export const working = <T>(house: House, does: (work: Work) => Promise<T>): Promise<T> =>
  house.store.write(
    (tx) => {
      const { features } = house.parts;
      const about = { alliance: house.alliance, feature: 'meetings', features, derive };
      return does(createWork({ tx, now: house.clock.at, newId: randomUUID, ...about }));
    },
    { scope: house.alliance },
  );

/** Runs what has come due by then, and delivers it. */
export const at = async (house: House, when: string): Promise<void> => {
  house.clock.at = Date.parse(when);
  const { store, features, now, newId, log } = house.parts;
  await runDueWakes({ store, features, now, newId, log, derive, nudge: house.reconciler.nudge });
  await house.settle();
};

/** Those who were there; the names of the demo alliance. */
export const attend = async (house: House, meeting: Meeting, names: readonly string[]): Promise<void> => {
  const { seats } = await jscOf(house);
  await house.store.write(async (tx) => {
    for (const { person, partner, personName } of seats) {
      const here = names.includes(personName);
      const one = { person, partner, present: here, ...(!here && { answer: 'not-coming' as const }) };
      await saveAttendance(tx, meeting.id, one);
    }
  });
};

export interface Held {
  readonly meeting: Meeting;
  readonly items: readonly Item[];
}

/**
 * A meeting on Friday 11 December 2026 from 14:00 to 15:10 in Zurich: one item with a decision and an action, one that
 * was parked, and an action for none of them; closed, with its minutes drafted. Jun Mori was not there.
 */
export const holdMeeting = async (
  house: House,
  names: readonly string[] = ['Ana Ruiz', 'Bob Brown', 'Ben Ito', 'Mei Sato'],
  said: readonly (readonly [Who, string])[] = [
    ['ana', 'decision The revised protocol is approved'],
    ['ben', 'action @Jun Mori Send the budget by 18 Dec'],
  ],
): Promise<Held> => {
  const planned = await planMeeting(house);
  const first = await planItem(house, planned);
  const second = await planItem(house, planned, { title: 'Sites in Japan', question: 'Which sites come first?' });
  house.clock.at = planned.startsAt;
  const openedBy = await idOf(house, 'Ana Ruiz');
  const open: Meeting = { ...planned, status: 'open', openedAt: house.clock.at, openedBy };
  await working(house, async (work) => {
    await saveMeeting(work.db, { ...open, item: { id: first.id, since: house.clock.at } });
    await work.record(subjectOf(open.id), 'opened', {});
  });
  await attend(house, open, names);
  for (const [who, text] of said) await house.say(who, text);
  await house.store.write((tx) => saveMeeting(tx, open));
  await house.say('bob', 'action me Book the room in Basel by 21 Dec');
  house.clock.at += 70 * 60_000;
  const items: readonly Item[] = [
    { ...first, status: 'done', spentMs: 25 * 60_000 },
    { ...second, status: 'parked' },
  ];
  const meeting: Meeting = { ...open, status: 'held', closedAt: house.clock.at, closedBy: openedBy };
  await working(house, async (work) => {
    for (const item of items) await saveItem(work.db, item);
    await saveMeeting(work.db, meeting);
    await draftMinutes(meeting, work);
    await work.record(subjectOf(meeting.id), 'closed', {});
  });
  return { meeting, items };
};
