import { Refusal } from '../../../src/core/errors.js';
import { type Command, command } from '../../../src/core/feature.js';
import { riskSchema } from './rules.js';
import { insertRisk } from './store.js';
import { subjectOf } from './views.js';

export const riskCommands: readonly Command[] = [
  command({
    name: 'risk',
    summary: 'Note what may go wrong.',
    usage: '[what may happen]',
    args: riskSchema,
    run: async ({ text }, ctx) => {
      const { committee } = ctx.place;
      if (!committee) throw new Refusal('unbound-channel', 'Say this in the channel of a committee.');
      const risk = { id: ctx.newId(), number: await ctx.nextNumber('R'), text, closed: false };
      await insertRisk(ctx.db, ctx.alliance, risk);
      await ctx.record(subjectOf(risk.id), 'noted', { number: risk.number, text });
      await ctx.announce(subjectOf(risk.id), committee.id);
      return { kind: 'notice', text: `Noted as R-${risk.number}.` };
    },
  }),
];
