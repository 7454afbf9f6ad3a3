import type { Committee, Ctx } from './context.js';
import { Refusal } from './errors.js';
import { seatOn } from './permission.js';

/**
 * The committees that the actor may mean where they are: the one of the channel; elsewhere those they sit on, and for
 * an alliance professional all that are open. One is meant without asking, of several a form asks.
 * @throws Refusal in the channel of a committee that is closed
 */
export const actingCommittees = async (ctx: Ctx): Promise<readonly Committee[]> => {
  const { committee } = ctx.place;
  if (committee?.closedAt !== undefined)
    throw new Refusal(
      'closed-committee',
      `The ${committee.key} is closed: what it recorded stays readable, and nothing is added. An alliance professional can say 'unbind' here, and bind another committee.`,
    );
  if (committee) return [committee];
  const all = await ctx.directory.committees(ctx.actor.alliance);
  return ctx.actor.professional ? all : all.filter((one) => seatOn(ctx.actor, one));
};
