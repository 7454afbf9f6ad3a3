import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { notice } from '../../core/view.js';
import { leaverOf } from './leaver-commands.js';
import { forgottenNotice } from './leaver-views.js';

const forget = interaction({
  id: 'people.forget',
  values: z.object({ person: z.string() }),
  run: async ({ values }, ctx) => {
    const { person, self } = await leaverOf(values.person as PersonId, ctx);
    return forgottenNotice(self, await ctx.forget(person));
  },
});

const keep = interaction({
  id: 'people.keep',
  values: z.object({}),
  run: async () => notice('Nothing has changed.'),
});

export const leaverInteractions: readonly Interaction[] = [forget, keep];
