/*
 * The daily message: one for each person and alliance, at nine in the morning where they are, with what waits for them.
 * An alarm of each person's own sends it and plans the next, so it comes once however many replicas and restarts there
 * are; whether it comes at all is looked at then.
 */
import type { Actor, Audience, Read, Work } from '../context.js';
import { dayOf } from '../days.js';
import { findMute } from '../directory/absences.js';
import { ownAudience } from '../directory/audience.js';
import { actorFor } from '../directory/resolve.js';
import type { Feature, Waiting } from '../feature.js';
import { type GatheringParts, gatherWaiting, UNLISTED } from '../gathering.js';
import type { Day, PersonId } from '../ids.js';
import { stamped } from '../speaking.js';
import type { ListView, Subject } from '../view.js';
import { isToldOn, mostUrgentFirst } from '../waiting.js';
import { isWorkday } from '../workdays.js';
import { isTimely, nextMorning } from './hours.js';
import {
  DAILY,
  type DailyMessage,
  dailySubject,
  dropDailies,
  findDaily,
  findLastDaily,
  listDailyItems,
  renewCards,
  saveDaily,
} from './messages.js';

const subjectsOf = ({ subject, buttons = [] }: Waiting): readonly Subject[] => [
  ...(subject ? [subject] : []),
  ...buttons.flatMap((button) => button.subject ?? []),
];

const keyOf = ({ feature, id }: Subject): string => `${feature} ${id}`;

const uniqueSubjects = (items: readonly Waiting[]): readonly Subject[] => [
  ...new Map(items.flatMap(subjectsOf).map((subject) => [keyOf(subject), subject])).values(),
];

/** True on a day on which somebody works and wants to hear of it. */
const isReachable = async (read: Read, actor: Actor, today: Day): Promise<boolean> => {
  const { alliance, person, partner } = actor;
  if (!isWorkday(today, await read.directory.holidays(partner.id))) return false;
  if (await read.directory.absence(alliance, person, today)) return false;
  const muted = await findMute(read.db, alliance, person);
  return muted === undefined || muted < today;
};

/** Sends what waits today, in the place of a message that nobody got so far. */
const tellToday = async (parts: GatheringParts, work: Work, actor: Actor, today: Day): Promise<void> => {
  const { alliance, person } = actor;
  const last = await findLastDaily(work.db, alliance, person);
  if (last && (last.on > today || (last.on === today && last.posted))) return;
  const lastOn = last?.posted ? last.on : last?.lastOn;
  const waiting = await gatherWaiting(parts, actor, work, ownAudience(alliance, actor.partner.id));
  const told = waiting.filter((item) => isToldOn(item, today, lastOn));
  if (told.length === 0) return;
  const id = last && !last.posted ? last.id : work.newId();
  await saveDaily(work.db, { id, alliance, person, on: today, ...(lastOn && { lastOn }) }, uniqueSubjects(told));
  await work.tell(person, dailySubject(id));
  await renewCards(work.db, id, work.now);
};

const wake = async (parts: GatheringParts, key: string, work: Work): Promise<void> => {
  const person = key.slice(work.alliance.length + 1) as PersonId;
  const actor = await actorFor(work.db, work.alliance, person, work.now);
  // Whoever has left is planned for again when they come back.
  if (!actor) return;
  const today = dayOf(work.now, actor.zone);
  if (isTimely(today, work.now, actor.zone) && (await isReachable(work, actor, today)))
    await tellToday(parts, work, actor, today);
  await work.wakeAt(key, nextMorning(work.now, actor.zone));
};

const viewOf = (allianceName: string, { id, on }: DailyMessage, items: readonly Waiting[]): ListView => ({
  kind: 'list',
  subject: dailySubject(id),
  title: 'What waits for you',
  intro: [`${allianceName}, `, { day: on }, ", most urgent first. Say 'mute until Friday' to have a rest from it."],
  items: items.map(({ title, text, buttons }) => ({ title, ...(text && { text }), ...(buttons && { buttons }) })),
  empty: 'Nothing of this waits any more.',
});

const present = async (parts: GatheringParts, id: string, read: Read, audience: Audience) => {
  const message = await findDaily(read.db, id);
  if (!message || message.alliance !== audience.alliance) return undefined;
  const actor = await actorFor(read.db, message.alliance, message.person, read.now);
  if (!actor || audience.own !== actor.partner.id) return undefined;
  // What was kept back so long comes with the next one.
  if (!message.posted && !isTimely(message.on, read.now, actor.zone)) return undefined;
  const listed = new Set((await listDailyItems(read.db, id)).map(keyOf));
  const items = (await gatherWaiting(parts, actor, read, audience)).filter((item) => {
    if (item === UNLISTED) return true;
    const subjects = subjectsOf(item);
    const same = subjects.length === 0 || subjects.some((subject) => listed.has(keyOf(subject)));
    return same && isToldOn(item, message.on, message.lastOn);
  });
  if (!message.posted && items.length === 0) return undefined;
  const name = await read.directory.allianceName(message.alliance);
  return stamped(viewOf(name, message, mostUrgentFirst(items)), message.alliance);
};

/** The core's own feature; it asks all the others what waits. */
export const createDaily = (parts: GatheringParts): Feature => ({
  name: DAILY,
  present: (id, read, audience) => present(parts, id, read, audience),
  wake: (key, work) => wake(parts, key, work),
  async erase(person, work) {
    await work.cancelWake(`${work.alliance}/${person}`);
    return dropDailies(work.db, work.alliance, person);
  },
});
