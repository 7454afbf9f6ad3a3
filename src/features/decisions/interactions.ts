import { z } from 'zod';
import { chosenCommittee } from '../../core/acting.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { readSaidAt } from '../../core/said-at.js';
import { onlyOf, visibilityHere } from '../../core/visibility.js';
import { disputeInteractions } from './dispute-interactions.js';
import { historyOf, historyView } from './history-views.js';
import { load } from './pressed-store.js';
import { recordUnlessNear } from './recording-commands.js';
import { replacingInteractions } from './replacing-interactions.js';
import { readReviewDay } from './review-commands.js';
import { reviewInteractions } from './review-interactions.js';
import { visibilityOfForm } from './rules.js';
import { subjectOf } from './views.js';
import { wordingInteractions } from './wording-interactions.js';
import { detailSchema, linkSchema, wordingSchema } from './wording-rules.js';

const record = interaction({
  id: 'decisions.record',
  values: wordingSchema.extend({
    ...detailSchema.shape,
    committee: z.string('Choose the committee that decided.').min(1, 'Choose the committee that decided.'),
    link: linkSchema.optional().catch(undefined),
    saidAt: z.string().optional(),
    seenBy: z.string().optional(),
  }),
  run: async ({ values }, ctx) => {
    const { committee: id, link, saidAt, seenBy, kind, meeting, review, ...wording } = values;
    const source = { link, saidAt: readSaidAt(saidAt, ctx.now) };
    const committee = await chosenCommittee(id, ctx);
    const visibility = visibilityOfForm(seenBy, visibilityHere(ctx), ctx.actor.partner.id);
    const details = { kind, meeting, reviewOn: await readReviewDay(review, ctx) };
    return recordUnlessNear({ wording, committee, visibility, source, details }, ctx);
  },
});

const history = interaction({
  id: 'decisions.history',
  values: z.object({}),
  run: async (press, ctx) => {
    const { decision, around } = await load(press, ctx);
    const entries = await ctx.history(subjectOf(decision.id), onlyOf(decision.visibility));
    return historyView(decision, await historyOf(entries, ctx), around);
  },
});

export const decisionInteractions: readonly Interaction[] = [
  record,
  history,
  ...wordingInteractions,
  ...disputeInteractions,
  ...replacingInteractions,
  ...reviewInteractions,
];
