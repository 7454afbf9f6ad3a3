import { z } from 'zod';
import { chosenCommittee } from '../../core/acting.js';
import type { Ctx, Partner } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction, type Press } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { audienceLine, namesOf } from '../../core/sentences.js';
import { checkUndo } from '../../core/undoing.js';
import { onlyOf, visibilityHere } from '../../core/visibility.js';
import { agreeAlone, confirmFor, record, votesOn } from './commands.js';
import {
  checkChanged,
  checkCommitteeOpen,
  checkConfirm,
  checkRevise,
  checkWithdraw,
  type Decision,
  haveConfirmed,
  labelOf,
  linkSchema,
  reasonSchema,
  revisionSchema,
  statusAfter,
  visibilityOfForm,
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

/** The same, to change it. @throws Refusal also when its committee is closed */
const loadOpen = async (press: Parameters<typeof load>[0], ctx: Ctx): ReturnType<typeof load> => {
  const loaded = await load(press, ctx);
  checkCommitteeOpen(loaded.around.committee);
  return loaded;
};

/** Keeps what happened where those who share the decision read it, and nobody else. */
const note = (ctx: Ctx, { id, visibility }: Decision, verb: string, detail: Record<string, unknown> = {}) =>
  ctx.record(subjectOf(id), verb, detail, onlyOf(visibility));

const nothing = z.object({});

const recordInteraction = interaction({
  id: 'decisions.record',
  values: wordingSchema.extend({
    committee: z.string('Choose the committee that decided.').min(1, 'Choose the committee that decided.'),
    link: linkSchema.optional().catch(undefined),
    saidAt: z.coerce.number().int().optional().catch(undefined),
    seenBy: z.string().optional(),
  }),
  run: async ({ values: { committee: id, link, saidAt, seenBy, ...wording } }, ctx) => {
    const committee = await chosenCommittee(id, ctx);
    const visibility = visibilityOfForm(seenBy, visibilityHere(ctx), ctx.actor.partner.id);
    return record({ wording, committee, visibility, source: { link, saidAt } }, ctx);
  },
});

const confirm = interaction({
  id: 'decisions.confirm',
  values: z.object({ revision: revisionSchema }),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    checkConfirm(decision, ctx.actor, around.partners, around.names, press.values.revision);
    await confirmFor(ctx, decision.id, decision.wording.revision);
    const confirmed = [...decision.confirmations.map((row) => row.partner), ctx.actor.partner.id];
    const status = statusAfter(confirmed, around.partners);
    if (status !== decision.status) await saveStatus(ctx.db, decision.id, status);
    const detail = { revision: decision.wording.revision, partner: ctx.actor.partner.id };
    await note(ctx, decision, 'confirmed', detail);
    if (status === 'agreed') await note(ctx, decision, 'agreed', { revision: decision.wording.revision });
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
  if (status === 'agreed') return `${labelOf(decision)} is agreed: ${haveConfirmed(partners)}.`;
  const missing = partners.filter((partner) => !confirmed.includes(partner.id));
  return `You confirmed ${labelOf(decision)} for ${ctx.actor.partner.name}. What is missing is ${namesOf(missing)}.`;
};

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
    const voted = votesOn(ctx, around.committee);
    if (voted) await confirmFor(ctx, decision.id, revision);
    const confirmedFor = voted ? ctx.actor.partner.id : null;
    await note(ctx, decision, 'revised', { revision, reason, ...wording, confirmedFor });
    if (voted) await agreeAlone(ctx, decision.id, revision, decision.visibility);
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
    checkWithdraw(decision);
    await saveStatus(ctx.db, decision.id, 'withdrawn', { person: ctx.actor.person, at: ctx.now });
    await note(ctx, decision, 'withdrawn');
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
    const entries = await ctx.history(subjectOf(decision.id), onlyOf(decision.visibility));
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
    checkUndo(decision.status === 'withdrawn' ? undefined : decision.recordedAt, ctx.now, `Use Withdraw on ${label}.`);
    const others = decision.confirmations.some((confirmation) => confirmation.person !== ctx.actor.person);
    if (others || decision.wording.revision > 1)
      throw new Refusal(
        'built-on',
        `Somebody has answered ${label} meanwhile. Use Withdraw or Suggest a change on its card.`,
      );
    await saveStatus(ctx.db, decision.id, 'withdrawn', { person: ctx.actor.person, at: ctx.now });
    await note(ctx, decision, 'record-undone');
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
    await deleteConfirmation(ctx.db, decision.id, decision.wording.revision, ctx.actor.partner.id);
    await saveStatus(ctx.db, decision.id, 'recorded');
    await note(ctx, decision, 'confirm-undone', { revision: decision.wording.revision });
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
    await saveStatus(ctx.db, decision.id, statusAfter(confirmed, around.partners));
    await note(ctx, decision, 'withdraw-undone');
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
