/* Going through the agenda, one item at a time. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { anyOf, checkPermission, organisers, stewards } from '../../core/permission.js';
import { shorten } from '../../core/sentences.js';
import { checkUndo } from '../../core/undoing.js';
import { type Button, type NoticeView, notice, type View } from '../../core/view.js';
import { type Item, type ItemStatus, isInRoom } from './agenda-rules.js';
import { listItems, saveItem } from './agenda-store.js';
import { checkShared, takeMeeting, type Verb } from './choosing-commands.js';
import { itemOf } from './recusal-commands.js';
import {
  checkOpen,
  checkSeen,
  itemAfter,
  itemBefore,
  leave,
  NO_ITEM,
  numberIn,
  phaseOf,
  placed,
  type Room,
  roomOf,
} from './room-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { saveMeeting } from './store.js';
import { subjectOf } from './views.js';

/** @throws Refusal unless the actor runs the meetings of the committee */
export const checkRuns = async (meeting: Pick<Meeting, 'committee'>, ctx: Ctx): Promise<void> =>
  checkPermission(anyOf(stewards, organisers), {
    actor: ctx.actor,
    committee: await ctx.directory.committee(meeting.committee),
  });

export const loadRoom = async (meeting: Meeting, ctx: Ctx): Promise<Room> =>
  roomOf(meeting, (await listItems(ctx.db, meeting.id, ctx.place.audience)).filter(isInRoom));

/** The same to change it. @throws Refusal */
export const runRoom = async (meeting: Meeting, ctx: Ctx): Promise<Room> => {
  checkShared(ctx);
  await checkRuns(meeting, ctx);
  checkOpen(meeting);
  return loadRoom(meeting, ctx);
};

/** What history keeps of going on, and of taking that back. */
const stepVerbs = ['next', 'parked', 'went'] as const;

type StepVerb = (typeof stepVerbs)[number];

interface Step {
  readonly verb: StepVerb;
  /** What becomes of the item that is left; it stays as it is unless told. */
  readonly mark?: ItemStatus;
  readonly to: Item | undefined;
}

const undoButton = ({ meeting, at }: Room): Button => ({
  ...{ id: 'meetings.undo-step', label: 'Undo', subject: subjectOf(meeting.id), carry: { item: at?.id ?? NO_ITEM } },
});

const whereText = (room: Room): string => {
  const { agenda, at } = room;
  if (at) return `Item ${numberIn(room, at)} of ${agenda.length} · ${shorten(at.title, 120)}`;
  return phaseOf(room) === 'end'
    ? "That was the last item. Say 'close meeting' when you are done."
    : 'Before the first item.';
};

const step = async (room: Room, { verb, mark, to }: Step, ctx: Ctx): Promise<NoticeView> => {
  const { meeting, at } = room;
  if (at) await saveItem(ctx.db, leave(at, meeting, ctx.now, mark));
  if (to && to.status !== 'accepted') await saveItem(ctx.db, { ...to, status: 'accepted' });
  const after = placed(meeting, to, ctx.now);
  await saveMeeting(ctx.db, after);
  const was = { item: at?.id ?? null, was: at?.status ?? null };
  await ctx.record(subjectOf(meeting.id), verb, { ...was, to: to?.id ?? null, toWas: to?.status ?? null });
  return notice(whereText(await loadRoom(after, ctx)), [undoButton(room)]);
};

/** @throws Refusal where there is nothing to go on from */
export const goOn = async (room: Room, seen: string | undefined, ctx: Ctx, verb: 'next' | 'parked'): Promise<View> => {
  checkSeen(room, seen);
  const to = itemAfter(room);
  if (!room.at && (!to || verb === 'parked'))
    throw new Refusal(
      'no-item',
      to ? "The room is before the first item. Say 'meeting next'." : "All items are done. Say 'close meeting'.",
    );
  return step(room, { verb, mark: verb === 'next' ? 'done' : 'parked', to }, ctx);
};

