import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import { answerMeeting } from './attendance-commands.js';
import { answers } from './attendance-rules.js';
import { pressedMeeting } from './choosing-commands.js';

export const attendanceInteractions: readonly Interaction[] = answers.map((answer) =>
  interaction({
    id: `meetings.${answer}`,
    values: z.object({}),
    run: async ({ subject }, ctx) => answerMeeting(await pressedMeeting(subject?.id, ctx), answer, ctx),
  }),
);
