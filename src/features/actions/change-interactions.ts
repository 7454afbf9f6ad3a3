/* What every button does: it finds its action, and changes it in the ways that the rules allow. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Press } from '../../core/feature.js';
import { onlyOf } from '../../core/visibility.js';
import { type By, changed, type Next, type Verb } from './change-rules.js';
import type { Action } from './rules.js';
import { getAction, saveAction } from './store.js';
import { type Around, aroundOf, subjectOf } from './views.js';

export interface Loaded {
  readonly action: Action;
  readonly around: Around;
}

/** @throws Refusal for what cannot be read here, as for what does not exist */
export const load = async (press: { readonly subject?: Press['subject'] }, ctx: Ctx): Promise<Loaded> => {
  const action = press.subject && (await getAction(ctx.db, press.subject.id, ctx.place.audience));
  const around = action && (await aroundOf(action, ctx, ctx.place.audience));
  if (action && around) return { action, around };
  throw new Refusal(
    'no-action',
    'This action is not in your log. Use the buttons on a card in your committee’s channel.',
  );
};

export const byActor = ({ actor, now }: Pick<Ctx, 'actor' | 'now'>): By => ({
  person: actor.person,
  partner: actor.partner.id,
  at: now,
});

/** Keeps what happened where those who share the action read it, and nobody else. @throws Refusal */
export const change = async (action: Action, verb: Verb, next: Next, ctx: Ctx): Promise<Action> => {
  const after = changed(action, verb, byActor(ctx), next);
  await saveAction(ctx.db, after);
  const { status, ...what } = next;
  const dueWas = next.dueOn === undefined ? {} : { dueWas: action.dueOn };
  await ctx.record(subjectOf(action.id), verb, { status, ...what, ...dueWas }, onlyOf(action.visibility));
  return after;
};
