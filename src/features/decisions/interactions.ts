import { z } from 'zod';
import type { Ctx, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, type Press } from '../../core/feature.js';
import type { CommitteeId, PersonId } from '../../core/ids.js';
import { confirmFor, record } from './commands.js';
import {
  checkChanged,
  checkConfirm,
  checkRevise,
  checkUndo,
  checkWithdraw,
  type Decision,
  labelOf,
  linkSchema,
  mayVote,
  namesOf,
  reasonSchema,
  revisionSchema,
  seatOn,
  statusAfter,
  wordingSchema,
} from './rules.js';
import { deleteConfirmation, getDecision, insertWording, saveStatus } from './store.js';
import { type Around, aroundOf, doneNotice, historyView, subjectOf, suggestForm } from './views.js';

const load = async (
  press: { readonly subject?: Press['subject'] },
  ctx: Ctx,
): Promise<{ decision: Decision; around: Around }> => {
  const decision = press.subject && (await getDecision(ctx.db, press.subject.id, ctx.place.audience));
  const around = decision && (await aroundOf(decision, ctx, ctx.place.audience));
  if (!decision || !around)
    throw new Refusal(
      'no-decision',
      'This decision is not in your log. Use the buttons on a card in your committee’s channel.',
    );
  return { decision, around };
};

const nothing = z.object({});

const recordInteraction = interaction({
  id: 'decisions.record',
  values: wordingSchema.extend({
    committee: z.string('Choose the committee that decided.').min(1, 'Choose the committee that decided.'),
    link: linkSchema.optional().catch(undefined),
    saidAt: z.coerce.number().int().optional().catch(undefined),
  }),
  run: async ({ values: { committee: id, link, saidAt, ...wording } }, ctx) => {
    const committee = await ctx.directory.committee(id as CommitteeId);
    if (!committee || committee.alliance !== ctx.actor.alliance)
      throw new Refusal('no-committee', 'This committee is not in your alliance. Choose another one.', 'committee');
    return record(wording, committee, { link, saidAt }, ctx);
  },
});

const confirm = interaction({
  id: 'decisions.confirm',
  values: z.object({ revision: revisionSchema }),
  run: async (press, ctx) => {
    const { decision, around } = await load(press, ctx);
    checkConfirm(decision, ctx.actor, around.committee, around.partners, around.names, press.values.revision);
    await confirmFor(ctx, decision.id, decision.wording.revision);
    const confirmed = [...decision.confirmations.map((row) => row.partner), ctx.actor.partner.id];
    const status = statusAfter(confirmed, around.partners);
    if (status !== decision.status) await saveStatus(ctx.db, decision.id, status);
    const detail = { revision: decision.wording.revision, partner: ctx.actor.partner.id };
    await ctx.record(subjectOf(decision.id), 'confirmed', detail);
    if (status === 'agreed')
      await ctx.record(subjectOf(decision.id), 'agreed', { revision: decision.wording.revision });
    return doneNotice(confirmSentence(decision, status, confirmed, around.partners, ctx), {
      verb: 'confirm',
      id: decision.id,
    });
  },
});

const confirmSentence = (
  decision: Decision,
  status: Decision['status'],
  confirmed: readonly string[],
  partners: readonly Partner[],
  ctx: Ctx,
): string => {
  if (status === 'agreed') return `${labelOf(decision)} is agreed: ${namesOf(partners)} have confirmed the wording.`;
  const missing = partners.filter((partner) => !confirmed.includes(partner.id));
  return `You confirmed ${labelOf(decision)} for ${ctx.actor.partner.name}. What is missing is ${namesOf(missing)}.`;
};

const suggest = interaction({
  id: 'decisions.suggest',
  values: z.object({ revision: revisionSchema }),
  run: async (press, ctx) => {
    const { decision, around } = await load(press, ctx);
    checkRevise(decision, ctx.actor, around.committee, press.values.revision);
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
    const { decision, around } = await load(press, ctx);
    const { revision: seenRevision, reason, ...wording } = press.values;
    checkRevise(decision, ctx.actor, around.committee, seenRevision);
    checkChanged(decision.wording, wording);
    const revision = decision.wording.revision + 1;
    await insertWording(ctx.db, decision.id, { ...wording, revision, reason, person: ctx.actor.person, at: ctx.now });
    const role = seatOn(ctx.actor, around.committee.id)?.role;
    const votes = role !== undefined && mayVote(role);
    if (votes) await confirmFor(ctx, decision.id, revision);
    await ctx.record(subjectOf(decision.id), 'revised', {
      revision,
      reason,
      ...wording,
      confirmedFor: votes ? ctx.actor.partner.id : null,
    });
    return doneNotice(`${labelOf(decision)} has a new wording. Both companies confirm it afresh.`);
  },
});

