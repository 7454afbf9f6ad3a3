/* One decision takes the place of another, or changes it: asked for on its card, or when a new text is close to it. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { replacingCommittee, replacingForm, startOf } from './commands.js';
import { deleteDraft, getDraft } from './draft-store.js';
import { load } from './pressed-store.js';
import { isOver, record } from './recording-commands.js';
import { checkReplaceable, checkSameReaders } from './replacing-rules.js';
import { readReviewDay } from './review-commands.js';
import { checkChanged, visibilityOfForm } from './rules.js';
import { getDecision } from './store.js';
import { detailSchema, type Relation, relationSchema, wordingSchema } from './wording-rules.js';

const asking = (id: 'decisions.supersede' | 'decisions.amend', how: Relation): Interaction =>
  interaction({
    id,
    values: z.object({}),
    run: async (press, ctx) => {
      const { decision } = await load(press, ctx);
      return replacingForm(decision, how, startOf(decision, how), ctx);
    },
  });

const replace = interaction({
  id: 'decisions.replace',
  values: wordingSchema.extend({ ...detailSchema.shape, how: relationSchema, seenBy: z.string().optional() }),
  run: async (press, ctx) => {
    const { decision } = await load(press, ctx);
    const { how, seenBy, kind, meeting, review, ...wording } = press.values;
    // Nobody else reads it than the form said, and than read what it replaces.
    const visibility = visibilityOfForm(seenBy, decision.visibility, ctx.actor.partner.id);
    checkSameReaders(decision, visibility, how, ctx.actor);
    checkReplaceable(decision, how);
    checkChanged(decision.wording, wording);
    const committee = await replacingCommittee(decision, how, ctx);
    const details = { kind, meeting, reviewOn: await readReviewDay(review, ctx) };
    return record({ wording, committee, visibility, source: {}, details, replacing: { decision, how } }, ctx);
  },
});

const GONE = 'This was recorded already, or asked longer than a day ago. Look at the card, or say it again.';

/** The answer to 'Close to D-14': nothing was recorded before it. */
const file = interaction({
  id: 'decisions.file',
  values: z.object({
    draft: z.string(GONE),
    near: z.string(GONE),
    how: relationSchema.or(z.literal('different', GONE)),
  }),
  run: async ({ values: { draft: id, near, how } }, ctx) => {
    const { alliance, actor, place } = ctx;
    const draft = await getDraft(ctx.db, id, { alliance, person: actor.person });
    const committee = draft && (await ctx.directory.committee(draft.committee));
    if (!draft || !committee) throw new Refusal('no-draft', GONE);
    await deleteDraft(ctx.db, id);
    const { wording, details, source, visibility } = draft;
    const recording = { wording, details, source, visibility, committee };
    if (how === 'different') return record(recording, ctx);
    const decision = await getDecision(ctx.db, near, place.audience);
    // Only such were offered, but what a button brings back anybody can change.
    if (!decision || !(await isOver(committee, decision.committee, ctx))) throw new Refusal('no-draft', GONE);
    checkSameReaders(decision, visibility, how, actor);
    checkReplaceable(decision, how);
    return record({ ...recording, replacing: { decision, how } }, ctx);
  },
});

export const replacingInteractions: readonly Interaction[] = [
  asking('decisions.supersede', 'supersedes'),
  asking('decisions.amend', 'amends'),
  replace,
  file,
];
