/* The wording of a decision: confirmed, changed, let go of, and each of them taken back. */
import { z } from 'zod';
import type { Ctx, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { originOf } from '../../core/origins.js';
import { audienceLine, namesOf } from '../../core/sentences.js';
import { checkUndo } from '../../core/undoing.js';
import { suggestForm } from './form-views.js';
import { load, loadOpen } from './pressed-store.js';
import { agreeAlone, confirmFor, votesOn } from './recording-commands.js';
import { checkStillReplaces, checkWithdraw } from './replacing-rules.js';
import {
  checkChanged,
  checkConfirm,
  checkRevise,
  checkStep,
  type Decision,
  haveConfirmed,
  labelOf,
  statusAfter,
} from './rules.js';
import { settle } from './status-store.js';
import { noDispute, saveLater } from './store.js';
import { doneNotice, subjectOf } from './views.js';
import { reasonSchema, revisionSchema, wordingSchema } from './wording-rules.js';
import { deleteConfirmation, insertWording } from './wording-store.js';

const nothing = z.object({});

const confirmSentence = (
  decision: Decision,
  status: Decision['status'],
  confirmed: readonly string[],
  partners: readonly Partner[],
  ctx: Ctx,
): string => {
  const { replaces } = decision;
  const then = replaces ? ` It ${replaces.how} ${replaces.label} from now on.` : '';
  if (status === 'agreed') return `${labelOf(decision)} is agreed: ${haveConfirmed(partners)}.${then}`;
  const missing = partners.filter((partner) => !confirmed.includes(partner.id));
  return `You confirmed ${labelOf(decision)} for ${ctx.actor.partner.name}. What is missing is ${namesOf(missing)}.`;
};

const confirm = interaction({
  id: 'decisions.confirm',
  values: z.object({ revision: revisionSchema }),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    checkConfirm(decision, ctx.actor, around.partners, around.names, press.values.revision);
    checkStillReplaces(decision);
    // Whoever takes no part in deciding what it was made from does not confirm it either.
    const from = await originOf(ctx.db, subjectOf(decision.id));
    if (from) await ctx.sourceFor(from);
    const { revision } = decision.wording;
    await confirmFor(ctx, decision.id, revision);
    const confirmed = [...decision.confirmations.map((row) => row.partner), ctx.actor.partner.id];
    // A company that has joined since confirms what the others had agreed: it stays agreed.
    const status = decision.status === 'agreed' ? 'agreed' : statusAfter(confirmed, around.partners);
    const agreed = status !== decision.status ? [['agreed', { revision }] as const] : [];
    const notes = [['confirmed', { revision, partner: ctx.actor.partner.id }] as const, ...agreed];
    await settle(ctx, decision, { step: 'confirm', to: status, notes });
    const sentence = confirmSentence(decision, status, confirmed, around.partners, ctx);
    return doneNotice(sentence, { verb: 'confirm', id: decision.id });
  },
});

const suggest = interaction({
  id: 'decisions.suggest',
  values: z.object({ revision: revisionSchema }),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    checkRevise(decision, press.values.revision);
    return suggestForm(decision, around.partners);
  },
});

const revise = interaction({
  id: 'decisions.revise',
  values: wordingSchema.extend({
    revision: revisionSchema,
    reason: reasonSchema,
  }),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    const { revision: seenRevision, reason, ...wording } = press.values;
    checkRevise(decision, seenRevision);
    checkChanged(decision.wording, wording);
    const revision = decision.wording.revision + 1;
    await insertWording(ctx.db, decision.id, { ...wording, revision, reason, person: ctx.actor.person, at: ctx.now });
    await saveLater(ctx.db, decision.id, noDispute);
    const mayVote = votesOn(ctx, around.committee);
    const voted = mayVote && !(await ctx.recusedFrom(subjectOf(decision.id), around.committee.id));
    if (voted) await confirmFor(ctx, decision.id, revision);
    const confirmedFor = voted ? ctx.actor.partner.id : null;
    const notes = [['revised', { revision, reason, ...wording, confirmedFor }]] as const;
    await settle(ctx, decision, { step: 'revise', to: 'recorded', notes });
    if (voted) await agreeAlone(ctx, decision.id);
    const next = decision.visibility
      ? audienceLine(decision.visibility, around.partners)
      : 'Both companies confirm it afresh';
    return doneNotice(`${labelOf(decision)} has a new wording. ${next}.`);
  },
});

