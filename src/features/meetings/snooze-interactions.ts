import { z } from 'zod';
import { type Interaction, interaction } from '../../core/feature.js';
import { notice } from '../../core/view.js';
import { pressedMeeting } from './choosing-commands.js';
import { deleteSnooze } from './duty-store.js';
import { owedList } from './duty-views.js';
import { findOwed } from './owing-store.js';
import { snooze, snoozeForm, whoseReminders } from './snooze-commands.js';
import { subjectOf } from './views.js';

const whose = z.object({ for: z.string().optional() });

const ask = interaction({
  id: 'meetings.ask-snooze',
  values: whose,
  run: async ({ subject, values }, ctx) =>
    snoozeForm(await pressedMeeting(subject?.id, ctx), await whoseReminders(values.for, ctx), ctx),
});

const save = interaction({
  id: 'meetings.snooze',
  values: z.object({ for: z.string().optional(), day: z.string('Say a day.') }),
  run: async ({ subject, values }, ctx) =>
    snooze(await pressedMeeting(subject?.id, ctx), values.day, await whoseReminders(values.for, ctx), ctx),
});

const stop = interaction({
  id: 'meetings.unsnooze',
  values: whose,
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    const { person } = await whoseReminders(values.for, ctx);
    await deleteSnooze(ctx.db, meeting.id, person);
    return notice('The daily message speaks of this meeting again, on its usual days.');
  },
});

const showAll = interaction({
  id: 'meetings.duties',
  values: whose.extend({ page: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined) }),
  run: async ({ subject, values }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    const actor = await whoseReminders(values.for, ctx);
    return owedList(await findOwed(meeting, actor, ctx, ctx.place.audience), actor, values.page);
  },
});

const card = interaction({
  id: 'meetings.card',
  values: z.object({}),
  run: async ({ subject }, ctx) => ctx.open(subjectOf((await pressedMeeting(subject?.id, ctx)).id)),
});

export const snoozeInteractions: readonly Interaction[] = [ask, save, stop, showAll, card];
