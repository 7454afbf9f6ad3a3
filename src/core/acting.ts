import type { Committee, Ctx } from './context.js';
import { seatOn } from './permission.js';

/**
 * The committees that the actor may mean where they are: the one of the channel; elsewhere those they sit on, and for
 * an alliance professional all that are open. One is meant without asking, of several a form asks.
 */
export const actingCommittees = async (ctx: Ctx): Promise<readonly Committee[]> => {
  if (ctx.place.committee) return [ctx.place.committee];
  const all = await ctx.directory.committees(ctx.actor.alliance);
  return ctx.actor.professional ? all : all.filter((committee) => seatOn(ctx.actor, committee));
};
