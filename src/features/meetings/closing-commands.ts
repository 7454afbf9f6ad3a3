/* 'close meeting': what came of it is read back, and it is over. */
import type { Ctx, Work } from '../../core/context.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { Refusal } from '../../core/errors.js';
import type { Command } from '../../core/feature.js';
import { checkUndo } from '../../core/undoing.js';
import { notice, type View } from '../../core/view.js';
import { type ItemStatus, isInRoom } from './agenda-rules.js';
import { listItems, saveItem } from './agenda-store.js';
import { type Vote, votesOf } from './attendance-rules.js';
import { listAttendance } from './attendance-store.js';
import { seatsOn } from './attendance-views.js';
import { bringBack, carryOver } from './carrying-store.js';
import { takeMeeting, type Verb } from './choosing-commands.js';
import { closingQuestion, countLine } from './closing-views.js';
import { armEnd, disarmMeeting } from './countdown-store.js';
import { draftMinutes, withdrawDraft } from './lock-store.js';
import { listMadeIn, type Made } from './made-store.js';
import { afterMeeting } from './opening-commands.js';
import { checkRuns, runRoom } from './room-commands.js';
import { leave, placed, type Room } from './room-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { findMeeting, findOpenMeeting, saveMeeting } from './store.js';
import { itemSubject, subjectOf } from './views.js';

/** What else happens when a meeting is closed, in the transaction that closes it; and when that is taken back. */
interface AtClosing {
  closed(meeting: Meeting, work: Work): Promise<unknown>;
  reopened(meeting: Meeting, work: Work): Promise<unknown>;
}

/** In this order: what is not finished is carried over, then the minutes are drafted. */
const atClosing: readonly AtClosing[] = [
  { closed: carryOver, reopened: bringBack },
  { closed: draftMinutes, reopened: withdrawDraft },
];

/** What was recorded and still stands, as all companies read it: how much that is stands in the history that they share. */
const listStanding = async ({ meeting, agenda }: Room, { db, alliance }: Ctx): Promise<readonly Made[]> =>
  (await listMadeIn(db, meeting, agenda, await sharedAudience(db, alliance))).filter(({ entry }) => entry.live);

/** The item that the room leaves is done, unless it was to be decided and nothing was. */
const statusAtClosing = ({ at }: Room, made: readonly Made[]): ItemStatus | undefined => {
  if (!at) return undefined;
  if (at.status !== 'accepted' || at.kind !== 'decision') return 'done';
  const own = itemSubject(at.id).id;
  return made.some(({ from, entry }) => from === own && entry.subject.feature === 'decisions') ? 'done' : at.status;
};

/** Who had a vote in the room, also for whom: seats change, and what was so then stays. */
const votesIn = async (meeting: Meeting, ctx: Ctx): Promise<readonly Vote[]> =>
  votesOf(await seatsOn(meeting, ctx), await listAttendance(ctx.db, meeting.id), true);

/** Reads back what came of it. @throws Refusal */
export const askClose = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  const room = await runRoom(meeting, ctx);
  const made = await listStanding(room, ctx);
  const status = statusAtClosing(room, made);
  const left = room.agenda.filter((item) => (item.id === room.at?.id ? status : item.status) === 'accepted');
  return closingQuestion(room, made, left);
};

/** @throws Refusal; asks again where more was recorded than whoever presses has seen */
export const closeMeeting = async (meeting: Meeting, seen: string, ctx: Ctx): Promise<View> => {
  const room = await runRoom(meeting, ctx);
  const made = await listStanding(room, ctx);
  if (seen !== String(made.length)) return askClose(meeting, ctx);
  const { at } = room;
  const status = statusAtClosing(room, made);
  if (at) await saveItem(ctx.db, leave(at, meeting, ctx.now, status));
  const closing = { status: 'held', closedAt: ctx.now, closedBy: ctx.actor.person } as const;
  const held: Meeting = { ...placed(meeting, undefined, ctx.now), ...closing };
  await saveMeeting(ctx.db, held);
  await disarmMeeting(held, ctx);
  for (const { closed } of atClosing) await closed(held, ctx);
  const outcome = {
    made: made.length,
    item: at?.id ?? null,
    was: at?.status ?? null,
    votes: await votesIn(meeting, ctx),
  };
  await ctx.record(subjectOf(held.id), 'closed', outcome);
  return notice(`${labelOf(held)} is closed: ${countLine(made)}. Its minutes are drafted.`, [
    { id: 'meetings.undo-close', label: 'Undo', subject: subjectOf(held.id) },
  ]);
};

export const keepOpen = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  await checkRuns(meeting, ctx);
  return notice(
    `${labelOf(meeting)} goes on. Record what is missing with the buttons on its card, or change it on its own.`,
  );
};

interface Closed {
  readonly item?: string | null;
  readonly was?: ItemStatus | null;
}

/** @throws Refusal where what it led to cannot be taken back */
const checkReopening = async (meeting: Meeting, ctx: Ctx): Promise<void> => {
  const label = labelOf(meeting);
  checkUndo(meeting.status === 'held' ? meeting.closedAt : undefined, ctx.now, 'Its minutes can still be changed.');
  if (await findOpenMeeting(ctx.db, meeting.committee))
    throw new Refusal('two-open', `Another meeting has been opened since, so ${label} stays closed.`);
};

/** The room is where it was. @throws Refusal */
export const undoClose = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  await checkRuns(meeting, ctx);
  await checkReopening(meeting, ctx);
  const entries = await ctx.history(subjectOf(meeting.id));
  const { item, was } = (entries.filter(({ verb }) => verb === 'closed').at(-1)?.detail ?? {}) as Closed;
  const { closedAt = ctx.now, closedBy: _by, ...rest } = meeting;
  for (const { reopened } of atClosing) await reopened(meeting, ctx);
  const items = (await listItems(ctx.db, meeting.id, ctx.place.audience)).filter(isInRoom);
  if (items.some(({ status }) => status === 'carried'))
    throw new Refusal('carried', 'What was not finished stands on a later meeting already. Open that one instead.');
  const at = items.find(({ id }) => id === item);
  if (at && was) await saveItem(ctx.db, { ...at, status: was });
  const open: Meeting = { ...placed(rest, at, closedAt), status: 'open' };
  await saveMeeting(ctx.db, open);
  await armEnd(open, ctx);
  await ctx.record(subjectOf(open.id), 'closing-undone', {});
  return notice(`${labelOf(open)} is open again.`);
};

export const closeVerb: Verb = {
  word: 'close',
  usage: 'close [M-9 or committee]',
  run: async (said, ctx) => {
    const named = /^\s*M-\d/iu.test(said.text);
    const { found } = await takeMeeting(
      said,
      ctx,
      named ? ['open', 'planned', 'held', 'agreed', 'cancelled'] : ['open'],
    );
    return askClose((await findMeeting(ctx.db, found.id)) ?? found, ctx);
  },
};

export const closeCommand: Command = {
  name: 'close',
  summary: 'Close the meeting that is under way.',
  usage: 'meeting [M-9 or committee]',
  within: 'entente',
  echo: true,
  run: (said, ctx) => closeVerb.run(afterMeeting(said, 'close'), ctx),
};
