/* On its day a decision is looked at again; the first answer counts, whichever company it comes from. */
import { z } from 'zod';
import type { Ctx, HistoryEntry } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { checkUndo } from '../../core/undoing.js';
import { onlyOf } from '../../core/visibility.js';
import { reviewForm } from './form-views.js';
import { type Loaded, loadOpen } from './pressed-store.js';
import { checkReview, nextReview } from './replacing-rules.js';
import { readReviewDay, reviewDaysTo, today } from './review-commands.js';
import { checkStep, labelOf } from './rules.js';
import { note } from './status-store.js';
import { saveLater } from './store.js';
import { doneNotice, subjectOf } from './views.js';

const answered = z.object({ on: z.iso.date().optional().catch(undefined) });

const noRevisit = { revisitBy: null, revisitOn: null };

/** How the review stood, so that the answer can be undone. */
const before = ({ decision: { reviewOn, revisit } }: Loaded) => ({
  was: reviewOn ?? null,
  ...(revisit && { revisit: { ...revisit } }),
});

const stillRight = interaction({
  id: 'decisions.still-right',
  values: answered,
  run: async (press, ctx) => {
    const loaded = await loadOpen(press, ctx);
    const { decision } = loaded;
    checkReview(decision, press.values.on);
    const next = nextReview(decision, await today(ctx));
    await saveLater(ctx.db, decision.id, { reviewOn: next, ...noRevisit });
    await note(ctx, decision, 'still-right', { ...before(loaded), next });
    const done = doneNotice([`${labelOf(decision)} is still right. It comes up again on `, { day: next }, '.'], {
      verb: 'review',
      id: decision.id,
    });
    const other = { id: 'decisions.ask-review', label: 'Another day', opensWindow: true } as const;
    return { ...done, buttons: [...(done.buttons ?? []), { ...other, subject: subjectOf(decision.id) }] };
  },
});

const revisit = interaction({
  id: 'decisions.revisit',
  values: answered,
  run: async (press, ctx) => {
    const loaded = await loadOpen(press, ctx);
    const { decision } = loaded;
    checkReview(decision, press.values.on);
    const revisited = { revisitBy: ctx.actor.person, revisitOn: await today(ctx) };
    await saveLater(ctx.db, decision.id, { reviewOn: null, ...revisited });
    await note(ctx, decision, 'revisit', { ...before(loaded), on: revisited.revisitOn });
    return doneNotice(
      `${labelOf(decision)} is to be revisited by the ${loaded.around.committee.key}, and its card says so. It stays in force meanwhile.`,
      { verb: 'review', id: decision.id },
    );
  },
});

const askReview = interaction({
  id: 'decisions.ask-review',
  values: z.object({}),
  run: async (press, ctx) => {
    const { decision, around } = await loadOpen(press, ctx);
    checkStep(decision, 'review');
    return reviewForm(decision, around.partners);
  },
});

const reviewOn = interaction({
  id: 'decisions.review-on',
  values: z.object({ review: z.string('Give a day, such as 1 June 2027.') }),
  run: async (press, ctx) => {
    const loaded = await loadOpen(press, ctx);
    const { decision } = loaded;
    checkStep(decision, 'review');
    const next = await readReviewDay(press.values.review, ctx);
    if (next === undefined) throw new Refusal('no-day', 'Give a day, such as 1 June 2027.', 'review');
    const reviewDays = reviewDaysTo(next, await today(ctx));
    await saveLater(ctx.db, decision.id, { reviewOn: next, reviewDays, ...noRevisit });
    await note(ctx, decision, 'review-set', { ...before(loaded), next, days: reviewDays });
    return doneNotice([`${labelOf(decision)} comes up for review on `, { day: next }, '.'], {
      verb: 'review',
      id: decision.id,
    });
  },
});

const answers = new Set(['still-right', 'revisit', 'review-set', 'review-undone']);

const keptSchema = z.object({
  was: z.string().nullable(),
  revisit: z.object({ person: z.string(), on: z.string() }).optional(),
});

/** What was answered last, and how it stood before. */
const lastAnswer = (entries: readonly HistoryEntry[]) => {
  const last = entries.findLast(({ verb }) => answers.has(verb));
  const kept = keptSchema.safeParse(last?.detail).data;
  return last && kept && { ...kept, last };
};

const undoReview = interaction({
  id: 'decisions.undo-review',
  values: z.object({}),
  run: async (press, ctx: Ctx) => {
    const { decision } = await loadOpen(press, ctx);
    const label = labelOf(decision);
    checkStep(decision, 'review');
    const found = lastAnswer(await ctx.history(subjectOf(decision.id), onlyOf(decision.visibility)));
    const mine = found?.last.person === ctx.actor.person;
    if (found && !mine) throw new Refusal('not-yours', `Only who answered the review of ${label} can undo that.`);
    checkUndo(found?.last.at, ctx.now, `Use Another day, or say 'decision supersede ${label}'.`);
    const was: Day | null = found?.was ?? null;
    const { person = null, on = null } = found?.revisit ?? {};
    await saveLater(ctx.db, decision.id, { reviewOn: was, revisitBy: person, revisitOn: on });
    await note(ctx, decision, 'review-undone', { next: was, ...(found?.revisit && { revisit: found.revisit }) });
    return doneNotice(`Your answer to the review of ${label} is taken back.`);
  },
});

export const reviewInteractions: readonly Interaction[] = [stillRight, revisit, askReview, reviewOn, undoReview];
