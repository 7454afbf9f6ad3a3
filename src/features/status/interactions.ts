import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import { listUndelivered, retryUndelivered } from '../../core/undelivered.js';

/** Without a conversation: in all of one's own side. */
const retry = interaction({
  id: 'status.retry',
  values: z.object({ lane: z.string().optional() }),
  run: async ({ values: { lane } }, ctx) => {
    const own = (await listUndelivered(ctx.db, ctx.alliance, ctx.now)).filter(
      (one) => one.partner === ctx.actor.partner.id && (lane === undefined || one.lane === lane),
    );
    if (own.length === 0) return { kind: 'notice', text: 'Everything has been delivered meanwhile.' };
    await retryUndelivered(ctx.db, ctx.alliance, own, ctx.now);
    const cards = own.reduce((sum, one) => sum + one.cards, 0);
    const what = cards === 1 ? 'The card is' : `${cards} cards are`;
    return {
      kind: 'notice',
      text: `${what} being sent again. Say 'entente status' in a minute to see whether it helped.`,
    };
  },
});

export const statusInteractions: readonly Interaction[] = [retry];
