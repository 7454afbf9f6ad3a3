import { z } from 'zod';
import { calledCommittee, noCommitteeYet, openCommittees } from '../../core/acting.js';
import type { Committee, Ctx } from '../../core/context.js';
import { type Channel, deleteChannel, findChannelAt, insertChannel } from '../../core/directory/channels.js';
import { insertCommittee, saveCommittee } from '../../core/directory/committees.js';
import { listPartnersAt } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Command, command } from '../../core/feature.js';
import type { ChannelId, CommitteeId } from '../../core/ids.js';
import { keySchema } from '../../core/naming.js';
import { checkPermission, stewards } from '../../core/permission.js';
import { type NoticeView, notice, type View } from '../../core/view.js';
import {
  type BindingWish,
  checkClose,
  checkElsewhere,
  checkKeyFree,
  checkMove,
  checkPlace,
  checkReaders,
  checkUnbound,
  isKeyLike,
  nameSchema,
  readBinding,
  readWish,
  USUAL_QUORUM,
  type Wish,
} from './rules.js';
import { findBound, listBoundElsewhere, listHere } from './store.js';
import { addForm, boundNotice, closeQuestion, committeeList, subjectOf, unboundNotice, whichToBind } from './views.js';

const list = async (ctx: Ctx): Promise<View> =>
  committeeList(await listHere(ctx), {
    alliance: await ctx.directory.allianceName(ctx.alliance),
    partners: await ctx.directory.partners(ctx.alliance),
    own: ctx.actor.partner,
    mayBind: !ctx.place.spot.direct && ctx.place.channel === undefined,
  });

const parsedText = <T>(schema: z.ZodType<T>, text: string): T => {
  const result = schema.safeParse(text);
  if (!result.success) throw new Refusal('arguments', result.error.issues[0]?.message ?? 'That could not be read.');
  return result.data;
};

export interface Naming {
  readonly key: string;
  readonly name: string;
}

export const addCommittee = async ({ key, name }: Naming, parent: Committee | undefined, ctx: Ctx): Promise<View> => {
  checkKeyFree(key, await ctx.directory.committees(ctx.alliance, 'all'));
  const id = ctx.newId() as CommitteeId;
  await insertCommittee(ctx.db, { id, alliance: ctx.alliance, key, name, ...(parent && { parent: parent.id }) });
  await ctx.record(subjectOf(id), 'added', { key, name, under: parent?.key ?? null });
  const where = parent ? ` under the ${parent.key}` : '';
  return notice(
    `The ${key}, ${name}, is added${where}. Seat your company's people with 'seat @person member ${key}', and say 'bind ${key}' in its channel.`,
    [{ id: 'seats.form', label: 'Seat somebody', carry: { committee: id }, opensWindow: true }],
  );
};

export const renameCommittee = async (committee: Committee, { key, name }: Naming, ctx: Ctx): Promise<View> => {
  if (key === committee.key && name === committee.name)
    throw new Refusal('unchanged', `The ${key} is called ${name} already. Write another name.`, 'name');
  checkKeyFree(key, await ctx.directory.committees(ctx.alliance, 'all'), committee.id);
  await saveCommittee(ctx.db, { ...committee, key, name });
  await ctx.record(subjectOf(committee.id), 'renamed', {
    key,
    name,
    before: { key: committee.key, name: committee.name },
  });
  await ctx.announce(subjectOf(committee.id), committee.id);
  return notice(`The ${committee.key}, ${committee.name}, is now the ${key}, ${name}. Its channels are told.`);
};

const moveCommittee = async (committee: Committee, parent: Committee | undefined, ctx: Ctx): Promise<View> => {
  checkMove(committee, parent, await ctx.directory.committees(ctx.alliance, 'all'));
  const { parent: before, ...rest } = committee;
  await saveCommittee(ctx.db, { ...rest, ...(parent && { parent: parent.id }) });
  const above = before && (await ctx.directory.committee(before));
  await ctx.record(subjectOf(committee.id), 'moved', { under: parent?.key ?? null, before: above?.key ?? null });
  return notice(`The ${committee.key} stands ${parent ? `under the ${parent.key}` : 'at the top'} now.`);
};

const checkClosable = async (committee: Committee, ctx: Ctx): Promise<void> =>
  checkClose(committee, await openCommittees(ctx), await ctx.pending(committee.id));

/** It cannot be undone, so it is asked first; what stands against it is said before. */
export const askClose = async (committee: Committee, ctx: Ctx): Promise<View> => {
  await checkClosable(committee, ctx);
  return closeQuestion(committee);
};

export const closeCommittee = async (committee: Committee, ctx: Ctx): Promise<View> => {
  await checkClosable(committee, ctx);
  await saveCommittee(ctx.db, { ...committee, closedAt: ctx.now });
  await ctx.record(subjectOf(committee.id), 'closed', { key: committee.key });
  await ctx.announce(subjectOf(committee.id), committee.id);
  return notice(`The ${committee.key}, ${committee.name}, is closed. Its record stays readable.`);
};

const add = async ({ key, name, under }: Extract<Wish, { verb: 'add' }>, ctx: Ctx): Promise<View> => {
  const parent = under === undefined ? undefined : await calledCommittee(under, ctx);
  if (key !== '' && name !== '')
    return addCommittee({ key: parsedText(keySchema, key), name: parsedText(nameSchema, name) }, parent, ctx);
  const partners = await ctx.directory.partners(ctx.alliance);
  return addForm({ ...(key && { key }), ...(parent && { parent: parent.id }) }, await openCommittees(ctx), partners);
};

