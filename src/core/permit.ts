/*
 * Whether somebody may say a word or press a button where they are.
 */
import type { Committee, Ctx } from './context.js';
import type { Feature } from './feature.js';
import { checkPermission, type Permissions } from './permission.js';
import type { Subject } from './view.js';

interface Asked {
  readonly feature: Feature;
  /** The word said or the button pressed, as the table of permissions has it. */
  readonly key: string;
  readonly subject?: Subject;
}

const nothingLeft = (): void => {};

/** Gives what is left to be checked once it is handled, before anything is kept. @throws Refusal */
export const permit = async (
  permissions: Permissions | undefined,
  { feature, key, subject }: Asked,
  ctx: Ctx,
): Promise<() => void> => {
  if (!permissions) return nothingLeft;
  const about = subject && (await feature.about?.(subject.id, ctx, ctx.place.audience));
  const committee: Committee | undefined = about?.committee
    ? await ctx.directory.committee(about.committee)
    : ctx.place.committee;
  const check = () => checkPermission(permissions[key], { actor: ctx.actor, committee, about });
  // Whoever cannot read it is told by the handler that there is nothing, not that it is not for them. A handler that did
  // something all the same did it without the subject, which anybody can make up.
  if (subject && feature.about && !about) return check;
  check();
  return nothingLeft;
};
