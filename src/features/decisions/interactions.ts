import { z } from 'zod';
import { chosenCommittee, OLD_BUTTON, sourceCommittee } from '../../core/acting.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { readSaidAt } from '../../core/said-at.js';
import { cut } from '../../core/sentences.js';
import { onlyOf, SHARED, visibilityHere } from '../../core/visibility.js';
import { disputeInteractions } from './dispute-interactions.js';
import { recordForm } from './form-views.js';
import { historyOf, historyView } from './history-views.js';
import { load } from './pressed-store.js';
import { recordUnlessNear } from './recording-commands.js';
import { replacingInteractions } from './replacing-interactions.js';
import { readReviewDay } from './review-commands.js';
import { reviewInteractions } from './review-interactions.js';
import { visibilityOfForm } from './rules.js';
import { subjectOf } from './views.js';
import { wordingInteractions } from './wording-interactions.js';
import { detailSchema, linkSchema, textLimits, wordingSchema } from './wording-rules.js';

const record = interaction({
  id: 'decisions.record',
  values: wordingSchema.extend({
    ...detailSchema.shape,
    committee: z.string('Choose the committee that decided.').min(1, 'Choose the committee that decided.'),
    link: linkSchema.optional().catch(undefined),
    saidAt: z.string().optional(),
    seenBy: z.string().optional(),
    from: z.string().optional(),
  }),
  run: async ({ values }, ctx) => {
    const { committee: id, link, saidAt, seenBy, from, kind, meeting, review, ...wording } = values;
    const source = { link, saidAt: readSaidAt(saidAt, ctx.now), ...(from !== undefined && { from }) };
    const committee = await chosenCommittee(id, ctx);
    const visibility = visibilityOfForm(seenBy, visibilityHere(ctx), ctx.actor.partner.id);
    const details = { kind, meeting, reviewOn: await readReviewDay(review, ctx) };
    return recordUnlessNear({ wording, committee, visibility, source, details }, ctx);
  },
});

/** Opens the form for what a button of another feature carries: a question that a meeting has answered. */
const begin = interaction({
  id: 'decisions.begin',
  values: z.object({
    text: z.string().default(''),
    committee: z.string(OLD_BUTTON),
    meeting: z.string().optional(),
    from: z.string(OLD_BUTTON),
  }),
  run: async ({ values: { text, committee: on, meeting, from } }, ctx) => {
    const committee = await sourceCommittee(from, on, ctx);
    const draft = { text: cut(text, textLimits.text), ...(meeting !== undefined && { meeting }) };
    const hint = text === '' ? undefined : 'Say it as what was decided, not as the question';
    const partners = await ctx.directory.partners(ctx.alliance);
    return recordForm({ draft, hint, committees: [committee], visibility: SHARED, partners, carry: { from } });
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
  begin,
  history,
  ...wordingInteractions,
  ...disputeInteractions,
  ...replacingInteractions,
  ...reviewInteractions,
];
