/* 'open meeting': the preparation card becomes the running agenda. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Command, Said } from '../../core/feature.js';
import { checkUndo } from '../../core/undoing.js';
import { type Button, type NoticeView, notice, type View } from '../../core/view.js';
import { listItems } from './agenda-store.js';
import { presentAtOpening } from './attendance-rules.js';
import { listAttendance, saveAttendance } from './attendance-store.js';
import { seatsOn } from './attendance-views.js';
import { checkShared, takeCommittee, takeMeeting, type Verb } from './choosing-commands.js';
import { armEnd } from './countdown-store.js';
import { listMadeIn } from './made-store.js';
import { checkRuns } from './room-commands.js';
import { checkOpening, nearest } from './room-rules.js';
import { checkCommitteeOpen, labelOf, type Meeting } from './rules.js';
import { findOpenMeeting, listMeetings, saveMeeting } from './store.js';
import { subjectOf } from './views.js';

const anyStatus = ['planned', 'open', 'held', 'agreed', 'cancelled'] as const;

/** Those who said that they come are there, until somebody says otherwise. */
export const seatThem = async (meeting: Meeting, ctx: Ctx): Promise<number> => {
  const seats = await seatsOn(meeting, ctx);
  const present = presentAtOpening(seats, await listAttendance(ctx.db, meeting.id));
  for (const one of present) await saveAttendance(ctx.db, meeting.id, one);
  return present.length;
};

const openedNotice = (meeting: Meeting, present: number): NoticeView => {
  const subject = subjectOf(meeting.id);
  const here: Button = { id: 'meetings.here', label: 'Who is here', subject, opensWindow: true };
  const undo: Button = { id: 'meetings.undo-open', label: 'Undo', subject };
  const who = present === 1 ? 'One person is' : `${present} people are`;
  return notice(
    `${labelOf(meeting)} is open. ${who} taken to be here, since they said they come. Press Next on its card for the first item.`,
    [here, undo],
  );
};

/** @throws Refusal */
export const openMeeting = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  await checkRuns(meeting, ctx);
  const committee = await ctx.directory.committee(meeting.committee);
  if (committee) checkCommitteeOpen(committee);
  checkOpening(meeting, await findOpenMeeting(ctx.db, meeting.committee), ctx.now);
  const present = await seatThem(meeting, ctx);
  const { item: _none, ...rest } = meeting;
  const open: Meeting = { ...rest, status: 'open', openedAt: ctx.now, openedBy: ctx.actor.person };
  await saveMeeting(ctx.db, open);
  await armEnd(open, ctx);
  await ctx.record(subjectOf(open.id), 'opened', {});
  await ctx.announce(subjectOf(open.id), open.committee);
  return openedNotice(open, present);
};

/** @throws Refusal once anything has come of it */
export const undoOpen = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  await checkRuns(meeting, ctx);
  const label = labelOf(meeting);
  if (meeting.status === 'held' || meeting.status === 'agreed')
    throw new Refusal('built-on', `${label} is closed by now. Undo that first, or leave it as it is.`);
  checkUndo(meeting.status === 'open' ? meeting.openedAt : undefined, ctx.now, "Say 'close meeting' to end it.");
  const items = await listItems(ctx.db, meeting.id, ctx.place.audience);
  const made = await listMadeIn(ctx.db, meeting, items, ctx.place.audience);
  if (meeting.item || made.length > 0 || items.some(({ status }) => status === 'done' || status === 'parked'))
    throw new Refusal('built-on', `${label} is under way by now. Say 'close meeting' to end it.`);
  const { openedAt: _at, openedBy: _by, ...rest } = meeting;
  const planned: Meeting = { ...rest, status: 'planned' };
  for (const { present: _there, ...one } of await listAttendance(ctx.db, meeting.id))
    await saveAttendance(ctx.db, meeting.id, one);
  await saveMeeting(ctx.db, planned);
  await armEnd(planned, ctx);
  await ctx.record(subjectOf(planned.id), 'opening-undone', {});
  return notice(`${label} is not open after all.`);
};

/** By its label, else the committee's nearest in time. @throws Refusal */
const chosen = async (said: Said, ctx: Ctx): Promise<Meeting> => {
  if (/^\s*M-\d/iu.test(said.text)) return (await takeMeeting(said, ctx, anyStatus)).found;
  const { found: committee } = await takeCommittee(said, ctx);
  const open = await findOpenMeeting(ctx.db, committee.id);
  const found = open ?? nearest(await listMeetings(ctx.db, [committee.id], ['planned']), ctx.now);
  // Says what to do where there is none.
  return found ?? (await takeMeeting(said, ctx, ['planned'])).found;
};

export const openVerb: Verb = {
  word: 'open',
  usage: 'open [M-9 or committee]',
  run: async (said, ctx) => openMeeting(await chosen(said, ctx), ctx),
};

/** 'open meeting', 'close the meeting': what is left after those words. @throws Refusal for anything else */
export const afterMeeting = ({ text, people }: Said, word: 'open' | 'close'): Said => {
  const [whole] = /^\s*(?:the\s+|our\s+)?meeting\b\s*/iu.exec(text) ?? [];
  if (whole !== undefined) return { text: text.slice(whole.length), people };
  const other = word === 'open' ? ", or 'open D-14' to see a record" : '';
  throw new Refusal('arguments', `Say '${word} meeting'${other}.`);
};

export const openCommand: Command = {
  name: 'open',
  summary: 'Open the committee’s meeting: its card becomes the running agenda.',
  usage: 'meeting [M-9 or committee]',
  within: 'entente',
  echo: true,
  run: (said, ctx) => openVerb.run(afterMeeting(said, 'open'), ctx),
};
