/* 'Remind me later': the daily message is silent about a meeting for a while. */
import type { Actor, Ctx } from '../../core/context.js';
import { dayOf, daysAfter, dayText } from '../../core/days.js';
import { listCovered } from '../../core/directory/absences.js';
import { actorFor } from '../../core/directory/resolve.js';
import { Refusal } from '../../core/errors.js';
import type { Day, PersonId } from '../../core/ids.js';
import { dayReader } from '../../core/spoken-days.js';
import { type FormView, type NoticeView, notice } from '../../core/view.js';
import { workdayFrom } from '../../core/workdays.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { saveSnooze } from './duty-store.js';
import { type Calendar, shortTitle } from './reminder-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { proposedAgain, readSnooze, SNOOZE_MAX, silentUntil } from './snooze-rules.js';
import { subjectOf } from './views.js';

/** Whose reminders are meant: one's own, or those of somebody whom one covers for. @throws Refusal */
export const whoseReminders = async (person: string | undefined, ctx: Ctx): Promise<Actor> => {
  const { actor, alliance, db, now } = ctx;
  if (person === undefined || person === actor.person) return actor;
  const covered = await listCovered(db, alliance, actor.person, now);
  const whose = covered.some((one) => one.person === person)
    ? await actorFor(db, alliance, person as PersonId, now)
    : undefined;
  if (whose?.partner.id === actor.partner.id) return whose;
  throw new Refusal('not-yours', 'This was said to somebody else. Only they and their cover change their reminders.');
};

export const calendarOf = async ({ zone, partner }: Pick<Actor, 'zone' | 'partner'>, ctx: Ctx): Promise<Calendar> => ({
  zone,
  holidays: await ctx.directory.holidays(partner.id),
});

/** @throws Refusal for a meeting that nobody prepares any more */
const checkAhead = (meeting: Meeting, ctx: Ctx): void => {
  if (meeting.status === 'planned' && ctx.now < meeting.startsAt) return;
  throw new Refusal('wrong-time', `${labelOf(meeting)} asks nothing of anybody any more. Nothing has changed.`);
};

const titleFor = async (meeting: Meeting, { zone }: Actor, ctx: Ctx): Promise<string> =>
  shortTitle((await ctx.directory.committee(meeting.committee))?.key ?? labelOf(meeting), meeting.startsAt, zone);

const snoozedNotice = (title: string, again: Day, meeting: Meeting, whose: Actor): NoticeView =>
  notice(
    [`The daily message speaks of ${title} again on `, { day: again }, '. What is owed still stands at home.'],
    [{ id: 'meetings.unsnooze', label: 'Undo', subject: subjectOf(meeting.id), carry: { for: whose.person } }],
  );

/** @throws Refusal */
export const snooze = async (meeting: Meeting, said: string, whose: Actor, ctx: Ctx): Promise<NoticeView> => {
  checkAhead(meeting, ctx);
  const calendar = await calendarOf(whose, ctx);
  const again = readSnooze(said, await dayReader(ctx));
  const untilOn = silentUntil(again, dayOf(ctx.now, whose.zone), meeting.startsAt, calendar);
  await saveSnooze(ctx.db, meeting.id, whose.person, untilOn);
  const day = workdayFrom(daysAfter(untilOn, 1), calendar.holidays);
  return snoozedNotice(await titleFor(meeting, whose, ctx), day, meeting, whose);
};

/** @throws Refusal */
export const snoozeForm = async (meeting: Meeting, whose: Actor, ctx: Ctx): Promise<FormView> => {
  checkAhead(meeting, ctx);
  const calendar = await calendarOf(whose, ctx);
  const value = dayText(proposedAgain(dayOf(ctx.now, whose.zone), meeting.startsAt, calendar));
  return {
    ...{ kind: 'form', id: 'meetings.snooze', title: 'Remind me later', submit: 'Remind me then' },
    audience: `${await titleFor(meeting, whose, ctx)}. Nobody else sees this`,
    subject: subjectOf(meeting.id),
    carry: { for: whose.person },
    fields: [
      {
        ...{ kind: 'text', lines: 'one', name: 'day', label: 'Remind me on', max: SNOOZE_MAX, required: true },
        ...{ value, hint: 'Thursday, 3 Dec, in two days; a day before the meeting at most' },
      },
    ],
  };
};

export const snoozeVerb: Verb = {
  word: 'snooze',
  usage: 'snooze [M-9] until [day]',
  run: async (said, ctx) => {
    const { found, said: rest } = await takeMeeting(said, ctx, ['planned']);
    return rest.text.trim() === '' ? snoozeForm(found, ctx.actor, ctx) : snooze(found, rest.text, ctx.actor, ctx);
  },
};
