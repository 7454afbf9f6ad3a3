/*
 * Everybody looks at all that Entente shows of meetings and has for them alone: home, calendar, daily message, what is
 * missing, the last hour's card, and the minutes with their document.
 */
import { randomUUID } from 'node:crypto';
import { readFeed } from '../../src/core/calendar/feed.js';
import { addressOf, renewSubscription } from '../../src/core/calendar/subscriptions.js';
import type { Work } from '../../src/core/context.js';
import type { Call, PressCall } from '../../src/core/platform.js';
import type { Subject } from '../../src/core/view.js';
import { createWork } from '../../src/core/work.js';
import { draftMinutes } from '../../src/features/meetings/lock-store.js';
import { findMeeting, saveMeeting } from '../../src/features/meetings/store.js';
import { hourSubject, minutesSubject, subjectOf } from '../../src/features/meetings/views.js';
import type { Inhabitant, Town } from './town.js';
import type { Question, World } from './world.js';

const PUBLIC = 'https://entente.test';

const working = <T>(
  { parts, clock, derive }: Town,
  { alliance }: Question,
  feature: string,
  does: (work: Work) => Promise<T>,
) =>
  parts.store.write(
    (tx) => {
      const about = { alliance, feature, features: parts.features, derive, newId: randomUUID };
      return does(createWork({ tx, now: clock.at, ...about }));
    },
    { scope: alliance },
  );

const callOf = ({ account, profile }: Inhabitant): Call => {
  const { platform, workspace, user } = account;
  const spot = { platform, workspace, conversation: `D${user}`, direct: true };
  return { id: randomUUID(), caller: { ...account, name: profile.name }, spot };
};

const count = ({ tally }: Town, what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

const say = async (town: Town, who: Inhabitant, text: string): Promise<void> => {
  const call = { ...callOf(who), words: [text] };
  town.answered(call, await town.inbound.command(call));
};

const press = async (town: Town, who: Inhabitant, interaction: PressCall['interaction'], subject: Subject) => {
  const call = { ...callOf(who), interaction, subject, values: {} };
  const answer = await town.inbound.press(call);
  town.answered(call, answer);
  if (answer.outcome === 'done') count(town, `tour ${interaction}`);
};

/** What their calendar reads at their own address, and what comes to them in direct messages. */
const comeTo = async (town: Town, question: Question, person: Question['people'][number]): Promise<void> => {
  const { id, account } = person;
  const subscription = await working(town, question, 'calendar', (work) => renewSubscription(work, id));
  const [, key = ''] = addressOf(PUBLIC, subscription, town.derive).split(`${subscription.id}/`);
  const address = { id: subscription.id, key: key.replace(/\.ics$/u, '') };
  const feed = await readFeed({ ...town.parts, derive: town.derive, publicUrl: PUBLIC }, address);
  if (feed) count(town, 'tour calendar');
  // Long lines are folded in it.
  town.reads(account, (feed ?? '').replace(/\r\n[ \t]/gu, ''));
  await working(town, question, 'daily', (work) =>
    Promise.resolve(town.parts.features.get('daily')?.wake?.(`${question.alliance}/${id}`, work)),
  );
};

const prepare = async (town: Town, question: Question): Promise<void> => {
  const { key, meeting, people } = question;
  for (const person of people) {
    const { account } = person;
    const call = callOf(account);
    town.answered(call, await town.inbound.home(call));
    await comeTo(town, question, person);
    for (const word of ['readiness', 'prep', 'positions', 'show', 'agenda', 'here'])
      await say(town, account, `meeting ${word} ${key}`);
    await say(town, account, 'meeting');
    for (const verb of ['nudge', 'duties', 'readiness', 'invite-file', 'history', 'recusals'] as const)
      await press(town, account, `meetings.${verb}`, subjectOf(meeting.id));
  }
  await working(town, question, 'meetings', async (work) => {
    for (const { id } of people) await work.tell(id, hourSubject(meeting.id, meeting.startsAt));
  });
  await town.settle();
};

/** The meeting was held, and everybody asks for its minutes. */
const minute = async (town: Town, question: Question): Promise<void> => {
  const { people, meeting } = question;
  await working(town, question, 'meetings', async (work) => {
    const found = await findMeeting(work.db, meeting.id);
    if (found?.status !== 'planned') return;
    const held = { ...found, status: 'held' as const, openedAt: work.now, closedAt: work.now };
    await saveMeeting(work.db, held);
    await draftMinutes(held, work);
    await work.record(subjectOf(meeting.id), 'closed', {});
  });
  const subject = minutesSubject(meeting.id);
  for (const { account } of people)
    for (const verb of ['minutes', 'changes', 'ask-document', 'fine', 'history'] as const)
      await press(town, account, `meetings.${verb}`, verb === 'history' ? subjectOf(meeting.id) : subject);
  await town.settle();
};

export const tour = async (town: Town, { questions }: World): Promise<void> => {
  // One is enough: worlds are many, and this takes as long as all other steps together.
  const [question] = questions;
  if (!question) return;
  await prepare(town, question);
  await minute(town, question);
};
