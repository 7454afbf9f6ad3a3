/* What a handler must know of committees and channels before it decides; the directory keeps them. */
import { openCommittees } from '../../core/acting.js';
import type { Ctx } from '../../core/context.js';
import { type Channel, findChannelAt, findElsewhere, listChannelsOf } from '../../core/directory/channels.js';
import type { CommitteeId, PartnerId } from '../../core/ids.js';
import type { Bound } from './rules.js';
import type { Listed } from './views.js';

const countSeats = async (committee: CommitteeId, ctx: Ctx): Promise<ReadonlyMap<PartnerId, number>> => {
  const counts = new Map<PartnerId, number>();
  for (const { partner } of await ctx.directory.seats(committee)) counts.set(partner, (counts.get(partner) ?? 0) + 1);
  return counts;
};

/** Where others read too, what a company's own channels are called is nothing to be told. */
const mayName =
  ({ actor, place }: Ctx) =>
  (channel: Channel): boolean =>
    channel.partner === actor.partner.id && (place.audience.own !== undefined || (channel.shared && !channel.internal));

/** The open committees, with what may be told of them where the actor speaks. */
export const listHere = async (ctx: Ctx): Promise<readonly Listed[]> => {
  const listed: Listed[] = [];
  for (const committee of await openCommittees(ctx)) {
    const channels = (await listChannelsOf(ctx.db, committee.id)).filter(mayName(ctx));
    listed.push({ committee, seats: await countSeats(committee.id, ctx), channels });
  }
  return listed;
};

const boundAs = async ({ alliance, committee, internal }: Channel, ctx: Ctx): Promise<Bound> => {
  const found = alliance === ctx.alliance ? await ctx.directory.committee(committee) : undefined;
  return { internal, ...(found && { committee: found }) };
};

/** What the conversation is bound to, if anything. */
export const findBound = async (ctx: Ctx): Promise<Bound | undefined> => {
  const found = await findChannelAt(ctx.db, ctx.place.spot);
  return found && boundAs(found, ctx);
};

/** What the same conversation is bound to from other workspaces. */
export const listBoundElsewhere = async (ctx: Ctx): Promise<readonly Bound[]> => {
  const bound: Bound[] = [];
  for (const channel of await findElsewhere(ctx.db, ctx.place.spot)) bound.push(await boundAs(channel, ctx));
  return bound;
};
