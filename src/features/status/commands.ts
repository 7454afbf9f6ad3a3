import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { type Channel, listChannelsOf } from '../../core/directory/channels.js';
import { type Command, command } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { listUndelivered } from '../../core/undelivered.js';
import { checkAlone, missingElsewhere, unreachable, withoutSeat } from './rules.js';
import { listAwaited, listMembers } from './store.js';
import { type Binding, type Status, statusView } from './views.js';

const named = ({ name, conversation }: Channel): string => name ?? conversation;

const bindingsOf = async (ctx: Ctx): Promise<readonly Binding[]> => {
  const partners = await ctx.directory.partners(ctx.alliance);
  const bindings: Binding[] = [];
  for (const committee of await ctx.directory.committees(ctx.alliance)) {
    const all = await listChannelsOf(ctx.db, committee.id);
    bindings.push({
      committee,
      channels: all
        .filter(({ partner }) => partner === ctx.actor.partner.id)
        .sort((a, b) => named(a).localeCompare(named(b), 'en')),
      // Where another company keeps its own lane is not even hinted at.
      others: partners.filter(({ id }) => all.some(({ partner, internal }) => partner === id && !internal)),
    });
  }
  return bindings;
};

const seatedPeople = async (ctx: Ctx): Promise<ReadonlySet<PersonId>> => {
  const seated = new Set<PersonId>();
  for (const { id } of await ctx.directory.committees(ctx.alliance))
    for (const { person } of await ctx.directory.seats(id, 'all')) seated.add(person);
  return seated;
};

const statusOf = async (ctx: Ctx): Promise<Status> => {
  const { actor, alliance, directory } = ctx;
  const behind = await listUndelivered(ctx.db, alliance, ctx.now);
  const members = await listMembers(ctx.db, actor.partner.id);
  return {
    alliance: await directory.allianceName(alliance),
    own: actor.partner,
    zone: actor.zone,
    partners: await directory.partners(alliance),
    bindings: await bindingsOf(ctx),
    behind: behind.filter(({ partner }) => partner === actor.partner.id),
    elsewhere: missingElsewhere(behind, actor.partner.id),
    seatless: withoutSeat(members, await seatedPeople(ctx)),
    unreachable: unreachable(members),
    skipped: await ctx.skipped(),
    awaited: await listAwaited(ctx, alliance),
  };
};

export const statusCommands: readonly Command[] = [
  command({
    name: 'status',
    summary: 'See what is bound, what is not delivered and who cannot be reached.',
    usage: '',
    topic: 'alliance',
    within: 'entente',
    args: z.object({}),
    run: async (_args, ctx) => {
      checkAlone(ctx.place.audience, ctx.actor.partner);
      return statusView(await statusOf(ctx));
    },
  }),
];
