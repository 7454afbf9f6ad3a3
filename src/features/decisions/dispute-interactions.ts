/* Somebody with a vote no longer stands behind what was agreed, and says why. */
import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import { disputeForm } from './form-views.js';
import { loadOpen } from './pressed-store.js';
import { checkTakeBack } from './replacing-rules.js';
import { checkStep, labelOf } from './rules.js';
import { settle } from './status-store.js';
import { noDispute, saveLater } from './store.js';
import { subjectOf } from './views.js';
import { objectionSchema } from './wording-rules.js';

const askDispute = interaction({
  id: 'decisions.ask-dispute',
  values: z.object({}),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    checkStep(decision, 'dispute');
    return disputeForm(decision, around.partners);
  },
});

const dispute = interaction({
  id: 'decisions.dispute',
  values: z.object({ reason: objectionSchema }),
  run: async (press, ctx) => {
    const { decision } = await loadOpen(press, ctx);
    const { reason } = press.values;
    const { person, partner } = ctx.actor;
    checkStep(decision, 'dispute');
    const said = { disputedBy: person, disputedFor: partner.id, disputedAt: ctx.now, disputeReason: reason };
    await saveLater(ctx.db, decision.id, said);
    const notes = [['disputed', { reason, partner: partner.id }]] as const;
    await settle(ctx, decision, { step: 'dispute', to: 'disputed', notes });
    return {
      kind: 'notice',
      text: `${labelOf(decision)} is disputed by ${partner.name}. Suggest a change or supersede it to settle that, or take it back: its card has the buttons.`,
      buttons: [{ id: 'decisions.take-back', label: 'Undo', subject: subjectOf(decision.id) }],
    };
  },
});

/** Anybody with a vote of the company that disputes, at any time: so it serves as Undo too. */
const takeBack = interaction({
  id: 'decisions.take-back',
  values: z.object({}),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    checkTakeBack(decision, ctx.actor, around.partners);
    await saveLater(ctx.db, decision.id, noDispute);
    await settle(ctx, decision, { step: 'take-back', to: 'agreed', notes: [['taken-back']] });
    return {
      kind: 'notice',
      text: `${labelOf(decision)} is agreed as before: ${ctx.actor.partner.name} disputes it no longer.`,
    };
  },
});

export const disputeInteractions: readonly Interaction[] = [askDispute, dispute, takeBack];
