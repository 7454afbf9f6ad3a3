import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import { pressedMeeting } from './choosing-commands.js';
import { historyView, peopleInHistory } from './history-views.js';
import { subjectOf } from './views.js';

const history = interaction({
  id: 'meetings.history',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    const entries = await ctx.history(subjectOf(meeting.id));
    return historyView(meeting, entries, await ctx.directory.names(peopleInHistory(entries)));
  },
});

export const historyInteractions: readonly Interaction[] = [history];
