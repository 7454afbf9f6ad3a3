/* Until when somebody wants to hear nothing of a meeting. Pure. */
import { dayOf, daysAfter, dayText } from '../../core/days.js';
import { Refusal } from '../../core/errors.js';
import type { Day, Instant } from '../../core/ids.js';
import type { SpokenDays } from '../../core/spoken-days.js';
import { workdayFrom, workdayUntil } from '../../core/workdays.js';
import type { Calendar } from './reminder-rules.js';

/** What is longer is no day, and takes long to be read. */
export const SNOOZE_MAX = 120;

const BEFORE = /^(?:remind\s+me\s+)?(?:(?:until|till|to|on|from)\s+)?/iu;

type ReadDays = (text: string, meant: 'coming') => SpokenDays | undefined;

/** 'until Thursday', 'remind me on 3 June', 'in two days': the day on which they hear of it again. @throws Refusal */
export const readSnooze = (said: string, read: ReadDays): Day => {
  const text = said.trim().replace(BEFORE, '');
  const days = text !== '' && text.length <= SNOOZE_MAX ? read(text, 'coming') : undefined;
  if (days?.text === text && days.untilOn === undefined) return days.on;
  throw new Refusal('no-day', 'Say one day on which to remind you: Thursday, 3 Dec, in two days.', 'day');
};

/** The last working day before a meeting: nobody is left without a word until then. */
export const lastReminderOn = (startsAt: Instant, { zone, holidays }: Calendar): Day =>
  workdayUntil(daysAfter(dayOf(startsAt, zone), -1), holidays);

/**
 * The last day of silence, where somebody wants to be reminded on a day again: on the next working day, if it is none.
 * @throws Refusal for days that are over, and where there would be no time left
 */
export const silentUntil = (again: Day, today: Day, startsAt: Instant, calendar: Calendar): Day => {
  const last = lastReminderOn(startsAt, calendar);
  if (last <= today)
    throw new Refusal(
      'too-late',
      'The meeting is too near to be reminded of it later. Do it now, or say so there.',
      'day',
    );
  if (again <= today) throw new Refusal('over', 'Say a day that is still to come, tomorrow or later.', 'day');
  if (workdayFrom(again, calendar.holidays) > last)
    throw new Refusal(
      'too-late',
      `The meeting is on ${dayText(dayOf(startsAt, calendar.zone))}. Say ${dayText(last)} or a day before it.`,
      'day',
    );
  return daysAfter(again, -1);
};

/** The day that a form proposes: in two working days, or the last one that there is. */
export const proposedAgain = (today: Day, startsAt: Instant, calendar: Calendar): Day => {
  const last = lastReminderOn(startsAt, calendar);
  return [workdayFrom(daysAfter(today, 2), calendar.holidays), last].sort()[0] ?? last;
};