const withdraw = interaction({
  id: 'decisions.withdraw',
  values: nothing,
  run: async (press, ctx) => {
    const { decision } = await load(press, ctx);
    checkWithdraw(decision, ctx.actor);
    const withdrawn = { person: ctx.actor.person, at: ctx.now };
    await settle(ctx, decision, { step: 'withdraw', to: 'withdrawn', notes: [['withdrawn']], withdrawn });
    return doneNotice(`${labelOf(decision)} is withdrawn. It keeps its number and its history.`, {
      verb: 'withdraw',
      id: decision.id,
    });
  },
});

const undoRecord = interaction({
  id: 'decisions.undo-record',
  values: nothing,
  run: async (press, ctx) => {
    const { decision } = await load(press, ctx);
    const label = labelOf(decision);
    checkUndo(decision.status === 'withdrawn' ? undefined : decision.recordedAt, ctx.now, `Use Withdraw on ${label}.`);
    checkStep(decision, 'undo-record');
    const others = decision.confirmations.some((confirmation) => confirmation.person !== ctx.actor.person);
    if (others || decision.wording.revision > 1 || decision.replacedBy.length > 0)
      throw new Refusal(
        'built-on',
        `Somebody has answered ${label} meanwhile. Use Withdraw or Suggest a change on its card.`,
      );
    const withdrawn = { person: ctx.actor.person, at: ctx.now };
    await settle(ctx, decision, { step: 'undo-record', to: 'withdrawn', notes: [['record-undone']], withdrawn });
    return doneNotice(`${label} is undone. Its card says that it is withdrawn; the number is not used again.`);
  },
});

const undoConfirm = interaction({
  id: 'decisions.undo-confirm',
  values: nothing,
  run: async (press, ctx) => {
    const { decision } = await loadOpen(press, ctx);
    const label = labelOf(decision);
    const own = decision.confirmations.find((confirmation) => confirmation.person === ctx.actor.person);
    checkUndo(
      decision.status === 'withdrawn' ? undefined : own?.at,
      ctx.now,
      `Suggest a change on ${label}, or record what replaces it.`,
    );
    checkStep(decision, 'undo-confirm');
    await deleteConfirmation(ctx.db, decision.id, decision.wording.revision, ctx.actor.partner.id);
    const notes = [['confirm-undone', { revision: decision.wording.revision }]] as const;
    await settle(ctx, decision, { step: 'undo-confirm', to: 'recorded', notes });
    return doneNotice(`Your confirmation of ${label} is taken back.`);
  },
});

const undoWithdraw = interaction({
  id: 'decisions.undo-withdraw',
  values: nothing,
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    const label = labelOf(decision);
    if (decision.withdrawnBy !== undefined && decision.withdrawnBy !== ctx.actor.person)
      throw new Refusal('not-yours', `Only who withdrew ${label} can undo it.`);
    checkUndo(decision.withdrawnAt, ctx.now, 'Record the decision anew.');
    const confirmed = decision.confirmations.map((confirmation) => confirmation.partner);
    const to = decision.dispute ? 'disputed' : statusAfter(confirmed, around.partners);
    await settle(ctx, decision, { step: 'undo-withdraw', to, notes: [['withdraw-undone', { status: to }]] });
    return doneNotice(`${label} stands again.`);
  },
});

export const wordingInteractions: readonly Interaction[] = [
  confirm,
  suggest,
  revise,
  withdraw,
  undoRecord,
  undoConfirm,
  undoWithdraw,
];
