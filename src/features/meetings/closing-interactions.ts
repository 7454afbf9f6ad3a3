import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { View } from '../../core/view.js';
import { pressedMeeting } from './choosing-commands.js';
import { askClose, closeMeeting, keepOpen, undoClose } from './closing-commands.js';
import { openMeeting, undoOpen } from './opening-commands.js';
import type { Meeting } from './rules.js';

const pressed = (id: Interaction['id'], run: (meeting: Meeting, ctx: Ctx) => Promise<View>): Interaction =>
  interaction({
    id,
    values: z.object({}),
    run: async ({ subject }, ctx) => run(await pressedMeeting(subject?.id, ctx), ctx),
  });

const closeNow = interaction({
  id: 'meetings.close-now',
  values: z.object({ made: z.string('Say it again: close meeting.') }),
  run: async ({ subject, values }, ctx) => closeMeeting(await pressedMeeting(subject?.id, ctx), values.made, ctx),
});

export const closingInteractions: readonly Interaction[] = [
  pressed('meetings.open', openMeeting),
  pressed('meetings.undo-open', undoOpen),
  pressed('meetings.close', askClose),
  closeNow,
  pressed('meetings.keep-open', keepOpen),
  pressed('meetings.undo-close', undoClose),
];
