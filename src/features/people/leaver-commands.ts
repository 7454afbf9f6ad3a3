import type { Ctx } from '../../core/context.js';
import { isMember } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import type { Command, Said } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { checkPermission, professionals } from '../../core/permission.js';
import type { ListItem, View } from '../../core/view.js';
import { askForget } from './leaver-views.js';
import { type Leaver, meansSelf } from './rules.js';
import { listMemberships } from './store.js';

/** One of the company's people, or whoever asks. @throws Refusal for others, and for those who may not ask for others */
export const leaverOf = async (person: PersonId, ctx: Ctx): Promise<Leaver> => {
  const { actor } = ctx;
  const self = person === actor.person;
  if (!self) checkPermission(professionals, { actor });
  if (!(await isMember(ctx.db, actor.partner.id, person)))
    throw new Refusal(
      'other-company',
      `Entente forgets somebody at their own wish, or at that of their own company’s alliance professional; this is nobody of ${actor.partner.name}.`,
    );
  const name = (await ctx.directory.names([person])).get(person) ?? 'them';
  return { person, name, self };
};

const meant = ({ text, people }: Said, ctx: Ctx): PersonId => {
  const [who, ...others] = people;
  if (meansSelf(text)) return ctx.actor.person;
  if (!who || others.length > 0)
    throw new Refusal('nobody', "Say whom: 'forget me', or as an alliance professional 'forget @person'.");
  if (who.id) return who.id;
  throw new Refusal('stranger', `${who.name} takes no part in this alliance, so Entente keeps nothing of them here.`);
};

const ask = async (said: Said, ctx: Ctx): Promise<View> => {
  const leaver = await leaverOf(meant(said, ctx), ctx);
  const { person, self } = leaver;
  await ctx.checkParting(person);
  const seats: string[] = [];
  const left: ListItem[] = [];
  for (const { id, key } of await ctx.directory.committees(ctx.alliance)) {
    if (!(await ctx.directory.seats(id, 'all')).some((seat) => seat.person === person)) continue;
    seats.push(key);
    left.push(...(await ctx.leaves(person, id)));
  }
  const others = self ? await listMemberships(ctx.db, person) : [];
  const elsewhere = others.filter(({ alliance }) => alliance !== ctx.alliance).map(({ allianceName }) => allianceName);
  return askForget(leaver, { partner: ctx.actor.partner, seats, left, elsewhere });
};

export const leaverCommands: readonly Command[] = [
  {
    name: 'forget',
    summary: 'Have Entente forget you; what you recorded stays.',
    usage: 'me',
    topic: 'people',
    within: 'entente',
    run: ask,
  },
];
