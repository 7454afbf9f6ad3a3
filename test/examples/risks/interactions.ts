import { z } from 'zod';
import { Refusal } from '../../../src/core/errors.js';
import { type Interaction, interaction } from '../../../src/core/feature.js';
import { checkClose } from './rules.js';
import { getRisk, saveClosed } from './store.js';
import { subjectOf } from './views.js';

const close = interaction({
  id: 'risks.close',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const risk = subject && (await getRisk(ctx.db, subject.id, ctx.place.audience));
    if (!risk) throw new Refusal('no-risk', 'This risk is not in your log.');
    checkClose(risk);
    await saveClosed(ctx.db, risk.id);
    await ctx.record(subjectOf(risk.id), 'closed', {});
    return { kind: 'notice', text: `R-${risk.number} is closed.` };
  },
});

export const riskInteractions: readonly Interaction[] = [close];