/** Both companies live by it, and read it in the list of committees and on each meeting's card. */
const setQuorum = async (committee: Committee, quorum: number, ctx: Ctx): Promise<View> => {
  const before = committee.quorum ?? USUAL_QUORUM;
  const rule = `The ${committee.key} needs ${quorum} ${quorum === 1 ? 'vote' : 'votes'} of each company in the room`;
  if (before === quorum) throw new Refusal('unchanged', `${rule} already. Nothing has changed.`);
  await saveCommittee(ctx.db, { ...committee, quorum });
  await ctx.record(subjectOf(committee.id), 'quorum', { quorum, before });
  return notice(`${rule} to decide; before it was ${before}.`);
};

const grant = async (wish: Wish, ctx: Ctx): Promise<View> => {
  switch (wish.verb) {
    case 'list':
      return list(ctx);
    case 'add':
      return add(wish, ctx);
    case 'rename': {
      const committee = await calledCommittee(wish.key, ctx);
      const key = isKeyLike(wish.to) ? parsedText(keySchema, wish.to) : committee.key;
      const name = isKeyLike(wish.to) ? committee.name : parsedText(nameSchema, wish.to);
      return renameCommittee(committee, { key, name }, ctx);
    }
    case 'move':
      return moveCommittee(
        await calledCommittee(wish.key, ctx),
        wish.under === undefined ? undefined : await calledCommittee(wish.under, ctx),
        ctx,
      );
    case 'quorum':
      return setQuorum(await calledCommittee(wish.key, ctx), wish.quorum, ctx);
    case 'close':
      return askClose(await calledCommittee(wish.key, ctx), ctx);
    default:
      return wish satisfies never;
  }
};

/** What must hold before it matters which committee is meant. */
const checkFree = async (wish: BindingWish, ctx: Ctx): Promise<void> => {
  const { spot } = ctx.place;
  const own = (await listPartnersAt(ctx.db, spot)).includes(ctx.actor.partner.id);
  checkPlace(spot.direct, own, ctx.actor);
  checkUnbound(await findBound(ctx), wish);
};

/** Binds the conversation to the committee, for the actor's company. */
export const bindTo = async (committee: Committee, internal: boolean, ctx: Ctx): Promise<NoticeView> => {
  const { actor, db, place } = ctx;
  await checkFree({ key: committee.key, internal }, ctx);
  checkPermission(stewards, { actor, committee });
  const readers = checkReaders(ctx.readers, internal, actor);
  checkElsewhere(await listBoundElsewhere(ctx), readers);
  const { platform, workspace, conversation, detail = {} } = place.spot;
  const channel = { id: ctx.newId() as ChannelId, shared: readers.outsiders, internal };
  const made = await insertChannel(db, {
    ...{ ...channel, platform, workspace, conversation, detail },
    ...{ committee: committee.id, partner: actor.partner.id, surveyedAt: ctx.now },
    ...(readers.name !== undefined && { name: readers.name }),
  });
  if (!made) checkUnbound({ internal: false }, { internal });
  await ctx.record(subjectOf(committee.id), 'bound', { channel: channel.id, internal }, actor.partner.id);
  return boundNotice(channel, committee, actor.partner, await ctx.directory.partners(ctx.alliance));
};

const bind = async (wish: BindingWish, ctx: Ctx): Promise<View> => {
  await checkFree(wish, ctx);
  if (wish.key !== undefined) return bindTo(await calledCommittee(wish.key, ctx), wish.internal, ctx);
  const { actor } = ctx;
  const choices = (await openCommittees(ctx)).filter((committee) => stewards.allows({ actor, committee }));
  const [only, ...others] = choices;
  if (!only) throw noCommitteeYet();
  return others.length === 0 ? bindTo(only, wish.internal, ctx) : whichToBind(choices, wish.internal);
};

/** @throws Refusal unless it is the actor's to end */
export const unbind = async (channel: Channel | undefined, ctx: Ctx): Promise<View> => {
  const committee = channel && (await ctx.directory.committee(channel.committee));
  if (!committee || channel.alliance !== ctx.alliance)
    throw new Refusal('not-bound', "This channel is not bound to a committee. 'bind' and a committee's key binds it.");
  if (channel.partner !== ctx.actor.partner.id)
    throw new Refusal(
      'other-company',
      'This channel is bound for the other company, in its own workspace. Ask its alliance professional to unbind it.',
    );
  checkPermission(stewards, { actor: ctx.actor, committee });
  await deleteChannel(ctx.db, channel.id, ctx.now);
  await ctx.record(subjectOf(committee.id), 'unbound', { channel: channel.id }, ctx.actor.partner.id);
  return unboundNotice(committee, channel.internal);
};

export const committeeCommands: readonly Command[] = [
  command({
    name: 'committee',
    summary: 'The committees: see, add, rename, move, close them.',
    usage: 'add [key] [name] under [key] | rename | move | close [key] | quorum [key] [votes]',
    topic: 'committees',
    within: 'entente',
    args: z.object({ text: z.string() }),
    run: ({ text }, ctx) => grant(readWish(text), ctx),
  }),
  command({
    name: 'bind',
    summary: 'Show a committee’s record in this channel, or make it your company’s internal lane.',
    usage: '[key], or [key] internal',
    topic: 'committees',
    within: 'entente',
    asks: 'readers',
    mends: true,
    args: z.object({ text: z.string() }),
    run: ({ text }, ctx) => bind(readBinding(text), ctx),
  }),
  command({
    name: 'unbind',
    summary: 'Stop showing a committee’s record in this channel.',
    usage: '',
    topic: 'committees',
    within: 'entente',
    mends: true,
    args: z.object({}),
    run: async (_nothing, ctx) => unbind(await findChannelAt(ctx.db, ctx.place.spot), ctx),
  }),
];
