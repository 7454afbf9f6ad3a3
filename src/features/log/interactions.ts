import { z } from 'zod';
import { calledCommittee } from '../../core/acting.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { catchUp } from './catchup-commands.js';
import { look } from './commands.js';
import { SAID_MAX } from './rules.js';

const page = interaction({
  id: 'log.page',
  values: z.object({ said: z.string().max(4 * SAID_MAX), offset: z.coerce.number().int().min(0).max(1_000_000) }),
  run: ({ values: { said, offset } }, ctx) => look(said, offset, ctx),
});

const catchup = interaction({
  id: 'log.catchup',
  values: z.object({ on: z.iso.date(), committee: z.string().optional() }),
  run: async ({ values: { on, committee } }, ctx) =>
    catchUp({ sinceOn: on, ...(committee && { committee: await calledCommittee(committee, ctx, 'all') }) }, ctx),
});

export const logInteractions: readonly Interaction[] = [page, catchup];
