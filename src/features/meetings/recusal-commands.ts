/* Taking no part in deciding an item, for a conflict of interest. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { checkPermission, seated } from '../../core/permission.js';
import { type Button, notice, type View } from '../../core/view.js';
import { type Item, isInRoom } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { namingOf } from './attendance-views.js';
import { checkShared, takeMeeting, type Verb } from './choosing-commands.js';
import { checkRecusable, readRecusal, recusalReason } from './recusal-rules.js';
import { deleteRecusal, listRecusals, saveRecusal } from './recusal-store.js';
import { recusalList } from './recusal-views.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

export interface Numbered {
  readonly item: Item;
  /** Its place on the agenda, from 1. */
  readonly number: number;
}

const agendaOf = async (meeting: Meeting, ctx: Ctx): Promise<readonly Item[]> =>
  (await listItems(ctx.db, meeting.id, ctx.place.audience)).filter(isInRoom);

/** An item of the meeting by its number or its id. @throws Refusal */
export const itemOf = async (meeting: Meeting, wanted: number | string, ctx: Ctx): Promise<Numbered> => {
  const items = await agendaOf(meeting, ctx);
  const index = typeof wanted === 'number' ? wanted - 1 : items.findIndex(({ id }) => id === wanted);
  const item = items[index];
  if (item) return { item, number: index + 1 };
  const has = items.length === 0 ? 'has nothing on its agenda yet' : `has items 1 to ${items.length}`;
  throw new Refusal('no-item', `There is no such item: ${labelOf(meeting)} ${has}. Say 'meeting show' to see them.`);
};

export const checkSeated = async (meeting: Meeting, ctx: Ctx): Promise<void> =>
  checkPermission(seated, { actor: ctx.actor, committee: await ctx.directory.committee(meeting.committee) });

const takeBackButton = (meeting: Meeting, item: Item): Button => ({
  ...{ id: 'meetings.unrecuse', label: 'Take back', subject: subjectOf(meeting.id), carry: { item: item.id } },
});

/** @throws Refusal */
export const recuse = async (
  meeting: Meeting,
  { item, number }: Numbered,
  reason: string | undefined,
  ctx: Ctx,
): Promise<View> => {
  checkShared(ctx);
  await checkSeated(meeting, ctx);
  checkRecusable(meeting, item);
  const { person, partner } = ctx.actor;
  const before = (await listRecusals(ctx.db, [item.id])).find((one) => one.person === person);
  if (before && (reason === undefined || before.reason === reason))
    return notice(`You are recused from item ${number} of ${labelOf(meeting)} already.`, [
      takeBackButton(meeting, item),
    ]);
  const said = { item: item.id, person, partner: partner.id, at: ctx.now };
  await saveRecusal(ctx.db, { ...said, ...(reason !== undefined && { reason }) });
  await ctx.record(subjectOf(meeting.id), 'recused', { item: item.id, person, partner: partner.id });
  return notice(
    `You take no part in deciding item ${number} of ${labelOf(meeting)}. Its card and the minutes say so.`,
    [takeBackButton(meeting, item)],
  );
};

/** @throws Refusal */
export const takeBackRecusal = async (meeting: Meeting, { item, number }: Numbered, ctx: Ctx): Promise<View> => {
  await checkSeated(meeting, ctx);
  checkRecusable(meeting, item);
  const { person, partner } = ctx.actor;
  const what = `item ${number} of ${labelOf(meeting)}`;
  if (!(await deleteRecusal(ctx.db, item.id, person))) return notice(`You are not recused from ${what}.`);
  await ctx.record(subjectOf(meeting.id), 'recusal-taken-back', { item: item.id, person, partner: partner.id });
  return notice(`You take part in deciding ${what} again.`);
};

/** One's own way to it: the items, each with a button. */
export const listToRecuse = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  await checkSeated(meeting, ctx);
  const items = await agendaOf(meeting, ctx);
  const recusals = await listRecusals(
    ctx.db,
    items.map(({ id }) => id),
  );
  const name = await namingOf(
    ctx,
    recusals.map(({ person }) => person),
  );
  const partners = await ctx.directory.partners(ctx.alliance);
  return recusalList({ meeting, items, recusals, name, person: ctx.actor.person, partners });
};

const readReason = (said: string): string | undefined => {
  const read = recusalReason.safeParse(said);
  if (!read.success) throw new Refusal('arguments', read.error.issues[0]?.message ?? 'Shorten the reason.');
  return read.data;
};

export const recuseVerb: Verb = {
  word: 'recuse',
  usage: 'recuse 2 because [why]; recuse not 2',
  run: async (said, ctx) => {
    const { found, said: rest } = await takeMeeting(said, ctx, ['open', 'planned']);
    const { number, back, reason } = readRecusal(rest.text);
    if (number === undefined) return listToRecuse(found, ctx);
    const item = await itemOf(found, number, ctx);
    return back ? takeBackRecusal(found, item, ctx) : recuse(found, item, readReason(reason), ctx);
  },
};