/** @throws Refusal at the beginning */
export const goBack = async (room: Room, seen: string | undefined, ctx: Ctx): Promise<View> => {
  checkSeen(room, seen);
  if (!room.at && phaseOf(room) === 'start')
    throw new Refusal('no-item', 'The room is before the first item already. Nothing has changed.');
  return step(room, { verb: 'went', to: itemBefore(room) }, ctx);
};

const goTo = async (room: Room, wanted: number, ctx: Ctx): Promise<View> => {
  const { item, number } = await itemOf(room.meeting, wanted, ctx);
  if (item.id === room.at?.id) return notice(`The room is at item ${number} already.`);
  if (item.status === 'carried')
    throw new Refusal('carried', `Item ${number} stands on a later meeting by now. Nothing has changed.`);
  return step(room, { verb: 'went', to: item }, ctx);
};

interface Last {
  readonly item: string | null;
  readonly was: ItemStatus | null;
  readonly to: string | null;
  readonly toWas: ItemStatus | null;
  readonly at: number;
}

const isStep = (verb: string): boolean => stepVerbs.some((one) => one === verb) || verb === 'step-undone';

/** What happened last, as long as nothing happened after it. @throws Refusal when it was undone, or is long ago */
const lastStep = async ({ meeting }: Room, seen: string, ctx: Ctx): Promise<Last> => {
  const entries = await ctx.history(subjectOf(meeting.id));
  const last = entries.filter(({ verb }) => isStep(verb)).at(-1);
  const detail = last && last.verb !== 'step-undone' ? (last.detail as unknown as Omit<Last, 'at'>) : undefined;
  const own = last && detail && (detail.item ?? NO_ITEM) === seen ? { ...detail, at: last.at } : undefined;
  checkUndo(own?.at, ctx.now, "Say 'meeting item' and its number to go there.");
  if (!own || (meeting.item?.id ?? null) !== own.to)
    throw new Refusal('nothing-to-undo', 'The room has moved on since. Say ‘meeting item’ and its number to go there.');
  return own;
};

/** The room is where it was, and what passed since counts for that item. */
export const undoStep = async (room: Room, seen: string, ctx: Ctx): Promise<View> => {
  const last = await lastStep(room, seen, ctx);
  const before = room.agenda.find(({ id }) => id === last.item);
  if (room.at && last.toWas && last.toWas !== room.at.status)
    await saveItem(ctx.db, { ...room.at, status: last.toWas });
  if (before)
    await saveItem(ctx.db, {
      ...before,
      status: last.was ?? before.status,
      spentMs: before.spentMs + Math.max(ctx.now - last.at, 0),
    });
  const after = placed(room.meeting, before, ctx.now);
  await saveMeeting(ctx.db, after);
  await ctx.record(subjectOf(after.id), 'step-undone', { item: last.item });
  return notice(`Undone. ${whereText(await loadRoom(after, ctx))}`);
};

const verb = (word: string, run: (room: Room, ctx: Ctx, rest: string) => Promise<View>, usage = word): Verb => ({
  word,
  usage,
  run: async (said, ctx) => {
    const { found, said: rest } = await takeMeeting(said, ctx, ['open']);
    return run(await runRoom(found, ctx), ctx, rest.text.trim());
  },
});

export const roomVerbs: readonly Verb[] = [
  verb('next', (room, ctx) => goOn(room, undefined, ctx, 'next')),
  verb('park', (room, ctx) => goOn(room, undefined, ctx, 'parked')),
  verb('back', (room, ctx) => goBack(room, undefined, ctx)),
  verb(
    'item',
    (room, ctx, rest) => {
      if (!/^\d{1,3}$/u.test(rest))
        throw new Refusal('arguments', `Say the number of an item of ${labelOf(room.meeting)}: meeting item 3.`);
      return goTo(room, Number(rest), ctx);
    },
    'item 3',
  ),
];
