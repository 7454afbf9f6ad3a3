/* The decision that a button or a form is about. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Press } from '../../core/feature.js';
import { checkCommitteeOpen, type Decision } from './rules.js';
import { getDecision } from './store.js';
import { type Around, aroundOf } from './views.js';

export interface Loaded {
  readonly decision: Decision;
  readonly around: Around;
}

/** @throws Refusal for none that is read here */
export const load = async (press: { readonly subject?: Press['subject'] }, ctx: Ctx): Promise<Loaded> => {
  const decision = press.subject && (await getDecision(ctx.db, press.subject.id, ctx.place.audience));
  const around = decision && (await aroundOf(decision, ctx, ctx.place.audience));
  if (!decision || !around)
    throw new Refusal(
      'no-decision',
      'This decision is not in your log. Use the buttons on a card in your committee’s channel.',
    );
  return { decision, around };
};

/** The same, to change it. @throws Refusal also when its committee is closed */
export const loadOpen = async (press: Parameters<typeof load>[0], ctx: Ctx): Promise<Loaded> => {
  const loaded = await load(press, ctx);
  checkCommitteeOpen(loaded.around.committee);
  return loaded;
};
