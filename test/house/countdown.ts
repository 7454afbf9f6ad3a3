import { createHash } from 'node:crypto';
import { findPerson } from '../../src/core/directory/people.js';
import type { PersonId } from '../../src/core/ids.js';
import type { View } from '../../src/core/view.js';
import { runDueWakes } from '../../src/core/wakes.js';
import type { Answer } from '../../src/features/meetings/attendance-rules.js';
import { saveAttendance } from '../../src/features/meetings/attendance-store.js';
import { armMeeting } from '../../src/features/meetings/countdown-store.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { saveMeeting } from '../../src/features/meetings/store.js';
import { channels, type House, people, type Who } from './house.js';
import { idOf, workOf } from './meetings.js';

/** Runs what has come due by a moment, without delivering it. */
export const wake = async (house: House, when: string | number = house.clock.at): Promise<void> => {
  house.clock.at = typeof when === 'number' ? when : Date.parse(when);
  const { store, features, now, newId, log } = house.parts;
  const derive = (purpose: string) => createHash('sha256').update(purpose).digest();
  await runDueWakes({ store, features, now, newId, log, derive, nudge: house.reconciler.nudge });
};

/** The same, delivered. */
export const at = async (house: House, when: string | number): Promise<void> => {
  await wake(house, when);
  await house.settle();
};

/** Sets a meeting's alarms, as whoever schedules or moves it does. */
export const arm = async (house: House, meeting: Meeting): Promise<Meeting> => {
  await house.store.write((tx) => armMeeting(meeting, workOf(house, tx)), { scope: house.alliance });
  return meeting;
};

/** Keeps a meeting as it is from now on, and sets its alarms anew. */
export const changed = async (house: House, meeting: Meeting, more: Partial<Meeting>): Promise<Meeting> => {
  const after = { ...meeting, ...more };
  await house.store.write((tx) => saveMeeting(tx, after), { scope: house.alliance });
  return arm(house, after);
};

export const answered = async (house: House, meeting: Meeting, name: string, answer: Answer): Promise<void> => {
  const person: PersonId = await idOf(house, name);
  await house.store.write((tx) =>
    saveAttendance(tx, meeting.id, { person, partner: 'any' as never, answer, answeredAt: house.clock.at }),
  );
};

/** What stands in somebody's direct messages from Entente, but for their daily message, as it is shown now. */
export const toldTo = (house: House, who: Who): readonly View[] => {
  const { platform, user } = people[who];
  const posts = house[platform].sent.filter(({ how, conversation }) => how === 'post' && conversation === user);
  const standing = house[platform].standing();
  return posts.flatMap(({ message }) => standing.get(message) ?? []).filter((view) => !isDaily(view));
};

const isDaily = (view: View): boolean => view.kind === 'list' && view.subject?.feature === 'daily';

/** What was posted into a channel of the committee, as it is shown now. */
export const cardsIn = (house: House, platform: 'slack' | 'teams'): readonly View[] => {
  const posts = house[platform].sent.filter((one) => one.how === 'post' && one.conversation === channels[platform]);
  const standing = house[platform].standing();
  return posts.flatMap(({ message }) => standing.get(message) ?? []);
};

export const personOf = async (house: House, who: Who): Promise<PersonId> =>
  (await findPerson(house.store.read, people[who])) as PersonId;

/** The words of a view, with days and moments as they are stored. */
export const flat = (view: View | undefined): string => {
  const said: string[] = [];
  JSON.stringify(view, (key, value: unknown) => {
    if (typeof value === 'string' && !/^(kind|feature|id|style)$/.test(key)) said.push(value);
    if (key === 'moment' && typeof value === 'number') said.push(new Date(value).toISOString().slice(0, 16));
    return value;
  });
  return said.join(' | ');
};
