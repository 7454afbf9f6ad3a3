/* Minutes that wait for somebody: to be read by those who were there, and what is proposed, to be settled by co-chairs. */
import type { Actor, Read } from '../../core/context.js';
import { dayOf, daysAfter, momentOf } from '../../core/days.js';
import type { Waiting } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { nameIn, shorten } from '../../core/sentences.js';
import { type Holidays, workdaysAfter, workdayUntil } from '../../core/workdays.js';
import { attendeesOf, fineOf, type Kept } from './minutes-rules.js';
import { listOpenProposals, listUnread } from './minutes-store.js';
import { aroundOf, companyIn, minutesButton, minutesTitle } from './minutes-views.js';
import { findMinutes } from './outcome-store.js';
import { settlingButtons, whereOf } from './reading-views.js';
import { labelOf } from './rules.js';
import { mayTake } from './settling-rules.js';
import { findMeeting } from './store.js';
import { minutesSubject, proposalSubject } from './views.js';

const MORNING = '09:00';

/** The working day after they were drafted or changed, and the last morning before they are agreed. */
export const readingDays = (
  { changedAt, dueAt }: Pick<Kept, 'changedAt' | 'dueAt'>,
  zone: string,
  holidays: Holidays,
): readonly Day[] => {
  const first = workdaysAfter(dayOf(changedAt, zone), 1, holidays);
  const due = dayOf(dueAt, zone);
  const before = momentOf(`${due}T${MORNING}`, zone) < dueAt ? due : daysAfter(due, -1);
  const last = workdayUntil(before, holidays);
  return last > first ? [first, last] : [first];
};

/** What those who were there have not called fine yet. */
export const unreadMinutes = async (actor: Actor, read: Read): Promise<readonly Waiting[]> => {
  const waiting: Waiting[] = [];
  const holidays = await read.directory.holidays(actor.partner.id);
  for (const id of await listUnread(read.db, actor.alliance, actor.person)) {
    const meeting = await findMeeting(read.db, id);
    const minutes = meeting && (await findMinutes(meeting, read));
    const around = minutes && (await aroundOf(minutes, read));
    if (!minutes || !around || read.now >= minutes.kept.dueAt) continue;
    const { kept, readings } = minutes;
    const isMine = ({ person }: { readonly person: string }) => person === actor.person;
    if (!attendeesOf(kept).some(isMine) || fineOf(kept, readings).some(isMine)) continue;
    waiting.push({
      subject: minutesSubject(id),
      title: `${labelOf(meeting)} ${minutesTitle(meeting, around.committee)}`,
      text: ['Are they fine? About 5 min. They are agreed on ', { moment: kept.dueAt, zone: meeting.zone }, '.'],
      dueOn: dayOf(kept.dueAt, actor.zone),
      remind: { on: readingDays(kept, actor.zone, holidays) },
      buttons: (['fine', 'ask-change', 'minutes'] as const).map((verb) => minutesButton(verb, id)),
    });
  }
  return waiting;
};

/** What those may take who speak for the other company, each day until it is settled. */
export const openChanges = async (actor: Actor, read: Read): Promise<readonly Waiting[]> => {
  const waiting: Waiting[] = [];
  const committees = actor.professional
    ? (await read.directory.committees(actor.alliance, 'all')).map(({ id }) => id)
    : actor.seats.filter(({ role }) => role === 'co-chair').map(({ committee }) => committee);
  for (const proposal of await listOpenProposals(read.db, committees)) {
    const meeting = await findMeeting(read.db, proposal.meeting);
    const minutes = meeting && (await findMinutes(meeting, read));
    const around = minutes && (await aroundOf(minutes, read));
    if (!minutes || !around) continue;
    const seats = await read.directory.seats(meeting.committee);
    if (!mayTake(proposal, { actor, seats, partners: around.partners })) continue;
    const who = `${nameIn(around.names, proposal.person)} (${companyIn(around, proposal.partner)})`;
    waiting.push({
      subject: proposalSubject(proposal.id),
      title: `${labelOf(meeting)}: a change to the minutes`,
      text: `${who}, ${whereOf(proposal, minutes)}: ${shorten(proposal.text, 300)}`,
      dueOn: dayOf(minutes.kept.dueAt, actor.zone),
      remind: { from: dayOf(proposal.at, actor.zone) },
      buttons: [...settlingButtons(proposal), minutesButton('minutes', meeting.id)],
    });
  }
  return waiting;
};
