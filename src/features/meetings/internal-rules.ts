/* What one company says to itself about a meeting, and where it may be said. Pure. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PartnerId } from '../../core/ids.js';

/** Whose preparation, of which meeting: what follows 'internal:' in a subject. */
export interface Preparing {
  readonly partner: PartnerId;
  readonly meeting: string;
}

export const readPreparing = (rest: string): Preparing | undefined => {
  const at = rest.indexOf(':');
  return at < 1 ? undefined : { partner: rest.slice(0, at) as PartnerId, meeting: rest.slice(at + 1) };
};

/** Nothing of one company's is read, said or kept where anybody else may read along. @throws Refusal */
export const checkOwn = ({ place, actor }: Pick<Ctx, 'place' | 'actor'>): void => {
  const { id, name } = actor.partner;
  if (actor.home && place.audience.own === id) return;
  throw new Refusal(
    'not-own',
    `This is for ${name} alone, and others may read here. Say it to Entente directly in ${name}’s own workspace, or in its internal lane.`,
  );
};

/** Notes are typed where everybody expects them to stay inside: not in the committee's own channel. @throws Refusal */
export const checkNoteHere = (ctx: Pick<Ctx, 'place' | 'actor'>): void => {
  checkOwn(ctx);
  if (ctx.place.internal || ctx.place.spot.direct) return;
  throw new Refusal(
    'not-own',
    `A note is for ${ctx.actor.partner.name} alone, so it is not taken in this channel. Say it in your internal lane, or to Entente directly.`,
  );
};