const withdraw = interaction({
  id: 'decisions.withdraw',
  values: nothing,
  run: async (press, ctx) => {
    const { decision } = await load(press, ctx);
    checkWithdraw(decision, ctx.actor);
    await saveStatus(ctx.db, decision.id, 'withdrawn', { person: ctx.actor.person, at: ctx.now });
    await ctx.record(subjectOf(decision.id), 'withdrawn', {});
    return doneNotice(`${labelOf(decision)} is withdrawn. It keeps its number and its history.`, {
      verb: 'withdraw',
      id: decision.id,
    });
  },
});

const history = interaction({
  id: 'decisions.history',
  values: nothing,
  run: async (press, ctx) => {
    const { decision, around } = await load(press, ctx);
    const entries = await ctx.history(subjectOf(decision.id));
    const people = entries.flatMap((entry): PersonId[] => (entry.person ? [entry.person] : []));
    return historyView(decision, entries, { ...around, names: await ctx.directory.names(people) });
  },
});

const undoRecord = interaction({
  id: 'decisions.undo-record',
  values: nothing,
  run: async (press, ctx) => {
    const { decision } = await load(press, ctx);
    const label = labelOf(decision);
    if (decision.recordedBy !== ctx.actor.person)
      throw new Refusal('not-yours', `Only who recorded ${label} can undo it.`);
    checkUndo(decision.status === 'withdrawn' ? undefined : decision.recordedAt, ctx.now, `Use Withdraw on ${label}.`);
    const others = decision.confirmations.some((confirmation) => confirmation.person !== ctx.actor.person);
    if (others || decision.wording.revision > 1)
      throw new Refusal(
        'built-on',
        `Somebody has answered ${label} meanwhile. Use Withdraw or Suggest a change on its card.`,
      );
    await saveStatus(ctx.db, decision.id, 'withdrawn', { person: ctx.actor.person, at: ctx.now });
    await ctx.record(subjectOf(decision.id), 'record-undone', {});
    return doneNotice(`${label} is undone. Its card says that it is withdrawn; the number is not used again.`);
  },
});

const undoConfirm = interaction({
  id: 'decisions.undo-confirm',
  values: nothing,
  run: async (press, ctx) => {
    const { decision } = await load(press, ctx);
    const label = labelOf(decision);
    const own = decision.confirmations.find((confirmation) => confirmation.person === ctx.actor.person);
    checkUndo(
      decision.status === 'withdrawn' ? undefined : own?.at,
      ctx.now,
      `Suggest a change on ${label}, or record what replaces it.`,
    );
    await deleteConfirmation(ctx.db, decision.id, decision.wording.revision, ctx.actor.partner.id);
    await saveStatus(ctx.db, decision.id, 'recorded');
    await ctx.record(subjectOf(decision.id), 'confirm-undone', { revision: decision.wording.revision });
    return doneNotice(`Your confirmation of ${label} is taken back.`);
  },
});

const undoWithdraw = interaction({
  id: 'decisions.undo-withdraw',
  values: nothing,
  run: async (press, ctx) => {
    const { decision, around } = await load(press, ctx);
    const label = labelOf(decision);
    if (decision.withdrawnBy !== undefined && decision.withdrawnBy !== ctx.actor.person)
      throw new Refusal('not-yours', `Only who withdrew ${label} can undo it.`);
    checkUndo(decision.withdrawnAt, ctx.now, 'Record the decision anew.');
    const confirmed = decision.confirmations.map((confirmation) => confirmation.partner);
    await saveStatus(ctx.db, decision.id, statusAfter(confirmed, around.partners));
    await ctx.record(subjectOf(decision.id), 'withdraw-undone', {});
    return doneNotice(`${label} stands again.`);
  },
});

export const decisionInteractions: readonly Interaction[] = [
  recordInteraction,
  confirm,
  suggest,
  revise,
  withdraw,
  history,
  undoRecord,
  undoConfirm,
  undoWithdraw,
];
