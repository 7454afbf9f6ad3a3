import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import type { PersonId } from '../../core/ids.js';
import { pressedMeeting } from './choosing-commands.js';
import { listHere, setHere } from './here-commands.js';

const page = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

const list = interaction({
  id: 'meetings.here',
  values: z.object({ page }),
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    return listHere(meeting, values.page ?? 0, ctx, values.page === undefined ? undefined : true);
  },
});

const OLD = 'This button does not say who it is about. Open the list again.';

const set = interaction({
  id: 'meetings.set-here',
  values: z.object({ person: z.string(OLD), here: z.enum(['yes', 'no'], OLD), page }),
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    await setHere(meeting, values.person as PersonId, values.here === 'yes', ctx);
    return listHere(meeting, values.page ?? 0, ctx, true);
  },
});

export const hereInteractions: readonly Interaction[] = [list, set];
