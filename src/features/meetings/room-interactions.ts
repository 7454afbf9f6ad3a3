import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { View } from '../../core/view.js';
import { pressedMeeting } from './choosing-commands.js';
import { goBack, goOn, runRoom, undoStep } from './room-commands.js';
import type { Room } from './room-rules.js';

const carried = z.object({ item: z.string('This button does not say what it was pressed at. Use a newer card.') });

const pressed = (id: Interaction['id'], run: (room: Room, seen: string, ctx: Ctx) => Promise<View>): Interaction =>
  interaction({
    id,
    values: carried,
    run: async ({ subject, values }, ctx) =>
      run(await runRoom(await pressedMeeting(subject?.id, ctx), ctx), values.item, ctx),
  });

export const roomInteractions: readonly Interaction[] = [
  pressed('meetings.next', (room, seen, ctx) => goOn(room, seen, ctx, 'next')),
  pressed('meetings.park', (room, seen, ctx) => goOn(room, seen, ctx, 'parked')),
  pressed('meetings.back', goBack),
  pressed('meetings.undo-step', undoStep),
];
