/* Brings a decision into another state, and with it whatever follows: what it supersedes, and the amendments of that. */
import type { Ctx } from '../../core/context.js';
import type { Instant, PersonId } from '../../core/ids.js';
import { onlyOf } from '../../core/visibility.js';
import { listSuperseded } from './relative-store.js';
import { checkStillReplaces } from './replacing-rules.js';
import { type Decision, hasEffect, isLive, labelOf, type Status, type StepName, takeStep } from './rules.js';
import { getDecision, saveLater, saveStatus } from './store.js';
import { subjectOf } from './views.js';

type Detail = Readonly<Record<string, unknown>>;

/** Keeps what happened where those who share the decision read it, and nobody else. */
export const note = (
  ctx: Ctx,
  { id, visibility }: Pick<Decision, 'id' | 'visibility'>,
  verb: string,
  detail: Detail = {},
): Promise<void> => ctx.record(subjectOf(id), verb, detail, onlyOf(visibility));

/** A decision, and those in force that amend it: whoever supersedes it supersedes it as amended. */
const withAmendments = async (ctx: Ctx, decision: Decision): Promise<readonly Decision[]> => {
  const found = [decision];
  for (const { id, how, status } of decision.replacedBy) {
    if (how !== 'amends' || !hasEffect(status) || !isLive(status)) continue;
    const amendment = await getDecision(ctx.db, id, ctx.place.audience);
    if (amendment) found.push(...(await withAmendments(ctx, amendment)));
  }
  return found;
};

const takePlace = async (ctx: Ctx, newer: Decision, old: Decision): Promise<void> => {
  for (const one of await withAmendments(ctx, old)) {
    await saveStatus(ctx.db, one.id, takeStep(one, 'supersede', 'superseded'));
    await saveLater(ctx.db, one.id, { supersededBy: newer.id, supersededFrom: one.status });
    await note(ctx, one, 'superseded', { by: labelOf(newer) });
  }
};

const giveWay = async (ctx: Ctx, newer: Decision): Promise<void> => {
  for (const { id, from } of await listSuperseded(ctx.db, newer.id)) {
    const one = await getDecision(ctx.db, id, ctx.place.audience);
    if (!one) continue;
    await saveStatus(ctx.db, id, takeStep(one, 'stand-again', (from ?? 'agreed') as Status));
    await saveLater(ctx.db, id, { supersededBy: null, supersededFrom: null });
    await note(ctx, one, 'stands-again', { by: labelOf(newer) });
  }
};

/** What the older decision's history says of the newer one, which waits, is agreed, or is gone. */
const toldOf = (before: Status, after: Status): string => {
  if (hasEffect(after)) return 'amended';
  if (hasEffect(before)) return 'amendment-over';
  return after === 'recorded' ? 'replacement-proposed' : 'replacement-withdrawn';
};

/** What a decision replaces stands or falls with it. @throws Refusal when something else took its place meanwhile */
const follow = async (ctx: Ctx, decision: Decision, after: Status): Promise<void> => {
  const { replaces, status: before } = decision;
  const old = replaces && (await getDecision(ctx.db, replaces.id, ctx.place.audience));
  if (!replaces || !old || before === after || (hasEffect(before) && hasEffect(after))) return;
  if (hasEffect(after)) checkStillReplaces(decision);
  if (replaces.how === 'supersedes' && hasEffect(after)) return takePlace(ctx, decision, old);
  if (replaces.how === 'supersedes' && hasEffect(before)) return giveWay(ctx, decision);
  await note(ctx, old, toldOf(before, after), { by: labelOf(decision), how: replaces.how });
};

export interface Change {
  readonly step: StepName;
  readonly to: Status;
  /** What its history says, in order. */
  readonly notes: readonly (readonly [verb: string, detail?: Detail])[];
  readonly withdrawn?: { readonly person: PersonId; readonly at: Instant };
}

/** Takes a step that the table allows. @throws Refusal for one that it does not */
export const settle = async (ctx: Ctx, decision: Decision, { step, to, notes, withdrawn }: Change): Promise<void> => {
  const after = takeStep(decision, step, to);
  if (after !== decision.status || withdrawn) await saveStatus(ctx.db, decision.id, after, withdrawn);
  for (const [verb, detail] of notes) await note(ctx, decision, verb, detail);
  await follow(ctx, decision, after);
};
