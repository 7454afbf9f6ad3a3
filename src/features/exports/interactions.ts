import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { notice, type Subject } from '../../core/view.js';
import { answerSchema, checkAnswer, type ExportFile, PLACE_MS } from './rules.js';
import { getExportFile, saveAnswer } from './store.js';
import { subjectOf } from './views.js';

/** Found as somebody of their company, wherever they press: the file goes to their own direct messages. */
const load = async (subject: Subject | undefined, ctx: Ctx): Promise<ExportFile> => {
  const { audience } = ctx.place;
  const file = subject && (await getExportFile(ctx.db, subject.id, audience));
  return checkAnswer(file, ctx.actor.person, ctx.now);
};

/** What happens to a file is drawn on its card; that a copy was taken, the history has said when it was asked for. */
const answer = async (ctx: Ctx, file: ExportFile, verb: 'accepted' | 'declined', place?: string): Promise<void> => {
  await saveAnswer(ctx.db, file.id, verb, place);
  await ctx.record(subjectOf(file.id), verb, { format: file.format }, file.partner);
};

/** Pressed where a platform asks its people before it takes a file. */
const accept = interaction({
  id: 'exports.accept',
  values: answerSchema,
  run: async ({ subject, values: { place } }, ctx) => {
    const file = await load(subject, ctx);
    await answer(ctx, file, 'accepted', place);
    await ctx.wakeAt(file.id, ctx.now + PLACE_MS);
    return notice('The file is on its way.');
  },
});

const decline = interaction({
  id: 'exports.decline',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const file = await load(subject, ctx);
    await answer(ctx, file, 'declined');
    return notice('Declined. Nothing was sent.');
  },
});

export const exportInteractions: readonly Interaction[] = [accept, decline];
