/* Which committee somebody means: by where they are, by its key, or chosen in a form. */
import type { Committee, Ctx } from './context.js';
import { Refusal } from './errors.js';
import type { CommitteeId } from './ids.js';
import { sameName } from './naming.js';
import { readSubject } from './origins.js';
import { checkPermission, seated, seatOn } from './permission.js';
import { cut } from './sentences.js';
import type { Button, NoticeView } from './view.js';

/** Those of the alliance that are open, by key. */
export const openCommittees = (ctx: Ctx): Promise<readonly Committee[]> => ctx.directory.committees(ctx.alliance);

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
  const all = await openCommittees(ctx);
  return ctx.actor.professional ? all : all.filter((one) => seatOn(ctx.actor, one));
};

/** For an alliance that has none. */
export const noCommitteeYet = (): Refusal =>
  new Refusal('no-committee', "There is no committee yet. An alliance professional adds one with 'committee add'.");

const noCommittee = (key: string, open: readonly Committee[]): Refusal => {
  if (open.length === 0) return noCommitteeYet();
  const known = open.map((committee) => committee.key).join(', ');
  return new Refusal(
    'no-committee',
    `There is no committee '${cut(key, 40)}' in this alliance. Its committees are ${known}.`,
  );
};

/** The open committee that people call so, 'JSC' or 'jsc'; with `all`, one that is closed too. @throws Refusal for none */
export const calledCommittee = async (key: string, ctx: Ctx, all?: 'all'): Promise<Committee> => {
  const known = await ctx.directory.committees(ctx.alliance, all);
  const found = known.find((committee) => sameName(committee.key, key));
  if (!found) throw noCommittee(key, await openCommittees(ctx));
  return found;
};

/** The committee whose id a button or a form brought. @throws Refusal unless it is one of the alliance */
export const chosenCommittee = async (id: string, ctx: Ctx): Promise<Committee> => {
  const found = await ctx.directory.committee(id as CommitteeId);
  if (found?.alliance === ctx.alliance) return found;
  throw new Refusal('no-committee', 'This committee is not in your alliance. Choose another one.', 'committee');
};

/** The same to change something. @throws Refusal also for one that was closed meanwhile */
export const openCommittee = async (id: string, ctx: Ctx): Promise<Committee> => {
  const found = await chosenCommittee(id, ctx);
  if (found.closedAt === undefined) return found;
  throw new Refusal('closed-committee', `The ${found.key} is closed. Choose another committee.`, 'committee');
};

export const OLD_BUTTON = 'This button is from an older version of Entente. Use a newer card.';

/**
 * The committee for which a button of another feature asks to record something from `from`, as spellSubject spells it.
 * @throws Refusal in a company's own lane, unless the two belong together, and where the other feature does not let them
 */
export const sourceCommittee = async (from: string, committee: string, ctx: Ctx): Promise<Committee> => {
  const subject = readSubject(from);
  const found = subject && (await ctx.sourceFor(subject));
  if (found === undefined || found !== committee) throw new Refusal('unknown-button', OLD_BUTTON);
  const open = await openCommittee(found, ctx);
  checkPermission(seated, { actor: ctx.actor, committee: open });
  if (!ctx.place.internal) return open;
  throw new Refusal(
    'internal-lane',
    `This is ${ctx.actor.partner.name}’s own lane, and all companies share what is recorded from here. Press this in the channel of the ${open.key}, or say it to Entente directly.`,
  );
};

/** Asks which one is meant: the button comes back with the committee's id in what it carries. */
export const whichCommittee = (
  committees: readonly Committee[],
  button: Omit<Button, 'label'>,
  title = 'Which committee?',
): NoticeView => ({
  kind: 'notice',
  title,
  text: `Choose one, or say it again with its key: ${committees.map((one) => one.key).join(', ')}.`,
  buttons: committees
    .slice(0, 10)
    .map(({ id, key }) => ({ ...button, label: key, carry: { ...button.carry, committee: id } })),
});
